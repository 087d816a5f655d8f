//! What a reference says of a work's state: in press, ahead of print, abstract, retracted.
//!
//! Takes a rendered reference and its publication; gives the reference with the words that the
//! style leaves out. Where a style prints the state itself (APA in place of the year, AMA and
//! The Lancet "published online", Citing Medicine `[abstract]`), nothing is added.

use hayagriva::citationberg::taxonomy::OtherTerm;

use super::sheet::Sheet;
use super::{CitationText, Part, Run, RunStyle};
use crate::portfolio::Publication;
use crate::record::vocabulary::{PublicationStatus, PublicationType};

/// Returns the word for a work that has not appeared, in the language of the sheet.
pub(super) fn word(status: PublicationStatus, sheet: &Sheet) -> Option<String> {
    let words = words(&sheet.language);
    let own = match status {
        PublicationStatus::InPress => return sheet.terms.word(OtherTerm::InPress).map(str::to_owned),
        PublicationStatus::Accepted => words.accepted,
        PublicationStatus::Submitted => words.submitted,
        PublicationStatus::UnderReview => words.under_review,
        PublicationStatus::Revision => words.revision,
        PublicationStatus::InPreparation => words.in_preparation,
        PublicationStatus::Withdrawn => words.withdrawn,
        PublicationStatus::Epub | PublicationStatus::Published | PublicationStatus::Retracted => return None,
    };
    Some(own.to_owned())
}

/// Adds to a reference what its style does not say of the work's state.
pub(super) fn complete(citation: &mut CitationText, publication: &Publication, sheet: &Sheet) {
    let words = words(&sheet.language);
    let says = |citation: &CitationText, what: &str| citation.plain().to_lowercase().contains(&what.to_lowercase());
    let ahead = publication.status == PublicationStatus::Epub;
    let state = if ahead { Some(ahead_of_print(sheet)) } else { word(publication.status, sheet) };
    if let Some(state) = state {
        if publication.kind != PublicationType::Preprint {
            not_a_preprint(citation, &state);
        }
        let told = says(citation, &state) || (ahead && (says(citation, "online") || says(citation, "ahead of print")));
        if !told {
            sentence(citation, &state);
        }
    }
    if publication.kind == PublicationType::JournalAbstract && !says(citation, words.abstract_mark) {
        after_title(citation, words.abstract_mark);
    }
    if publication.status == PublicationStatus::Retracted && !says(citation, "retract") {
        after_title(citation, words.retracted);
    }
}

fn ahead_of_print(sheet: &Sheet) -> String {
    if sheet.medline {
        return "epub ahead of print".to_owned();
    }
    sheet.terms.word(OtherTerm::AdvanceOnlinePublication).unwrap_or("advance online publication").to_owned()
}

/// Harvard calls every article without pages a preprint; one that peers have taken is none.
fn not_a_preprint(citation: &mut CitationText, state: &str) {
    for run in citation.runs.iter_mut().filter(|run| run.part == Part::Other) {
        run.text = run.text.replace("[Preprint]", &format!("[{state}]"));
    }
}

/// Adds a sentence of its own, before the link and what leads to it.
fn sentence(citation: &mut CitationText, state: &str) {
    let mut chars = state.chars();
    let state: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    let link = citation.runs.iter().position(|run| matches!(run.part, Part::Link(_)));
    if let Some(before) = link.and_then(|link| link.checked_sub(1))
        && citation.runs[before].part == Part::Other
        && let Some(at) = citation.runs[before].text.rfind(". ")
    {
        citation.runs[before].text.insert_str(at + 2, &format!("{state}. "));
        return;
    }
    let stopped = citation.plain().ends_with(['.', '?', '!']);
    let linked = link.is_some();
    let text = match (stopped, linked) {
        (true, _) => format!(" {state}."),
        (false, true) => format!(". {state}."),
        (false, false) => format!(". {state}"),
    };
    citation.runs.push(Run { text, ..Run::default() });
}

/// Adds a mark in square brackets after the title.
fn after_title(citation: &mut CitationText, mark: &str) {
    let Some(at) = citation.runs.iter().rposition(|run| run.part == Part::Title) else { return };
    let next = citation.runs.get(at + 1).and_then(|run| run.text.chars().next());
    let stopped = next.is_none_or(|c| matches!(c, '.' | ',' | ';' | ':' | '”' | '’' | '»'));
    let text = if stopped { format!(" [{mark}]") } else { format!(" [{mark}].") };
    let run = Run { text, style: RunStyle::default(), part: Part::Other };
    citation.runs.insert(at + 1, run);
}

/// Returns `(23rd of 57 authors)`, in the language of a locale.
pub(super) fn place_among(position: usize, total: usize, language: &str) -> String {
    match language.split('-').next().unwrap_or_default() {
        "es" => format!("({position}.º de {total} autores)"),
        "fr" => format!("({position}{} sur {total} auteurs)", if position == 1 { "er" } else { "e" }),
        "de" => format!("({position}. von {total} Autoren)"),
        "pt" => format!("({position}.º de {total} autores)"),
        "ar" => format!("(المؤلف {position} من {total})"),
        _ => format!("({position}{} of {total} authors)", english_ordinal(position)),
    }
}

fn english_ordinal(number: usize) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

struct Words {
    accepted: &'static str,
    submitted: &'static str,
    under_review: &'static str,
    revision: &'static str,
    in_preparation: &'static str,
    withdrawn: &'static str,
    retracted: &'static str,
    abstract_mark: &'static str,
}

/// The words for which CSL has no terms.
fn words(language: &str) -> Words {
    match language.split('-').next().unwrap_or_default() {
        "es" => Words {
            accepted: "aceptado para publicación",
            submitted: "enviado",
            under_review: "en revisión",
            revision: "en corrección",
            in_preparation: "en preparación",
            withdrawn: "retirado",
            retracted: "retractado",
            abstract_mark: "resumen",
        },
        "fr" => Words {
            accepted: "accepté pour publication",
            submitted: "soumis",
            under_review: "en cours d’évaluation",
            revision: "en révision",
            in_preparation: "en préparation",
            withdrawn: "retiré",
            retracted: "rétracté",
            abstract_mark: "résumé",
        },
        "de" => Words {
            accepted: "zur Veröffentlichung angenommen",
            submitted: "eingereicht",
            under_review: "in Begutachtung",
            revision: "in Überarbeitung",
            in_preparation: "in Vorbereitung",
            withdrawn: "zurückgezogen",
            retracted: "widerrufen",
            abstract_mark: "Abstract",
        },
        "pt" => Words {
            accepted: "aceito para publicação",
            submitted: "submetido",
            under_review: "em avaliação",
            revision: "em revisão",
            in_preparation: "em preparação",
            withdrawn: "retirado",
            retracted: "retratado",
            abstract_mark: "resumo",
        },
        "ar" => Words {
            accepted: "مقبول للنشر",
            submitted: "مُقدَّم للنشر",
            under_review: "قيد التحكيم",
            revision: "قيد المراجعة",
            in_preparation: "قيد الإعداد",
            withdrawn: "مسحوب",
            retracted: "مسحوب بعد النشر",
            abstract_mark: "ملخص",
        },
        _ => Words {
            accepted: "accepted for publication",
            submitted: "submitted",
            under_review: "under review",
            revision: "in revision",
            in_preparation: "in preparation",
            withdrawn: "withdrawn",
            retracted: "retracted",
            abstract_mark: "abstract",
        },
    }
}
