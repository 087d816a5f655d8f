//! Consent of patients whose case is told or shown.

use super::allow::Allows;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::portfolio::{Audience, Portfolio, PublicPortfolio, Shared};
use crate::record::vocabulary::{PresentationType, PublicationCategory, PublicationType};
use crate::source::Sources;

/// Words in the path of a picture that say whose it is.
const CASE_WORDS: [&str; 7] = ["case", "cases", "patient", "patients", "pt", "intraop", "wound"];

/// Reports every public case that does not say where the patient's consent is kept, and every
/// picture of a case that belongs to no record which does.
pub(super) fn check(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio, allows: &Allows) {
    use PublicationCategory::{CaseReport, CaseSeries};
    let public = portfolio.published(&Audience::Public);
    let PublicPortfolio { publications, presentations, .. } = &public;
    // What others published has their editor's consent; a retraction or a dataset tells no case.
    let reports = publications.iter().filter(|work| {
        matches!(work.category, Some(CaseReport | CaseSeries)) && !matches!(work.kind, PublicationType::Software)
    });
    let reports = reports.map(|work| (&work.shared, "a case report"));
    let talks = presentations.iter().filter(|talk| talk.kind == PresentationType::CaseConference);
    let talks = talks.map(|talk| (&talk.shared, "a talk on a case"));
    for (shared, what) in reports.chain(talks) {
        if has_consent(portfolio, shared) {
            continue;
        }
        let message = format!("{what} does not say where the patient's consent is kept");
        let found = sources.diagnose(&code::CONSENT_MISSING, &shared.origin, "title", message);
        diagnostics.push(
            found
                .record(sources.called(&shared.origin, &shared.id))
                .help("add `private: {consent: …}`: where the signed form is, or why none was needed"),
        );
    }
    for path in sources.files.keys().filter(|path| is_case_photo(path)) {
        let of_a_record = portfolio.shared().any(|shared| names(path, &shared.id) && has_consent(portfolio, shared));
        if of_a_record || allows.has_all(path) {
            continue;
        }
        let message = format!("`{path}` is a picture of a case, and nothing says where the patient's consent is kept");
        let help = format!(
            "put the id of a record with `private: {{consent: …}}` into its name, or `{{text: {path}, reason: …}}` under `allow:` in site.yaml"
        );
        diagnostics.push(Diagnostic::new(&code::CONSENT_MISSING, path.as_str(), message).help(help));
    }
}

/// Tells whether a picture of `files/` is called one of a case or a patient.
fn is_case_photo(path: &str) -> bool {
    let path = path.to_lowercase();
    let is_picture = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| path.ends_with(end));
    is_picture
        && path.starts_with("files/")
        && path.split(|letter: char| !letter.is_alphabetic()).any(|word| CASE_WORDS.contains(&word))
}

/// Tells whether an id stands in a path as words of their own.
fn names(path: &str, id: &str) -> bool {
    let parts = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    !id.is_empty()
        && path
            .match_indices(id)
            .any(|(at, _)| parts(path[..at].chars().next_back()) && parts(path[at + id.len()..].chars().next()))
}

fn has_consent(portfolio: &Portfolio, public: &Shared) -> bool {
    let whole = portfolio.shared().find(|shared| shared.id == public.id);
    whole.is_some_and(|shared| shared.private.consent.as_deref().is_some_and(|consent| !consent.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_names_a_record_as_a_whole_word_of_a_path() {
        for (path, id, named) in [
            ("files/cases/1.jpg", "as", false),
            ("files/cases/as.jpg", "as", true),
            ("files/as-case-2.jpg", "as", true),
            ("files/case-12.jpg", "case-1", false),
            ("files/é-case_1.jpg", "é-case", true),
            ("files/case.jpg", "", false),
        ] {
            assert_eq!(super::names(path, id), named, "{path} {id}");
        }
    }
}
