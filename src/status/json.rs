//! A status as data, for scripts.

use serde_json::{Value, json};

use super::{AbstractDeadline, Due, Item, Status, text};
use crate::source::{Origin, Sources};

/// Returns one document; days are counted from the day of the status, and are negative for what has passed.
pub fn json(status: &Status, others: &[AbstractDeadline], sources: &Sources) -> Value {
    let today = status.today;
    let item = |item: &Item| {
        let kind = item.kind.map(crate::record::vocabulary::Kind::as_str);
        let (file, line) = place(sources, &item.origin, item.field);
        json!({"kind": kind, "id": item.id, "title": item.title, "file": file, "line": line})
    };
    let due = |due: &Due| {
        let mut value = item(&due.item);
        value["what"] = due.words.clone().into();
        value["date"] = due.date.to_string().into();
        value["days"] = (due.day() - today).num_days().into();
        value
    };
    let dues = |list: &[Due]| list.iter().map(due).collect::<Value>();
    let projects: Value = status
        .projects
        .iter()
        .map(|project| {
            let mut value = item(&project.item);
            value["stage"] = project.stage.as_str().into();
            value["changed"] = project.changed.map(|day| day.to_string()).into();
            value["days"] = project.days(today).into();
            value["stalled"] = project.is_stalled.into();
            value["active"] = project.is_active().into();
            value["next_step"] = project.next_step.clone().into();
            value["next_due"] = project.next_due.map(|date| date.to_string()).into();
            value["mentor"] = project.mentor.clone().into();
            value
        })
        .collect();
    let abstracts = |list: &[AbstractDeadline]| list.iter().map(|one| deadline(status, one)).collect::<Value>();
    let goals: Value = status
        .goals
        .iter()
        .map(|goal| {
            json!({
                "what": goal.what.as_str(), "counted": goal.counted, "wanted": goal.wanted,
                "by": goal.by.map(|by| by.to_string()),
                "days": goal.by.map(|by| (by.last_day() - today).num_days()),
                "reached": goal.is_reached(), "missed": goal.is_missed(today),
            })
        })
        .collect();
    let gone: Value = status
        .evidence
        .gone
        .iter()
        .map(|(record, path)| {
            let mut value = item(record);
            value["evidence"] = path.as_str().into();
            value
        })
        .collect();
    json!({
        "today": today.to_string(),
        "graduation": status.graduation.map(|date| date.to_string()),
        "check_in_every": status.check_in.to_string(),
        "active_projects": status.projects.iter().filter(|project| project.is_active()).count(),
        "active_projects_limit": status.active_limit,
        "projects": projects,
        "next_steps": dues(&status.steps),
        "ethics_approvals": dues(&status.approvals),
        "abstract_deadlines": abstracts(&status.abstracts),
        "other_meetings": abstracts(others),
        "authorship_not_agreed": status.unagreed.iter().map(item).collect::<Value>(),
        "goals": goals,
        "expiries": dues(&status.expiries),
        "evidence_not_there": gone,
        "without_evidence": status.evidence.bare.iter().map(item).collect::<Value>(),
    })
}

fn deadline(status: &Status, one: &AbstractDeadline) -> Value {
    json!({
        "meeting": one.id, "name": one.name,
        "from": one.from.to_string(), "until": one.until.unwrap_or(one.from).to_string(),
        "when": text::deadline_words(one), "estimated": one.is_estimated,
        "days": (one.from.last_day().min(one.from.first_day().max(status.today)) - status.today).num_days(),
        "projects": one.projects, "remind_days": one.remind_days,
    })
}

fn place(sources: &Sources, origin: &Origin, field: &str) -> (String, Option<usize>) {
    let place = sources.place(origin, field);
    (place.file.to_string(), place.span.map(|span| span.line))
}
