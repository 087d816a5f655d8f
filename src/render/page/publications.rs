//! The publications list: its groups, its words and its filter.

use std::collections::HashMap;

use rayon::prelude::*;

use super::work::{self, Heading};
use super::{Material, frame, strip, text};
use crate::diagnostic::Diagnostics;
use crate::portfolio::Publication;
use crate::record::vocabulary::{Kind, PublicationType};
use crate::render::extra;
use crate::render::links::kind_path;
use crate::render::view::{FilterChoice, FilterRow, PublicationsView, WorkGroup};

/// A list shorter than this is read faster than it is filtered.
const FILTERED_FROM: usize = 6;
const MOST_KINDS: usize = 6;
const MOST_LINES: usize = 6;
/// Years with a choice of their own; the eighth is "earlier".
const MOST_YEARS: usize = 7;

const GROUPS: [&str; 9] = ["original", "review", "case", "letter", "preprint", "abstract", "book", "data", "other"];

/// Returns the view of the publications list.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>) -> PublicationsView {
    let words = &material.words;
    let portfolio = material.portfolio;
    let path = kind_path(Kind::Publications);
    let title = words.get("title.publications");
    let description = words.fill("describe.publications", &[("name", &portfolio.owner.display_name)]);
    let mut frame = frame(material, &path, title, Some(&description));
    "publications".clone_into(&mut frame.section);
    frame.styles = vec!["publications.css"];
    frame.class = "list";
    let total = portfolio.publications.len();
    let filter = material.filter();
    let groups = || {
        material.prepare_works();
        material.order.iter().map(|(heading, places)| group(material, filter, heading, places)).collect()
    };
    let rows = || if total < FILTERED_FROM { Vec::new() } else { filter.rows(material) };
    let (groups, (intro, rows)) = rayon::join(groups, || (intro(material), rows()));
    let filter_label =
        words.get(if filter.lines.is_empty() { "publications.filter_plain" } else { "publications.filter" });
    PublicationsView {
        page: frame,
        title: title.to_owned(),
        intro,
        text: text::above(diagnostics, material, "publications", &path),
        strip: strip::view(material),
        filter: rows,
        filter_label: filter_label.to_owned(),
        total,
        groups,
        cite: total <= material.number_option("cite_boxes_up_to"),
        exports: extra::list_exports(portfolio).into_iter().map(work::export_link).collect(),
    }
}

fn group(material: &Material<'_>, filter: &Filter, heading: &Heading, places: &[usize]) -> WorkGroup {
    let words = &material.words;
    let classes: std::collections::BTreeSet<&str> =
        places.iter().flat_map(|&at| filter.classes(at).split(' ')).collect();
    let text = match heading {
        Heading::None => String::new(),
        Heading::Year(Some(year)) => year.to_string(),
        Heading::Year(None) => words.get("publications.undated").to_owned(),
        Heading::Type(kind) => words.term("publication_type_plural", kind.as_str()).to_owned(),
        Heading::Thread(Some(place)) => material.portfolio.owner.theme_of_work.areas[*place].name.clone(),
        Heading::Thread(None) => words.get("publications.no_thread").to_owned(),
        Heading::Category(Some(category)) => words.term("category", category.as_str()).to_owned(),
        Heading::Category(None) => words.get("publications.no_category").to_owned(),
    };
    WorkGroup {
        year: matches!(heading, Heading::Year(Some(_))),
        heading: text,
        classes: classes.into_iter().collect::<Vec<_>>().join(" "),
        works: places.iter().map(|&at| material.work(at)).collect(),
    }
}

fn intro(material: &Material<'_>) -> String {
    let words = &material.words;
    let works = &material.portfolio.publications;
    let counted: Vec<&Publication> = works.iter().map(AsRef::as_ref).filter(|work| work::counts(work)).collect();
    let number = |wanted: &dyn Fn(&Publication) -> bool| counted.iter().filter(|work| wanted(work)).count();
    let is_abstract =
        |work: &Publication| matches!(work.kind, PublicationType::JournalAbstract | PublicationType::ConferencePaper);
    let papers = number(&work::is_paper);
    let preprints = number(&|work| work.kind == PublicationType::Preprint);
    let abstracts = number(&is_abstract);
    let others = counted.len() - papers - preprints - abstracts;
    let parts: Vec<String> = [
        ("publications.papers", papers),
        ("publications.preprints", preprints),
        ("publications.abstracts", abstracts),
        ("publications.others", others),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(path, n)| words.count(path, n))
    .collect();
    let mut sentences = vec![if parts.is_empty() {
        words.get("publications.newest_first").to_owned()
    } else if works.len() == 1 {
        format!("{}.", words.list(&parts))
    } else {
        words.fill("publications.counted", &[("list", &words.list(&parts))])
    }];
    let co_authors = material.co_authors();
    if co_authors > 0 {
        sentences.push(words.count("publications.co_authors", co_authors));
    }
    if works.iter().any(|work| work.authors.iter().any(|author| author.equal)) {
        sentences.push(words.get("publications.equal").to_owned());
    }
    if works.iter().any(|work| work.authors.iter().any(|author| author.mentee)) {
        sentences.push(words.get("publications.mentee").to_owned());
    }
    sentences.join(" ")
}

/// What the list can be filtered by, and the classes that make it work without script.
#[derive(Debug)]
pub struct Filter {
    kinds: Vec<&'static str>,
    /// Places of the lines of research with works.
    lines: Vec<usize>,
    years: Vec<i32>,
    classes: Vec<String>,
    /// How many works have a class.
    counts: HashMap<String, usize>,
}

impl Filter {
    /// Surveys the publications.
    pub fn new(material: &Material<'_>) -> Self {
        let works = &material.portfolio.publications;
        let areas = &material.portfolio.owner.theme_of_work.areas;
        let mut kinds: Vec<&'static str> =
            GROUPS.into_iter().filter(|group| works.iter().any(|work| work::group(work) == *group)).collect();
        if kinds.len() > MOST_KINDS {
            kinds.truncate(MOST_KINDS - 1);
            kinds.push("other");
        }
        let lines = (0..areas.len().min(MOST_LINES))
            .filter(|&at| works.iter().any(|work| work.shared.threads.contains(&areas[at].id)))
            .collect();
        let mut years: Vec<i32> = works.iter().filter_map(|work| work.sort_date()).map(|date| date.year).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        let mut filter = Self { kinds, lines, years, classes: Vec::new(), counts: HashMap::new() };
        filter.classes = works.par_iter().with_min_len(64).map(|work| filter.classes_of(material, work)).collect();
        for class in filter.classes.iter().flat_map(|classes| classes.split(' ')) {
            match filter.counts.get_mut(class) {
                Some(count) => *count += 1,
                None => drop(filter.counts.insert(class.to_owned(), 1)),
            }
        }
        filter
    }

    /// Returns the classes of the publication with a place in the portfolio.
    pub fn classes(&self, at: usize) -> &str {
        &self.classes[at]
    }

    fn classes_of(&self, material: &Material<'_>, work: &Publication) -> String {
        let areas = &material.portfolio.owner.theme_of_work.areas;
        let group = work::group(work);
        let kind = self.kinds.iter().position(|kind| *kind == group).or_else(|| self.kinds.len().checked_sub(1));
        let mut classes: Vec<String> = kind.map(|at| format!("k{}", at + 1)).into_iter().collect();
        if work::leads(work) {
            classes.push("r1".to_owned());
        }
        let of_work = self.lines.iter().enumerate().filter(|(_, at)| work.shared.threads.contains(&areas[**at].id));
        classes.extend(of_work.map(|(place, _)| format!("t{}", place + 1)));
        if let Some(date) = work.sort_date() {
            let place = self.years.iter().position(|year| *year == date.year).unwrap_or_default();
            classes.push(format!("y{}", place.min(MOST_YEARS) + 1));
        }
        classes.join(" ")
    }

    fn count(&self, class: &str) -> usize {
        self.counts.get(class).copied().unwrap_or_default()
    }

    fn rows(&self, material: &Material<'_>) -> Vec<FilterRow> {
        let words = &material.words;
        let areas = &material.portfolio.owner.theme_of_work.areas;
        let choice = |id: String, name: String, line| FilterChoice { count: self.count(&id), id, name, line };
        let all = FilterChoice {
            id: "all".to_owned(),
            name: words.get("publications.all").to_owned(),
            count: self.classes.len(),
            line: None,
        };
        let first = choice("r1".to_owned(), words.get("publications.first_author").to_owned(), None);
        let kinds = self
            .kinds
            .iter()
            .enumerate()
            .map(|(at, kind)| choice(format!("k{}", at + 1), words.term("group", kind).to_owned(), None));
        let lines = self
            .lines
            .iter()
            .enumerate()
            .map(|(place, &at)| choice(format!("t{}", place + 1), areas[at].name.clone(), Some(at + 1)));
        let years = self
            .years
            .iter()
            .take(MOST_YEARS)
            .enumerate()
            .map(|(at, year)| choice(format!("y{}", at + 1), year.to_string(), None));
        let earlier = (self.years.len() > MOST_YEARS)
            .then(|| choice(format!("y{}", MOST_YEARS + 1), words.get("publications.earlier").to_owned(), None));
        [
            ("publications.show", vec![all, first]),
            ("publications.kind", kinds.collect()),
            ("publications.thread", lines.collect()),
            ("publications.year", years.chain(earlier).collect()),
        ]
        .into_iter()
        .map(|(label, choices): (_, Vec<FilterChoice>)| FilterRow {
            label: words.get(label).to_owned(),
            // A choice of one thing is none.
            choices: choices.into_iter().filter(|choice| choice.count > 0).collect(),
        })
        .filter(|row| !row.choices.is_empty())
        .collect()
    }
}
