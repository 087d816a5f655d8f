//! A check-in letter to a mentor, to be pasted into an e-mail.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::{Status, distance, text};
use crate::exchange::title::plain;
use crate::portfolio::{Person, Portfolio, Project, fold};
use crate::record::PartialDate;
use crate::record::vocabulary::ProjectStage;

/// Why there is no letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoLetter {
    /// No project has such a mentor; the names of those that there are.
    Nobody(Vec<String>),
    /// Several mentors are called so; their names.
    Several(Vec<String>),
}

/// Returns the letter about the unfinished projects of a mentor, and those that ended in the last month.
///
/// # Errors
/// When no project names a mentor that is called so, or when several mentors are.
pub fn letter(status: &Status, portfolio: &Portfolio, name: &str) -> Result<String, NoLetter> {
    let mentors = called(portfolio, name)?;
    let is_theirs =
        |project: &&Project| project.mentor.as_deref().is_some_and(|mentor| mentors.contains(&key(portfolio, mentor)));
    let theirs: Vec<&Project> = portfolio.projects.iter().filter(is_theirs).collect();
    let today = status.today;
    let since = today.checked_sub_months(Months::new(1)).unwrap_or(today);
    let shown = theirs.iter().filter(|project| super::is_unfinished(project.stage) || moved(project, since, today));
    let mut blocks: Vec<String> = shown.map(|project| block(status, portfolio, project, since)).collect();
    if blocks.is_empty() {
        blocks.push("None of our projects is open at the moment.".to_owned());
    }
    let mentor = theirs.iter().find_map(|project| project.mentor.as_deref()).unwrap_or(name);
    let mentor = display(portfolio, mentor);
    Ok(format!(
        "Subject: Research check-in, {}\n\nDear {mentor},\n\nHere is where our projects stand.\n\n{}\n\nThank you,\n{}\n",
        today.format("%B %Y"),
        blocks.join("\n\n"),
        status.owner
    ))
}

/// The person of people.yaml that a name, or an id, belongs to.
fn person<'a>(portfolio: &'a Portfolio, name: &str) -> Option<&'a Person> {
    let name = fold(name.trim());
    let is = |other: Option<&str>| other.is_some_and(|other| fold(other) == name);
    portfolio
        .people
        .iter()
        .find(|person| is(Some(&person.id)) || is(Some(&person.name)) || is(person.full_name.as_deref()))
}

/// What tells one mentor from another: the id in people.yaml, else the name.
fn key(portfolio: &Portfolio, mentor: &str) -> String {
    person(portfolio, mentor).map_or_else(|| fold(mentor.trim()), |person| format!("#{}", person.id))
}

fn display<'a>(portfolio: &'a Portfolio, mentor: &'a str) -> &'a str {
    match person(portfolio, mentor) {
        Some(person) => person.full_name.as_deref().unwrap_or(&person.name),
        None => mentor,
    }
}

/// Returns the keys of the one mentor who is called so: a mentor whose name is part of another's, and of no third's,
/// is that other.
fn called(portfolio: &Portfolio, name: &str) -> Result<BTreeSet<String>, NoLetter> {
    let mentors = || portfolio.projects.iter().filter_map(|project| project.mentor.as_deref());
    let found: BTreeMap<String, &str> = mentors()
        .filter(|mentor| same(portfolio, mentor, name))
        .map(|mentor| (key(portfolio, mentor), mentor))
        .collect();
    if found.is_empty() {
        let all: BTreeSet<&str> = mentors().map(|mentor| display(portfolio, mentor)).collect();
        return Err(NoLetter::Nobody(all.into_iter().map(str::to_owned).collect()));
    }
    let whole_of = |part: &str| -> Vec<&String> {
        let is_whole = |other: &&str| key(portfolio, other) != key(portfolio, part) && same(portfolio, other, part);
        found.iter().filter(|(_, other)| is_whole(other)).map(|(key, _)| key).collect()
    };
    let apart: BTreeSet<&String> =
        found.iter().filter(|(_, mentor)| whole_of(mentor).len() != 1).map(|(key, _)| key).collect();
    if apart.len() <= 1 {
        return Ok(found.into_keys().collect());
    }
    let exact = |mentor: &&str| names_of(portfolio, mentor).contains(&fold(name.trim()));
    let mut exactly = found.iter().filter(|(_, mentor)| exact(mentor));
    if let (Some((key, _)), None) = (exactly.next(), exactly.next()) {
        return Ok(BTreeSet::from([key.clone()]));
    }
    Err(NoLetter::Several(found.values().map(|mentor| display(portfolio, mentor).to_owned()).collect()))
}

/// The words of a name, folded.
fn words_of(name: &str) -> Vec<String> {
    name.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
}

/// All that a mentor may be called, folded: as asked, and as people.yaml says.
fn names_of(portfolio: &Portfolio, name: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::from([fold(name.trim())]);
    if let Some(person) = person(portfolio, name) {
        names.extend([fold(&person.id), fold(&person.name)]);
        names.extend(person.full_name.as_deref().map(fold));
    }
    names
}

/// Tells whether a mentor is called so; "Haddad" is Samir Haddad, since every word of it is one of the name.
fn same(portfolio: &Portfolio, mentor: &str, asked: &str) -> bool {
    let asked_words = words_of(asked);
    let known = person(portfolio, mentor);
    let names =
        [Some(mentor), known.map(|person| person.name.as_str()), known.and_then(|own| own.full_name.as_deref())];
    let within = names.into_iter().flatten().map(words_of).any(|own| asked_words.iter().all(|word| own.contains(word)));
    (within && !asked_words.is_empty())
        || names_of(portfolio, mentor).intersection(&names_of(portfolio, asked)).next().is_some()
}

fn moved(project: &Project, since: NaiveDate, today: NaiveDate) -> bool {
    super::projects::changed(project, today).is_some_and(|day| day > since)
}

fn block(status: &Status, portfolio: &Portfolio, project: &Project, since: NaiveDate) -> String {
    let today = status.today;
    let mut lines = vec![format!("{} ({})", plain(&project.shared.title), project.stage.as_str().replace('-', " "))];
    let mut section = |title: &str, items: Vec<String>| {
        lines.push(format!("  {title}:"));
        lines.extend(items.into_iter().map(|item| format!("  - {item}")));
    };
    section("What changed", changes(portfolio, project, since, today));
    let next = match (&project.next_step, project.next_due) {
        (Some(step), Some(due)) => format!("{step}, by {due} ({})", distance(due.last_day(), today)),
        (Some(step), None) => step.clone(),
        (None, Some(due)) => format!("a step is due by {due} ({})", distance(due.last_day(), today)),
        (None, None) if super::is_unfinished(project.stage) => "to be agreed with you".to_owned(),
        (None, None) => "nothing".to_owned(),
    };
    let mut coming = vec![next];
    let aims = status.abstracts.iter().filter(|deadline| deadline.projects.contains(&project.shared.id));
    coming.extend(aims.map(|deadline| {
        let estimated = if deadline.is_estimated { ", estimated" } else { "" };
        format!("abstracts for {}: {}{estimated}", deadline.id, text::deadline_words(deadline))
    }));
    coming.extend(project.target_journal.as_deref().map(|journal| format!("we aim at {journal}")));
    section("What is next", coming);
    section("What I need from you", needs(status, project));
    lines.join("\n")
}

fn changes(portfolio: &Portfolio, project: &Project, since: NaiveDate, today: NaiveDate) -> Vec<String> {
    let is_new = |date: PartialDate| date.last_day() > since && date.first_day() <= today;
    let stages = project.stages.iter().filter(|(_, date)| is_new(**date));
    let mut changes: Vec<(PartialDate, String)> =
        stages.map(|(stage, date)| (*date, format!("{}: {date}", stage.as_str().replace('-', " ")))).collect();
    for work in portfolio.publications.iter().filter(|work| work.shared.project.as_ref() == Some(&project.shared.id)) {
        let dates = &work.dates;
        let steps = [("submitted", dates.submitted), ("accepted", dates.accepted), ("published", dates.published)];
        for (word, date) in steps {
            if let Some(date) = date.filter(|date| is_new(*date)) {
                changes.push((date, format!("“{}” {word}: {date}", plain(&work.shared.title))));
            }
        }
    }
    changes.sort();
    let mut words: Vec<String> = changes.into_iter().map(|(_, words)| words).collect();
    if words.is_empty() {
        words.push(match super::projects::changed(project, today) {
            Some(day) if day > since => format!("work went on; last change on {day}"),
            Some(day) => format!("nothing in the last month; last change on {day} ({})", distance(day, today)),
            None => "nothing is written down".to_owned(),
        });
    }
    words
}

fn needs(status: &Status, project: &Project) -> Vec<String> {
    let today = status.today;
    let mut needs = Vec::new();
    if let Some(due) = project.next_due.filter(|due| due.last_day() < today) {
        needs.push(format!("help with the step that was due on {due}: can we talk about what holds it up?"));
    }
    let is_settled = project.stage == ProjectStage::Accepted;
    if !is_settled && status.unagreed.iter().any(|item| item.id == project.shared.id) {
        needs.push("your view of the order of authors, which is not agreed yet".to_owned());
    }
    if let Some(expires) = project.irb.as_ref().and_then(|irb| irb.expires) {
        let days = (expires.last_day() - today).num_days();
        if super::is_unfinished(project.stage) && days <= 90 {
            let verb = if days < 0 { "ended" } else { "ends" };
            needs.push(format!("the renewal of the ethics approval, which {verb} on {expires}"));
        }
    }
    if needs.is_empty() {
        needs.push("nothing at the moment".to_owned());
    }
    needs
}
