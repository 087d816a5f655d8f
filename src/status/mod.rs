//! Where the owner's work stands: one model, for the owner alone.
//!
//! Takes the whole [`Portfolio`] and the names of the site's files; gives a [`Status`], from which [`text`] makes lines
//! for a terminal, [`json`] data, [`calendar`] days for a telephone and [`mentor`] a letter; the preview's page for the
//! author draws the same values. Nothing here is ever part of a site.

mod abstracts;
pub mod calendar;
mod evidence;
mod goals;
pub mod json;
pub mod mentor;
mod projects;
pub mod text;

pub use abstracts::others;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::exchange::title::plain;
use crate::portfolio::{Interval, Portfolio, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::{GoalMeasure, Kind, ProjectStage};
use crate::source::{Origin, Sources};

/// Where everything stands on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// The day.
    pub today: NaiveDate,
    /// The owner, as in letters.
    pub owner: String,
    /// Full address of the site, where it has one.
    pub site: Option<String>,
    /// Every project, by stage in the order of the schema.
    pub projects: Vec<Project>,
    /// After how long without a change a project is stalled: `check_in_every`, else four weeks.
    pub check_in: Interval,
    /// Whether the owner wrote `check_in_every`.
    pub is_own_check_in: bool,
    /// How many projects may be under way at once.
    pub active_limit: Option<u32>,
    /// Next steps of unfinished projects that have a day, the nearest first.
    pub steps: Vec<Due>,
    /// The ends of ethics approvals of unfinished projects, the nearest first.
    pub approvals: Vec<Due>,
    /// Deadlines for abstracts that have not passed, the nearest first.
    pub abstracts: Vec<AbstractDeadline>,
    /// Unfinished projects whose authorship is not agreed.
    pub unagreed: Vec<Item>,
    /// What was to be reached, and how far it is.
    pub goals: Vec<Goal>,
    /// The end of training.
    pub graduation: Option<PartialDate>,
    /// Licences, certificates, visas and the like that run out, the nearest first.
    pub expiries: Vec<Due>,
    /// Proofs that are not kept.
    pub evidence: Evidence,
}

/// A record, or a part of a file, that something is said about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its kind; none for `site.yaml` and goals.
    pub kind: Option<Kind>,
    /// Its id; empty without a record.
    pub id: String,
    /// Its title as plain text.
    pub title: String,
    /// Where it stands.
    pub origin: Origin,
    /// The field that is meant; empty for the whole.
    pub field: &'static str,
}

impl Item {
    fn of(kind: Kind, shared: &Shared, field: &'static str) -> Self {
        Self {
            kind: Some(kind),
            id: shared.id.clone(),
            title: plain(&shared.title),
            origin: shared.origin.clone(),
            field,
        }
    }
}

/// A project.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// The record.
    pub item: Item,
    /// Where it is.
    pub stage: ProjectStage,
    /// The day of its last change: `updated`, or the last stage it reached; none where neither is written.
    pub changed: Option<NaiveDate>,
    /// Whether it moves on no more: its stage says so, or its last change is longer ago than the owner looks.
    pub is_stalled: bool,
    /// What is to be done next.
    pub next_step: Option<String>,
    /// By when.
    pub next_due: Option<PartialDate>,
    /// Who guides it, as written.
    pub mentor: Option<String>,
}

impl Project {
    /// Returns how many days ago its last change was.
    pub fn days(&self, today: NaiveDate) -> Option<i64> {
        self.changed.map(|day| (today - day).num_days())
    }

    /// Tells whether work on it is under way: neither an idea, nor stalled by its stage, nor accepted, nor at an end.
    pub fn is_active(&self) -> bool {
        use ProjectStage::{Accepted, Idea, Published, Stalled, Stopped};
        !matches!(self.stage, Idea | Stalled | Accepted | Published | Stopped)
    }

    /// Tells whether there is more to be done: it is neither published nor stopped.
    pub fn is_unfinished(&self) -> bool {
        is_unfinished(self.stage)
    }
}

fn is_unfinished(stage: ProjectStage) -> bool {
    !matches!(stage, ProjectStage::Published | ProjectStage::Stopped)
}

/// Something with a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Whose it is.
    pub item: Item,
    /// What is due, in words; empty where the title says it.
    pub words: String,
    /// By when; a month is due on its last day.
    pub date: PartialDate,
}

impl Due {
    /// Returns the last day on which it is in time.
    pub fn day(&self) -> NaiveDate {
        self.date.last_day()
    }
}

/// The deadline for abstracts of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbstractDeadline {
    /// The short name.
    pub id: String,
    /// The name in full.
    pub name: String,
    /// The deadline, or the month in which it may first be.
    pub from: PartialDate,
    /// The last month in which it may be, where only months are known.
    pub until: Option<PartialDate>,
    /// Whether nobody has confirmed it.
    pub is_estimated: bool,
    /// Days before it on which to remind, as the owner asked.
    pub remind_days: Vec<u32>,
    /// Ids of the projects that aim at it.
    pub projects: Vec<String>,
    /// The owner's own entry, where there is one.
    pub origin: Option<Origin>,
}

/// A goal and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What is counted.
    pub what: GoalMeasure,
    /// How many there are.
    pub counted: u32,
    /// How many there are to be.
    pub wanted: u32,
    /// By when.
    pub by: Option<PartialDate>,
    /// Where it is written.
    pub origin: Origin,
    /// Its place among the targets, from 0.
    pub place: usize,
}

impl Goal {
    /// Tells whether it is reached.
    pub fn is_reached(&self) -> bool {
        self.counted >= self.wanted
    }

    /// Tells whether its day has passed and it is not reached.
    pub fn is_missed(&self, today: NaiveDate) -> bool {
        !self.is_reached() && self.by.is_some_and(|by| by.last_day() < today)
    }
}

/// Proofs that are not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Files that a record names and that are not there.
    pub gone: Vec<(Item, String)>,
    /// Public works, talks, awards, grants and service without any proof.
    pub bare: Vec<Item>,
}

/// Computes where everything stands.
pub fn status(sources: &Sources, portfolio: &Portfolio) -> Status {
    let goals = portfolio.goals.as_ref();
    let own_check_in = goals.and_then(|goals| goals.check_in_every);
    let check_in = own_check_in.unwrap_or(Interval::weeks(4));
    let today = portfolio.today;
    let projects = projects::all(portfolio, check_in);
    let unfinished = || portfolio.projects.iter().filter(|project| is_unfinished(project.stage));
    let due = |shared: &Shared, field, words: &str, date: Option<PartialDate>| {
        date.map(|date| Due { item: Item::of(Kind::Projects, shared, field), words: words.to_owned(), date })
    };
    let steps = unfinished().filter_map(|project| {
        due(&project.shared, "next_due", project.next_step.as_deref().unwrap_or("next step"), project.next_due)
    });
    let approvals = unfinished().filter_map(|project| {
        let irb = project.irb.as_ref()?;
        let number = irb.number.as_deref().map(str::trim).unwrap_or_default();
        due(&project.shared, "irb.expires", number, irb.expires)
    });
    let is_agreed = |agreed: Option<PartialDate>| agreed.is_some_and(|date| date.first_day() <= today);
    let unagreed = unfinished().filter(|project| !is_agreed(project.authorship_agreed));
    Status {
        today,
        owner: portfolio.owner.display_name.clone(),
        site: portfolio.settings.base_url.clone(),
        check_in,
        is_own_check_in: own_check_in.is_some(),
        active_limit: goals.and_then(|goals| goals.active_projects_limit),
        steps: nearest_first(steps),
        approvals: nearest_first(approvals),
        abstracts: abstracts::coming(portfolio),
        unagreed: unagreed.map(|project| Item::of(Kind::Projects, &project.shared, "authorship_agreed")).collect(),
        goals: goals::counted(portfolio),
        graduation: goals.and_then(|goals| goals.graduation),
        expiries: expiries(portfolio),
        evidence: evidence::missing(sources, portfolio),
        projects,
    }
}

fn nearest_first(dues: impl Iterator<Item = Due>) -> Vec<Due> {
    let mut dues: Vec<Due> = dues.collect();
    dues.sort_by(|a, b| (a.day(), &a.item.id, &a.words).cmp(&(b.day(), &b.item.id, &b.words)));
    dues
}

/// What runs out: training with `expires`, and what `private:` of `site.yaml` gives an end.
fn expiries(portfolio: &Portfolio) -> Vec<Due> {
    let training = portfolio.training.iter().filter_map(|record| {
        let item = Item::of(Kind::Training, &record.shared, "expires");
        Some(Due { item, words: record.kind.to_string(), date: record.expires? })
    });
    let papers = portfolio.expiries.iter().map(|expiry| {
        let item = Item {
            kind: None,
            id: String::new(),
            title: expiry.path.replace('_', " "),
            origin: Origin { file: Arc::from("site.yaml"), index: 0 },
            field: "private",
        };
        Due { item, words: expiry.words.clone(), date: expiry.date }
    });
    nearest_first(training.chain(papers))
}

/// Returns how far a day is from another, in words: `in 3 days`, `today`, `2 days ago`.
pub fn distance(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}
