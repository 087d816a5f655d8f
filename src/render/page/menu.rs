//! The menu: as `site.menu` says, else what has content.

use super::{LISTED_KINDS, Material, rooted};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::portfolio::Page;
use crate::record::vocabulary::Kind;
use crate::render::links::{kind_path, page_path};
use crate::render::view::MenuItem;
use crate::source::{Origin, Sources};

/// Kinds of the default menu between the story and the CV; the others are on the CV page.
const DEFAULT_KINDS: [Kind; 2] = [Kind::Teaching, Kind::Service];

/// Returns the menu; an entry that the site does not have is reported.
pub fn menu(diagnostics: &mut Diagnostics, material: &Material<'_>, sources: &Sources) -> Vec<MenuItem> {
    let Some(named) = &material.portfolio.settings.menu else { return default(material) };
    let mut items = Vec::new();
    for (place, id) in named.iter().enumerate() {
        match item(material, id) {
            Some(item) => items.push(item),
            // A kind or page without content yet is no slip: it joins the menu when it has some.
            None if is_known(material, sources, id) => {}
            None => {
                let origin = Origin { file: "site.yaml".into(), index: 0 };
                diagnostics.push(
                    Diagnostic::new(&code::UNKNOWN_MENU, "site.yaml", format!("the menu names `{id}`, which the site does not have"))
                        .at(sources.span(&origin, &format!("site.menu[{place}]")))
                        .help("name a page (its file without `.md`), a kind of record such as `publications`, or `about`, `research`, `cv`"),
                );
            }
        }
    }
    items
}

fn is_known(material: &Material<'_>, sources: &Sources, id: &str) -> bool {
    matches!(id, "about" | "research" | "cv")
        || Kind::parse(id).is_some_and(|kind| {
            LISTED_KINDS.contains(&kind) || matches!(kind, Kind::Publications | Kind::Presentations)
        })
        || material.page(id).is_some()
        || sources.texts.contains_key(&format!("pages/{id}.md"))
}

fn default(material: &Material<'_>) -> Vec<MenuItem> {
    let first = ["publications", "presentations", "research"].into_iter().filter_map(|id| item(material, id));
    let kinds = DEFAULT_KINDS.into_iter().filter_map(|kind| item(material, kind.as_str()));
    let mut pages: Vec<&Page> = material.portfolio.pages.iter().collect();
    pages.retain(|page| !material.is_text_of_other_page(&page.name) && Material::is_listed(page));
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
