//! Unlisted pages and their tokens.

use std::collections::BTreeSet;

use super::at_site;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{NO_TOKEN, SHARE_EXPIRED};
use crate::portfolio::Portfolio;
use crate::record::vocabulary::Visibility;
use crate::source::{Origin, Sources};

/// Every share page has a token, and its last day has not passed.
pub(super) fn share_pages(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let tokens = tokens(sources);
    for (place, page) in portfolio.share_pages.iter().enumerate() {
        let Some(id) = page.id.as_deref().map(str::trim) else { continue };
        if let Some(date) = page.expires.filter(|date| date.last_day() < portfolio.today) {
            let field = format!("share_pages[{place}].expires");
            let diagnostic =
                at_site(sources, &field, &SHARE_EXPIRED, format!("the share page `{id}` expired {}", date.when()));
            diagnostics.push(diagnostic.help(format!("give it a later day, or write `offprint share revoke {id}`")));
        } else if !tokens.contains(id) {
            let field = format!("share_pages[{place}].id");
            let diagnostic =
                at_site(sources, &field, &NO_TOKEN, format!("the share page `{id}` has no token and is left out"));
            diagnostics.push(diagnostic.help(format!("write `offprint share new {id}`")));
        }
    }
}

/// Every unlisted page has a token.
pub(super) fn pages(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let tokens = tokens(sources);
    for page in portfolio.pages.iter().filter(|page| page.visibility == Visibility::Link) {
        if !tokens.contains(&page.name) {
            let origin = Origin { file: page.path.as_str().into(), index: 0 };
            let message = format!("the unlisted page `{}` has no token and is left out", page.name);
            let diagnostic = sources.diagnose(&NO_TOKEN, &origin, "visibility", message);
            diagnostics.push(diagnostic.help(format!("write `offprint share new {}`", page.name)));
        }
    }
}

/// The ids and names that have a token in `private/shares.yaml`.
fn tokens(sources: &Sources) -> BTreeSet<String> {
    if sources.text("private/shares.yaml").is_none() {
        return BTreeSet::new();
    }
    let document = sources.map(&mut Diagnostics::default(), "private/shares.yaml");
    let map = document.and_then(|document| document.value);
    let entries = map.as_ref().and_then(|value| value.as_mapping()).into_iter().flatten();
    let named = entries.filter_map(|(id, token)| Some((id.as_str()?, token.as_str()?)));
    named.filter(|(_, token)| !token.trim().is_empty()).map(|(id, _)| id.to_owned()).collect()
}
