//! Markdown pages.

use std::collections::BTreeMap;

use super::Context;
use super::place::{Place, text};
use super::shared::{aliases, language, one_line};
use crate::diagnostic::Diagnostics;
use crate::portfolio::Page;
use crate::record::decode::PageRecord;
use crate::record::vocabulary::Visibility;

/// Builds a page; its title is that of the front matter, else the first heading, else its name.
pub(super) fn page(
    diagnostics: &mut Diagnostics,
    context: &Context,
    tokens: &BTreeMap<String, String>,
    record: PageRecord,
) -> Page {
    let PageRecord { name, matter, body, body_offset, origin, .. } = record;
    let place = Place { sources: context.sources, origin: &origin, id: "", faulty: &[] };
    let own_language = language(diagnostics, &place, "language", matter.language);
    Page {
        title: text(matter.title)
            .map(|title| one_line(&title))
            .or_else(|| first_heading(&body))
            .unwrap_or_else(|| name_in_words(&name)),
        description: text(matter.description),
        token: tokens.get(&name).filter(|_| matter.visibility == Some(Visibility::Link)).cloned(),
        visibility: matter.visibility.unwrap_or_default(),
        menu: matter.menu,
        order: matter.order,
        language: own_language.filter(|tag| !tag.eq_ignore_ascii_case(&context.language)),
        aliases: aliases(diagnostics, &place, "aliases", &matter.aliases),
        path: origin.file.to_string(),
        name,
        body,
        body_offset,
    }
}

/// The first heading of the first level, without its marks; code blocks are passed over.
fn first_heading(body: &str) -> Option<String> {
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let bare = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                if let Some(heading) = line.strip_prefix("# ") {
                    let heading: String =
                        heading.trim().trim_end_matches('#').chars().filter(|c| !matches!(c, '*' | '`')).collect();
                    return Some(one_line(&heading)).filter(|heading| !heading.is_empty());
                }
            }
            _ => {}
        }
    }
    None
}

fn name_in_words(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_heading_outside_code() {
        assert_eq!(first_heading("```\n# not this\n```\n\n# The *real* one #\n").as_deref(), Some("The real one"));
        assert_eq!(first_heading("## Second level\ntext"), None);
        assert_eq!(name_in_words("my-cv_notes"), "My cv notes");
    }
}
