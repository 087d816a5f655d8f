//! Names a proof in `private.evidence` of a record, whatever form that is written in.

use serde_yaml::{Mapping, Value as Yaml};

use super::layout::{closing, line_end};
use super::update::{Piece, piece, replaced};
use super::{Change, Refusal, alone, entries, write};
use crate::exchange::draft::Value;
use crate::source::{Origin, Sources};

/// Returns the text of a list file of `records/` or `private/` with a proof more in one of its entries, which is
/// counted from 0.
///
/// # Errors
/// When that cannot be done without touching anything else.
pub fn name_proof(old: &str, file: &str, index: usize, path: &str) -> Result<String, Refusal> {
    let before = entries(old, file).ok_or(Refusal::Unreadable)?;
    let (sources, body) = alone(old, file);
    if old.contains('\r') && !old.contains('\n') {
        return Err(Refusal::Unsafe);
    }
    let item = before.get(index).ok_or(Refusal::Unsafe)?;
    let origin = Origin { file: file.into(), index };
    let piece = place(&sources, &body, &origin, item, path).ok_or(Refusal::Unsafe)?;
    let new = replaced(&body, vec![piece]).ok_or(Refusal::Unsafe)?;
    let new = format!("{}{new}", &old[..old.len() - body.len()]);
    let mut wanted = before.clone();
    name(&mut wanted[index], path).ok_or(Refusal::Unsafe)?;
    if entries(&new, file).is_some_and(|after| after == wanted) { Ok(new) } else { Err(Refusal::Unsafe) }
}

/// Returns the text of a file of `private/` with an entry more at its end, for a record that has none there yet.
///
/// # Errors
/// When the file is no list of entries, each under the other.
pub fn name_proof_apart(old: &str, file: &str, id: &str, path: &str) -> Result<String, Refusal> {
    let before = entries(old, file).ok_or(Refusal::Unreadable)?;
    let end = line_end(old);
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { end };
    let (id_text, path_text) = (write::scalar(id, false), write::scalar(path, true));
    let new = format!("{old}{gap}- id: {id_text}{end}  private: {{evidence: [{path_text}]}}{end}");
    let mut entry = Mapping::new();
    entry.insert("id".into(), id.into());
    let mut wanted = before;
    wanted.push(Yaml::Mapping(entry));
    wanted.last_mut().and_then(|entry| name(entry, path)).ok_or(Refusal::Unsafe)?;
    if entries(&new, file).is_some_and(|after| after == wanted) { Ok(new) } else { Err(Refusal::NoList) }
}

/// Adds the proof to a value as it is to read.
fn name(entry: &mut Yaml, path: &str) -> Option<()> {
    let entry = entry.as_mapping_mut()?;
    let private = entry.entry("private".into()).or_insert(Yaml::Null);
    if private.is_null() {
        *private = Yaml::Mapping(Mapping::new());
    }
    let evidence = private.as_mapping_mut()?.entry("evidence".into()).or_insert(Yaml::Null);
    match evidence {
        Yaml::Null => *evidence = Yaml::Sequence(vec![path.into()]),
        Yaml::Sequence(list) => list.push(path.into()),
        Yaml::String(_) => *evidence = Yaml::Sequence(vec![evidence.clone(), path.into()]),
        _ => return None,
    }
    Some(())
}

/// Where what is written in a field begins.
enum Written {
    /// Between brackets or braces, of which the first is here.
    Flow(usize),
    /// Nothing follows the colon; it ends here.
    Nothing(usize),
    /// In lines of its own, or as a single word.
    Other,
}

fn place(sources: &Sources, body: &str, origin: &Origin, item: &Yaml, path: &str) -> Option<Piece> {
    let text = write::scalar(path, true);
    let private = item.get("private");
    let Some(private) = private.filter(|private| !private.is_null()) else {
        if item.as_mapping()?.contains_key("private") {
            let Written::Nothing(colon) = written(sources, body, origin, "private")? else { return None };
            return Some(Piece { range: colon..colon, text: format!(" {{evidence: [{text}]}}") });
        }
        let value = Value::Fields(vec![("evidence", Value::List(vec![path.to_owned()]))]);
        return piece(sources, body, origin, item, &Change { field: "private", value });
    };
    match private.get("evidence") {
        None => match written(sources, body, origin, "private")? {
            Written::Flow(open) => Some(in_flow(body, open, &format!("evidence: [{text}]"))?),
            Written::Nothing(_) => None,
            Written::Other => {
                let first = private.as_mapping()?.keys().next()?.as_str()?;
                let key = sources.key_span(origin, &format!("private.{first}"))?.bytes_in(body)?.start;
                let line = body[..key].rfind('\n').map_or(0, |at| at + 1);
                let margin = &body[line..key];
                let is_blank = margin.chars().all(|letter| letter == ' ');
                let added = format!("{margin}evidence: [{text}]{}", line_end(body));
                is_blank.then_some(Piece { range: line..line, text: added })
            }
        },
        Some(evidence) => match (written(sources, body, origin, "private.evidence")?, evidence) {
            (Written::Flow(open), Yaml::Sequence(_)) => in_flow(body, open, &text),
            (Written::Nothing(colon), Yaml::Null) => Some(Piece { range: colon..colon, text: format!(" [{text}]") }),
            (Written::Other, Yaml::Sequence(list)) => {
                let last = format!("private.evidence[{}]", list.len().checked_sub(1)?);
                let last = sources.span(origin, &last)?.bytes_in(body)?.start;
                let line = body[..last].rfind('\n').map_or(0, |at| at + 1);
                let dash = body[line..last].find('-')? + line;
                let end = body[last..].find('\n').map_or(body.len(), |at| last + at + 1);
                let eol = line_end(body);
                let added = format!("{}- {}", &body[line..dash], write::scalar(path, false));
                let added = if body[..end].ends_with('\n') { added + eol } else { format!("{eol}{added}") };
                Some(Piece { range: end..end, text: added })
            }
            (Written::Other, Yaml::String(_)) => {
                let range = sources.span(origin, "private.evidence")?.bytes_in(body)?;
                let old = &body[range.clone()];
                Some(Piece { text: format!("[{old}, {text}]"), range })
            }
            _ => None,
        },
    }
}

fn written(sources: &Sources, body: &str, origin: &Origin, field: &str) -> Option<Written> {
    let key = sources.key_span(origin, field)?.bytes_in(body)?.end;
    let colon = body[key..].find(':')? + key + 1;
    let mut rest = &body[colon..];
    let first_line = rest.split(['\n', '\r']).next().unwrap_or_default().trim();
    loop {
        let bare = rest.trim_start();
        if bare.starts_with(['[', '{']) {
            return Some(Written::Flow(body.len() - bare.len()));
        }
        // A comment may stand between a field and its value.
        match bare.strip_prefix('#') {
            Some(comment) => rest = comment.find('\n').map_or("", |at| &comment[at..]),
            None => break,
        }
    }
    let nothing = first_line.is_empty() || first_line.starts_with('#') || first_line.starts_with([',', '}']);
    let value = sources.span(origin, field)?.bytes_in(body)?;
    let has_value = value.start >= colon;
    Some(if nothing && !has_value { Written::Nothing(colon) } else { Written::Other })
}

/// Adds something at the end of a list in brackets, or of fields between braces.
fn in_flow(body: &str, open: usize, text: &str) -> Option<Piece> {
    let (_, last) = closing(body, open)?;
    let end = last + body[last..].chars().next().map_or(0, char::len_utf8);
    let before = &body[..end];
    let gap = match before.chars().next_back() {
        Some('[' | '{') if last == open => "",
        Some(',') => " ",
        _ => ", ",
    };
    Some(Piece { range: end..end, text: format!("{gap}{text}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "records/awards.yaml";

    fn named(old: &str) -> String {
        name_proof(old, FILE, 0, "evidence/new.pdf").unwrap_or_else(|refusal| panic!("{refusal:?}: {old}"))
    }

    #[test]
    fn a_proof_is_named_in_every_form_and_nothing_else_is_touched() {
        let cases = [
            (
                "- title: A # why\n\n- title: B\n",
                "- title: A # why\n  private:\n    evidence: [evidence/new.pdf]\n\n- title: B\n",
            ),
            (
                "- {title: A, date: 2025} # x\n",
                "- {title: A, date: 2025, private: {evidence: [\"evidence/new.pdf\"]}} # x\n",
            ),
            (
                "- title: A\n  private: {notes: n} # x\n",
                "- title: A\n  private: {notes: n, evidence: [evidence/new.pdf]} # x\n",
            ),
            ("- title: A\n  private: {}\n", "- title: A\n  private: {evidence: [evidence/new.pdf]}\n"),
            ("- title: A\n  private: # x\n", "- title: A\n  private: {evidence: [evidence/new.pdf]} # x\n"),
            (
                "- title: A\r\n  private:\r\n    # n\r\n    notes: n\r\n",
                "- title: A\r\n  private:\r\n    # n\r\n    evidence: [evidence/new.pdf]\r\n    notes: n\r\n",
            ),
            (
                "- title: A\n  private: {evidence: [evidence/a.pdf], notes: n}\n",
                "- title: A\n  private: {evidence: [evidence/a.pdf, evidence/new.pdf], notes: n}\n",
            ),
            (
                "- title: A\n  private:\n    evidence: []\n",
                "- title: A\n  private:\n    evidence: [evidence/new.pdf]\n",
            ),
            (
                "- title: A\n  private:\n    evidence: evidence/a.pdf # x\n",
                "- title: A\n  private:\n    evidence: [evidence/a.pdf, evidence/new.pdf] # x\n",
            ),
            (
                "- title: A\n  private:\n    evidence:\n      # x\n      - evidence/a.pdf # y\n    notes: n\n",
                "- title: A\n  private:\n    evidence:\n      # x\n      - evidence/a.pdf # y\n      - evidence/new.pdf\n    notes: n\n",
            ),
            (
                "- title: A\n  private:\n    evidence:\n    - evidence/a.pdf",
                "- title: A\n  private:\n    evidence:\n    - evidence/a.pdf\n    - evidence/new.pdf",
            ),
            (
                "- title: A\n  private:\n    evidence: [\n      evidence/a.pdf, # one\n    ]\n",
                "- title: A\n  private:\n    evidence: [\n      evidence/a.pdf, evidence/new.pdf # one\n    ]\n",
            ),
        ];
        for (old, new) in cases {
            assert_eq!(named(old), new);
        }
    }

    #[test]
    fn what_cannot_be_done_alone_is_refused() {
        for old in ["- title: A\n  private: word\n", "- title: A\n  private: {evidence: {a: b}}\n", "- title: [\n"] {
            assert!(name_proof(old, FILE, 0, "evidence/new.pdf").is_err(), "{old}");
        }
        assert!(name_proof("- title: A\n", FILE, 1, "evidence/new.pdf").is_err());
    }

    #[test]
    fn an_entry_of_its_own_stands_at_the_end() {
        let file = "private/awards.yaml";
        let added = |old: &str| name_proof_apart(old, file, "prize", "evidence/a b.pdf");
        let entry = "- id: prize\n  private: {evidence: [evidence/a b.pdf]}\n";
        assert_eq!(added("# mine").as_deref(), Ok(&*format!("# mine\n{entry}")));
        assert_eq!(
            added("- {id: x, private: {notes: n}}\n").as_deref(),
            Ok(&*format!("- {{id: x, private: {{notes: n}}}}\n{entry}"))
        );
        assert!(added("[{id: x}]\n").is_err());
        assert_eq!(
            name_proof("- id: prize\n  private: {exhibit: A-1}\n", file, 0, "evidence/a.pdf").as_deref(),
            Ok("- id: prize\n  private: {exhibit: A-1, evidence: [evidence/a.pdf]}\n")
        );
    }
}
