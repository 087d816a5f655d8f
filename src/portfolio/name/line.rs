//! Lines and lists of authors → names.

use super::parse::{clean, is_family_alone, is_initials, without_marks};
use super::{NameNote, ReadName, is_east_asian, read_name, words};
use crate::portfolio::PersonName;
use crate::record::{Name, Names};

/// The names of a line or list, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameLine {
    /// The names.
    pub names: Vec<ReadName>,
    /// Whether "et al." says that there are more.
    pub cut: bool,
}

/// Reads authors as a record writes them: one line, or a list of names and groups.
pub fn read_names(names: &Names) -> NameLine {
    match names {
        Names::Line(line) => read_line(line),
        Names::List(list) => {
            let mut all = NameLine::default();
            for item in list {
                match item {
                    Name::Group(group) => all.names.extend(group_name(group)),
                    Name::Person(text) if holds_several(text) => {
                        let inner = read_line(text);
                        all.names.extend(inner.names);
                        all.cut |= inner.cut;
                    }
                    Name::Person(text) => {
                        let (text, cut) = without_et_al(text);
                        all.cut |= cut;
                        all.names.extend(read_name(text));
                    }
                }
            }
            all
        }
    }
}

/// Reads a line of authors: `Rao P, van der Berg L, and Quist ZA`, `Rao, P.; Quist, Z. A.`,
/// `Priya Rao, Lotte van der Berg, et al.`, `{group: …}` among them.
pub fn read_line(line: &str) -> NameLine {
    let line = without_footnotes(&line.replace(['，', '、'], ",").replace('；', ";"));
    let (line, cut) = without_et_al(&line);
    let names = if split_outside_groups(line, ';').len() > 1 {
        let items = split_outside_groups(line, ';');
        items.into_iter().flat_map(split_conjunction).filter_map(read_item).collect()
    } else {
        read_segments(&split_outside_groups(line, ',').into_iter().flat_map(split_conjunction).collect::<Vec<_>>())
    };
    NameLine { names, cut }
}

/// Takes out the marks of footnotes that PubMed and word processors put behind names: `Lee K2,3`.
fn without_footnotes(line: &str) -> String {
    if !line.contains(|c: char| c.is_ascii_digit() || c == '*') {
        return line.to_owned();
    }
    let mut kept = String::with_capacity(line.len());
    for part in line.split_inclusive([',', ';']) {
        let body = part.trim_end_matches([',', ';']);
        let separator = &part[body.len()..];
        if body.contains(['{', '}']) || words::is_group(body) {
            kept.push_str(part);
            continue;
        }
        let words: Vec<&str> = body.split(' ').map(without_marks).collect();
        let bare = words.join(" ");
        if bare.contains(char::is_alphabetic) {
            kept.push_str(&bare);
            kept.push_str(separator);
        } else if separator == ";" {
            kept.push_str(separator);
        }
    }
    kept
}

fn holds_several(text: &str) -> bool {
    text.contains(';') || split_conjunction(text).len() > 1
}

fn group_name(group: &str) -> Option<ReadName> {
    let group = group.split_whitespace().collect::<Vec<_>>().join(" ");
    (!group.is_empty()).then(|| ReadName {
        written: group.clone(),
        name: PersonName::literal(group),
        notes: Vec::new(),
    })
}

fn read_item(text: &str) -> Option<ReadName> {
    let text = text.trim();
    match text.strip_prefix("{group:").and_then(|rest| rest.strip_suffix('}')) {
        Some(group) => group_name(group),
        None => read_name(text),
    }
}

fn without_et_al(text: &str) -> (&str, bool) {
    let mut text = text.trim();
    let mut cut = false;
    loop {
        let bare = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '…'));
        let lower = bare.to_ascii_lowercase();
        let ending = ["et al", "et alii", "and others", "& others"].into_iter().find(|end| {
            lower.strip_suffix(end).is_some_and(|head| head.is_empty() || head.ends_with([' ', ',', ';', '.']))
        });
        match ending {
            Some(ending) => {
                text = bare[..bare.len() - ending.len()].trim_end_matches([' ', ',', ';']);
                cut = true;
            }
            None if text.ends_with('…') => {
                text = bare;
                cut = true;
            }
            None => return (text, cut),
        }
    }
}

fn split_outside_groups(line: &str, at: char) -> Vec<&str> {
    let mut depth = 0_usize;
    line.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == at && depth == 0
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
    .collect()
}

/// Cuts a segment at `and` and `&`, which no name holds outside a group.
fn split_conjunction(segment: &str) -> Vec<&str> {
    if segment.trim_start().starts_with("{group:") || words::is_group(segment) {
        let bare = ["and ", "& "].into_iter().find_map(|lead| segment.trim_start().strip_prefix(lead));
        return vec![bare.unwrap_or(segment)];
    }
    let mut parts = vec![];
    let mut start = 0;
    let mut offset = 0;
    for word in segment.split(' ') {
        if word == "&" || word.eq_ignore_ascii_case("and") {
            parts.push(&segment[start..offset]);
            start = offset + word.len();
        }
        offset += word.len() + 1;
    }
    parts.push(&segment[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Reads the parts between commas: each a name, or family and given names in turn.
fn read_segments(segments: &[&str]) -> Vec<ReadName> {
    let inverted = is_inverted(segments);
    let mut names = Vec::new();
    let mut at = 0;
    while at < segments.len() {
        let mut end = at + 1;
        if inverted && is_suffix(segments, end) && end + 1 < segments.len() {
            end += 1;
        }
        let next_is_given = segments.get(end).is_some_and(|next| words::suffix(next).is_none() && !is_complete(next));
        if inverted && !is_complete(segments[at]) && (next_is_given || segments.len() == 2) && end < segments.len() {
            end += 1;
        }
        while segments.get(end).is_some_and(|next| belongs_to_the_name_before(next, end - at)) {
            end += 1;
        }
        names.extend(read_item(&segments[at..end].join(", ")));
        at = end;
    }
    if inverted && segments.len() == 2 && is_complete(segments[1]) {
        for name in &mut names {
            if !name.notes.contains(&NameNote::Unclear) {
                name.notes.push(NameNote::Unclear);
            }
        }
    }
    names
}

fn belongs_to_the_name_before(segment: &str, parts: usize) -> bool {
    let word = segment.trim();
    let is_suffix = words::suffix(word).is_some() && !(parts == 1 && words::may_be_initials(word));
    is_suffix || (!word.is_empty() && word.split_whitespace().all(words::is_degree))
}

/// Whether the line gives family and given names in turn (`Rao, P., Quist, Z. A.`; `Rao, Priya`).
fn is_inverted(segments: &[&str]) -> bool {
    let [first, rest @ ..] = segments else { return false };
    let rest = if is_suffix(segments, 1) && is_family_alone(first) { &rest[1..] } else { rest };
    let [second, rest @ ..] = rest else { return false };
    if is_complete(first)
        || first.starts_with("{group:")
        || second.starts_with("{group:")
        || belongs_to_the_name_before(second, 2)
    {
        return false;
    }
    if only_initials(second) {
        return true;
    }
    let second_words = clean(second).split_whitespace().count();
    if is_east_asian_whole(first) && is_east_asian_whole(second) {
        return false;
    }
    if ends_in_initials(first) {
        return false;
    }
    if rest.iter().all(|segment| belongs_to_the_name_before(segment, 2)) {
        return ends_in_initials(second) && second.ends_with('.') || is_family_alone(first) || second_words == 1;
    }
    is_family_alone(first) && !is_complete(second)
}

fn is_suffix(segments: &[&str], at: usize) -> bool {
    segments.get(at).is_some_and(|segment| words::suffix(segment).is_some() && !words::may_be_initials(segment))
}

/// A Chinese or Korean name with its family name, written without a space.
fn is_east_asian_whole(segment: &str) -> bool {
    segment.chars().all(is_east_asian)
        && segment.chars().count() > 1
        && words::long_east_asian_family(segment).is_none_or(|family| family.len() < segment.len())
}

fn ends_in_initials(segment: &str) -> bool {
    let segment = clean(segment);
    segment.split_whitespace().count() > 1 && segment.split_whitespace().last().is_some_and(is_initials)
}

fn only_initials(segment: &str) -> bool {
    let segment = clean(segment);
    !segment.is_empty() && segment.split_whitespace().all(is_initials)
}

/// A family name followed by bare initials: a whole name in PubMed's form.
fn is_complete(segment: &str) -> bool {
    let segment = clean(segment);
    let mut words: Vec<&str> = segment.split_whitespace().collect();
    if words.len() > 2 && words.last().is_some_and(|word| words::suffix(word).is_some()) {
        words.pop();
    }
    words.len() > 1
        && words.last().is_some_and(|word| is_initials(word) && !word.contains('.'))
        && !words.iter().all(|word| is_initials(word))
}
