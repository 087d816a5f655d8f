//! Which letters the codes of a font mean, as its `ToUnicode` lists them (ISO 32000-1, 9.10.3).

use std::collections::HashMap;

/// Codes that are listed one by one.
const MOST: usize = 200_000;

/// The letters of codes.
#[derive(Debug, Default)]
pub(super) struct Unicode {
    single: HashMap<u16, String>,
    /// First and last code, and the letters of the first; those of each further one follow.
    ranges: Vec<(u16, u16, Vec<u16>)>,
}

impl Unicode {
    /// Reads a list; nothing when it lists nothing.
    pub(super) fn read(list: &[u8]) -> Option<Self> {
        let mut unicode = Self::default();
        let mut tokens = Tokens(list);
        let mut within = None;
        while let Some(token) = tokens.next() {
            match (within, token) {
                (_, Token::Word(b"beginbfchar")) => within = Some(false),
                (_, Token::Word(b"beginbfrange")) => within = Some(true),
                (_, Token::Word(b"endbfchar" | b"endbfrange")) => within = None,
                (Some(false), Token::Code(code)) => {
                    let Some(Token::Code(letters)) = tokens.next() else { break };
                    unicode.put(number(&code), &letters);
                }
                (Some(true), Token::Code(first)) => {
                    let (Some(Token::Code(last)), Some(target)) = (tokens.next(), tokens.next()) else { break };
                    unicode.put_range(number(&first), number(&last), target, &mut tokens);
                }
                _ => {}
            }
            if unicode.single.len() + unicode.ranges.len() > MOST {
                break;
            }
        }
        unicode.ranges.sort_by_key(|(first, ..)| *first);
        (!unicode.single.is_empty() || !unicode.ranges.is_empty()).then_some(unicode)
    }

    fn put(&mut self, code: u16, letters: &[u8]) {
        self.single.insert(code, String::from_utf16_lossy(&units(letters)));
    }

    fn put_range(&mut self, first: u16, last: u16, target: Token<'_>, tokens: &mut Tokens<'_>) {
        match target {
            Token::Code(letters) => self.ranges.push((first, last, units(&letters))),
            Token::Word(b"[") => {
                let mut code = Some(first);
                while let Some(Token::Code(letters)) = tokens.next() {
                    if let Some(known) = code.filter(|code| *code <= last) {
                        self.put(known, &letters);
                    }
                    code = code.and_then(|code| code.checked_add(1));
                }
            }
            Token::Word(_) => {}
        }
    }

    /// The letters that a code means.
    pub(super) fn letters(&self, code: u16) -> Option<String> {
        if let Some(letters) = self.single.get(&code) {
            return Some(letters.clone());
        }
        let after = self.ranges.partition_point(|(first, ..)| *first <= code);
        let (first, _, letters) = self.ranges[..after].last().filter(|(_, last, _)| code <= *last)?;
        let mut letters = letters.clone();
        let last = letters.last_mut()?;
        *last = last.wrapping_add(code - first);
        Some(String::from_utf16_lossy(&letters))
    }
}

fn number(code: &[u8]) -> u16 {
    code.iter().fold(0, |number, byte| number << 8 | u16::from(*byte))
}

fn units(letters: &[u8]) -> Vec<u16> {
    match letters {
        [one] => vec![u16::from(*one)],
        more => more.as_chunks().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect(),
    }
}

enum Token<'l> {
    Word(&'l [u8]),
    /// The bytes of `<0041>`.
    Code(Vec<u8>),
}

struct Tokens<'l>(&'l [u8]);

impl<'l> Iterator for Tokens<'l> {
    type Item = Token<'l>;

    fn next(&mut self) -> Option<Token<'l>> {
        loop {
            let start = self.0.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0)?;
            let rest = &self.0[start..];
            let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"<>[]%/(".contains(byte);
            let (token, used) = match rest {
                [b'%', ..] => (None, rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())),
                [b'<', b'<', ..] | [b'>', b'>', ..] => (None, 2),
                [b'<', inner @ ..] => {
                    let end = inner.iter().position(|byte| *byte == b'>')?;
                    let digits: Vec<u8> = inner[..end]
                        .iter()
                        .filter_map(|digit| char::from(*digit).to_digit(16)?.try_into().ok())
                        .collect();
                    let code = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default());
                    (Some(Token::Code(code.collect())), end + 2)
                }
                [b'[' | b']' | b'>' | b'/' | b'(', ..] => (Some(Token::Word(&rest[..1])), 1),
                word => {
                    let end = word.iter().position(is_end).unwrap_or(word.len());
                    (Some(Token::Word(&word[..end])), end)
                }
            };
            self.0 = &rest[used..];
            if token.is_some() {
                return token;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_one_by_one_in_ranges_and_in_lists() {
        let list = b"/CIDInit /ProcSet findresource begin /CIDSystemInfo <</Registry(Adobe)/Supplement 0>> def % a <00> comment\n\
            1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0004><00660069> endbfchar\n\
            2 beginbfrange <0010> <0012> <0041> <0020><0021>[<0061> <D835DC00>] endbfrange";
        let unicode = Unicode::read(list).expect("a list");
        let letters = |code| unicode.letters(code).unwrap_or_default();
        assert_eq!([3, 4, 0x10, 0x12, 0x13, 0x20, 0x21].map(letters), [" ", "fi", "A", "C", "", "a", "\u{1D400}"]);
        assert!(Unicode::read(b"nothing").is_none() && Unicode::read(b"beginbfrange <00").is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_list_is_taken(list in "(beginbfchar|beginbfrange|endbfrange|<00|41>|<0041>|\\[|\\]|<<|>>|%|\n| ){0,40}") {
            if let Some(unicode) = Unicode::read(list.as_bytes()) {
                let _ = unicode.letters(0x41);
            }
        }
    }
}
