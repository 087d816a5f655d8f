//! Records → portfolio: references resolved, the owner found among authors, lists in order.

mod activity;
mod authors;
mod credit;
mod earlier;
mod identifiers;
mod ids;
mod owner;
mod page;
mod place;
mod plan;
mod presentation;
mod publication;
mod publishing;
mod settings;
mod shared;
mod threads;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

pub use self::earlier::Earlier;
use self::earlier::Slot;
pub use self::ids::made_id;
use self::ids::{Candidate, Taken, candidate, named, take};
use super::{Conference, PersonName, Portfolio, Today};
use crate::diagnostic::Diagnostics;
use crate::record::decode::{Decoded, Records};
use crate::record::vocabulary::Kind;
use crate::record::{self, PartialDate};
use crate::source::Sources;

/// What every record is read against.
#[derive(Debug)]
struct Context<'a> {
    sources: &'a Sources,
    today: NaiveDate,
    language: String,
    owner_names: Vec<PersonName>,
    threads: Vec<String>,
    at_fault: owner::AtFault,
    /// Lines of research that many records name and `site.yaml` lacks: told of once, there.
    missing_threads: BTreeSet<String>,
    /// Every id, and the kind of its record.
    ids: BTreeMap<String, Kind>,
    conferences: Vec<Conference>,
}

/// Builds the model; what is wrong is reported and left out.
///
/// `today` is the day the site is built for; `base_url` replaces `site.url`.
pub fn assemble(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    records: Records,
    today: Today,
    base_url: Option<&str>,
) -> Portfolio {
    assemble_unknown(diagnostics, sources, records, today, base_url, &Earlier::default()).portfolio
}

/// A model, and what it leaves for the next one.
#[derive(Debug)]
pub struct Assembled {
    /// The model.
    pub portfolio: Portfolio,
    /// What the next model can take over.
    pub earlier: Earlier,
    /// Whether a record that was taken over refers to one that is gone, so that the model must
    /// be made anew from all records.
    pub stale: bool,
}

/// Builds the model as [`assemble`] does, taking over the records that are known from an earlier one.
pub fn assemble_unknown(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    records: Records,
    today: Today,
    base_url: Option<&str>,
    earlier: &Earlier,
) -> Assembled {
    let site = records.site;
    let today = today.resolve(site.record.site.as_of);
    let owner = owner::owner(diagnostics, sources, &site, today);
    let settings = settings::settings(diagnostics, sources, &site, &owner, base_url);

    let publications = take(records.publications, |record| record.authors.as_ref());
    let mut publications = earlier.publications(publications, &records.known_publications);
    let presentations = take(records.presentations, |record| record.authors.as_ref());
    let mut presentations = earlier.presentations(presentations, &records.known_presentations);
    let mut awards = take(records.awards, |_| None);
    let mut grants = take(records.grants, |_| None);
    let mut service = take(records.service, |_| None);
    let mut teaching = take(records.teaching, |_| None);
    let mut training = take(records.training, |_| None);
    let mut media = take(records.media, |_| None);
    let mut projects = take(records.projects, |_| None);
    let mut candidates = Vec::new();
    candidates.extend(publications.iter().map(Slot::candidate));
    candidates.extend(presentations.iter().map(Slot::candidate));
    candidates.extend(awards.iter().map(candidate));
    candidates.extend(grants.iter().map(candidate));
    candidates.extend(service.iter().map(candidate));
    candidates.extend(teaching.iter().map(candidate));
    candidates.extend(training.iter().map(candidate));
    candidates.extend(media.iter().map(candidate));
    candidates.extend(projects.iter().map(candidate));
    candidates.extend(people_and_meetings(&records.people, &records.conferences));
    let place = place::Place { sources, origin: &site.origin, id: "", faulty: &site.faulty };
    let missing_threads = threads::missing(diagnostics, &place, &owner, &candidates);
    let ids = ids::assign(diagnostics, sources, &candidates);
    let known = candidates.iter().zip(&ids).map(|(candidate, id)| (id.clone(), candidate.kind)).collect();
    let mut ids = ids.into_iter();
    let mut stale = earlier::give(&mut publications, &mut ids);
    stale |= earlier::give(&mut presentations, &mut ids);
    let vanished = earlier.vanished(&known);
    stale |= publications.iter().any(|slot| slot.depends_on(&vanished));
    stale |= presentations.iter().any(|slot| slot.depends_on(&vanished));
    give(&mut awards, &mut ids);
    give(&mut grants, &mut ids);
    give(&mut service, &mut ids);
    give(&mut teaching, &mut ids);
    give(&mut training, &mut ids);
    give(&mut media, &mut ids);
    give(&mut projects, &mut ids);

    let people = plan::people(diagnostics, sources, records.people, &mut ids);
    let conferences = plan::conferences(diagnostics, sources, records.conferences, &mut ids);

    let context = Context {
        sources,
        today,
        language: settings.language.clone(),
        owner_names: owner::names(&owner),
        at_fault: owner::AtFault::of(&place),
        missing_threads,
        threads: owner.theme_of_work.areas.iter().map(|area| area.id.clone()).collect(),
        ids: known,
        conferences,
    };
    let (publications, kept_publications) =
        earlier::build(diagnostics, publications, |found, record| publication::publication(found, &context, record));
    let (presentations, kept_presentations) = earlier::build(diagnostics, presentations, |found, record| {
        Some(presentation::presentation(found, &context, record))
    });
    let awards = each(awards, |record| Some(activity::award(diagnostics, &context, record)));
    let grants = each(grants, |record| Some(activity::grant(diagnostics, &context, record)));
    let service = each(service, |record| activity::service(diagnostics, &context, record));
    let teaching = each(teaching, |record| activity::teaching(diagnostics, &context, record));
    let training = each(training, |record| activity::training(diagnostics, &context, record));
    let media = each(media, |record| activity::media(diagnostics, &context, record));
    let projects = each(projects, |record| Some(plan::project(diagnostics, &context, record)));
    let share_pages = settings::share_pages(diagnostics, &context, &site);
    let publishing = publishing::publishing(diagnostics, sources, &site, &settings);
    let build_page = |found: &mut Diagnostics, record| page::page(found, &context, &records.tokens, record);
    let (pages, kept_pages) = earlier.pages(diagnostics, sources, records.pages, &records.known_pages, build_page);
    let portfolio = Portfolio {
        today,
        settings,
        owner,
        publications: newest_first(publications, |p| p.sort_date().map_or((1, None), |date| (0, Some(date)))),
        presentations: newest_first(presentations, |p| (0, p.shared.date)),
        awards: newest_first(awards, |a| (0, a.shared.date)),
        grants: newest_first(grants, |g| (0, g.start.or(g.shared.date).or(g.end))),
        service: newest_first(service, |s| (0, s.start.or(s.shared.date).or(s.end))),
        teaching: newest_first(teaching, |t| (0, t.start.or(t.shared.date).or(t.end))),
        training: newest_first(training, |t| (0, t.start.or(t.shared.date).or(t.end))),
        media: newest_first(media, |m| (0, m.shared.date)),
        projects: newest_first(projects, |p| (0, p.updated.or(p.shared.date))),
        people,
        conferences: context.conferences,
        goals: records.goals.map(|goals| plan::goals(diagnostics, sources, goals)),
        expiries: site.record.private.as_ref().map(record::expiries).unwrap_or_default(),
        share_pages,
        allow: site.record.allow,
        publishing,
        tokens: records.tokens,
        pages,
        cvs: site.record.cvs,
        left_out: BTreeSet::new(),
    };
    let portfolio = Portfolio { left_out: left_out(&portfolio, &context.ids), ..portfolio };
    let earlier = Earlier::new(context.ids, kept_publications, kept_presentations, kept_pages);
    Assembled { portfolio, earlier, stale }
}

fn people_and_meetings<'a>(
    people: &'a [Decoded<record::Person>],
    meetings: &'a [Decoded<record::Conference>],
) -> impl Iterator<Item = Candidate<'a>> {
    let people =
        people.iter().map(|p| named(Kind::People, p.record.id.as_ref(), p.record.name.as_ref(), &p.origin, &p.faulty));
    let meetings = meetings
        .iter()
        .map(|c| named(Kind::Conferences, c.record.id.as_ref(), c.record.name.as_ref(), &c.origin, &c.faulty));
    people.chain(meetings)
}

/// Returns the ids of the records that are not in the model.
fn left_out(portfolio: &Portfolio, ids: &BTreeMap<String, Kind>) -> BTreeSet<String> {
    // No record of the model is without an id, and no two have the same.
    if portfolio.ids().count() == ids.len() {
        return BTreeSet::new();
    }
    let built: HashSet<&str> = portfolio.ids().collect();
    ids.keys().filter(|id| !built.contains(id.as_str())).cloned().collect()
}

fn give<T>(records: &mut [Taken<T>], ids: &mut impl Iterator<Item = String>) {
    for (record, id) in records.iter_mut().zip(ids) {
        record.id = id;
    }
}

fn each<T, U>(records: Vec<Taken<T>>, build: impl FnMut(Taken<T>) -> Option<U>) -> Vec<U> {
    records.into_iter().filter_map(build).collect()
}

/// Newest first; records of one date stay in the order of their file.
fn newest_first<T>(mut records: Vec<T>, key: impl Fn(&T) -> (u8, Option<PartialDate>)) -> Vec<T> {
    records.sort_by_key(|record| std::cmp::Reverse(key(record)));
    records
}

#[cfg(test)]
mod tests;
