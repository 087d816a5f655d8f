//! Talks and posters.

use super::{Material, frame, rooted, text};
use crate::diagnostic::Diagnostics;
use crate::document::facts::{self, showings};
use crate::portfolio::{Presentation, Showing};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, Scope};
use crate::render::html::{self, NameForm};
use crate::render::links::kind_path;
use crate::render::view::{DateView, LinkView, PresentationsView, TalkView, TalkYear};

/// Authors named in a line before it is cut.
const MOST_AUTHORS: usize = 8;

/// Returns the view of the list of talks.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>) -> PresentationsView {
    let words = &material.words;
    let path = kind_path(Kind::Presentations);
    let title = words.get("title.presentations");
    let description = words.fill("describe.presentations", &[("name", &material.portfolio.owner.display_name)]);
    let mut frame = frame(material, &path, title, Some(&description));
    "presentations".clone_into(&mut frame.section);
    frame.styles = vec!["story.css"];
    frame.class = "list";
    PresentationsView {
        page: frame,
        title: title.to_owned(),
        intro: intro(material),
        text: text::above(diagnostics, material, "presentations", &path),
        years: years(material),
    }
}

fn intro(material: &Material<'_>) -> String {
    let words = &material.words;
    let talks = &material.portfolio.presentations;
    let wide = talks.iter().filter(|talk| matches!(talk.scope, Some(Scope::International | Scope::National))).count();
    let mut parts = vec![words.count("presentations.works", talks.len())];
    if wide > 0 {
        parts.push(words.count("presentations.wide", wide));
    }
    let mut intro = format!("{}.", parts.join(words.get("list.comma")));
    if talks.iter().any(|talk| talk.events.len() > 1) {
        intro = format!("{intro} {}", words.get("presentations.several"));
    }
    intro
}

fn years(material: &Material<'_>) -> Vec<TalkYear> {
    let mut shown: Vec<(Option<PartialDate>, usize, TalkView)> = Vec::new();
    for (at, talk) in material.portfolio.presentations.iter().enumerate() {
        for (place, showing) in showings(talk).into_iter().enumerate() {
            let mut view = one(material, talk, showing);
            if place > 0 {
                view.id = None;
            }
            shown.push((showing.date.or(talk.shared.date), at, view));
        }
    }
    shown.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut years: Vec<TalkYear> = Vec::new();
    for (date, _, view) in shown {
        let heading =
            date.map_or_else(|| material.words.get("presentations.undated").to_owned(), |date| date.year.to_string());
        match years.last_mut() {
            Some(year) if year.heading == heading => year.talks.push(view),
            _ => years.push(TalkYear { heading, talks: vec![view] }),
        }
    }
    years
}

/// Returns the newest showing of a talk.
pub fn newest(material: &Material<'_>, talk: &Presentation) -> TalkView {
    let showing = showings(talk).first().copied().unwrap_or(&talk.showing);
    one(material, talk, showing)
}

/// Returns the coming talks, the nearest first.
pub fn coming(material: &Material<'_>, most: usize) -> Vec<TalkView> {
    let today = material.portfolio.today;
    let mut list: Vec<(PartialDate, TalkView)> = Vec::new();
    for talk in &material.portfolio.presentations {
        for showing in showings(talk) {
            if let Some(date) = showing.date.or(talk.shared.date).filter(|date| date.first_day() >= today) {
                list.push((date, TalkView { id: None, ..one(material, talk, showing) }));
            }
        }
    }
    list.sort_by_key(|(date, _)| *date);
    list.into_iter().take(most).map(|(_, talk)| talk).collect()
}

/// Returns the talks that the owner selected, in their order.
pub fn selected(material: &Material<'_>) -> Vec<TalkView> {
    let mut list: Vec<(u8, &Presentation)> = material
        .portfolio
        .presentations
        .iter()
        .filter_map(|talk| talk.shared.featured.map(|place| (place, &**talk)))
        .collect();
    list.sort_by_key(|(place, _)| *place);
    list.into_iter().map(|(_, talk)| TalkView { id: None, ..newest(material, talk) }).collect()
}

fn one(material: &Material<'_>, talk: &Presentation, showing: &Showing) -> TalkView {
    let words = &material.words;
    let portfolio = material.portfolio;
    let shared = &talk.shared;
    let facts = facts::talk(words, portfolio, talk, showing);
    let title_text = crate::exchange::title::plain(&shared.title);
    TalkView {
        id: Some(shared.id.clone()),
        date: facts.date.map(|date| date_view(material, date)).unwrap_or_default(),
        day: facts.date.map(|date| words.day_of_year(date)).unwrap_or_default(),
        meeting: facts.meeting,
        meeting_full: facts.meeting_full,
        title: html::title(&shared.title),
        kind: facts.kind,
        details: facts.details,
        authors: (talk.authors.len() > 1)
            .then(|| html::authors(&talk.authors, NameForm::Short, portfolio.settings.bold_my_name, MOST_AUTHORS)),
        award: facts.award,
        coming: facts.coming,
        summary: shared.summary.clone(),
        why: shared.why.clone(),
        threads: material.threads_of(&shared.threads),
        links: links(material, talk, &title_text),
        led_to: led_to(material, &shared.id),
        href: material.record_address(&shared.id).unwrap_or_default(),
        title_text,
    }
}

/// Returns a date for readers and machines.
pub fn date_view(material: &Material<'_>, date: PartialDate) -> DateView {
    DateView { iso: date.to_string(), text: material.words.date(date) }
}

fn links(material: &Material<'_>, talk: &Presentation, title: &str) -> Vec<LinkView> {
    let words = &material.words;
    let about = words.fill("of", &[("title", title)]);
    let named = [("slides", &talk.slides), ("poster", &talk.poster), ("video", &talk.video)];
    let mut links: Vec<LinkView> = named
        .into_iter()
        .filter_map(|(word, address)| {
            let word = words.get(match word {
                "slides" => "presentations.slides",
                "poster" => "presentations.poster",
                _ => "presentations.video",
            });
            Some(LinkView { word: word.to_owned(), href: site_or_web(address.as_deref()?), about: about.clone() })
        })
        .collect();
    if let Some(doi) = &talk.doi {
        links.push(LinkView { word: "DOI".to_owned(), href: super::doi_address(doi), about: about.clone() });
    }
    if let Some(url) = &talk.shared.url {
        links.push(LinkView { word: words.get("publication.website").to_owned(), href: url.clone(), about });
    }
    links
}

/// Returns the address of a file of the site or of a page of the web.
pub fn site_or_web(address: &str) -> String {
    if address.starts_with("files/") { rooted(address) } else { address.to_owned() }
}

fn led_to(material: &Material<'_>, id: &str) -> Vec<LinkView> {
    let followers = material.followers.get(id).into_iter().flatten();
    followers
        .filter_map(|follower| {
            let title = material.record_title(follower)?;
            Some(LinkView { word: title, href: material.record_address(follower)?, about: String::new() })
        })
        .collect()
}
