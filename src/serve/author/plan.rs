//! Projects by stage, and the days that matter.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{Material, section};
use crate::exchange::html::escape;
use crate::portfolio::{Portfolio, Project};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, ProjectStage};
use crate::source::Origin;

/// Lists the projects by how far they have come.
pub(super) fn projects(material: Material<'_>, portfolio: &Portfolio) -> String {
    let mut content = String::new();
    for stage in ProjectStage::ALL {
        let projects: Vec<_> = portfolio.projects.iter().filter(|project| project.stage == *stage).collect();
        if projects.is_empty() {
            continue;
        }
        let _ = writeln!(content, "<h3>{stage}</h3>\n<ul>");
        for project in projects {
            content += &item(material, project, portfolio.today);
        }
        content += "</ul>\n";
    }
    let empty = "<p>None in <code>records/projects.yaml</code>.</p>".to_owned();
    let content = if content.is_empty() { empty } else { content };
    format!("<section><h2>Projects by stage</h2>\n{content}</section>\n")
}

fn item(material: Material<'_>, project: &Project, today: NaiveDate) -> String {
    let mut notes = Vec::new();
    if let Some(step) = &project.next_step {
        let due = project.next_due.map(|due| format!(", due {due} ({})", distance(due, today))).unwrap_or_default();
        notes.push(format!("next: {}{due}", escape(step)));
    }
    if let Some(updated) = project.updated {
        notes.push(format!("updated {updated}"));
    }
    let notes = notes.join("; ");
    format!("<li>{}<br><span class=\"note\">{notes}</span></li>\n", material.record(Kind::Projects, &project.shared))
}

/// A day by which something must be done.
struct Deadline<'a> {
    date: PartialDate,
    what: String,
    origin: &'a Origin,
    field: &'static str,
}

/// Lists deadlines and expiries, the nearest first; those of meetings only while they are to come.
pub(super) fn deadlines(material: Material<'_>, portfolio: &Portfolio) -> String {
    let today = portfolio.today;
    let mut list = Vec::new();
    let mut add = |date: Option<PartialDate>, what: String, origin, field| {
        list.extend(date.map(|date| Deadline { date, what, origin, field }));
    };
    for meeting in &portfolio.conferences {
        let estimated = if meeting.estimated { " (estimated)" } else { "" };
        let deadline = meeting.abstract_deadline.filter(|date| date.last_day() >= today);
        add(deadline, format!("abstracts for {}{estimated}", meeting.name), &meeting.origin, "abstract_deadline");
    }
    for project in portfolio.projects.iter().filter(|project| is_active(project.stage)) {
        let (title, origin) = (&project.shared.title, &project.shared.origin);
        let step = project.next_step.as_deref().unwrap_or("next step");
        add(project.next_due, format!("{title}: {step}"), origin, "next_due");
        let irb = project.irb.as_ref().and_then(|irb| irb.expires);
        add(irb, format!("{title}: ethics approval ends"), origin, "irb.expires");
    }
    for record in &portfolio.training {
        add(record.expires, format!("{} expires", record.shared.title), &record.shared.origin, "expires");
    }
    list.sort_by_key(|deadline| deadline.date.last_day());
    let mut items = String::new();
    for deadline in &list {
        let late = if deadline.date.last_day() < today { " class=\"warning\"" } else { "" };
        let button = material.opener.button(&deadline.origin.file, material.line(deadline.origin, deadline.field));
        let (date, distance, what) = (deadline.date, distance(deadline.date, today), escape(&deadline.what));
        let _ = writeln!(
            items,
            "<li><span{late}>{date}</span> <span class=\"note\">{distance}</span><br>{what} {button}</li>"
        );
    }
    section("Deadlines", &items, "None.")
}

fn is_active(stage: ProjectStage) -> bool {
    !matches!(stage, ProjectStage::Published | ProjectStage::Stopped)
}

/// Returns how far a date is from today, in words.
fn distance(date: PartialDate, today: NaiveDate) -> String {
    match (date.last_day() - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_due_on_its_last_day() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
        let words = |text| distance(PartialDate::parse(text).expect("a date"), today);
        assert_eq!(words("2026-11"), "in 6 days");
        assert_eq!(words("2026-11-24"), "today");
        assert_eq!(words("2026-11-20"), "4 days ago");
    }
}
