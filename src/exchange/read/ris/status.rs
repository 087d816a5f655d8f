//! How far a reference has come, and what is a preprint.

use super::Reference;
use crate::exchange::draft::{Draft, Value};
use crate::exchange::read::stages;
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// How far the work has come stands in notes and in what the database calls it.
pub(super) fn status(draft: &mut Draft, reference: &Reference) {
    let written = reference.first(&["TY"]).unwrap_or_default().to_uppercase();
    let noted = reference
        .all(&["N1", "M1", "U1", "M3", "PT"])
        .find_map(|note| stages::in_note(note.trim_start_matches("Journal: ")));
    let found = noted.or((written == "INPR").then_some(PublicationStatus::InPress));
    if written == "UNPB" && !is_preprint(reference) {
        draft.remove("type");
        let is_submitted = found == Some(PublicationStatus::Submitted);
        draft.set_status(if is_submitted { PublicationStatus::Submitted } else { PublicationStatus::InPreparation });
        draft.unsure("status", "the file says only that it is not published");
        return;
    }
    let Some(found) = found.filter(|_| draft.publication_type() != PublicationType::Preprint) else { return };
    if stages::is_out(draft, found) {
        draft.unsure("status", format!("the file says {}, but the work has its place in print", found.as_str()));
        return;
    }
    if found == PublicationStatus::Epub
        && let Some(Value::Date(day)) = draft.remove("date")
    {
        draft.date("epub_date", Some(day));
    }
    draft.set_status(found);
}

/// Zotero writes a preprint as `GEN` with its server as publisher.
pub(super) fn is_server_preprint(reference: &Reference) -> bool {
    let is = |tags: &[&str], word: &str| {
        tags.iter().any(|tag| reference.first(&[tag]).is_some_and(|value| value.eq_ignore_ascii_case(word)))
    };
    let is_server = |value: &str| {
        let value = value.to_lowercase();
        matches!(value.as_str(), "medrxiv" | "biorxiv" | "arxiv" | "research square" | "ssrn" | "openrxiv")
    };
    matches!(reference.first(&["TY"]), Some("GEN" | "JOUR" | "UNPB"))
        && (is(&["M3"], "preprint") || (is(&["TY"], "GEN") && reference.all(&["PB", "DP"]).any(is_server)))
}

/// Returns the server whose address a work has.
pub(super) fn server_in_address<'r>(reference: &Reference<'r>) -> Option<&'r str> {
    let servers = [
        ("medrxiv.org", "medRxiv"),
        ("biorxiv.org", "bioRxiv"),
        ("arxiv.org", "arXiv"),
        ("researchsquare.com", "Research Square"),
    ];
    let address = reference.first(&["UR", "L2", "LK"])?.to_lowercase();
    servers.into_iter().find(|(host, _)| address.contains(host)).map(|(_, name)| name)
}

/// An unpublished work that has a server or an address can be read there.
pub(super) fn is_preprint(reference: &Reference) -> bool {
    reference.first(&["DO", "L3", "T2", "JF", "JO"]).is_some()
        || reference.all(&["UR", "PB", "M3"]).any(|value| value.to_lowercase().contains("rxiv"))
}
