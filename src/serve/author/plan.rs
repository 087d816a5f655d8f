//! The status of the owner's work, as `offprint status` prints it.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{Material, section};
use crate::exchange::html::escape;
use crate::portfolio::{Portfolio, Shared};
use crate::record::vocabulary::{Kind, ProjectStage};
use crate::source::Origin;
use crate::status::{Due, Item, Project, Status, distance, text};

/// What the page is made from, and the records by id.
#[derive(Clone, Copy)]
struct View<'a> {
    material: Material<'a>,
    records: &'a HashMap<&'a str, (Kind, &'a Shared)>,
}

/// Returns the sections of the status.
pub(super) fn sections(material: Material<'_>, status: &Status) -> String {
    let records = material.portfolio.into_iter().flat_map(Portfolio::records);
    let records = records.map(|(kind, shared)| (shared.id.as_str(), (kind, shared))).collect();
    let view = View { material, records: &records };
    let steps = dues(view, status, &status.steps, |due| format!("{}: {}", due.item.title, due.words));
    let approvals = dues(view, status, &status.approvals, |due| format!("{} {}", due.item.title, due.words));
    let expiries = dues(view, status, &status.expiries, text::expiry_words);
    let unagreed: String = status.unagreed.iter().map(|item| format!("<li>{}</li>\n", record(view, item))).collect();
    [
        projects(view, status),
        section("Next steps due", &steps, "None."),
        section("Ethics approvals that end", &approvals, "None."),
        section("Deadlines for abstracts", &abstracts(view, status), "None."),
        section("Authorship not yet agreed", &unagreed, "None: it is agreed in every project."),
        section("Goals", &goals(view, status), "None in <code>records/goals.yaml</code>."),
        section("Licences, certificates and visas that run out", &expiries, "None."),
        section("Evidence missing", &evidence(view, status), "None: every public record has its proof."),
    ]
    .concat()
}

fn record(view: View<'_>, item: &Item) -> String {
    let own = view.records.get(item.id.as_str()).filter(|(kind, _)| item.kind == Some(*kind));
    let title = own.map_or_else(|| escape(&item.title), |(kind, shared)| view.material.title(*kind, shared));
    format!("{title} {}", button(view, &item.origin, item.field))
}

fn button(view: View<'_>, origin: &Origin, field: &str) -> String {
    let place = view.material.sources.place(origin, field);
    view.material.opener.button(&place.file, place.span.map_or(1, |span| span.line))
}

fn projects(view: View<'_>, status: &Status) -> String {
    if status.projects.is_empty() {
        return section("Projects by stage", "", "None in <code>records/projects.yaml</code>.");
    }
    let mut content = format!("<p>{}</p>\n", escape(&text::project_words(status)));
    for stage in ProjectStage::ALL {
        let projects: String = status
            .projects
            .iter()
            .filter(|project| project.stage == *stage)
            .map(|one| project(view, one, status))
            .collect();
        if !projects.is_empty() {
            let _ = writeln!(content, "<h3>{stage}</h3>\n<ul>\n{projects}</ul>");
        }
    }
    format!("<section><h2>Projects by stage</h2>\n{content}</section>\n")
}

fn project(view: View<'_>, project: &Project, status: &Status) -> String {
    let mut notes = vec![match project.days(status.today) {
        None => "no date of a change".to_owned(),
        Some(_) => format!("last change {} ago", text::change_words(project, status.today)),
    }];
    if let Some(step) = &project.next_step {
        let due = project.next_due.map(|due| format!(", due {due} ({})", distance(due.last_day(), status.today)));
        notes.push(format!("next: {}{}", escape(step), due.unwrap_or_default()));
    }
    let stalled = if project.is_stalled { " <span class=\"warning\">stalled</span>" } else { "" };
    let item = record(view, &project.item);
    format!("<li>{item}{stalled}<br><span class=\"note\">{}</span></li>\n", notes.join("; "))
}

fn dues(view: View<'_>, status: &Status, dues: &[Due], words: impl Fn(&Due) -> String) -> String {
    let item = |due: &Due| {
        let late = if due.day() < status.today { " class=\"warning\"" } else { "" };
        let button = button(view, &due.item.origin, due.item.field);
        let (date, distance, words) = (due.date, distance(due.day(), status.today), escape(&words(due)));
        format!("<li><span{late}>{date}</span> <span class=\"note\">{distance}</span><br>{words} {button}</li>\n")
    };
    dues.iter().map(item).collect()
}

fn abstracts(view: View<'_>, status: &Status) -> String {
    let mut items = String::new();
    for deadline in &status.abstracts {
        let (date, distance) = (text::deadline_words(deadline), text::deadline_distance(deadline, status.today));
        let estimated = if deadline.is_estimated { " (estimated)" } else { "" };
        let place = deadline.origin.as_ref().map(|origin| button(view, origin, "abstract_deadline"));
        let _ = writeln!(
            items,
            "<li><span>{date}</span> <span class=\"note\">{distance}</span><br>{}: {}{estimated} {}</li>",
            escape(&deadline.id),
            escape(&deadline.name),
            place.unwrap_or_default()
        );
    }
    items
}

fn goals(view: View<'_>, status: &Status) -> String {
    let mut items = String::new();
    for goal in &status.goals {
        let missed = if goal.is_missed(status.today) { " class=\"warning\"" } else { "" };
        let by = goal.by.map(|by| format!("by {by}: ")).unwrap_or_default();
        let _ = writeln!(
            items,
            "<li>{} of {} {} <span{missed}>{by}{}</span> {}</li>",
            goal.counted,
            goal.wanted,
            goal.what,
            text::goal_words(goal, status.today),
            button(view, &goal.origin, &format!("targets[{}]", goal.place))
        );
    }
    items
}

fn evidence(view: View<'_>, status: &Status) -> String {
    let mut items = String::new();
    for (item, path) in &status.evidence.gone {
        let record = record(view, item);
        let _ = writeln!(items, "<li><span class=\"warning\">{} is not there</span>: {record}</li>", escape(path));
    }
    for item in &status.evidence.bare {
        let kind = item.kind.map(|kind| format!("{}: ", kind.singular())).unwrap_or_default();
        let _ = writeln!(items, "<li>{kind}{}</li>", record(view, item));
    }
    items
}
