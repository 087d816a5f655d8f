//! Identifiers of a record, normalised; what is no identifier is reported and left out.

use super::place::{Place, text};
use crate::diagnostic::code::{
    BAD_ARXIV, BAD_DOI, BAD_ISBN, BAD_ISSN, BAD_ORCID, BAD_PMCID, BAD_PMID, BAD_REGISTRATION,
};
use crate::diagnostic::{Code, Diagnostics};
use crate::portfolio::Identifiers;
use crate::portfolio::identifier::{self, Read};
use crate::record::{Publication, Registration, Text};

/// Takes the identifiers out of a publication.
pub(super) fn identifiers(diagnostics: &mut Diagnostics, place: &Place, record: &mut Publication) -> Identifiers {
    let Registration { nct, prospero } = record.registration.take().unwrap_or_default();
    let mut read =
        |code, field: &str, written, reader: fn(&str) -> Read| one(diagnostics, place, code, field, written, reader);
    Identifiers {
        doi: read(&BAD_DOI, "doi", record.doi.take(), identifier::doi),
        pmid: read(&BAD_PMID, "pmid", record.pmid.take(), identifier::pmid),
        pmcid: read(&BAD_PMCID, "pmcid", record.pmcid.take(), identifier::pmcid),
        arxiv: read(&BAD_ARXIV, "arxiv", record.arxiv.take(), identifier::arxiv),
        isbn: read(&BAD_ISBN, "isbn", record.isbn.take(), identifier::isbn),
        issn: read(&BAD_ISSN, "issn", record.issn.take(), identifier::issn),
        nct: read(&BAD_REGISTRATION, "registration.nct", nct, identifier::nct),
        prospero: read(&BAD_REGISTRATION, "registration.prospero", prospero, identifier::prospero),
    }
}

/// Reads a DOI that stands in any field.
pub(super) fn doi(diagnostics: &mut Diagnostics, place: &Place, field: &str, written: Option<Text>) -> Option<String> {
    one(diagnostics, place, &BAD_DOI, field, written, identifier::doi)
}

/// Reads an ORCID iD that stands in any field.
pub(super) fn orcid(
    diagnostics: &mut Diagnostics,
    place: &Place,
    field: &str,
    written: Option<Text>,
) -> Option<String> {
    one(diagnostics, place, &BAD_ORCID, field, written, identifier::orcid)
}

fn one(
    diagnostics: &mut Diagnostics,
    place: &Place,
    code: &'static Code,
    field: &str,
    written: Option<Text>,
    reader: fn(&str) -> Read,
) -> Option<String> {
    let written = text(written)?.replace(crate::source::is_invisible, "");
    match reader(&written) {
        Ok(value) => Some(value),
        Err(fault) => {
            let diagnostic = place.diagnostic(code, field, format!("`{written}` {}", fault.message)).help(fault.help);
            diagnostics.push(match fault.meant {
                Some(meant) => diagnostic.label(format!("did you mean `{meant}`?")).fix(meant),
                None => diagnostic,
            });
            None
        }
    }
}
