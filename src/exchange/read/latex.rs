//! The LaTeX of a bibliography → words, with `<i> <b> <sup> <sub>` for the commands that mean them.
//!
//! Covers the accents and letters of the LaTeX2e kernel ("The Comprehensive LaTeX Symbol List", tables 1–3), quotation
//! marks, dashes, and the little mathematics that titles have. A command that is not known gives what stands in
//! its braces.

mod letters;
mod units;

use std::iter::Peekable;
use std::str::Chars;

use self::letters::{accent, accented, letter, sign_accent};
use self::units::unit;

/// Braces within braces; deeper ones are read as words.
const DEEPEST: usize = 50;

/// What a value says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Words {
    /// The words.
    pub text: String,
    /// Commands that stand for something and are not known.
    pub lost: Vec<String>,
}

/// Returns the words of a value.
pub(in crate::exchange) fn words(latex: &str) -> String {
    read(latex).text
}

/// Returns the words of a value, and what could not be read of it.
pub(in crate::exchange) fn read(latex: &str) -> Words {
    if !latex.contains(['\\', '{', '}', '$', '~', '-', '`', '\'', '"', '%']) {
        return Words { text: latex.to_owned(), lost: Vec::new() };
    }
    let mut reader = Reader { letters: latex.chars().peekable(), in_math: false, in_units: false, lost: Vec::new() };
    let mut text = String::with_capacity(latex.len());
    while reader.letters.peek().is_some() {
        reader.run(&mut text, 0);
        // A closing brace without its partner.
        reader.letters.next();
    }
    Words { text, lost: reader.lost }
}

struct Reader<'a> {
    letters: Peekable<Chars<'a>>,
    in_math: bool,
    /// Within the argument of a command of siunitx.
    in_units: bool,
    lost: Vec<String>,
}

impl Reader<'_> {
    /// Reads up to a closing brace, which stays, or to the end.
    fn run(&mut self, out: &mut String, depth: usize) {
        while let Some(letter) = self.letters.peek().copied() {
            if letter == '}' && depth > 0 {
                return;
            }
            self.letters.next();
            match letter {
                '}' => {}
                '{' => self.group(out, depth),
                '\\' => self.command(out, depth),
                '$' => {
                    self.letters.next_if_eq(&'$');
                    self.in_math = !self.in_math;
                }
                '^' | '_' if self.in_math => {
                    let tag = if letter == '^' { "sup" } else { "sub" };
                    let inner = self.argument(depth);
                    surround(out, tag, &inner);
                }
                '~' => out.push(' '),
                '-' => self.dashes(out),
                '`' => out.push(if self.letters.next_if_eq(&'`').is_some() { '“' } else { '‘' }),
                '\'' => out.push(if self.letters.next_if_eq(&'\'').is_some() { '”' } else { '\'' }),
                letter => out.push(letter),
            }
        }
    }

    fn group(&mut self, out: &mut String, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        // `{\em words}` and `{\bf words}` mark all that follows in the group.
        let switch = self.switch();
        let mut inner = String::new();
        self.run(&mut inner, depth + 1);
        self.letters.next();
        match switch {
            Some(tag) => surround(out, tag, inner.trim_start()),
            None => out.push_str(&inner),
        }
    }

    /// Takes a command that changes the type for the rest of its group.
    fn switch(&mut self) -> Option<&'static str> {
        let mut ahead = self.letters.clone();
        if ahead.next() != Some('\\') {
            return None;
        }
        let mut name = String::new();
        while let Some(letter) = ahead.peek().filter(|letter| letter.is_ascii_alphabetic() && name.len() < 12) {
            name.push(*letter);
            ahead.next();
        }
        let tag = match name.as_str() {
            "em" | "it" | "itshape" | "sl" | "slshape" => "i",
            "bf" | "bfseries" => "b",
            _ => return None,
        };
        self.letters = ahead;
        Some(tag)
    }

    fn dashes(&mut self, out: &mut String) {
        let mut count = 1;
        while !self.in_math && count < 3 && self.letters.next_if_eq(&'-').is_some() {
            count += 1;
        }
        out.push(match count {
            1 => '-',
            2 => '–',
            _ => '—',
        });
    }

    /// Reads what a command or sign applies to: a group, a command, or one letter.
    fn argument(&mut self, depth: usize) -> String {
        let mut out = String::new();
        if depth > DEEPEST {
            return out;
        }
        while self.letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        match self.letters.peek() {
            Some('{') => {
                self.letters.next();
                self.run(&mut out, depth + 1);
                self.letters.next();
            }
            Some('\\') => {
                self.letters.next();
                self.command(&mut out, depth + 1);
            }
            Some('}') | None => {}
            Some(_) => out.extend(self.letters.next()),
        }
        out
    }

    fn command(&mut self, out: &mut String, depth: usize) {
        let Some(first) = self.letters.next() else { return };
        if !first.is_ascii_alphabetic() {
            self.sign(out, first, depth);
            return;
        }
        let mut name = String::from(first);
        while let Some(letter) = self.letters.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        if self.in_units
            && let Some(unit) = unit(&name)
        {
            self.letters.next_if(|letter| letter.is_whitespace());
            out.push_str(unit);
            return;
        }
        if let Some(accent) = accent(&name) {
            let inner = self.argument(depth);
            accented(out, &inner, accent);
            return;
        }
        if let Some(letter) = letter(&name) {
            // The space that ends a command is no space of the text, and neither are the braces of `\ss{}`.
            if self.letters.next_if(|letter| letter.is_whitespace()).is_some() {
                while self.letters.next_if(|letter| letter.is_whitespace()).is_some() {}
            } else if self.letters.peek() == Some(&'{') {
                let mut ahead = self.letters.clone();
                ahead.next();
                if ahead.next() == Some('}') {
                    self.letters = ahead;
                }
            }
            out.push_str(letter);
            return;
        }
        let tag = match name.as_str() {
            "textit" | "emph" | "textsl" | "mathit" => "i",
            "textbf" | "mathbf" => "b",
            "textsuperscript" => "sup",
            "textsubscript" => "sub",
            "url" | "path" | "nolinkurl" => {
                out.push_str(&self.verbatim());
                return;
            }
            "href" => {
                self.verbatim();
                out.push_str(&self.argument(depth));
                return;
            }
            "ensuremath" => {
                let before = std::mem::replace(&mut self.in_math, true);
                out.push_str(&self.argument(depth));
                self.in_math = before;
                return;
            }
            "noop" | "protect" | "relax" | "left" | "right" | "displaystyle" => {
                if name == "noop" {
                    self.argument(depth);
                } else {
                    self.letters.next_if(|letter| letter.is_whitespace());
                }
                return;
            }
            "frac" | "tfrac" | "dfrac" | "nicefrac" | "sfrac" => {
                let (above, below) = (self.argument(depth), self.argument(depth));
                out.push_str(&format!("{above}/{below}"));
                return;
            }
            "sqrt" => {
                out.push('√');
                out.push_str(&self.argument(depth));
                return;
            }
            "si" | "unit" | "SI" | "qty" | "num" | "ang" => {
                self.quantity(out, &name, depth);
                return;
            }
            _ => {
                self.unknown(out, &name, depth);
                return;
            }
        };
        let inner = self.argument(depth);
        surround(out, tag, &inner);
    }

    /// A number, a unit, or both, as siunitx takes them.
    fn quantity(&mut self, out: &mut String, name: &str, depth: usize) {
        if matches!(name, "SI" | "qty" | "num" | "ang") {
            out.push_str(&self.argument(depth));
        }
        if matches!(name, "SI" | "qty") {
            out.push(' ');
        }
        if name == "ang" {
            out.push('°');
        }
        if matches!(name, "SI" | "qty" | "si" | "unit") {
            let before = std::mem::replace(&mut self.in_units, true);
            out.push_str(&self.argument(depth));
            self.in_units = before;
        }
    }

    /// A command that is not known gives what stands in its braces; without any, what it stands for is lost.
    fn unknown(&mut self, out: &mut String, name: &str, depth: usize) {
        if self.letters.peek() == Some(&'{') {
            out.push_str(&self.argument(depth));
            return;
        }
        self.letters.next_if(|letter| letter.is_whitespace());
        if !SILENT.contains(&name) && self.lost.len() < 20 {
            self.lost.push(format!("\\{name}"));
        }
    }

    /// A command of one sign: an accent, a space, or a letter that is otherwise special.
    fn sign(&mut self, out: &mut String, sign: char, depth: usize) {
        if let Some(accent) = sign_accent(sign) {
            let inner = self.argument(depth);
            accented(out, &inner, accent);
            return;
        }
        match sign {
            ',' | ' ' | ';' | ':' | '~' | '\n' | '\t' => out.push(' '),
            '\\' => out.push(' '),
            '-' | '/' | '!' | '@' => {}
            '(' | ')' | '[' | ']' if sign != '[' || !out.is_empty() => {
                self.in_math = matches!(sign, '(' | '[');
            }
            letter => out.push(letter),
        }
    }

    /// Reads an argument as it is written: braces balance, and a backslash guards the next sign.
    fn verbatim(&mut self) -> String {
        let mut out = String::new();
        if self.letters.next_if_eq(&'{').is_none() {
            return out;
        }
        let mut depth = 0;
        while let Some(letter) = self.letters.next() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                '\\' => {
                    out.extend(self.letters.next());
                    continue;
                }
                _ => {}
            }
            out.push(letter);
        }
        out
    }
}

/// Commands that change how words look and stand for nothing.
const SILENT: [&str; 36] = [
    "sc",
    "rm",
    "tt",
    "sf",
    "up",
    "bf",
    "it",
    "em",
    "sl",
    "bfseries",
    "itshape",
    "scshape",
    "rmfamily",
    "sffamily",
    "ttfamily",
    "normalfont",
    "tiny",
    "small",
    "footnotesize",
    "large",
    "Large",
    "limits",
    "nolimits",
    "textstyle",
    "scriptstyle",
    "big",
    "Big",
    "bigl",
    "bigr",
    "selectfont",
    "par",
    "noindent",
    "xspace",
    "allowbreak",
    "nobreak",
    "slshape",
];

fn surround(out: &mut String, tag: &str, inner: &str) {
    if !inner.is_empty() {
        out.push_str(&format!("<{tag}>{inner}</{tag}>"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_form_gives_its_letter() {
        let cases = [
            (r#"Na\"{\i}ve or na{\"\i}ve? {\ss}, \ae, \OE, {\l}"#, "Naïve or naïve? ß, æ, Œ, ł"),
            (r"Nguy{\~{\^e}}n Th\d{i} Mai and Petr Dvo\v{r}\'ak", "Nguyễn Thị Mai and Petr Dvořák"),
            (r"{\AA}se {\c C}elik, I{\c s}{\i}l Garc{\'{\i}}a", "Åse Çelik, Işıl García"),
            (
                r"a {$T_2$}-first protocol for {\emph{acute}} myelopathy",
                "a T<sub>2</sub>-first protocol for <i>acute</i> myelopathy",
            ),
            (r"\textsuperscript{18}F and CO$_{2}$", "<sup>18</sup>F and CO<sub>2</sub>"),
            (r"The ``stable'' spine --- 1{,}204 of 5--9", "The “stable” spine — 1,204 of 5–9"),
            (r"A \% sign, an \_underscore and a \$ sign", "A % sign, an _underscore and a $ sign"),
            (r"\url{https://rao.example/a_b\%20c}", "https://rao.example/a_b%20c"),
            (r"{\em In vivo} \textbackslash{}x P {\textless} .001", r"<i>In vivo</i> \x P < .001"),
            (r"\unknown{word} \o re }x", "word øre x"),
            (r"$\theta\eta\Sigma\Psi\vartheta\zeta$ $a \ll b \gg c \propto d \div e$", "θηΣΨϑζ a ≪b ≫c ∝d ÷e"),
            (r"37\textcelsius{} 50\textpercent{} \textonehalf{} \dag", "37°C 50% ½ †"),
            (r"\si{\micro\metre} \SI{5}{\milli\metre} $\frac{1}{2}$ \ang{30}", "µm 5 mm 1/2 30°"),
            (r"Tr{\h{a}}n Ng\uhorn, B\ohorn{} \textcommabelow{s} \textdotbelow{a}", "Trản Ngư, Bơ ș ạ"),
            (r"$\hat{x}$ $\bar{y}$ $\sqrt{2}$ $a \leftarrow b$", "x̂ ȳ √2 a ←b"),
        ];
        for (latex, text) in cases {
            assert_eq!(words(latex), text, "{latex}");
        }
    }

    #[test]
    fn a_command_that_is_not_known_is_told_where_something_is_lost() {
        assert_eq!(read(r"A \mysymbol B \sc C \unknown{D}").lost, [r"\mysymbol"]);
    }

    #[test]
    fn braces_that_never_close_do_not_hang() {
        let deep = "{".repeat(100_000);
        assert_eq!(words(&deep), "");
        assert_eq!(words(&"\\'".repeat(50_000)), "");
    }
}
