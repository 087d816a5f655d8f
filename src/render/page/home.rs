//! The home page.

use super::period::place_of;
use super::{Material, person, rooted, strip, talks, text};
use crate::diagnostic::Diagnostics;
use crate::portfolio::Publication;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PublicationRole, PublicationType};
use crate::render::html;
use crate::render::links::kind_path;
use crate::render::metadata;
use crate::render::view::{FrameView, HomeView, Html, LinkView, TableRow, TableView};

/// Works that stand for all where the owner has selected none.
const MOST_NEWEST: usize = 3;

/// Returns the view of the home page.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>) -> HomeView {
    let portfolio = material.portfolio;
    let words = &material.words;
    let theme = &portfolio.owner.theme_of_work;
    let next_talks = talks::coming(material, material.number_option("next_talks"));
    let link = |word: String, path: &str| LinkView { word, href: rooted(path), about: String::new() };
    let about = material.page("about");
    let selected_talks = talks::selected(material);
    let mut selected = selected(material);
    let mut selected_heading = words.get("selected_works");
    if selected.is_empty() && selected_talks.is_empty() {
        // Nobody has chosen yet: the newest stand for the rest, and are not called selected.
        selected = newest(material);
        selected_heading = words.get("title.publications");
    }
    HomeView {
        page: FrameView {
            title: String::new(),
            section: "about".to_owned(),
            styles: vec!["home.css"],
            class: "home",
            head: Html(metadata::home(portfolio).html()),
            ..FrameView::default()
        },
        person: person::view(material),
        theme_title: theme.title.clone(),
        theme_summary: theme.summary.clone(),
        threads: theme.areas.iter().filter_map(|area| material.threads.get(area.id.as_str()).cloned()).collect(),
        led: Some(strip::led(material)).filter(|led| *led > 0).map(|led| words.count("led", led)),
        selected_heading: selected_heading.to_owned(),
        selected,
        selected_talks,
        all_publications: material.has_publications().then(|| {
            link(words.count("all_publications", portfolio.publications.len()), &kind_path(Kind::Publications))
        }),
        next_talks_heading: words.count("next_talk", next_talks.len()),
        next_talks,
        all_talks: material
            .has_presentations()
            .then(|| link(words.count("all_talks", portfolio.presentations.len()), &kind_path(Kind::Presentations))),
        table: portfolio.settings.show_counts.then(|| table(material)).flatten(),
        story: material.has_story().then(|| link(words.get("story_link_words").to_owned(), "research/index.html")),
        about: about.map_or_else(Vec::new, |page| text::of_page(diagnostics, material, page, "index.html")),
        elsewhere: person::elsewhere(&portfolio.owner.ids),
    }
}

/// Returns the selected works, in their order.
pub(super) fn selected(material: &Material<'_>) -> Vec<tera::Value> {
    let publications = material.portfolio.publications.iter().enumerate();
    let mut places: Vec<(u8, usize)> =
        publications.filter_map(|(at, work)| work.shared.featured.map(|place| (place, at))).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, at)| material.work(at)).collect()
}

fn newest(material: &Material<'_>) -> Vec<tera::Value> {
    let publications = material.portfolio.publications.iter().enumerate();
    let counted = publications.filter(|(_, work)| super::work::counts(work));
    counted.take(MOST_NEWEST).map(|(at, _)| material.work(at)).collect()
}

fn table(material: &Material<'_>) -> Option<TableView> {
    let words = &material.words;
    let (portfolio, periods) = (material.portfolio, &material.periods);
    let works = portfolio.publications.iter().map(AsRef::as_ref);
    let works: Vec<&Publication> = works.filter(|work| super::work::counts(work)).collect();
    let date = |work: &&Publication| work.sort_date();
    let is_paper = |work: &&Publication| super::work::is_paper(work);
    let is_first = |work: &&Publication| {
        is_paper(work)
            && matches!(
                work.role,
                Some(PublicationRole::FirstAuthor | PublicationRole::CoFirstAuthor | PublicationRole::ProjectLead)
            )
            && super::work::leads(work)
    };
    let is_minor = |work: &&Publication| {
        matches!(
            work.kind,
            PublicationType::Preprint | PublicationType::JournalAbstract | PublicationType::ConferencePaper
        )
    };
    let count = |wanted: &dyn Fn(&&Publication) -> bool| -> Vec<Option<PartialDate>> {
        works.iter().filter(|work| wanted(work)).map(date).collect()
    };
    let talks = portfolio.presentations.iter().map(|talk| talk.showing.date.or(talk.shared.date)).collect();
    let rows = [
        ("table.papers", count(&is_paper)),
        ("table.first", count(&is_first)),
        ("table.minor", count(&is_minor)),
        ("table.other", count(&|work| !is_paper(work) && !is_minor(work))),
        ("table.talks", talks),
    ];
    let today = periods.iter().rposition(|period| period.first <= portfolio.today).unwrap_or_default();
    let shown = periods.len().min(today + 1);
    let rows: Vec<TableRow> = rows
        .into_iter()
        .filter(|(_, dates)| !dates.is_empty())
        .map(|(word, dates)| TableRow { head: html::text(words.get(word)), cells: cells(material, shown, &dates) })
        .collect();
    let mut columns = Vec::new();
    if shown > 0 {
        columns.push(words.get("table.before").to_owned());
        columns.extend(periods[1..shown].iter().map(super::period::Period::label));
    }
    columns.push(words.get("table.all").to_owned());
    let caption = words.fill("table.caption", &[("date", &words.full_month(portfolio.today))]);
    (!rows.is_empty()).then_some(TableView { caption, columns, rows })
}

fn cells(material: &Material<'_>, shown: usize, dates: &[Option<PartialDate>]) -> Vec<usize> {
    let mut cells = vec![0; shown];
    for date in dates.iter().flatten() {
        if let Some(at) = place_of(&material.periods[..shown], *date) {
            cells[at] += 1;
        }
    }
    cells.push(dates.len());
    cells
}
