//! Numbers, ranges of numbers and pages.
//!
//! Takes the text of a number variable (`1012-21`, `Suppl 1`, `S11-S18`, `2nd`); tells whether
//! CSL calls it numeric or plural, and writes it with the style's range format and form.

use hayagriva::citationberg::{NumberForm, PageRangeFormat};

use super::terms::Terms;

/// Longest word that stands before a number as its label, in letters: `quiz`, `pt`.
const LONGEST_LABEL: usize = 4;

/// A number variable taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbers {
    values: Vec<Single>,
    /// Whether CSL's `is-numeric` holds.
    pub(super) numeric: bool,
    /// Whether a label before it is in the plural.
    pub(super) plural: bool,
    /// Whether it counts up, so that two values with a hyphen are a range.
    ranges: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Single {
    /// A short word before the number, which begins a count of its own (`quiz` in `93-9; quiz 122-3`).
    label: String,
    /// Letters before the digits (`S` in S11).
    prefix: String,
    value: String,
    /// What joins it to the next value.
    joiner: String,
}

/// Which variable a number stands in, as far as its ranges are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Pages: ranges follow the style's page format.
    Page,
    /// Volumes, issues, editions, numbers: ranges take the locale's dash.
    Count,
    /// Series numbers: ranges take an en dash.
    Series,
    /// Versions and the like: never a range.
    Plain,
}

impl Numbers {
    /// Takes a text apart.
    pub(super) fn parse(text: &str, sort: Sort) -> Self {
        let text = text.trim();
        let text = if sort == Sort::Page { without_label(text) } else { text };
        let mut values = split(text, sort);
        let first = values.first().cloned().unwrap_or_default();
        let numeric = is_numeric(&first.value) || is_fraction(text);
        let ranges = !first.value.is_empty()
            && (first.value.starts_with(|c: char| c.is_ascii_digit()) || is_roman(&first.value))
            && !is_fraction(text);
        let counted = 1 + values.iter().skip(1).take_while(|single| single.label.is_empty()).count();
        let plural = numeric && ranges && counted > 1;
        if sort == Sort::Plain {
            values = vec![Single { value: text.to_owned(), ..Single::default() }];
        }
        Self { values, numeric, plural, ranges }
    }

    /// Returns the number, or list or range of numbers, as the style writes it.
    ///
    /// `format` is the style's own; without one, an abbreviated range stays as it was written.
    pub(super) fn write(&self, sort: Sort, form: NumberForm, format: Option<PageRangeFormat>, terms: &Terms) -> String {
        let mut values = self.values.clone();
        if sort != Sort::Plain {
            self.write_ranges(&mut values, sort, format, terms);
        }
        let mut out = String::new();
        for single in &values {
            out.push_str(&single.label);
            out.push_str(&single.prefix);
            match single.value.parse::<u32>() {
                Ok(number) if self.ranges && form != NumberForm::Numeric && !single.value.starts_with('0') => {
                    out.push_str(&formed(number, form, terms));
                }
                _ => out.push_str(&single.value),
            }
            out.push_str(&single.joiner);
        }
        out
    }

    fn write_ranges(&self, values: &mut [Single], sort: Sort, format: Option<PageRangeFormat>, terms: &Terms) {
        let dash = match sort {
            Sort::Series => "–",
            _ => terms.range_delimiter(),
        };
        if !self.ranges {
            for single in values.iter_mut().filter(|single| single.joiner == "-" && self.numeric) {
                dash.clone_into(&mut single.joiner);
            }
            return;
        }
        for index in 1..values.len() {
            let (left, right) = values.split_at_mut(index);
            let (start, end) = (&mut left[index - 1], &mut right[0]);
            if start.joiner == "-" && start.prefix == end.prefix && end.label.is_empty() {
                write_range(start, end, sort, format, dash);
            }
        }
    }
}

fn write_range(start: &mut Single, end: &mut Single, sort: Sort, format: Option<PageRangeFormat>, dash: &str) {
    let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) || is_roman(text);
    if sort != Sort::Page || leading(&start.value).is_none() || leading(&end.value).is_none() {
        if is_word(&start.value) && is_word(&end.value) {
            dash.clone_into(&mut start.joiner);
        }
        return;
    }
    let falls = leading(&start.value) > leading(&end.value);
    // A tail such as `.e2` is no plain range, and stays as it was written.
    let plain = is_count(&start.value) && is_count(&end.value);
    if plain || (falls && format.is_none()) {
        dash.clone_into(&mut start.joiner);
    }
    if !plain || (falls && format.is_none()) {
        return;
    }
    let mut full = end.value.clone();
    if full.len() < start.value.len() {
        full.insert_str(0, &start.value[..start.value.len() - full.len()]);
    }
    if leading(&start.value) >= leading(&full) {
        return;
    }
    end.value = full;
    match format.unwrap_or_default() {
        PageRangeFormat::Expanded => {}
        PageRangeFormat::Minimal => shorten(start, end, 0),
        PageRangeFormat::MinimalTwo => shorten(start, end, 2),
        PageRangeFormat::Chicago15 | PageRangeFormat::Chicago16 => chicago(start, end),
    }
}

/// Drops the digits that the end of a range shares with its start, but for `keep`.
fn shorten(start: &Single, end: &mut Single, keep: usize) {
    end.prefix.clear();
    if start.value.len() != end.value.len() {
        return;
    }
    let shared = start.value.bytes().zip(end.value.bytes()).take_while(|(a, b)| a == b).count();
    let cut = shared.min(end.value.len().saturating_sub(keep));
    end.value.drain(..cut);
}

/// Shortens the end of a range as the Chicago Manual of Style does.
fn chicago(start: &Single, end: &mut Single) {
    end.prefix.clear();
    let (Some(first), Some(last)) = (leading(&start.value), leading(&end.value)) else { return };
    if first <= 100 || first % 100 == 0 {
        return;
    }
    let digits = last.to_string().len();
    for power in 2..digits {
        let Some(divisor) = 10_u64.checked_pow(u32::try_from(power).unwrap_or(u32::MAX)) else { return };
        if first / divisor == last / divisor {
            end.value = (last % divisor).to_string();
            return;
        }
    }
}

/// The number that a text begins with.
fn leading(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..digits].parse().ok()
}

/// Digits, and perhaps small letters after them.
fn is_count(text: &str) -> bool {
    text.trim_start_matches(|c: char| c.is_ascii_digit()).bytes().all(|b| b.is_ascii_lowercase())
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b"ivxlcmIVXLCM".contains(&b))
}

fn is_fraction(text: &str) -> bool {
    text.contains('/') && text.split('/').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_numeric(value: &str) -> bool {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let roman = value.bytes().take_while(|b| b"ixv".contains(b)).count();
    let start = if digits > 0 { digits } else { roman };
    let rest = &value[start..];
    start > 0
        && (rest.bytes().all(|b| b"-,:".contains(&b) || b.is_ascii_alphabetic())
            || (rest.starts_with('-') && rest.bytes().all(|b| b == b'-' || b.is_ascii_digit())))
}

/// Drops a `pp.` that was written before the pages: the style brings its own.
fn without_label(pages: &str) -> &str {
    ["pp. ", "p. "].iter().find_map(|label| pages.strip_prefix(label)).map_or(pages, str::trim_start)
}

/// Splits a text at the signs that join numbers.
fn split(text: &str, sort: Sort) -> Vec<Single> {
    let mut values = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some((length, joiner)) = joiner(rest, sort) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        values.push(labelled(&text[start..at], joiner, values.is_empty()));
        at += length;
        start = at;
    }
    values.push(labelled(&text[start..], String::new(), values.is_empty()));
    values
}

/// Takes a short word in small letters off the front of a value that is not the first.
fn labelled(text: &str, joiner: String, first: bool) -> Single {
    let word = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let mut end = word + text[word..].bytes().take_while(|b| *b == b'.').count().min(1);
    end += text[end..].bytes().take_while(|b| *b == b' ').count();
    if first || !(1..=LONGEST_LABEL).contains(&word) || end == word || end == text.len() {
        return single(text, joiner);
    }
    Single { label: text[..end].to_owned(), ..single(&text[end..], joiner) }
}

/// The sign that joins two numbers at the start of `rest`: its length and how it is written.
fn joiner(rest: &str, sort: Sort) -> Option<(usize, String)> {
    let trimmed = rest.trim_start();
    let space = rest.len() - trimmed.len();
    let after = |text: &str| text.len() - text.trim_start().len();
    if let Some(tail) = trimmed.strip_prefix('&') {
        return Some((space + 1 + after(tail), " & ".into()));
    }
    for word in [", and ", " and "] {
        if let Some(tail) = rest.strip_prefix(word) {
            return Some((word.len() + after(tail), word.into()));
        }
    }
    if let Some(tail) = rest.strip_prefix([';', ','])
        && tail.starts_with(' ')
    {
        return Some((1 + after(tail), format!("{} ", &rest[..1])));
    }
    let hyphens = trimmed.trim_start_matches(['-', '–']);
    let length = trimmed.len() - hyphens.len();
    if length > 0 {
        let written = if sort == Sort::Page || !trimmed.starts_with('–') { "-" } else { "–" };
        return Some((space + length + after(hyphens), written.into()));
    }
    None
}

/// Takes the letters off the front of a value such as `S11` or `e231122`.
fn single(text: &str, joiner: String) -> Single {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let letters = text[digits..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut cut = if letters > 0 { digits + letters } else { 0 };
    cut += text[cut..].bytes().take_while(|b| cut > 0 && *b == b'0').count();
    let tail = &text[cut..];
    let number = tail.bytes().take_while(u8::is_ascii_digit).count();
    let plain = |rest: &str| rest.bytes().all(|b| b.is_ascii_alphabetic() || b"-,".contains(&b));
    if number > 0 && plain(&tail[number..]) {
        Single { prefix: text[..cut].to_owned(), value: tail.to_owned(), joiner, ..Single::default() }
    } else {
        Single { value: text.to_owned(), joiner, ..Single::default() }
    }
}

fn formed(number: u32, form: NumberForm, terms: &Terms) -> String {
    match form {
        NumberForm::Numeric => number.to_string(),
        NumberForm::Ordinal => format!("{number}{}", terms.ordinal(number)),
        NumberForm::LongOrdinal => {
            terms.long_ordinal(number).unwrap_or_else(|| format!("{number}{}", terms.ordinal(number)))
        }
        NumberForm::Roman => roman(number),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number >= 6000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(text: &str, format: Option<PageRangeFormat>) -> String {
        Numbers::parse(text, Sort::Page).write(Sort::Page, NumberForm::Numeric, format, &Terms::default())
    }

    #[test]
    fn page_ranges_follow_the_style() {
        let minimal = Some(PageRangeFormat::Minimal);
        let chicago = Some(PageRangeFormat::Chicago16);
        assert_eq!(write("1261-1267", minimal), "1261–7");
        assert_eq!(write("S11-S18", minimal), "S11–8");
        assert_eq!(write("1012-21", Some(PageRangeFormat::Expanded)), "1012–1021");
        assert_eq!(write("1012-21", None), "1012–21");
        assert_eq!(write("99–106", chicago), "99–106");
        assert_eq!(write("107-108", chicago), "107–8");
        assert_eq!(write("1496-1500", chicago), "1496–500");
        assert_eq!(write("e231122", minimal), "e231122");
        assert_eq!(write("xv-xvi", minimal), "xv–xvi");
        assert_eq!(write("1188-1196; quiz 1216-1217", minimal), "1188–96; quiz 1216–7");
        assert_eq!(write("7481:1-12", None), "7481:1–12");
        assert_eq!(write("pp. 12-15", minimal), "12–5");
    }

    #[test]
    fn report_numbers_are_no_ranges() {
        let number = Numbers::parse("FIIP-22-07", Sort::Count);
        assert!(!number.numeric && !number.plural);
        assert_eq!(number.write(Sort::Count, NumberForm::Numeric, None, &Terms::default()), "FIIP-22-07");
    }

    #[test]
    fn numeric_is_what_csl_calls_numeric() {
        for (text, numeric, plural) in [
            ("12", true, false),
            ("2nd", true, false),
            ("Suppl 1", false, false),
            ("1.2", false, false),
            ("e231122", true, false),
            ("12-13", true, true),
            ("xv-xvi", true, true),
        ] {
            let number = Numbers::parse(text, Sort::Page);
            assert_eq!((number.numeric, number.plural), (numeric, plural), "{text}");
        }
    }
}
