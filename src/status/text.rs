//! A status as lines for a terminal of eighty columns.
//!
//! A line that begins without a space is a heading.

use chrono::NaiveDate;

use super::{AbstractDeadline, Due, Evidence, Goal, Project, Status, distance};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, ProjectStage};

const WIDTH: usize = 80;
/// The longest id that stands in a column of its own.
const LONGEST_ID: usize = 22;

/// Returns the whole status; `others` are built-in meetings to be listed beside those that concern the owner.
pub fn text(status: &Status, others: &[AbstractDeadline]) -> String {
    let today = status.today;
    let mut lines = Lines(String::new());
    let graduation = status.graduation.map(|date| format!("; graduation {date}, {}", distance(date.last_day(), today)));
    lines.heading(&format!("Status on {today}{}", graduation.unwrap_or_default()));
    projects(&mut lines, status);
    let steps = status.steps.iter().map(|due| (due, format!("{}: {}", due.item.id, due.words)));
    dues(&mut lines, "Next steps due", steps, today, "OVERDUE");
    let approvals = status.approvals.iter().map(|due| {
        let number = if due.words.is_empty() { String::new() } else { format!(" ({})", due.words) };
        (due, format!("{}{number}", due.item.id))
    });
    dues(&mut lines, "Ethics approvals that end", approvals, today, "EXPIRED");
    abstracts(&mut lines, "Deadlines for abstracts", &status.abstracts, today);
    if !others.is_empty() {
        abstracts(&mut lines, "Other meetings that Offprint knows", others, today);
    }
    unagreed(&mut lines, status);
    goals(&mut lines, &status.goals, today);
    let expiries = status.expiries.iter().map(|due| (due, expiry_words(due)));
    dues(&mut lines, "Licences, certificates and visas that run out", expiries, today, "EXPIRED");
    evidence(&mut lines, &status.evidence);
    lines.0
}

/// Returns what runs out, in a few words.
pub fn expiry_words(due: &Due) -> String {
    match (due.item.kind, due.words.as_str()) {
        (Some(_), kind) => format!("{} ({kind})", due.item.title),
        (None, "") => due.item.title.clone(),
        (None, words) => format!("{}: {words}", due.item.title),
    }
}

/// Returns the definition by which projects are counted and called stalled.
pub fn project_words(status: &Status) -> String {
    let active = status.projects.iter().filter(|project| project.is_active()).count();
    let limit = match status.active_limit {
        Some(limit) if active > limit as usize => format!(", MORE THAN your limit of {limit}"),
        Some(limit) => format!(" of at most {limit}"),
        None => String::new(),
    };
    let stalled = status.projects.iter().filter(|project| project.is_stalled).count();
    let default = if status.is_own_check_in { "" } else { "; `check_in_every` in goals.yaml sets it" };
    format!(
        "{active}{limit} under way, from literature review to revision; {stalled} stalled, or no change for over {}{default}",
        status.check_in
    )
}

/// Returns the days since a project's last change, in words.
pub fn change_words(project: &Project, today: NaiveDate) -> String {
    match project.days(today) {
        None => "no date".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    }
}

fn projects(lines: &mut Lines, status: &Status) {
    lines.heading(&format!("Projects by stage: {}", status.projects.len()));
    if status.projects.is_empty() {
        lines.row("  ", 2, "none in records/projects.yaml");
        return;
    }
    lines.row("  ", 2, &project_words(status));
    let longest = status.projects.iter().map(|project| width(&project.item.id)).max().unwrap_or_default();
    let id_width = longest.min(LONGEST_ID);
    for stage in ProjectStage::ALL {
        let projects = || status.projects.iter().filter(|project| project.stage == *stage);
        if projects().next().is_none() {
            continue;
        }
        lines.row("  ", 2, stage.as_str());
        for project in projects() {
            let mark = if project.is_stalled { "STALLED" } else { "" };
            let days = change_words(project, status.today);
            let head = format!("    {}  {days:>9}  {mark:<7}  ", padded(&project.item.id, id_width));
            let indent = width(&head).min(4 + id_width + 22);
            lines.row(&head, indent, &project.item.title);
        }
    }
}

fn dues<'a>(
    lines: &mut Lines,
    heading: &str,
    dues: impl Iterator<Item = (&'a Due, String)>,
    today: NaiveDate,
    late: &str,
) {
    lines.heading(heading);
    let mut is_empty = true;
    for (due, words) in dues {
        is_empty = false;
        lines.dated(&due.date.to_string(), &when(due.date, today), late, due.day() < today, &words);
    }
    if is_empty {
        lines.row("  ", 2, "none");
    }
}

/// How far a date is from today; a month or year is meant to its last day.
fn when(date: PartialDate, today: NaiveDate) -> String {
    distance(date.last_day(), today)
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month(date: PartialDate) -> &'static str {
    date.month.and_then(|month| MONTHS.get(month as usize - 1)).copied().unwrap_or_default()
}

/// Returns a deadline as a reader says it: a day, or the months between which it usually lies.
pub fn deadline_words(deadline: &AbstractDeadline) -> String {
    match deadline.until {
        Some(until) if until.year == deadline.from.year => {
            format!("{}-{} {}", month(deadline.from), month(until), until.year)
        }
        Some(until) => {
            format!("{} {:02}-{} {:02}", month(deadline.from), deadline.from.year % 100, month(until), until.year % 100)
        }
        None if deadline.origin.is_none() => format!("{} {}", month(deadline.from), deadline.from.year),
        None => deadline.from.to_string(),
    }
}

/// Returns how far a deadline is; one of which only months are known may come on their first day.
pub fn deadline_distance(deadline: &AbstractDeadline, today: NaiveDate) -> String {
    if deadline.origin.is_some() {
        return when(deadline.from, today);
    }
    if deadline.from.first_day() <= today { "any day".to_owned() } else { distance(deadline.from.first_day(), today) }
}

fn abstracts(lines: &mut Lines, heading: &str, deadlines: &[AbstractDeadline], today: NaiveDate) {
    lines.heading(heading);
    if deadlines.is_empty() {
        lines.row("  ", 2, "none");
    }
    for deadline in deadlines {
        let estimated = if deadline.is_estimated { " (estimated)" } else { "" };
        let projects = match deadline.projects.as_slice() {
            [] => String::new(),
            projects => format!(", for {}", projects.join(", ")),
        };
        let words = format!("{}{estimated}{projects}", deadline.id);
        lines.dated(&deadline_words(deadline), &deadline_distance(deadline, today), "", false, &words);
    }
    if deadlines.iter().any(|deadline| deadline.is_estimated) {
        lines.row("  ", 2, "Estimated: ask the society, then write it in records/conferences.yaml.");
    }
}

fn unagreed(lines: &mut Lines, status: &Status) {
    lines.heading("Authorship not yet agreed");
    let ids: Vec<&str> = status.unagreed.iter().map(|item| item.id.as_str()).collect();
    lines.row("  ", 2, &if ids.is_empty() { "none".to_owned() } else { ids.join(", ") });
}

/// Returns how a goal stands: `reached`, `in 402 days`, `MISSED 3 days ago`.
pub fn goal_words(goal: &Goal, today: NaiveDate) -> String {
    match goal.by {
        _ if goal.is_reached() => "reached".to_owned(),
        None => "on the way".to_owned(),
        Some(by) if goal.is_missed(today) => format!("MISSED {}", distance(by.last_day(), today)),
        Some(by) => distance(by.last_day(), today),
    }
}

fn goals(lines: &mut Lines, goals: &[Goal], today: NaiveDate) {
    lines.heading("Goals");
    if goals.is_empty() {
        lines.row("  ", 2, "none in records/goals.yaml");
    }
    for goal in goals {
        let count = format!("{} of {}", goal.counted, goal.wanted);
        let by = goal.by.map(|by| format!("by {by}: ")).unwrap_or_default();
        let head = format!("  {count:>10}  {:<19}  ", goal.what.as_str());
        lines.row(&head, width(&head), &format!("{by}{}", goal_words(goal, today)));
    }
}

fn evidence(lines: &mut Lines, evidence: &Evidence) {
    lines.heading("Evidence missing");
    if evidence.gone.is_empty() && evidence.bare.is_empty() {
        lines.row("  ", 2, "none: every public record has its proof");
    }
    for (item, path) in &evidence.gone {
        lines.row("  ", 4, &format!("NOT THERE: {path}, which {} names", item.id));
    }
    let mut kinds: Vec<Kind> = evidence.bare.iter().filter_map(|item| item.kind).collect();
    kinds.dedup();
    for kind in kinds {
        let ids: Vec<&str> =
            evidence.bare.iter().filter(|item| item.kind == Some(kind)).map(|item| item.id.as_str()).collect();
        lines.row("  ", 4, &format!("{kind} without any, {}: {}", ids.len(), ids.join(", ")));
    }
}

struct Lines(String);

impl Lines {
    fn heading(&mut self, words: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.row("", 0, words);
    }

    /// Adds words behind a head; what has no room goes on in further lines with an indent.
    fn row(&mut self, head: &str, indent: usize, words: &str) {
        let mut line = head.to_owned();
        let mut is_fresh = true;
        for word in words.split_whitespace() {
            if !is_fresh && width(&line) + 1 + width(word) > WIDTH {
                self.end(&line);
                line = " ".repeat(indent);
                is_fresh = true;
            } else if is_fresh && width(&line) > indent && width(&line) + width(word) > WIDTH {
                self.end(&line);
                line = " ".repeat(indent);
            }
            if !is_fresh {
                line.push(' ');
            }
            line.push_str(word);
            is_fresh = false;
        }
        self.end(&line);
    }

    fn dated(&mut self, date: &str, distance: &str, late_word: &str, is_late: bool, words: &str) {
        let head = format!("  {date:<13}  {distance:<14}  ");
        let late = if is_late { format!("{late_word} ") } else { String::new() };
        self.row(&head, width(&head), &format!("{late}{words}"));
    }

    fn end(&mut self, line: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}
