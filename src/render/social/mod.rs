//! Cards that link previews show: what stands on each, and which page shows which.
//!
//! Takes the material of the pages and the paper's colour; gives a picture of 1200 × 630 for the
//! home page, the story and each featured work. Every other page shows the home page's. Only a
//! site that knows its full address has cards, since a preview needs one; a card is left out
//! where its title has letters that the faces lack.

pub(in crate::render) mod draw;
mod face;

use rayon::prelude::*;

use super::SitePath;
use super::page::Material;
use super::page::{person, publication};
use super::stock::Stock;
use crate::exchange::title::plain;
use crate::portfolio::{PublicPortfolio, Publication};
use face::Face;

/// Changes when a card of the same words looks another way, so that none is taken from the cache.
const EDITION: &str = "card 1\n";
const HOME: &str = "social/home.png";
const STORY_PAGE: &str = "research/index.html";
const STORY: &str = "social/research.png";

/// What stands on a card.
#[derive(Debug, Default)]
struct Card {
    path: String,
    left: String,
    right: String,
    title: String,
    foot: Vec<Vec<Run>>,
}

/// Words of a line in one face.
#[derive(Debug)]
struct Run {
    text: String,
    italic: bool,
}

/// Returns the site path of the card that a page shows, and the words on it; `None` where there is none.
///
/// `work` is the publication whose page it is.
pub fn of_page(portfolio: &PublicPortfolio, page: &str, work: Option<&Publication>) -> Option<(String, String)> {
    portfolio.settings.base_url.as_ref()?;
    let own = work.filter(|work| is_featured(work)).map(|work| (card_path(work), plain(&work.shared.title)));
    let name = || portfolio.owner.display_name.clone();
    let story = (page == STORY_PAGE).then(|| (STORY.to_owned(), name()));
    let cards = [own, story, Some((HOME.to_owned(), name()))];
    cards.into_iter().flatten().find(|(_, title)| Face::Display.covers(title))
}

fn is_featured(work: &Publication) -> bool {
    work.shared.featured.is_some()
}

fn card_path(work: &Publication) -> String {
    format!("social/{}.png", work.shared.id)
}

/// Draws the cards of a site, each with its path.
pub(super) fn draw(material: &Material<'_>, stock: &Stock) -> Vec<(SitePath, Vec<u8>)> {
    let drawn = |card: Card| {
        let svg = draw::svg(&card, &stock.light);
        let key = blake3::hash(format!("{EDITION}{svg}").as_bytes());
        let picture = material.sources.cached(&key, || draw::png(&svg, &stock.light, draw::SIZE))?;
        Some((SitePath::new(card.path), picture))
    };
    cards(material).into_par_iter().filter_map(drawn).collect()
}

fn cards(material: &Material<'_>) -> Vec<Card> {
    let portfolio = material.portfolio;
    if portfolio.settings.base_url.is_none() {
        return Vec::new();
    }
    let mut cards = vec![home(material)];
    if material.has_story() {
        cards.push(story(material));
    }
    let works = portfolio.publications.iter().enumerate().filter(|(_, work)| is_featured(work));
    cards.extend(works.map(|(at, work)| paper(material, at, work)));
    for card in &mut cards {
        card.keep_known_letters();
    }
    cards.retain(|card| Face::Display.covers(&card.title));
    cards
}

fn home(material: &Material<'_>) -> Card {
    let owner = &material.portfolio.owner;
    let person = person::view(material);
    let institution = owner.programme.institution.clone();
    let theme = owner.theme_of_work.title.clone().or_else(|| owner.headline.clone());
    let mut foot = theme.as_deref().map(draw::foot).unwrap_or_default();
    if foot.len() < 2 && !person.seeks.is_empty() {
        foot.extend(draw::foot(&person.seeks.join(" ")).into_iter().take(1));
    }
    Card {
        path: HOME.to_owned(),
        left: person.specialty.unwrap_or_default(),
        right: [person.level, institution].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        title: owner.display_name.clone(),
        foot: plain_lines(foot),
    }
}

fn story(material: &Material<'_>) -> Card {
    let owner = &material.portfolio.owner;
    let words = &material.words;
    let title = material.page("research").map_or_else(|| words.get("title.research"), |page| page.title.as_str());
    Card {
        path: STORY.to_owned(),
        left: owner.programme.specialty.clone().unwrap_or_default(),
        right: owner.display_name.clone(),
        title: plain(title),
        foot: plain_lines(owner.theme_of_work.title.as_deref().map(draw::foot).unwrap_or_default()),
    }
}

fn paper(material: &Material<'_>, at: usize, work: &Publication) -> Card {
    let (kind, [words, origin, place]) = publication::heading(material, at);
    let run = |text: String, italic| Run { text, italic };
    let line = if origin.is_empty() {
        Vec::new()
    } else {
        vec![run(format!("{words} "), true), run(origin, false), run(format!(" {place}"), true)]
    };
    Card {
        path: card_path(work),
        left: kind,
        right: material.portfolio.owner.display_name.clone(),
        title: plain(&work.shared.title),
        foot: vec![line],
    }
}

fn plain_lines(lines: Vec<String>) -> Vec<Vec<Run>> {
    lines.into_iter().map(|text| vec![Run { text, italic: false }]).collect()
}

impl Card {
    /// Leaves out what the faces have no letters for: a word in another script, a whole line rather than half of it.
    fn keep_known_letters(&mut self) {
        for line in [&mut self.left, &mut self.right] {
            if !Face::Text.covers(&line.to_uppercase()) {
                line.clear();
            }
        }
        for line in &mut self.foot {
            line.retain(|run| Face::Text.covers(&run.text));
        }
        self.foot.retain(|line| !line.is_empty());
    }
}

#[cfg(test)]
mod tests;
