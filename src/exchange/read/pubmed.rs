//! What PubMed's two formats share: types of publication, languages, notices.

use crate::exchange::draft::{Draft, Value};
use crate::record::PartialDate;
use crate::record::vocabulary::{PublicationCategory, PublicationStatus, PublicationType};

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

/// Sets the title: square brackets mark one that PubMed translated, and `original` is then the work's own.
pub(in crate::exchange) fn title(draft: &mut Draft, title: &str, original: Option<&str>) {
    let title = crate::exchange::draft::clean_title(title);
    let inner = title.strip_prefix('[').and_then(|inner| inner.trim_end_matches('.').strip_suffix(']'));
    match inner.filter(|inner| !inner.contains(['[', ']'])) {
        Some(inner) => draft.title(inner),
        None => draft.title(&title),
    }
    if let Some(original) = original {
        let original = crate::exchange::draft::clean_title(original);
        draft.set("title_original", Value::Text(original));
    }
}

/// Sets the notice that corrects or retracts a work, from PubMed's words on it.
pub(in crate::exchange) fn notice(draft: &mut Draft, kind: &'static str, reference: &str) {
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
