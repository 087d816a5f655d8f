//! The status of the owner's work, as `offprint status` prints it.

use std::fmt::Write as _;

use super::{Material, section};
use crate::exchange::html::escape;
use crate::portfolio::Portfolio;
use crate::record::vocabulary::ProjectStage;
use crate::source::Origin;
use crate::status::{Due, Item, Project, Status, distance, text};

/// Returns the sections of the status.
pub(super) fn sections(material: Material<'_>, status: &Status) -> String {
    let steps = dues(material, status, &status.steps, |due| format!("{}: {}", due.item.title, due.words));
    let approvals = dues(material, status, &status.approvals, |due| format!("{} {}", due.item.title, due.words));
    let expiries = dues(material, status, &status.expiries, text::expiry_words);
    let unagreed: String =
        status.unagreed.iter().map(|item| format!("<li>{}</li>\n", record(material, item))).collect();
    [
        projects(material, status),
        section("Next steps due", &steps, "None."),
        section("Ethics approvals that end", &approvals, "None."),
        section("Deadlines for abstracts", &abstracts(material, status), "None."),
        section("Authorship not yet agreed", &unagreed, "None: it is agreed in every project."),
        section("Goals", &goals(material, status), "None in <code>records/goals.yaml</code>."),
        section("Licences, certificates and visas that run out", &expiries, "None."),
        section("Evidence missing", &evidence(material, status), "None: every public record has its proof."),
    ]
    .concat()
}

fn record(material: Material<'_>, item: &Item) -> String {
    let mut records = material.portfolio.into_iter().flat_map(Portfolio::records);
    let own = records.find(|(kind, shared)| item.kind == Some(*kind) && shared.id == item.id);
    let title = own.map_or_else(|| escape(&item.title), |(kind, shared)| material.title(kind, shared));
    format!("{title} {}", button(material, &item.origin, item.field))
}

fn button(material: Material<'_>, origin: &Origin, field: &str) -> String {
    let place = material.sources.place(origin, field);
    material.opener.button(&place.file, place.span.map_or(1, |span| span.line))
}

fn projects(material: Material<'_>, status: &Status) -> String {
    if status.projects.is_empty() {
        return section("Projects by stage", "", "None in <code>records/projects.yaml</code>.");
    }
    let mut content = format!("<p>{}</p>\n", escape(&text::project_words(status)));
    for stage in ProjectStage::ALL {
        let projects: String = status
            .projects
            .iter()
            .filter(|project| project.stage == *stage)
            .map(|one| project(material, one, status))
            .collect();
        if !projects.is_empty() {
            let _ = writeln!(content, "<h3>{stage}</h3>\n<ul>\n{projects}</ul>");
        }
    }
    format!("<section><h2>Projects by stage</h2>\n{content}</section>\n")
}

fn project(material: Material<'_>, project: &Project, status: &Status) -> String {
    let mut notes = vec![match project.days(status.today) {
        None => "no date of a change".to_owned(),
        Some(_) => format!("last change {} ago", text::change_words(project, status.today)),
    }];
    if let Some(step) = &project.next_step {
        let due = project.next_due.map(|due| format!(", due {due} ({})", distance(due.last_day(), status.today)));
        notes.push(format!("next: {}{}", escape(step), due.unwrap_or_default()));
    }
    let stalled = if project.is_stalled { " <span class=\"warning\">stalled</span>" } else { "" };
    let item = record(material, &project.item);
    format!("<li>{item}{stalled}<br><span class=\"note\">{}</span></li>\n", notes.join("; "))
}

fn dues(material: Material<'_>, status: &Status, dues: &[Due], words: impl Fn(&Due) -> String) -> String {
    let item = |due: &Due| {
        let late = if due.day() < status.today { " class=\"warning\"" } else { "" };
        let button = button(material, &due.item.origin, due.item.field);
        let (date, distance, words) = (due.date, distance(due.day(), status.today), escape(&words(due)));
        format!("<li><span{late}>{date}</span> <span class=\"note\">{distance}</span><br>{words} {button}</li>\n")
    };
    dues.iter().map(item).collect()
}

fn abstracts(material: Material<'_>, status: &Status) -> String {
    let mut items = String::new();
    for deadline in &status.abstracts {
        let (date, distance) = (text::deadline_words(deadline), text::deadline_distance(deadline, status.today));
        let estimated = if deadline.is_estimated { " (estimated)" } else { "" };
        let place = deadline.origin.as_ref().map(|origin| button(material, origin, "abstract_deadline"));
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

fn goals(material: Material<'_>, status: &Status) -> String {
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
            button(material, &goal.origin, &format!("targets[{}]", goal.place))
        );
    }
    items
}

fn evidence(material: Material<'_>, status: &Status) -> String {
    let mut items = String::new();
    for (item, path) in &status.evidence.gone {
        let record = record(material, item);
        let _ = writeln!(items, "<li><span class=\"warning\">{} is not there</span>: {record}</li>", escape(path));
    }
    for item in &status.evidence.bare {
        let kind = item.kind.map(|kind| format!("{}: ", kind.singular())).unwrap_or_default();
        let _ = writeln!(items, "<li>{kind}{}</li>", record(material, item));
    }
    items
}
