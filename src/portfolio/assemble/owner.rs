//! The owner of the site: name, registries, programme, theme of work.

use chrono::{Datelike, NaiveDate};

use super::identifiers::orcid;
use super::ids::is_safe;
use super::place::{Place, text};
use super::shared::{one_line, web_address};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{BAD_EMAIL, BAD_ID, BAD_LEVEL, DUPLICATE_THREAD, REQUIRED_FIELD};
use crate::portfolio::{Ids, Owner, PersonName, Programme, ResearchArea, ThemeOfWork, TrainingYear, read_name};
use crate::record::decode::Decoded;
use crate::record::{self, PartialDate, SiteFile, Text};
use crate::source::Sources;

/// What of `site.yaml` could not all be read, so that nothing is said of what is missing there.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtFault {
    /// The lines of research.
    pub(super) threads: bool,
    /// The owner's names.
    pub(super) names: bool,
}

impl AtFault {
    /// Looks at the faults of `site.yaml`.
    pub(super) fn of(site: &Place) -> Self {
        let names = ["person.name", "person.family_name", "person.given_names", "person.name_variants"];
        Self {
            threads: site.is_faulty("theme_of_work.threads"),
            names: names.into_iter().any(|field| site.is_faulty(field)),
        }
    }
}

/// Builds the owner from `site.yaml`.
pub(super) fn owner(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    site: &Decoded<SiteFile>,
    today: NaiveDate,
) -> Owner {
    let place = &Place { sources, origin: &site.origin, id: "", faulty: &site.faulty };
    let person = site.record.person.clone();
    let display_name = text(person.name).map(|name| one_line(&name)).unwrap_or_default();
    if display_name.is_empty() && !place.is_faulty("person.name") {
        let diagnostic = place.diagnostic(&REQUIRED_FIELD, "person.name", "the site needs the name of its owner");
        diagnostics.push(diagnostic.help("add `person: {name: Priya Rao}`"));
    }
    let mut name = read_name(&display_name).map(|read| read.name).unwrap_or_default();
    if let Some(family) = text(person.family_name) {
        let read = read_name(&format!("{family}, X")).map(|read| read.name).unwrap_or_default();
        (name.particle, name.family) = (read.particle, read.family);
        let given = display_name.strip_suffix(family.as_str()).map(str::trim).filter(|given| !given.is_empty());
        name.given = given.map_or(name.given, str::to_owned);
        name.literal = None;
    }
    if let Some(given) = text(person.given_names) {
        name.given = given;
        name.literal = None;
    }
    let email = text(person.email).filter(|email| {
        let good = email
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'))
            && !email.contains(char::is_whitespace);
        if !good {
            let diagnostic =
                place.diagnostic(&BAD_EMAIL, "person.email", format!("`{email}` is not an e-mail address"));
            diagnostics.push(diagnostic.help("write the bare address, as in p.rao@hospital.example"));
        }
        good
    });
    Owner {
        display_name,
        name,
        name_native: text(person.name_native),
        credentials: text(person.credentials),
        pronouns: text(person.pronouns),
        name_variants: person
            .name_variants
            .iter()
            .filter_map(|variant| read_name(variant))
            .map(|read| read.name)
            .collect(),
        headline: text(person.headline),
        photo: text(person.photo).filter(|photo| web_address(diagnostics, place, "person.photo", photo)),
        photo_alt: text(person.photo_alt),
        email,
        show_email: person.show_email.unwrap_or(false),
        location: text(person.location),
        languages: person.languages.strings(),
        ids: ids(diagnostics, place, site.record.ids.clone()),
        programme: programme(diagnostics, place, site.record.programme.clone(), today),
        theme_of_work: theme_of_work(diagnostics, place, site.record.theme_of_work.clone()),
    }
}

/// Returns every name under which the owner is found among authors.
pub(super) fn names(owner: &Owner) -> Vec<PersonName> {
    let mut names = vec![owner.name.clone()];
    names.extend(read_name(&owner.display_name).map(|read| read.name));
    names.extend(owner.name_native.as_deref().and_then(read_name).map(|read| read.name));
    names.extend(owner.name_variants.iter().cloned());
    names.retain(|name| !name.family.is_empty() || name.literal.is_some());
    let mut unique: Vec<PersonName> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}

fn ids(diagnostics: &mut Diagnostics, place: &Place, ids: record::Ids) -> Ids {
    Ids {
        orcid: orcid(diagnostics, place, "ids.orcid", ids.orcid),
        google_scholar: bare(ids.google_scholar, "user="),
        pubmed_search: text(ids.pubmed_search),
        scopus: bare(ids.scopus, "authorId="),
        wos: bare(ids.wos, ""),
        linkedin: bare(ids.linkedin, ""),
        github: bare(ids.github, ""),
        researchgate: bare(ids.researchgate, ""),
        x: bare(ids.x, ""),
        bluesky: bare(ids.bluesky, ""),
        mastodon: mastodon(ids.mastodon),
    }
}

/// The identifier in a profile's address (after `parameter`, else its last part), or as written.
fn bare(written: Option<Text>, parameter: &str) -> Option<String> {
    let written = text(written)?;
    let Some((_, rest)) = written.split_once("://") else {
        return Some(written.trim_start_matches('@').to_owned());
    };
    if let Some((_, value)) = rest.split_once(parameter).filter(|_| !parameter.is_empty()) {
        return Some(value.split('&').next().unwrap_or_default().to_owned());
    }
    let path = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    (path.contains('/') && !last.is_empty()).then(|| last.trim_start_matches('@').to_owned())
}

/// `@user@server` from that form or from an address.
fn mastodon(written: Option<Text>) -> Option<String> {
    let written = text(written)?;
    match written.split_once("://").and_then(|(_, rest)| rest.split_once("/@")) {
        Some((server, user)) => Some(format!("@{}@{server}", user.trim_end_matches('/'))),
        None => Some(format!("@{}", written.trim_start_matches('@'))),
    }
}

fn programme(diagnostics: &mut Diagnostics, place: &Place, written: record::Programme, today: NaiveDate) -> Programme {
    let offset = written.pgy_offset.unwrap_or(1).min(10);
    let level = match text(written.level) {
        Some(level) => {
            let read = training_year(&level, offset);
            if read.is_none() {
                let diagnostic =
                    place.diagnostic(&BAD_LEVEL, "programme.level", format!("`{level}` is not a year of training"));
                diagnostics.push(diagnostic.help("write R1 to R6, or PGY and a number, as in PGY-4; or leave it out"));
            }
            read
        }
        None => level_from_dates(written.started, written.ends, offset, today),
    };
    Programme {
        name: text(written.name),
        specialty: text(written.specialty),
        institution: text(written.institution),
        department: text(written.department),
        url: text(written.url).filter(|url| web_address(diagnostics, place, "programme.url", url)),
        level,
        started: written.started,
        ends: written.ends,
        track: text(written.track),
        target_fellowship: text(written.target_fellowship),
        fellowship_start: written.fellowship_start,
        pgy_offset: offset,
    }
}

/// Reads `R3`, `PGY-4`, `PGY 4` or `PGY4`.
fn training_year(level: &str, offset: u32) -> Option<TrainingYear> {
    let compact: String =
        level.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_ascii_uppercase();
    if let Some(pgy) = compact.strip_prefix("PGY").and_then(|year| year.parse::<u32>().ok()) {
        let residency = pgy.checked_sub(offset)?;
        return (pgy <= 12).then_some(TrainingYear { residency, pgy });
    }
    let residency = compact.strip_prefix('R')?.parse::<u32>().ok().filter(|year| (1..=6).contains(year))?;
    Some(TrainingYear { residency, pgy: residency + offset })
}

/// Counts whole years since the start; a start without a month is the first of July.
fn level_from_dates(
    started: Option<PartialDate>,
    ends: Option<PartialDate>,
    offset: u32,
    today: NaiveDate,
) -> Option<TrainingYear> {
    let started = started?;
    let first = match started.month {
        Some(_) => started.first_day(),
        None => NaiveDate::from_ymd_opt(started.year, 7, 1)?,
    };
    if today < first || ends.is_some_and(|end| end.last_day() < today) {
        return None;
    }
    let years = today.year() - first.year() - i32::from((today.month(), today.day()) < (first.month(), first.day()));
    let residency = u32::try_from(years).ok()? + 1;
    (residency <= 6).then_some(TrainingYear { residency, pgy: residency + offset })
}

fn theme_of_work(diagnostics: &mut Diagnostics, place: &Place, written: record::ThemeOfWork) -> ThemeOfWork {
    let mut areas: Vec<ResearchArea> = Vec::new();
    for (at, thread) in written.threads.into_iter().enumerate() {
        let field = |name: &str| format!("theme_of_work.threads[{at}].{name}");
        let (id, name) = (text(thread.id), text(thread.name));
        let Some(id) = id else {
            if !place.is_faulty(&field("id")) {
                let diagnostic = place.diagnostic(&REQUIRED_FIELD, &field("id"), "a thread needs an `id`");
                diagnostics.push(diagnostic.help("write `- {id: stroke-workflow, name: Stroke imaging workflow}`"));
            }
            continue;
        };
        if !is_safe(&id) {
            let diagnostic = place.diagnostic(&BAD_ID, &field("id"), format!("`{id}` cannot be part of an address"));
            diagnostics.push(diagnostic.help("use only letters without accents, digits and hyphens"));
        }
        if areas.iter().any(|area| area.id == id) {
            let diagnostic =
                place.diagnostic(&DUPLICATE_THREAD, &field("id"), format!("`{id}` is already the id of a thread"));
            diagnostics.push(diagnostic.help("give one of the two another id"));
            continue;
        }
        areas.push(ResearchArea { name: name.unwrap_or_else(|| id.clone()), id });
    }
    ThemeOfWork { title: text(written.title), summary: text(written.summary), areas }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Option<PartialDate> {
        PartialDate::parse(text)
    }

    #[test]
    fn the_level_is_worked_out_from_the_dates() {
        let level = |started, today: &str, offset| {
            let today = date(today).expect("a date").first_day();
            level_from_dates(date(started), date("2028-06-30"), offset, today).map(|level| (level.residency, level.pgy))
        };
        assert_eq!(level("2024-07-01", "2026-11-24", 1), Some((3, 4)));
        assert_eq!(level("2024-07-01", "2025-06-30", 1), Some((1, 2)));
        assert_eq!(level("2024-07-01", "2025-07-01", 0), Some((2, 2)));
        assert_eq!(level("2024", "2024-06-30", 1), None);
        assert_eq!(level("2024-07", "2028-07-01", 1), None);
    }

    #[test]
    fn both_scales_of_training_are_read() {
        assert_eq!(training_year("R3", 1), Some(TrainingYear { residency: 3, pgy: 4 }));
        assert_eq!(training_year("pgy 2", 1), Some(TrainingYear { residency: 1, pgy: 2 }));
        assert_eq!(training_year("PGY-1", 0), Some(TrainingYear { residency: 1, pgy: 1 }));
        assert_eq!(training_year("R7", 1), None);
        assert_eq!(training_year("third", 1), None);
    }

    #[test]
    fn profiles_are_named_by_address_or_bare() {
        let text = |text: &str| Some(Text(text.to_owned()));
        assert_eq!(
            bare(text("https://scholar.google.com/citations?user=EXAMPLEAAAAJ&hl=en"), "user=").as_deref(),
            Some("EXAMPLEAAAAJ")
        );
        assert_eq!(bare(text("https://www.linkedin.com/in/zoq/"), "").as_deref(), Some("zoq"));
        assert_eq!(bare(text("@zoq"), "").as_deref(), Some("zoq"));
        assert_eq!(mastodon(text("https://social.example/@zoq")).as_deref(), Some("@zoq@social.example"));
        assert_eq!(mastodon(text("zoq@social.example")).as_deref(), Some("@zoq@social.example"));
    }
}
