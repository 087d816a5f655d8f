//! The owner, as on a wrapper's front.

use super::{Material, paper, rooted};
use crate::document::facts;
use crate::portfolio::{Ids, Owner};
use crate::render::markdown::encoded;
use crate::render::view::{LinkView, PersonView};

/// A word of a name longer than this is set smaller.
const LONG_WORD: usize = 18;

/// Returns the owner's view.
pub fn view(material: &Material<'_>) -> PersonView {
    let owner = &material.portfolio.owner;
    let words = &material.words;
    let programme = &owner.programme;
    let (given, family) = parts(owner);
    let long = owner.display_name.split_whitespace().any(|word| word.chars().count() > LONG_WORD);
    let specialty = programme.specialty.clone();
    let level = programme.level.map(|level| format!("R{}", level.residency));
    PersonView {
        given,
        family,
        long,
        native: owner.name_native.clone(),
        native_language: owner.name_native.as_deref().and_then(script_language),
        credentials: owner.credentials.clone(),
        pronouns: owner.pronouns.clone(),
        specialty: specialty.or_else(|| programme.name.clone()),
        level,
        month: words.short_month(material.portfolio.today),
        headline: owner.headline.clone().unwrap_or_default(),
        position: facts::position(words, owner),
        seeks: seeks(material, owner),
        location: owner.location.clone(),
        languages: (!owner.languages.is_empty()).then(|| words.list(&owner.languages)),
        email: owner.email.clone(),
        cv: material.has_cv().then(|| rooted("cv/index.html")),
        orcid: owner.ids.orcid.clone(),
        registries: cv_pdf(material).into_iter().chain(registries(&owner.ids)).collect(),
        photo_alt: owner.photo_alt.clone().unwrap_or_default(),
        ..photo(material, owner)
    }
}

/// Returns the portrait: the only fields filled.
fn photo(material: &Material<'_>, owner: &Owner) -> PersonView {
    let Some(path) = owner.photo.as_deref().filter(|_| material.is_on("portrait")) else {
        return PersonView::default();
    };
    let address = |path: &str| rooted(&encoded(path));
    let Some(info) = material.targets.images.list.get(path) else {
        return PersonView { photo: Some(address(path)), ..PersonView::default() };
    };
    let whole = (info.width, path.to_owned());
    let widths: Vec<String> = info
        .copies
        .iter()
        .chain([&whole])
        .map(|(width, path)| format!("{} {width}w", address(path).replace(',', "%2C")))
        .collect();
    PersonView {
        photo: Some(address(info.copies.first().map_or(path, |(_, copy)| copy))),
        photo_width: info.width,
        photo_height: info.height,
        photo_widths: if info.copies.is_empty() { String::new() } else { widths.join(", ") },
        ..PersonView::default()
    }
}

fn parts(owner: &Owner) -> (String, String) {
    let full = owner.display_name.trim();
    let family = owner.name.family_with_particle();
    match full.strip_suffix(family.as_str()) {
        Some(given) if !family.is_empty() => (given.trim().to_owned(), family),
        _ => full
            .rsplit_once(' ')
            .map_or_else(|| (String::new(), full.to_owned()), |(given, family)| (given.to_owned(), family.to_owned())),
    }
}

fn seeks(material: &Material<'_>, owner: &Owner) -> Vec<String> {
    let programme = &owner.programme;
    let words = &material.words;
    let Some(fellowship) = &programme.target_fellowship else { return Vec::new() };
    // "Neuroradiology" reads as a name in a record and as a common noun in a sentence.
    let mut letters = fellowship.chars();
    let common = match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() && words.get("fellowship_in_lower_case") == "yes" => {
            first.to_lowercase().collect::<String>() + &fellowship[first.len_utf8()..]
        }
        _ => fellowship.clone(),
    };
    let from = programme.fellowship_start.map(|date| {
        let month = crate::record::PartialDate { day: None, ..date };
        words.fill("from_date", &[("date", &words.date(month))])
    });
    std::iter::once(words.fill("applying", &[("fellowship", &common)])).chain(from).collect()
}

/// The CV as a file, for those who take it along.
fn cv_pdf(material: &Material<'_>) -> Option<LinkView> {
    let path = paper::path(material).filter(|_| material.portfolio.share.is_none())?;
    let word = format!("{} (PDF)", material.words.get("menu.cv"));
    Some(LinkView { word, href: rooted(&path), about: String::new() })
}

/// Scholar and PubMed: the two lists a reader checks.
fn registries(ids: &Ids) -> Vec<LinkView> {
    let scholar =
        ids.google_scholar.as_ref().map(|id| ("Scholar", format!("https://scholar.google.com/citations?user={id}")));
    let pubmed = ids
        .pubmed_search
        .as_ref()
        .map(|query| ("PubMed", format!("https://pubmed.ncbi.nlm.nih.gov/?term={}", query_value(query))));
    [scholar, pubmed].into_iter().flatten().map(link).collect()
}

/// Where else the owner is found.
pub fn elsewhere(ids: &Ids) -> Vec<LinkView> {
    let at = |id: &Option<String>, name: &'static str, start: &str| {
        id.as_ref().map(|id| (name, if id.starts_with("https://") { id.clone() } else { format!("{start}{id}") }))
    };
    let mastodon = ids.mastodon.as_deref().and_then(|handle| handle.trim_start_matches('@').split_once('@'));
    [
        at(&ids.scopus, "Scopus", "https://www.scopus.com/authid/detail.uri?authorId="),
        at(&ids.wos, "Web of Science", "https://www.webofscience.com/wos/author/record/"),
        at(&ids.researchgate, "ResearchGate", "https://www.researchgate.net/profile/"),
        at(&ids.linkedin, "LinkedIn", "https://www.linkedin.com/in/"),
        at(&ids.github, "GitHub", "https://github.com/"),
        at(&ids.bluesky, "Bluesky", "https://bsky.app/profile/"),
        mastodon.map(|(user, host)| ("Mastodon", format!("https://{host}/@{user}"))),
        at(&ids.x, "X", "https://x.com/"),
    ]
    .into_iter()
    .flatten()
    .map(link)
    .collect()
}

fn link((word, href): (&'static str, String)) -> LinkView {
    LinkView { word: word.to_owned(), href, about: String::new() }
}

fn query_value(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Returns the tag of the likeliest language of a name in another script.
fn script_language(name: &str) -> Option<&'static str> {
    name.chars().find_map(|letter| match u32::from(letter) {
        0x0370..=0x03FF => Some("el"),
        0x0400..=0x04FF => Some("ru"),
        0x0530..=0x058F => Some("hy"),
        0x0590..=0x05FF => Some("he"),
        0x0600..=0x06FF => Some("ar"),
        0x0900..=0x097F => Some("hi"),
        0x0E00..=0x0E7F => Some("th"),
        0x10A0..=0x10FF => Some("ka"),
        0x3040..=0x30FF => Some("ja"),
        0xAC00..=0xD7AF => Some("ko"),
        0x4E00..=0x9FFF => Some("zh"),
        _ => None,
    })
}
