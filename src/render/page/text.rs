//! Pages of the owner's own words, and the blocks that Markdown gives.

use super::{Material, frame, records, talks};
use crate::diagnostic::Diagnostics;
use crate::portfolio::Page;
use crate::record::vocabulary::Kind;
use crate::render::links::page_path;
use crate::render::listing::{ListingStyle, Query};
use crate::render::markdown::{Block, Text};
use crate::render::view::{BlockView, Html, ListingView, PageView};

/// Returns the view of a Markdown page.
pub fn view(diagnostics: &mut Diagnostics, material: &Material<'_>, at: usize) -> PageView {
    let page = &material.portfolio.pages[at];
    let path = page_path(page);
    let mut frame = frame(material, &path, &page.title, page.description.as_deref());
    frame.section.clone_from(&page.name);
    frame.class = "text";
    frame.language.clone_from(&page.language);
    frame.noindex = !Material::is_listed(page);
    frame.unlisted = frame.noindex;
    frame.styles = vec!["publications.css"];
    PageView { page: frame, title: page.title.clone(), text: of_page(diagnostics, material, page, &path) }
}

/// Renders the words of a page as they will stand at a site path.
pub fn of_page(diagnostics: &mut Diagnostics, material: &Material<'_>, page: &Page, at: &str) -> Vec<BlockView> {
    let text = Text::of_page(page, &material.portfolio.settings.language);
    views(material, material.blocks(diagnostics, text, at))
}

/// Renders the words that stand above the list of a kind (`publications.md`), if there are any.
pub fn above(diagnostics: &mut Diagnostics, material: &Material<'_>, name: &str, at: &str) -> Vec<BlockView> {
    material.page(name).map_or_else(Vec::new, |page| of_page(diagnostics, material, page, at))
}

/// Turns blocks into what templates see.
pub fn views(material: &Material<'_>, blocks: Vec<Block>) -> Vec<BlockView> {
    blocks
        .into_iter()
        .map(|block| match block {
            Block::Html(html) => BlockView { html: Some(Html(html)), listing: None },
            Block::Listing(query) => BlockView { html: None, listing: Some(listing(material, &query)) },
        })
        .collect()
}

fn listing(material: &Material<'_>, query: &Query) -> ListingView {
    let places = query.select(material.portfolio);
    let mut view = ListingView {
        kind: query.kind.as_str().to_owned(),
        full: query.style == ListingStyle::Full,
        ..ListingView::default()
    };
    match query.kind {
        Kind::Publications => view.works = places.iter().map(|&at| material.work(at)).collect(),
        Kind::Presentations => {
            view.talks =
                places.iter().map(|&at| talks::newest(material, &material.portfolio.presentations[at])).collect();
        }
        kind => {
            let entries = records::entries(material, kind);
            view.entries = places.iter().filter_map(|&at| entries.get(at)).map(|(_, entry)| entry.clone()).collect();
            // The anchor is on the kind's own list; here it would stand twice.
            view.entries.iter_mut().for_each(|entry| entry.id = None);
        }
    }
    for talk in &mut view.talks {
        talk.id = None;
    }
    view
}

/// Tells whether a page holds a listing of a kind, which then is the whole list.
pub fn holds_listing(blocks: &[BlockView], kind: Kind) -> bool {
    blocks.iter().filter_map(|block| block.listing.as_ref()).any(|listing| listing.kind == kind.as_str())
}
