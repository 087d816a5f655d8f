//! The letters and accents of LaTeX.

use unicode_normalization::char::compose;

pub(super) fn accented(out: &mut String, inner: &str, accent: char) {
    let mut letters = inner.chars();
    let Some(base) = letters.next() else { return };
    // An accent takes the place of the dot.
    let base = match base {
        'ı' if accent != '\u{328}' => 'i',
        'ȷ' => 'j',
        base => base,
    };
    if let Some(letter) = compose(base, accent) {
        out.push(letter);
    } else {
        out.push(base);
        if base.is_alphabetic() {
            out.push(accent);
        }
    }
    out.push_str(letters.as_str());
}

pub(super) fn sign_accent(sign: char) -> Option<char> {
    let accent = match sign {
        '`' => '\u{300}',
        '\'' | '´' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        _ => return None,
    };
    Some(accent)
}

pub(super) fn accent(name: &str) -> Option<char> {
    let accent = match name {
        "u" => '\u{306}',
        "r" => '\u{30A}',
        "H" => '\u{30B}',
        "v" => '\u{30C}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        "h" => '\u{309}',
        "textcommabelow" => '\u{326}',
        "textdotbelow" => '\u{323}',
        "textogonekcentered" => '\u{328}',
        "hat" | "widehat" => '\u{302}',
        "bar" | "overline" => '\u{304}',
        "tilde" | "widetilde" => '\u{303}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "breve" => '\u{306}',
        "check" => '\u{30C}',
        _ => return None,
    };
    Some(accent)
}

pub(super) fn letter(name: &str) -> Option<&'static str> {
    greek(name.strip_prefix("text").unwrap_or(name)).or_else(|| latin(name)).or_else(|| sign(name))
}

fn greek(name: &str) -> Option<&'static str> {
    let letter = match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" => "θ",
        "vartheta" => "ϑ",
        "iota" => "ι",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "omicron" => "ο",
        "pi" => "π",
        "rho" | "varrho" => "ρ",
        "sigma" => "σ",
        "varsigma" => "ς",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Alpha" => "Α",
        "Beta" => "Β",
        "Gamma" => "Γ",
        "Delta" => "Δ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" => "Π",
        "Sigma" => "Σ",
        "Upsilon" => "Υ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "Omega" => "Ω",
        _ => return None,
    };
    Some(letter)
}

fn latin(name: &str) -> Option<&'static str> {
    let letter = match name {
        "i" | "imath" => "ı",
        "j" | "jmath" => "ȷ",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "ss" => "ß",
        "SS" => "ẞ",
        "th" => "þ",
        "TH" => "Þ",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "ohorn" => "ơ",
        "OHORN" | "Ohorn" => "Ơ",
        "uhorn" => "ư",
        "UHORN" | "Uhorn" => "Ư",
        _ => return None,
    };
    Some(letter)
}

fn sign(name: &str) -> Option<&'static str> {
    let letter = match name {
        "textbackslash" => "\\",
        "textasciitilde" | "sim" => "~",
        "textasciicircum" => "^",
        "textasciigrave" => "`",
        "textless" | "lt" => "<",
        "textgreater" | "gt" => ">",
        "textbar" | "vert" | "mid" => "|",
        "textbraceleft" | "lbrace" => "{",
        "textbraceright" | "rbrace" => "}",
        "textdollar" => "$",
        "textunderscore" => "_",
        "textquotesingle" => "'",
        "textquotedbl" => "\"",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "quotedblbase" => "„",
        "quotesinglbase" => "‚",
        "guillemotleft" | "guillemetleft" => "«",
        "guillemotright" | "guillemetright" => "»",
        "textendash" => "–",
        "textemdash" => "—",
        "dots" | "ldots" | "textellipsis" | "cdots" => "…",
        "textbullet" => "•",
        "textperiodcentered" | "cdot" => "·",
        "textregistered" => "®",
        "texttrademark" => "™",
        "copyright" | "textcopyright" => "©",
        "textdegree" | "degree" => "°",
        "S" | "textsection" => "§",
        "P" => "¶",
        "pounds" | "textsterling" => "£",
        "euro" | "texteuro" => "€",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "textordfeminine" => "ª",
        "textordmasculine" => "º",
        "times" | "texttimes" => "×",
        "pm" | "textpm" => "±",
        "leq" | "le" => "≤",
        "geq" | "ge" => "≥",
        "neq" | "ne" => "≠",
        "approx" => "≈",
        "to" | "rightarrow" | "textrightarrow" | "longrightarrow" => "→",
        "leftarrow" | "textleftarrow" | "gets" => "←",
        "uparrow" | "textuparrow" => "↑",
        "downarrow" | "textdownarrow" => "↓",
        "leftrightarrow" => "↔",
        "Rightarrow" | "implies" => "⇒",
        "ll" => "≪",
        "gg" => "≫",
        "propto" => "∝",
        "div" | "textdiv" => "÷",
        "mp" => "∓",
        "equiv" => "≡",
        "simeq" | "cong" => "≅",
        "leqslant" => "≤",
        "geqslant" => "≥",
        "lesssim" => "≲",
        "gtrsim" => "≳",
        "partial" => "∂",
        "nabla" => "∇",
        "sum" => "∑",
        "int" => "∫",
        "in" => "∈",
        "cap" => "∩",
        "cup" => "∪",
        "ast" | "textasteriskcentered" => "*",
        "star" => "⋆",
        "bullet" => "•",
        "dag" | "dagger" | "textdagger" => "†",
        "ddag" | "ddagger" | "textdaggerdbl" => "‡",
        "textcelsius" => "°C",
        "celsius" => "°C",
        "textpercent" => "%",
        "textperthousand" => "‰",
        "textonehalf" => "½",
        "textonequarter" => "¼",
        "textthreequarters" => "¾",
        "textonesuperior" => "¹",
        "texttwosuperior" => "²",
        "textthreesuperior" => "³",
        "textohm" => "Ω",
        "textnumero" => "№",
        "textparagraph" => "¶",
        "textlangle" | "langle" => "⟨",
        "textrangle" | "rangle" => "⟩",
        "textvisiblespace" => "␣",
        "textminus" => "−",
        "ell" => "ℓ",
        "hbar" => "ħ",
        "infty" => "∞",
        "circ" => "°",
        "prime" => "′",
        "quad" | "qquad" | "space" | "newline" => " ",
        _ => return None,
    };
    Some(letter)
}
