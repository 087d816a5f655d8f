//! The story of the work: Figure 1, and a chapter for each year of training.

use super::period::{Period, place_of};
use super::{Material, frame, rooted, text, work};
use crate::diagnostic::Diagnostics;
use crate::exchange::html::escape_into;
use crate::portfolio::{Page, Publication};
use crate::record::vocabulary::{Kind, ProjectStage};
use crate::render::html;
use crate::render::links::{kind_path, publication_path};
use crate::render::markdown::Text;
use crate::render::view::{
    BlockView, FigureCell, FigureRow, FigureView, Html, PointView, StoryView, StoryWork, StoryYear,
};

const PATH: &str = "research/index.html";
/// Lines of the figure; a seventh could not be told from the others.
const MOST_LINES: usize = 6;

/// Returns the view of the story.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>) -> StoryView {
    let words = &material.words;
    let page = material.page("research");
    let title = page.map_or_else(|| words.get("title.research").to_owned(), |page| page.title.clone());
    let described = words.fill("describe.research", &[("name", &material.portfolio.owner.display_name)]);
    let description = page.and_then(|page| page.description.clone());
    let mut frame = frame(material, PATH, &title, Some(description.as_deref().unwrap_or(&described)));
    "research".clone_into(&mut frame.section);
    frame.styles = vec!["publications.css", "story.css"];
    frame.class = "list";
    let mut years = years(material);
    let (text, ending) = page.map_or_else(Default::default, |page| chapters(diagnostics, material, page, &mut years));
    years.retain(|year| !year.text.is_empty() || !year.works.is_empty() || !year.projects.is_empty());
    StoryView {
        page: frame,
        title,
        intro: description.or_else(|| material.portfolio.owner.theme_of_work.title.clone()),
        text,
        figure: material.is_on("figure").then(|| figure(material)).flatten(),
        years,
        ending,
    }
}

/// Puts what `research.md` says of each year into its chapter; returns what stands before and after.
fn chapters(
    diagnostics: &mut Diagnostics,
    material: &Material<'_>,
    page: &Page,
    years: &mut [StoryYear],
) -> (Vec<BlockView>, Vec<BlockView>) {
    let mut render = |part: &Part| {
        let whole = Text::of_page(page, &material.portfolio.settings.language);
        let title = whole.title.filter(|_| part.first_line == 0);
        let text = Text { body: &part.text, line_offset: page.body_offset + part.first_line, title, ..whole };
        text::views(material, material.blocks(diagnostics, text, PATH))
    };
    let parts = divide(&page.body);
    // Footnotes and link definitions belong to the whole text, so such a text is not cut.
    let whole = page.body.contains("[^")
        || !parts.iter().any(|part| years.iter().any(|year| part.year == Some(year.label.clone())));
    if whole {
        return (text::of_page(diagnostics, material, page, PATH), Vec::new());
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut begun = false;
    for part in &parts {
        let year = part.year.as_ref().and_then(|label| years.iter_mut().find(|year| year.label == *label));
        match year {
            Some(year) => {
                begun = true;
                year.text.extend(render(part));
            }
            None if begun => after.extend(render(part)),
            None => before.extend(render(part)),
        }
    }
    (before, after)
}

/// A stretch of `research.md`: of one year, or of none.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    year: Option<String>,
    first_line: usize,
    text: String,
}

/// Cuts the text where a paragraph or heading begins with a level ("**R2. One hospital.**", "## R2");
/// a heading without one ends the last year.
fn divide(body: &str) -> Vec<Part> {
    let mut parts = vec![Part { year: None, first_line: 0, text: String::new() }];
    let (mut after_blank, mut fenced) = (true, false);
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let starts = after_blank && !fenced;
        fenced ^= line.trim_start().starts_with("```");
        let level = starts.then(|| level_at(line)).flatten();
        let ends =
            starts && line.starts_with('#') && level.is_none() && parts.last().is_some_and(|part| part.year.is_some());
        if level.is_some() || ends {
            parts.push(Part { year: level, first_line: number, text: String::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.text.push_str(line);
        }
        after_blank = line.trim().is_empty();
    }
    parts
}

fn level_at(line: &str) -> Option<String> {
    let text = line.trim_start_matches(['#', '*', '_', ' ']);
    let marked = text.len() < line.len();
    let rest = text.strip_prefix('R').filter(|_| marked)?;
    let digit = rest.chars().next().filter(char::is_ascii_digit)?;
    let after = rest[1..].chars().next();
    (!after.is_some_and(char::is_alphanumeric)).then(|| format!("R{digit}"))
}

fn years(material: &Material<'_>) -> Vec<StoryYear> {
    let words = &material.words;
    let periods = &material.periods;
    let mut years: Vec<StoryYear> = periods
        .iter()
        .map(|period| StoryYear {
            label: if period.level.is_some() { period.label() } else { words.get("story.before").to_owned() },
            span: period.span(),
            ..StoryYear::default()
        })
        .collect();
    let has_lines = !material.portfolio.owner.theme_of_work.areas.is_empty();
    // The portfolio has the newest first; a story begins at the beginning.
    for (at, work) in material.portfolio.publications.iter().enumerate().rev() {
        let on_line = !has_lines || work.shared.threads.iter().any(|id| material.threads.contains_key(id.as_str()));
        let place = work.sort_date().and_then(|date| place_of(periods, date));
        if let Some(year) =
            place.filter(|_| on_line && crate::render::extra::is_released(work.status)).and_then(|at| years.get_mut(at))
        {
            year.works.push(story_work(material, at, work));
        }
    }
    let now = periods.iter().rposition(|period| period.first <= material.portfolio.today);
    if let Some(year) = now.and_then(|at| years.get_mut(at)) {
        year.projects = material
            .portfolio
            .projects
            .iter()
            .filter(|project| is_under_way(project.stage))
            .map(|project| {
                let stage = words.term("project_stage", project.stage.as_str());
                format!("{} ({stage})", crate::exchange::title::plain(&project.shared.title))
            })
            .collect();
    }
    years
}

fn is_under_way(stage: ProjectStage) -> bool {
    !matches!(stage, ProjectStage::Published | ProjectStage::Stopped)
}

fn story_work(material: &Material<'_>, at: usize, work: &Publication) -> StoryWork {
    let words = &material.words;
    let mut notes: Vec<Html> = Vec::new();
    if !work::is_paper(work) {
        notes.push(html::text(&words.term("group_one", work::group(work)).to_lowercase()));
    }
    if let Some(status) =
        work::status(material, work).filter(|_| work.kind != crate::record::vocabulary::PublicationType::Preprint)
    {
        notes.push(html::text(&status.text.to_lowercase()));
    }
    if let Some(role) = work::role(material, work) {
        notes.push(html::text(&role.to_lowercase()));
    }
    for before in &work.shared.follows {
        notes.extend(origin_note(material, before));
    }
    StoryWork {
        point: point(material, at),
        title: html::title(&work.shared.title),
        href: rooted(&publication_path(work)),
        notes,
    }
}

fn origin_note(material: &Material<'_>, id: &str) -> Option<Html> {
    let (path, name) = if let Some(&at) = material.publication_of.get(id) {
        ("story.grew_out_of", material.numbers[at].to_string())
    } else {
        let talk = &material.portfolio.presentations[*material.presentation_of.get(id)?];
        let meeting = &talk.showing.meeting;
        let year = talk.showing.date.or(talk.shared.date).map(|date| date.year.to_string()).unwrap_or_default();
        ("story.shown_at", format!("{} {year}", meeting.acronym.as_ref().unwrap_or(&meeting.name)))
    };
    let mut link = String::new();
    let mut words = String::new();
    escape_into(&mut words, name.trim());
    html::link_into(&mut link, "", &material.record_address(id)?, &words);
    let sentence = material.words.get(path);
    let (before, after) = sentence.split_once("{name}").unwrap_or((sentence, ""));
    let (mut note, mut rest) = (html::text(before), html::text(after));
    note.0.push_str(&link);
    note.0.push_str(&std::mem::take(&mut rest.0));
    Some(note)
}

fn point(material: &Material<'_>, at: usize) -> PointView {
    let work = &material.portfolio.publications[at];
    PointView {
        number: material.numbers[at],
        reviewed: work::is_paper(work) && work::counts(work),
        href: work::list_address(work),
        title: crate::exchange::title::plain(&work.shared.title),
    }
}

/// Draws the lines of work over the years of residency; nothing without both.
fn figure(material: &Material<'_>) -> Option<FigureView> {
    let words = &material.words;
    let portfolio = material.portfolio;
    let years = material.periods.get(1..).filter(|years| !years.is_empty())?;
    let rows: Vec<FigureRow> = portfolio
        .owner
        .theme_of_work
        .areas
        .iter()
        .take(MOST_LINES)
        .filter_map(|area| {
            let thread = material.threads.get(area.id.as_str())?;
            let cells = cells(material, years, &area.id)?;
            Some(FigureRow { name: area.name.clone(), line: thread.line, cells })
        })
        .collect();
    (!rows.is_empty()).then(|| FigureView {
        columns: years.iter().map(|year| format!("{}, {}", year.label(), year.span())).collect(),
        caption: words.count("figure.caption", rows.len()),
        rows,
        list: rooted(&kind_path(Kind::Publications)),
    })
}

fn cells(material: &Material<'_>, years: &[Period], area: &str) -> Option<Vec<FigureCell>> {
    let mut begun_before = false;
    let mut cells: Vec<FigureCell> =
        years.iter().map(|year| FigureCell { label: year.label(), ..FigureCell::default() }).collect();
    for (at, work) in material.portfolio.publications.iter().enumerate().rev() {
        let Some(date) = work.sort_date() else { continue };
        let shown = crate::render::extra::is_released(work.status);
        if !shown || !work.shared.threads.iter().any(|id| id == area) {
            continue;
        }
        match place_of(&material.periods, date) {
            Some(0) => begun_before = true,
            Some(place) => cells[place - 1].points.push(point(material, at)),
            None => {}
        }
    }
    let mut begun = begun_before;
    for cell in &mut cells {
        begun |= !cell.points.is_empty();
        cell.begun = begun;
    }
    begun.then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_cut_where_a_year_begins_and_where_it_ends() {
        let parts =
            divide("Intro\n\n**R1. One patient.** It took nine days.\n\n## R2\n\nMore\n\n## How I work\n\nSlowly\n");
        let years: Vec<_> = parts.iter().map(|part| (part.year.as_deref(), part.first_line)).collect();
        assert_eq!(years, [(None, 0), (Some("R1"), 2), (Some("R2"), 4), (None, 8)]);
        assert_eq!(level_at("R2 in plain words"), None);
        assert_eq!(level_at("**RSNA 2026**"), None);
        assert_eq!(level_at("**R12**"), None);
    }
}
