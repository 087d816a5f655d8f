//! Projects, people, own meetings and goals.

use super::Context;
use super::identifiers::orcid;
use super::ids::Taken;
use super::place::{Place, text};
use super::shared::{required, shared, web_address};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::BAD_INTERVAL;
use crate::portfolio::{Conference, Goals, Interval, Person, Project};
use crate::record::decode::Decoded;
use crate::record::vocabulary::{Kind, ProjectStage};
use crate::record::{self, TextList};
use crate::source::Sources;

/// Builds a project; its stage, when not said, is the last one that it has reached.
pub(super) fn project(diagnostics: &mut Diagnostics, context: &Context, taken: Taken<record::Project>) -> Project {
    let Taken { record, shared: raw, origin, faulty, id, .. } = taken;
    let place = Place { sources: context.sources, origin: &origin, id: &id, faulty: &faulty };
    let shared = shared(diagnostics, context, &place, raw, Kind::Projects);
    let reached = record.stages.iter().max_by_key(|(stage, date)| (**date, **stage)).map(|(stage, _)| *stage);
    Project {
        shared,
        stage: record.stage.or(reached).unwrap_or(ProjectStage::Idea),
        stages: record.stages,
        updated: record.updated,
        next_step: text(record.next_step),
        next_due: record.next_due,
        mentor: text(record.mentor),
        team: strings(&record.team),
        level_at_start: text(record.level_at_start),
        target_conference: text(record.target_conference),
        target_journal: text(record.target_journal),
        author_order: strings(&record.author_order),
        authorship_agreed: record.authorship_agreed,
        irb: record.irb,
        hours_per_week: record.hours_per_week.filter(|hours| hours.is_finite()),
        public: record.public.unwrap_or(false),
    }
}

/// Builds the people, each with the next id.
pub(super) fn people(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    people: Vec<Decoded<record::Person>>,
    ids: &mut impl Iterator<Item = String>,
) -> Vec<Person> {
    people.into_iter().zip(ids).filter_map(|(one, id)| person(diagnostics, sources, one, id)).collect()
}

/// Builds the own meetings, each with the next id.
pub(super) fn conferences(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    own: Vec<Decoded<record::Conference>>,
    ids: &mut impl Iterator<Item = String>,
) -> Vec<Conference> {
    own.into_iter().zip(ids).filter_map(|(one, id)| conference(diagnostics, sources, one, id)).collect()
}

/// Builds a person.
fn person(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    decoded: Decoded<record::Person>,
    id: String,
) -> Option<Person> {
    let Decoded { record, origin, faulty, .. } = decoded;
    let place = Place { sources, origin: &origin, id: &id, faulty: &faulty };
    let name = text(record.name);
    if name.is_none() {
        required(diagnostics, &place, Kind::People, "name", "name: Rao P");
    }
    let url = text(record.url).filter(|url| web_address(diagnostics, &place, "url", url));
    let orcid = orcid(diagnostics, &place, "orcid", record.orcid);
    Some(Person {
        name: name?,
        full_name: text(record.full_name),
        role: text(record.role),
        organization: text(record.organization),
        url,
        orcid,
        private: record.private,
        id,
        origin,
    })
}

/// Builds an own meeting.
fn conference(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    decoded: Decoded<record::Conference>,
    id: String,
) -> Option<Conference> {
    let Decoded { record, origin, faulty, .. } = decoded;
    let place = Place { sources, origin: &origin, id: &id, faulty: &faulty };
    let name = text(record.name);
    if name.is_none() {
        required(diagnostics, &place, Kind::Conferences, "name", "name: Winter Symposium on Imaging Systems");
    }
    let url = text(record.url).filter(|url| web_address(diagnostics, &place, "url", url));
    Some(Conference {
        name: name?,
        scope: record.scope,
        year: record.year,
        abstract_deadline: record.abstract_deadline,
        estimated: record.estimated.unwrap_or(false),
        starts: record.starts,
        ends: record.ends,
        place: text(record.place),
        url,
        remind_days: record.remind_days,
        private: record.private,
        id,
        origin,
    })
}

/// Builds the goals.
pub(super) fn goals(diagnostics: &mut Diagnostics, sources: &Sources, decoded: Decoded<record::Goals>) -> Goals {
    let Decoded { record, origin, .. } = decoded;
    let check_in_every = text(record.check_in_every).and_then(|written| {
        let interval = Interval::parse(&written);
        if interval.is_none() {
            let message = format!("`{written}` is not a span of time");
            let diagnostic = sources.diagnose(&BAD_INTERVAL, &origin, "check_in_every", message);
            diagnostics.push(diagnostic.help("write it as `10 days`, `2 weeks` or `1 month`"));
        }
        interval
    });
    Goals {
        graduation: record.graduation,
        career: text(record.career),
        target_fellowships: strings(&record.target_fellowships),
        targets: record.targets,
        active_projects_limit: record.active_projects_limit,
        check_in_every,
    }
}

fn strings(list: &TextList) -> Vec<String> {
    list.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}
