//! The menu: as `site.menu` says, else what has content.

use super::{Material, rooted};
use crate::portfolio::Page;
use crate::record::vocabulary::Kind;
use crate::render::links::{kind_path, page_path};
use crate::render::view::MenuItem;

/// More pages than this are a library, not a menu: then only those join that ask to (`menu: true`).
const MOST_PAGES: usize = 8;

/// Kinds of the default menu between the story and the CV; the others are on the CV page.
const DEFAULT_KINDS: [Kind; 2] = [Kind::Teaching, Kind::Service];

/// Returns the menu. A kind or page without content yet joins it when it has some; a name that is
/// neither is reported by the check of the records.
pub fn menu(material: &Material<'_>) -> Vec<MenuItem> {
    match &material.portfolio.settings.menu {
        Some(named) => named.iter().filter_map(|id| item(material, id)).collect(),
        None => default(material),
    }
}

fn default(material: &Material<'_>) -> Vec<MenuItem> {
    let first = ["publications", "presentations", "research"].into_iter().filter_map(|id| item(material, id));
    let kinds = DEFAULT_KINDS.into_iter().filter_map(|kind| item(material, kind.as_str()));
    let mut pages: Vec<&Page> = material.portfolio.pages.iter().map(AsRef::as_ref).collect();
    pages.retain(|page| !material.is_text_of_other_page(&page.name) && Material::is_listed(page));
    if pages.iter().filter(|page| page.menu != Some(false)).count() > MOST_PAGES {
        pages.retain(|page| page.menu == Some(true));
    }
    pages.sort_by_key(|page| (page.order.unwrap_or(i64::MAX), page.name.clone()));
    let pages = pages.into_iter().filter_map(|page| item(material, &page.name));
    let listed = first.chain(kinds).chain(pages).chain(item(material, "cv"));
    listed.filter(|entry| material.page(&entry.id).is_none_or(|page| page.menu != Some(false))).collect()
}

fn item(material: &Material<'_>, id: &str) -> Option<MenuItem> {
    let kind = Kind::parse(id);
    let path = match (id, kind) {
        ("about", _) => "index.html".to_owned(),
        ("research", _) if material.has_story() => "research/index.html".to_owned(),
        ("cv", _) if material.has_cv() => "cv/index.html".to_owned(),
        (_, Some(Kind::Publications)) if material.has_publications() => kind_path(Kind::Publications),
        (_, Some(Kind::Presentations)) if material.has_presentations() => kind_path(Kind::Presentations),
        (_, Some(kind)) if material.has_records(kind) => kind_path(kind),
        _ => page_path(material.page(id)?),
    };
    let word = format!("menu.{id}");
    let label = match material.words.get(&word) {
        missing if missing == word => material.page(id).map_or_else(|| id.to_owned(), |page| page.title.clone()),
        label => label.to_owned(),
    };
    Some(MenuItem { id: id.to_owned(), label, href: rooted(&path) })
}
