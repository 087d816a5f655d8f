//! Unlisted pages and their tokens.

use super::at_site;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{NO_TOKEN, SHARE_ENDS_SOON, SHARE_EXPIRED};
use crate::portfolio::Portfolio;
use crate::record::decode::SHARES;
use crate::record::vocabulary::Visibility;
use crate::source::{Origin, Sources};

/// How long before its last day a share page is named.
const NOTICE: chrono::Days = chrono::Days::new(14);

/// Every share page has a token, and its last day has not passed.
pub(super) fn share_pages(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let tokens = &portfolio.tokens;
    for (place, page) in portfolio.share_pages.iter().enumerate() {
        let Some(id) = page.id.as_deref().map(str::trim) else { continue };
        if let Some(date) = page.expires.filter(|date| date.last_day() < portfolio.today) {
            let field = format!("share_pages[{place}].expires");
            let diagnostic =
                at_site(sources, &field, &SHARE_EXPIRED, format!("the share page `{id}` expired {}", date.when()));
            diagnostics.push(diagnostic.help(format!("give it a later day, or write `offprint share revoke {id}`")));
        } else if !tokens.contains_key(id) && !has_line(sources, id) {
            let field = format!("share_pages[{place}].id");
            let diagnostic =
                at_site(sources, &field, &NO_TOKEN, format!("the share page `{id}` has no token and is left out"));
            diagnostics.push(diagnostic.help(format!("write `offprint share new {id}`")));
        } else if let Some(date) =
            page.expires.filter(|_| tokens.contains_key(id)).filter(|date| date.last_day() <= portfolio.today + NOTICE)
        {
            let field = format!("share_pages[{place}].expires");
            let message = format!("the share page `{id}` goes after {}", date.last_day());
            let diagnostic = at_site(sources, &field, &SHARE_ENDS_SOON, message);
            diagnostics.push(diagnostic.help("give it a later day if its reader still needs it"));
        }
    }
}

/// Every unlisted page has a token.
pub(super) fn pages(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    for page in portfolio.pages.iter().filter(|page| page.visibility == Visibility::Link) {
        if page.token.is_none() && !has_line(sources, &page.name) {
            let origin = Origin { file: page.path.as_str().into(), index: 0 };
            let message = format!("the unlisted page `{}` has no token and is left out", page.name);
            let diagnostic = sources.diagnose(&NO_TOKEN, &origin, "visibility", message);
            diagnostics.push(diagnostic.help(format!("write `offprint share new {}`", page.name)));
        }
    }
}

/// Tells whether `private/shares.yaml` has a line for an id: a token that cannot be used was told of there.
fn has_line(sources: &Sources, id: &str) -> bool {
    let document = sources.map(&mut Diagnostics::default(), SHARES);
    document.and_then(|document| document.value).is_some_and(|map| map.get(id).is_some())
}
