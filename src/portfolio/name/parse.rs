//! One name as written → its parts.

use unicode_normalization::UnicodeNormalization;

use super::words::{self, StandsFirst};
use super::{PersonName, is_apostrophe, is_east_asian, is_han, is_hangul, is_hyphen};

/// A name as it was read, and what a reader should know of the reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadName {
    /// The name as it was written, without marks.
    pub written: String,
    /// The parts.
    pub name: PersonName,
    /// What was dropped or guessed.
    pub notes: Vec<NameNote>,
}

/// What was dropped or guessed in reading a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameNote {
    /// The name can be read in another way, too.
    Unclear,
    /// A title or degree was left out.
    Dropped(String),
    /// The name looks like a group's and was not cut into parts.
    Group,
}

/// Reads one name: `Rao P`, `Rao, Priya` or `Priya Rao`, with particles, suffixes and any script.
///
/// Gives `None` when there is no letter in it.
pub fn read_name(text: &str) -> Option<ReadName> {
    let text = clean(text);
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let mut notes = Vec::new();
    let segments: Vec<&str> = text.split(',').map(str::trim).filter(|segment| !segment.is_empty()).collect();
    let name = match segments.as_slice() {
        [] => return None,
        [whole] => read_plain(whole, &mut notes),
        [first, rest @ ..] => read_with_commas(first, rest, &mut notes),
    };
    Some(ReadName { written: text.clone(), name, notes })
}

/// Composed letters, plain hyphens and spaces, no marks of footnotes at the end.
pub(super) fn clean(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-' | b'.' | b'\'');
    if text.bytes().all(plain) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let text: String = text
        .nfc()
        .filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}'))
        .map(|c| match c {
            '\u{2010}' | '\u{2011}' => '-',
            '，' | '、' => ',',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        })
        .collect();
    let group = words::is_group(&text);
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| if group { word.trim_end_matches(is_mark) } else { without_marks(word) })
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").trim_matches(|c: char| c == ',' || c == ';' || c.is_whitespace()).to_owned()
}

/// Takes the marks of footnotes off a word of a name: `*Rao`, `P1`, `K²`; a number alone is nothing but a mark.
pub(super) fn without_marks(word: &str) -> &str {
    let bare = word.trim_matches(is_mark);
    let letters = bare.trim_end_matches(|c: char| c.is_ascii_digit() || is_mark(c));
    let is_marked = bare.len() - letters.len() <= 2 && letters.ends_with(char::is_alphabetic);
    if is_marked || letters.is_empty() { letters } else { bare }
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '‖' | '#' | '⁎' | '∗' | '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

fn read_with_commas(first: &str, rest: &[&str], notes: &mut Vec<NameNote>) -> PersonName {
    let mut suffix = "";
    let mut given: Vec<&str> = Vec::new();
    let family_alone = is_family_alone(first);
    for segment in rest {
        let needs_given = family_alone && given.is_empty();
        if let Some(found) =
            words::suffix(segment).filter(|_| suffix.is_empty() && !(needs_given && words::may_be_initials(segment)))
        {
            suffix = found;
        } else if segment.split_whitespace().all(words::is_degree) && (!needs_given || words::is_plain_degree(segment))
        {
            notes.push(NameNote::Dropped((*segment).to_owned()));
        } else {
            given.push(segment);
        }
    }
    if given.is_empty() {
        let mut name = read_plain(first, notes);
        if name.suffix.is_empty() && name.literal.is_none() {
            suffix.clone_into(&mut name.suffix);
        }
        return name;
    }
    let given = given.join(" ");
    let mut given_words: Vec<&str> = given.split_whitespace().collect();
    drop_titles(&mut given_words, notes);
    let mut family_words: Vec<&str> = first.split_whitespace().collect();
    drop_titles(&mut family_words, notes);
    if suffix.is_empty() {
        suffix = take_suffix(&mut family_words, 1).or_else(|| take_suffix(&mut given_words, 1)).unwrap_or_default();
    }
    let at = given_words.iter().rposition(|word| !is_lower_particle(word)).map_or(0, |at| at + 1);
    let trailing = if at == 0 { Vec::new() } else { given_words.split_off(at) };
    let all_capitals = is_all_capitals(&family_words) && given_words.iter().all(|word| is_capitals(word));
    let (mut particle, family) = split_family(&family_words, is_all_capitals(&family_words));
    if !trailing.is_empty() && particle.is_empty() {
        particle = trailing.join(" ");
    }
    if all_capitals {
        given_words.retain(|word| !word.is_empty());
    }
    let given = print_given(&given_words, all_capitals && given.chars().filter(|c| c.is_alphabetic()).count() > 3);
    PersonName { family, given, particle, suffix: suffix.to_owned(), ..PersonName::default() }
}

/// Whether the words before the first comma can only be a family name: one word after its particle.
pub(super) fn is_family_alone(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lead = words.iter().take_while(|word| words::is_particle(word) || words::opens_family(word)).count();
    words.len() <= 1 || (lead > 0 && words.len() - lead <= 1)
}

fn read_plain(text: &str, notes: &mut Vec<NameNote>) -> PersonName {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if let Some(name) = read_east_asian(&words, notes) {
        return name;
    }
    if words::is_group(text) {
        notes.push(NameNote::Group);
        return PersonName::literal(text);
    }
    drop_titles(&mut words, notes);
    while words.len() > 2 && words.last().is_some_and(|word| words::is_plain_degree(word)) {
        notes.extend(words.pop().map(|word| NameNote::Dropped(word.to_owned())));
    }
    let suffix = take_suffix(&mut words, 2).or_else(|| {
        let last = words.last().filter(|word| words.len() == 2 && !words::may_be_initials(word))?;
        let found = words::suffix(last)?;
        words.pop();
        Some(found)
    });
    let mut name = read_family_and_given(&words, notes);
    if name.literal.is_none() {
        suffix.unwrap_or_default().clone_into(&mut name.suffix);
    }
    name
}

fn read_family_and_given(words: &[&str], notes: &mut Vec<NameNote>) -> PersonName {
    if words.len() == 1 {
        let (particle, family) = split_family(words, is_all_capitals(words) && words[0].chars().count() > 1);
        return PersonName { family, particle, ..PersonName::default() };
    }
    let initials = words.iter().skip(1).rev().take_while(|word| is_initials(word)).count();
    let initials = if initials > 0 && words.len() - initials == 1 && initials > 3 { 0 } else { initials };
    if initials > 0 {
        let (family_words, given_words) = words.split_at(words.len() - initials);
        let capitals = is_all_capitals(family_words);
        if capitals && family_words.len() == 1 && given_words.len() == 1 && has_vowel_and_more(given_words[0]) {
            notes.push(NameNote::Unclear);
        }
        let (particle, family) = split_family(family_words, capitals);
        return PersonName { family, given: print_given(given_words, false), particle, ..PersonName::default() };
    }
    let (start, family_first) = find_family(words, notes);
    let (family_words, given_words) = if family_first {
        words.split_at(start)
    } else {
        let (given, family) = words.split_at(start);
        (family, given)
    };
    let capitals = is_all_capitals(words);
    let (particle, family) = split_family(family_words, is_all_capitals(family_words));
    PersonName { family, given: print_given(given_words, capitals), particle, ..PersonName::default() }
}

/// Where the family name begins among words without initials; or, with `true`, where it ends when it stands first.
fn find_family(words: &[&str], notes: &mut Vec<NameNote>) -> (usize, bool) {
    let last = words.len() - 1;
    let shouted: Vec<usize> = (0..=last).filter(|&at| is_shouted(words[at])).collect();
    if let (Some(&from), Some(&to)) = (shouted.first(), shouted.last())
        && to - from + 1 == shouted.len()
        && shouted.len() < words.len()
    {
        if from == 0 {
            return (to + 1, true);
        }
        if to == last {
            return (from, false);
        }
    }
    if is_lower_particle(words[0]) || (words.len() > 2 && words::opens_family(words[0]) && is_lower_particle(words[1]))
    {
        notes.push(NameNote::Unclear);
        return (last, true);
    }
    let joiner = (2..last).find(|&at| matches!(words[at], "y" | "e" | "i"));
    if let Some(at) = joiner {
        return (at - 1, false);
    }
    let opener = (1..last).find(|&at| is_lower_particle(words[at]) || words::opens_family(words[at]));
    if let Some(at) = opener {
        return (at, false);
    }
    if words::joined_particle(words[last]).is_some() {
        return (last, false);
    }
    let last_stands_first = words::stands_first(words[last]);
    match words::stands_first(words[0]) {
        StandsFirst::Surely if last_stands_first != StandsFirst::Surely || is_vietnamese(words) => {
            notes.push(NameNote::Unclear);
            return (1, true);
        }
        StandsFirst::Perhaps if last_stands_first == StandsFirst::Surely => {}
        StandsFirst::Surely | StandsFirst::Perhaps => notes.push(NameNote::Unclear),
        StandsFirst::No => {}
    }
    if words.len() == 3 && words::is_iberian_given(words[0]) && words::is_iberian_family(words[1]) {
        notes.push(NameNote::Unclear);
        return (1, false);
    }
    if words.len() > 3 && !words[1..last].iter().any(|word| is_initials(word)) {
        notes.push(NameNote::Unclear);
        if words::is_iberian_given(words[0]) {
            return (last - 1, false);
        }
    }
    if is_all_capitals(words) && !notes.contains(&NameNote::Unclear) {
        notes.push(NameNote::Unclear);
    }
    (last, false)
}

fn is_vietnamese(words: &[&str]) -> bool {
    words[0].chars().any(|c| matches!(c, 'ễ' | 'ầ' | 'ạ' | 'à' | 'ỳ' | 'ù' | 'ô' | 'ơ' | 'ị'))
}

fn read_east_asian(words: &[&str], notes: &mut Vec<NameNote>) -> Option<PersonName> {
    let letters = || words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic());
    if !letters().all(is_east_asian) || letters().next().is_none() {
        return None;
    }
    let (family, given) = match words {
        [whole] => {
            let length = whole.chars().count();
            let long = words::long_east_asian_family(whole).filter(|family| family.chars().count() < length);
            let cut = long.map_or_else(|| whole.chars().next().map_or(0, char::len_utf8), str::len);
            let one_script = whole.chars().all(is_han) || whole.chars().all(is_hangul);
            if length > 1 && (!one_script || (length > 3 && long.is_none())) {
                notes.push(NameNote::Unclear);
            }
            if length == 1 { (*whole, String::new()) } else { (&whole[..cut], whole[cut..].to_owned()) }
        }
        [family, given @ ..] => (*family, given.join(" ")),
        [] => return None,
    };
    Some(PersonName { family: family.to_owned(), given, spaced: words.len() > 1, ..PersonName::default() })
}

fn drop_titles(words: &mut Vec<&str>, notes: &mut Vec<NameNote>) {
    while words.len() > 1 && words::is_title(words[0]) {
        notes.push(NameNote::Dropped(words.remove(0).to_owned()));
    }
}

fn take_suffix(words: &mut Vec<&str>, at_least_before: usize) -> Option<&'static str> {
    let last = words.last().filter(|_| words.len() > at_least_before)?;
    let after_initials = words.iter().rev().nth(1).is_some_and(|word| is_initials(word));
    if words::is_capital_suffix(last) && !after_initials {
        return None;
    }
    let found = words::suffix(last)?;
    words.pop();
    Some(found)
}

/// Particle and family name of a run of words; capitals are reduced when the whole run is in capitals.
fn split_family(words: &[&str], capitals: bool) -> (String, String) {
    if capitals {
        let lead = words.iter().take(words.len() - 1).take_while(|word| words::is_particle(word)).count();
        let particle: Vec<String> = words[..lead].iter().map(|word| word.to_lowercase()).collect();
        let family: Vec<String> = words[lead..].iter().map(|word| capitalise(word)).collect();
        return (particle.join(" "), family.join(" "));
    }
    let lead = words.iter().take(words.len().saturating_sub(1)).take_while(|word| words::is_particle(word)).count();
    let lead = words[..lead].iter().rposition(|word| is_lower_particle(word)).map_or(0, |at| at + 1);
    if lead > 0 {
        return (words[..lead].join(" "), words[lead..].join(" "));
    }
    let family = words.join(" ");
    match words.first().and_then(|word| words::joined_particle(word)) {
        Some(particle) => (particle.to_owned(), family[particle.len()..].to_owned()),
        None => (String::new(), family),
    }
}

/// Given names as printed: a lone letter among several words gets a stop, a run of initials is spread.
fn print_given(words: &[&str], capitals: bool) -> String {
    if let [single] = words
        && single.chars().filter(|c| c.is_alphabetic()).count() == 1
    {
        return single.trim_end_matches('.').to_owned();
    }
    let print = |word: &&str| {
        if capitals && word.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            capitalise(word)
        } else if is_initials(word) || is_single_letter(word) {
            spread(word)
        } else {
            (*word).to_owned()
        }
    };
    words.iter().map(print).collect::<Vec<_>>().join(" ")
}

/// `ZA` and `Z.A.` as `Z. A.`; `J.-P.` keeps its hyphen.
fn spread(initials: &str) -> String {
    let mut printed = String::new();
    let mut letters = initials.chars().peekable();
    while let Some(c) = letters.next() {
        if is_hyphen(c) {
            printed.push('-');
        } else if c.is_alphabetic() {
            if !printed.is_empty() && !printed.ends_with('-') {
                printed.push(' ');
            }
            printed.push(c);
            while let Some(small) = letters.next_if(|c| c.is_lowercase()) {
                printed.push(small);
            }
            printed.push('.');
        }
    }
    printed
}

/// A run of initials: up to three capitals (`ZA`, four with stops), one letter of a script without case,
/// or a transliterated pair (`YuN`).
pub(super) fn is_initials(word: &str) -> bool {
    if !word.chars().all(|c| c.is_alphabetic() || c == '.' || is_hyphen(c)) {
        return false;
    }
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let stops = word.contains('.');
    match letters.as_slice() {
        [] => false,
        [one] => !one.is_lowercase(),
        [first, .., last] if letters.iter().any(|c| c.is_lowercase()) => {
            letters.len() <= 4
                && !stops
                && first.is_uppercase()
                && last.is_uppercase()
                && letters[1].is_lowercase()
                && letters[1] != 'c'
        }
        all => all.iter().all(|c| c.is_uppercase()) && all.len() <= if stops { 5 } else { 3 },
    }
}

fn is_single_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && !word.contains(is_apostrophe)
}

fn is_lower_particle(word: &str) -> bool {
    words::is_particle(word) && word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
}

fn is_capitals(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// Written in capitals where it would not be (more letters than initials have).
fn is_shouted(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    is_capitals(word) && letters.clone().all(char::is_uppercase) && letters.count() > 3
}

/// Every word in capitals, and at least one of two letters.
fn is_all_capitals(words: &[&str]) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_uppercase()).count();
    words.iter().all(|word| is_capitals(word)) && words.iter().any(|word| letters(word) > 1)
}

fn has_vowel_and_more(word: &str) -> bool {
    word.chars().count() > 1 && !word.contains('.') && word.chars().any(|c| "AEIOUY".contains(c))
}

/// `O'CONNOR-ROSS` as `O'Connor-Ross`.
fn capitalise(word: &str) -> String {
    let mut capital = true;
    let mut printed = String::new();
    for c in word.chars() {
        if capital {
            printed.push(c);
        } else {
            printed.extend(c.to_lowercase());
        }
        capital = !c.is_alphabetic() && !matches!(c, '\u{300}'..='\u{36F}');
    }
    printed
}
