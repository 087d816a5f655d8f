//! Publications.

use super::Context;
use super::authors::{contributors, find_owner, is_list, mark, nearest_author};
use super::credit::credit;
use super::identifiers::{doi, identifiers};
use super::ids::{Taken, too_many};
use super::place::{Place, text};
use super::shared::{language, one_line, reference, required, shared, web_address};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{AUTHORS_CUT, COUNT_TOO_SMALL, OWNER_NOT_FOUND, POSITION_CONTRADICTS, YAML_LIMIT};
use crate::portfolio::{
    AuthorPosition, Contributor, Publication, PublicationDates, PublicationLinks, Venue, read_names,
};
use crate::record::vocabulary::{Kind, PublicationRole, PublicationStatus, PublicationType};
use crate::record::{self, Text};

/// Builds a publication; `None` when nothing true can be said of it (published without a date).
pub(super) fn publication(
    diagnostics: &mut Diagnostics,
    context: &Context,
    taken: Taken<record::Publication>,
) -> Option<Publication> {
    let Taken { mut record, shared: raw, authors: line, origin, faulty, id, .. } = taken;
    let place = &Place { sources: context.sources, origin: &origin, id: &id, faulty: &faulty };
    let role = raw.role.clone().and_then(|role| PublicationRole::parse(role.trim()));
    let has_url = raw.url.as_deref().is_some_and(|url| !url.trim().is_empty());
    let shared = shared(diagnostics, context, place, raw, Kind::Publications);

    if record.authors.as_ref().is_some_and(too_many) {
        let message = "more authors stand here than any work has";
        let found = place.diagnostic(&YAML_LIMIT, "authors", message);
        diagnostics.push(found.help("write the first authors and yourself, and `author_count:`"));
    } else if line.names.is_empty() {
        required(diagnostics, place, Kind::Publications, "authors", "authors: Rao P, Quist ZA");
    }
    if line.cut && record.author_count.is_none() {
        let message = "how many authors the work has is unknown: the list ends in \"et al.\"";
        diagnostics
            .push(place.diagnostic(&AUTHORS_CUT, "authors", message).help("write all authors, or add `author_count:`"));
    }
    let has_address = has_url || names_itself(place, &record);
    let listed = is_list(record.authors.as_ref(), line.names.len());
    let mut authors = contributors(diagnostics, place, "authors", line, listed);
    let own_index = if record.mine == Some(false) { None } else { find_owner(&mut authors, &context.owner_names) };
    mark(diagnostics, place, "equal", &record.equal, &mut authors, |author| author.equal = true);
    mark(diagnostics, place, "corresponding", &record.corresponding, &mut authors, |author| {
        author.corresponding = true;
    });
    mark(diagnostics, place, "mentees", &record.mentees, &mut authors, |author| author.mentee = true);
    let author_count = record.author_count.map_or(0, |count| count as usize).max(authors.len());
    let written_position = record.my_position.map(|position| position as usize).filter(|position| *position > 0);
    let beyond_the_list = written_position.is_some_and(|position| position > authors.len());
    if own_index.is_none() && record.mine != Some(false) && !beyond_the_list && !authors.is_empty() {
        owner_missing(diagnostics, context, place, &authors);
    }
    let own_position = if record.mine == Some(false) { None } else { written_position.or(own_index.map(|at| at + 1)) };
    count_and_position(diagnostics, place, &record, &authors, own_index);
    let position = position(&authors, own_index, own_position, author_count);

    let kind = record.kind.unwrap_or(PublicationType::JournalArticle);
    let dates = PublicationDates {
        published: shared.date,
        epub: record.epub_date,
        submitted: record.submitted,
        accepted: record.accepted,
        accessed: record.accessed,
    };
    let status = status(diagnostics, place, &record, &dates);
    let editors = record.editors.take();
    let editor_line = editors.as_ref().map(read_names).unwrap_or_default();
    let editors_listed = is_list(editors.as_ref(), editor_line.names.len());
    let editors = contributors(diagnostics, place, "editors", editor_line, editors_listed);
    let correction = record.correction.take().map(|mut correction| {
        correction.doi = doi(diagnostics, place, "correction.doi", correction.doi.take()).map(Text);
        correction
    });
    let mut address =
        |field: &str, written: Option<Text>| text(written).filter(|url| web_address(diagnostics, place, field, url));
    let links = PublicationLinks {
        pdf: address("pdf", record.pdf.take()),
        code: address("code", record.code.take()),
        data: address("data", record.data.take()),
        video: address("video", record.video.take()),
    };
    let own_language = language(diagnostics, place, "language", record.language.take());
    let identifiers = identifiers(diagnostics, place, &mut record);
    let credit = credit(diagnostics, place, &record.credit);
    let replaced_by = text(record.replaced_by.take())
        .filter(|id| reference(diagnostics, context, place, "replaced_by", id, Some(Kind::Publications)));
    Some(Publication {
        kind,
        // Asked last, so that a work without its date still has its other faults named.
        status: status?,
        category: record.category,
        peer_reviewed: record.peer_reviewed.unwrap_or(is_reviewed(kind)),
        names_address: has_address,
        author_count,
        own_index,
        own_position,
        position,
        role: role.or_else(|| default_role(position, author_count)),
        credit,
        my_part: text(record.my_part.take()),
        editors,
        dates,
        identifiers,
        links,
        language: own_language.filter(|tag| !tag.eq_ignore_ascii_case(&context.language)),
        title_original: text(record.title_original.take()).map(|title| one_line(&title)),
        abstract_text: text(record.abstract_text.take()),
        keywords: record.keywords.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect(),
        open_access: record.open_access,
        replaced_by,
        correction,
        citations: record.citations.take(),
        target_journal: text(record.target_journal.take()),
        venue: venue(record),
        authors,
        shared,
    })
}

/// Tells whether a work says by what it can be found, rightly or wrongly.
fn names_itself(place: &Place, record: &record::Publication) -> bool {
    let written = [&record.doi, &record.pmid, &record.pmcid, &record.arxiv, &record.isbn];
    let fields = ["doi", "pmid", "pmcid", "arxiv", "isbn", "url"];
    written.into_iter().any(|field| text(field.clone()).is_some())
        || fields.into_iter().any(|field| place.is_faulty(field))
}

/// `author_count` and `my_position` agree with the names, as far as these are all listed.
fn count_and_position(
    diagnostics: &mut Diagnostics,
    place: &Place,
    record: &record::Publication,
    authors: &[Contributor],
    own_index: Option<usize>,
) {
    let listed = authors.len();
    let in_all = record.author_count.map(|count| count as usize);
    if let Some(count) = in_all.filter(|count| *count < listed) {
        let message = format!("`author_count` is {count}, but {listed} authors are listed");
        let diagnostic = place.diagnostic(&COUNT_TOO_SMALL, "author_count", message);
        diagnostics.push(diagnostic.help("correct it, or leave it out when all authors are listed"));
    }
    let Some(position) = record.my_position.map(|position| position as usize) else { return };
    let total = in_all.map(|count| count.max(listed));
    let found = own_index.map(|at| at + 1).filter(|_| total.is_none_or(|count| count == listed));
    let message = if position == 0 {
        "`my_position` counts from 1".to_owned()
    } else if let Some(found) = found.filter(|found| *found != position) {
        format!("`my_position` is {position}, but your name stands in place {found}")
    } else if let Some(count) = total.filter(|count| position > *count) {
        format!("`my_position` is {position}, but there are {count} authors")
    } else {
        return;
    };
    let diagnostic = place.diagnostic(&POSITION_CONTRADICTS, "my_position", message);
    diagnostics.push(diagnostic.help("correct it, or leave it out: it is found from the names"));
}

fn owner_missing(diagnostics: &mut Diagnostics, context: &Context, place: &Place, authors: &[Contributor]) {
    let owner = context.owner_names.first().map(crate::portfolio::PersonName::pubmed).unwrap_or_default();
    if owner.is_empty() || context.at_fault.names || place.is_faulty("authors") {
        return;
    }
    let diagnostic = place.diagnostic(&OWNER_NOT_FOUND, "authors", format!("`{owner}` is not among the authors"));
    diagnostics.push(match nearest_author(authors, &context.owner_names) {
        Some(near) => diagnostic.label(format!("are you `{near}`?")).help(format!(
            "if you are `{near}`, add it to `person.name_variants` in site.yaml; if the work is not yours, write `mine: false`"
        )),
        None => diagnostic.help("add your name, list the form used here in `person.name_variants` of site.yaml, or write `mine: false`"),
    });
}

/// The status as written, else published when there is a date; a status that needs a date has one.
fn status(
    diagnostics: &mut Diagnostics,
    place: &Place,
    record: &record::Publication,
    dates: &PublicationDates,
) -> Option<PublicationStatus> {
    use PublicationStatus::{Epub, Published, Retracted};
    let has_day = dates.published.is_some() || dates.epub.is_some();
    match record.status {
        Some(status) if has_day || !matches!(status, Published | Epub | Retracted) => Some(status),
        None if has_day => Some(Published),
        written => {
            if !place.is_faulty("status") && !place.is_faulty("epub_date") {
                let example = match written {
                    Some(_) => "date: 2025-03-14",
                    None => "date: 2025-03-14`, or a status if it is not out yet, as in `status: submitted",
                };
                required(diagnostics, place, Kind::Publications, "date", example);
            }
            None
        }
    }
}

fn is_reviewed(kind: PublicationType) -> bool {
    matches!(
        kind,
        PublicationType::JournalArticle | PublicationType::JournalAbstract | PublicationType::ConferencePaper
    )
}

/// Where the owner stands; a group at the end of the line is no last author.
fn position(
    authors: &[Contributor],
    own_index: Option<usize>,
    own_position: Option<usize>,
    count: usize,
) -> AuthorPosition {
    let Some(position) = own_position else { return AuthorPosition::None };
    let persons = authors.iter().rposition(|author| author.name.literal.is_none()).map_or(count, |at| at + 1);
    let last = if count == authors.len() { persons } else { count };
    let shares_first = own_index.is_some_and(|own| {
        authors[..=own].iter().all(|author| author.equal) && authors.iter().filter(|author| author.equal).count() > 1
    });
    match position {
        1 if count == 1 => AuthorPosition::Sole,
        _ if shares_first => AuthorPosition::CoFirst,
        1 => AuthorPosition::First,
        position if position >= last => AuthorPosition::Senior,
        _ => AuthorPosition::Middle,
    }
}

/// The last of two authors is no senior author unless the record says so.
fn default_role(position: AuthorPosition, count: usize) -> Option<PublicationRole> {
    match position {
        AuthorPosition::Sole | AuthorPosition::First => Some(PublicationRole::FirstAuthor),
        AuthorPosition::CoFirst => Some(PublicationRole::CoFirstAuthor),
        AuthorPosition::Senior if count > 2 => Some(PublicationRole::SeniorAuthor),
        AuthorPosition::Senior | AuthorPosition::Middle => Some(PublicationRole::CoAuthor),
        AuthorPosition::None => None,
    }
}

fn venue(record: record::Publication) -> Venue {
    Venue {
        journal: text(record.journal),
        journal_abbr: text(record.journal_abbr),
        volume: text(record.volume),
        issue: text(record.issue),
        pages: text(record.pages),
        book_title: text(record.book_title),
        edition: text(record.edition),
        publisher: text(record.publisher),
        place: text(record.place),
        server: text(record.server),
        website: text(record.website),
        genre: text(record.genre),
        number: text(record.number),
        version: text(record.version),
        series: text(record.series),
        series_number: text(record.series_number),
        event: text(record.event),
        event_place: text(record.event_place),
    }
}
