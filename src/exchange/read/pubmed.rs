//! What PubMed's two formats share: types of publication, languages, notices.

use crate::exchange::draft::{Draft, Relation, Value};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationCategory, PublicationStatus, PublicationType};

/// Sets type, category and status from PubMed's publication types (MeSH, "Publication Characteristics").
pub(in crate::exchange) fn publication_types(draft: &mut Draft, types: &[String]) {
    use PublicationCategory as Category;
    let is = |name: &str| types.iter().any(|other| other.trim().eq_ignore_ascii_case(name));
    if is("Preprint") {
        draft.set_type(PublicationType::Preprint);
    } else if is("Book Chapter") {
        draft.set_type(PublicationType::BookChapter);
    } else if is("Congress") || is("Meeting Abstract") || is("Meeting Abstracts") {
        draft.set_type(PublicationType::JournalAbstract);
    } else if is("Dataset") {
        draft.set_type(PublicationType::Dataset);
    } else if is("Technical Report") {
        draft.set_type(PublicationType::Report);
    } else if is("Academic Dissertation") {
        draft.set_type(PublicationType::Thesis);
    }
    let categories = [
        ("Systematic Review", Category::SystematicReview),
        ("Meta-Analysis", Category::SystematicReview),
        ("Randomized Controlled Trial", Category::Trial),
        ("Controlled Clinical Trial", Category::Trial),
        ("Clinical Trial", Category::Trial),
        ("Practice Guideline", Category::Guideline),
        ("Guideline", Category::Guideline),
        ("Case Reports", Category::CaseReport),
        ("Review", Category::Review),
        ("Editorial", Category::Editorial),
        ("Letter", Category::Letter),
        ("Comment", Category::Commentary),
    ];
    if let Some((_, category)) = categories.into_iter().find(|(name, _)| is(name)) {
        draft.set("category", Value::Text(category.as_str().to_owned()));
    }
    let of_another = [
        ("Published Erratum", "an erratum of another work"),
        ("Retraction of Publication", "the retraction of another work"),
        ("Expression of Concern", "an expression of concern about another work"),
    ];
    if let Some((_, what)) = of_another.into_iter().find(|(name, _)| is(name)) {
        draft.unsure("type", format!("is {what}, as PubMed calls it"));
    }
    if is("Retracted Publication") {
        draft.set_status(PublicationStatus::Retracted);
    }
}

/// Returns the BCP 47 tag of a language: PubMed's and ISO 639's three letters become two where there are two,
/// a language's English name becomes its tag, and English itself, in which most works are, is not written.
pub(in crate::exchange) fn language(code: &str) -> Option<String> {
    let code = code.trim().replace('_', "-");
    let lower = code.to_lowercase();
    let known = [
        ("eng", "en"),
        ("spa", "es"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("ger", "de"),
        ("deu", "de"),
        ("por", "pt"),
        ("ara", "ar"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("chi", "zh"),
        ("zho", "zh"),
        ("ita", "it"),
        ("rus", "ru"),
        ("tur", "tr"),
        ("pol", "pl"),
        ("dut", "nl"),
        ("nld", "nl"),
        ("cze", "cs"),
        ("ces", "cs"),
        ("gre", "el"),
        ("ell", "el"),
        ("hun", "hu"),
        ("swe", "sv"),
        ("nor", "no"),
        ("dan", "da"),
        ("fin", "fi"),
        ("heb", "he"),
        ("per", "fa"),
        ("fas", "fa"),
        ("ukr", "uk"),
        ("rum", "ro"),
        ("ron", "ro"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("slo", "sk"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("tha", "th"),
        ("vie", "vi"),
        ("english", "en"),
        ("american", "en"),
        ("british", "en"),
        ("spanish", "es"),
        ("french", "fr"),
        ("german", "de"),
        ("ngerman", "de"),
        ("portuguese", "pt"),
        ("arabic", "ar"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("chinese", "zh"),
        ("italian", "it"),
        ("russian", "ru"),
        ("turkish", "tr"),
        ("polish", "pl"),
        ("dutch", "nl"),
    ];
    let tag = if let Some((_, tag)) = known.iter().find(|(other, _)| *other == lower) {
        (*tag).to_owned()
    } else {
        let first = lower.split('-').next().unwrap_or_default();
        let is_tag = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_lowercase());
        let rest = lower
            .split('-')
            .skip(1)
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if !is_tag || !rest || matches!(lower.as_str(), "und" | "mul") {
            return None;
        }
        code
    };
    (tag != "en" && !tag.to_lowercase().starts_with("en-")).then_some(tag)
}

/// Sets the title: square brackets mark one that PubMed translated, and `original` is then the work's own, which is
/// the only one where there is no translation.
pub(in crate::exchange) fn title(draft: &mut Draft, title: &str, original: Option<&str>) {
    let title = crate::exchange::draft::clean_title(title);
    let title = translated(&title).unwrap_or(&title);
    let original = original.map(crate::exchange::draft::clean_title).filter(|original| !original.is_empty());
    let is_missing = title.is_empty() || title.eq_ignore_ascii_case("not available");
    match original {
        Some(original) if is_missing => draft.title(&original),
        Some(original) => {
            draft.title(title);
            draft.set("title_original", Value::Text(original));
        }
        None if is_missing => {}
        None => draft.title(title),
    }
}

/// Returns what stands in the brackets around a whole title.
fn translated(title: &str) -> Option<&str> {
    let inner = title.strip_prefix('[')?.trim_end_matches('.').strip_suffix(']')?;
    let mut depth = 0_i32;
    let is_whole = inner.chars().all(|c| {
        depth += match c {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        depth >= 0
    });
    (is_whole && depth == 0).then(|| inner.trim_end_matches('.'))
}

/// Sets the numbers that a note names: `PMID: 38512345 PMCID: PMC10999999`.
pub(in crate::exchange) fn numbers_in(draft: &mut Draft, note: &str) {
    let lower = note.to_ascii_lowercase();
    for (field, label) in [("pmid", "pmid"), ("pmcid", "pmcid")] {
        let mut after =
            lower.match_indices(label).map(|(at, _)| lower[at + label.len()..].trim_start_matches([':', ' ', '=']));
        let number = |rest: &str| {
            let prefix = if field == "pmcid" && rest.starts_with("pmc") { 3 } else { 0 };
            let digits = rest[prefix..].bytes().take_while(u8::is_ascii_digit).count();
            (digits > 0).then(|| rest[..prefix + digits].to_owned())
        };
        if let Some(number) = after.find_map(number) {
            draft.identifier(field, &number);
        }
    }
}

/// Returns a server's name without what PubMed explains behind it: `medRxiv : the preprint server for health sciences`.
pub(in crate::exchange) fn server(name: &str) -> &str {
    name.split(" : ").next().unwrap_or(name).trim()
}

/// Keeps the number of the paper that a preprint became, from PubMed's words on it.
pub(in crate::exchange) fn became(draft: &mut Draft, reference: &str) {
    let doi = reference.split("doi:").nth(1).and_then(|rest| rest.split_whitespace().next());
    if let Some(doi) = doi.and_then(|doi| crate::portfolio::identifier::doi(doi.trim_end_matches('.')).ok()) {
        draft.relate(Relation::Became, &format!("doi:{doi}"));
    }
    let mut pmid = Draft::new(Kind::Publications);
    numbers_in(&mut pmid, reference);
    if let Some(pmid) = pmid.get_text("pmid") {
        draft.relate(Relation::Became, &format!("pmid:{pmid}"));
    }
}

/// Sets the notice that corrects or retracts a work, from PubMed's words on it.
pub(in crate::exchange) fn notice(draft: &mut Draft, kind: &'static str, reference: &str) {
    if kind == "retraction" {
        draft.set_status(PublicationStatus::Retracted);
    }
    let mut fields = vec![("type", Value::Text(kind.to_owned()))];
    let doi = reference.split("doi:").nth(1).and_then(|rest| rest.split_whitespace().next());
    if let Some(doi) = doi.and_then(|doi| crate::portfolio::identifier::doi(doi).ok()) {
        fields.push(("doi", Value::Text(doi)));
    }
    if let Some(date) = date_of_reference(reference) {
        fields.push(("date", Value::Date(date)));
    }
    draft.set("correction", Value::Fields(fields));
}

/// The date in `Eur Radiol. 2022 Jan;32(1):1`.
fn date_of_reference(reference: &str) -> Option<PartialDate> {
    let head = reference.split(';').next()?;
    let at = head.match_indices(['1', '2']).map(|(at, _)| at).find(|at| {
        let before = head[..*at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric()) && super::dates::year_first(&head[*at..]).is_some()
    })?;
    super::dates::year_first(&head[at..])
}

/// Sets the dates of a work: `published` as printed, `electronic` ahead of it, and what the journal's desk did.
///
/// Days of the desk that come after publication are slips of the source, and are left out.
pub(in crate::exchange) fn dates(
    draft: &mut Draft,
    published: Option<PartialDate>,
    electronic: Option<PartialDate>,
    ahead_of_print: bool,
    desk: [(&'static str, Option<PartialDate>); 2],
) {
    let retracted = draft.get_text("status") == Some(PublicationStatus::Retracted.as_str());
    if ahead_of_print && electronic.or(published).is_some() {
        if !retracted {
            draft.set_status(PublicationStatus::Epub);
        }
        draft.date("epub_date", electronic.or(published));
    } else {
        draft.date("date", published.or(electronic));
        let is_earlier = |day: &PartialDate| published.is_some_and(|printed| day.first_day() < printed.first_day());
        draft.date("epub_date", electronic.filter(is_earlier));
    }
    let first = [published, electronic].into_iter().flatten().map(PartialDate::last_day).min();
    for (field, day) in desk {
        draft.date(field, day.filter(|day| first.is_none_or(|first| day.first_day() <= first)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_pubmed_does_not_have_is_that_of_the_work() {
        let read = |text: &str, original: Option<&str>| {
            let mut draft = Draft::new(Kind::Publications);
            title(&mut draft, text, original);
            let field = |name: &str| draft.get_text(name).unwrap_or_default().to_owned();
            (field("title"), field("title_original"))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read("[Not Available].", Some("Imagerie de garde.")), pair("Imagerie de garde", ""));
        assert_eq!(read("", Some("Imagerie.")), pair("Imagerie", ""));
        assert_eq!(read("[Value of [18F]FDG in fever].", Some("Valor.")), pair("Value of [18F]FDG in fever", "Valor"));
        assert_eq!(read("[18F]FDG and [11C]choline.", None), pair("[18F]FDG and [11C]choline", ""));
    }

    #[test]
    fn numbers_in_a_note_are_found() {
        let mut draft = Draft::new(Kind::Publications);
        numbers_in(&mut draft, "Published 5 May. PMID: 38512345 PMCID: PMC10999999");
        assert_eq!((draft.get_text("pmid"), draft.get_text("pmcid")), (Some("38512345"), Some("PMC10999999")));
    }
}
