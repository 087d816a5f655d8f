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
        _ => return None,
    };
    Some(accent)
}

pub(super) fn letter(name: &str) -> Option<&'static str> {
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
        "to" | "rightarrow" => "→",
        "infty" => "∞",
        "circ" => "°",
        "prime" => "′",
        "alpha" | "textalpha" => "α",
        "beta" | "textbeta" => "β",
        "gamma" | "textgamma" => "γ",
        "delta" => "δ",
        "Delta" => "Δ",
        "epsilon" | "varepsilon" => "ε",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" | "textmu" => "μ",
        "pi" => "π",
        "rho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "omega" => "ω",
        "Omega" => "Ω",
        "quad" | "qquad" | "space" | "newline" => " ",
        _ => return None,
    };
    Some(letter)
}
