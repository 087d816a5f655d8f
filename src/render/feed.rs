//! What programs subscribe to and crawl: Atom (RFC 4287), sitemap, robots.

use std::fmt::Write;

use chrono::NaiveDate;

use super::extra::is_released;
use super::links::{kind_path, publication_path};
use super::metadata::full_address;
use super::{Input, Payload, Site};
use crate::exchange::html;
use crate::exchange::title::plain;
use crate::portfolio::{PublicPortfolio, Publication};
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PresentationStatus, PublicationStatus};

/// Entries beyond which a feed only grows: readers keep what they have seen.
const MOST_ENTRIES: usize = 50;

struct Entry {
    date: NaiveDate,
    address: String,
    title: String,
    summary: String,
}

/// Returns the Atom feed of works and talks, newest first; `None` without a full address.
pub(super) fn atom(input: &Input<'_>) -> Option<String> {
    let portfolio = input.portfolio;
    let base = portfolio.settings.base_url.as_deref()?;
    let mut entries: Vec<Entry> = publications(input).chain(talks(portfolio)).collect();
    entries.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.address.cmp(&b.address)));
    entries.truncate(MOST_ENTRIES);
    let updated = entries.first().map_or(portfolio.today, |entry| entry.date);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escape(&portfolio.settings.language)
    );
    let _ = writeln!(xml, "<title>{}</title>\n<id>{}</id>", escape(&portfolio.settings.title), escape(base));
    let _ = writeln!(xml, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}feed.xml\"/>", escape(base));
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(base));
    if let Some(description) = &portfolio.settings.description {
        let _ = writeln!(xml, "<subtitle>{}</subtitle>", escape(description));
    }
    let _ = writeln!(xml, "<updated>{updated}T00:00:00Z</updated>");
    let _ = writeln!(xml, "<author><name>{}</name></author>", escape(&portfolio.owner.display_name));
    for entry in entries {
        let address = escape(&entry.address);
        let _ = writeln!(xml, "<entry>\n<title>{}</title>\n<id>{address}</id>", escape(&entry.title));
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>");
        let _ = writeln!(xml, "<updated>{0}T00:00:00Z</updated>\n<published>{0}T00:00:00Z</published>", entry.date);
        if !entry.summary.is_empty() {
            let _ = writeln!(xml, "<summary>{}</summary>", escape(&entry.summary));
        }
        xml += "</entry>\n";
    }
    Some(xml + "</feed>\n")
}

fn publications<'i>(input: &'i Input<'_>) -> impl Iterator<Item = Entry> + 'i {
    let works = input.portfolio.publications.iter().zip(input.citations);
    let released = works.filter(|(work, _)| is_released(work.status) && work.status != PublicationStatus::Retracted);
    released.filter_map(|(work, citation)| {
        Some(Entry {
            date: last_step(work, input.portfolio.today)?,
            address: full_address(input.portfolio, &publication_path(work))?,
            title: plain(&work.shared.title),
            summary: citation.plain(),
        })
    })
}

/// The last of a work's dates that has come: an accepted one may name the year it will appear in.
fn last_step(work: &Publication, today: NaiveDate) -> Option<NaiveDate> {
    let dates = [work.dates.published, work.dates.epub, work.dates.accepted];
    dates.into_iter().flatten().map(PartialDate::first_day).filter(|day| *day <= today).max()
}

fn talks(portfolio: &PublicPortfolio) -> impl Iterator<Item = Entry> + '_ {
    let held = portfolio.presentations.iter().filter(|talk| talk.status == PresentationStatus::Presented);
    held.filter_map(|talk| {
        let list = full_address(portfolio, &kind_path(Kind::Presentations))?;
        let meeting = &talk.showing.meeting;
        let words =
            [meeting.acronym.as_deref().unwrap_or(&meeting.name), talk.showing.place.as_deref().unwrap_or_default()];
        Some(Entry {
            date: talk.showing.date.or(talk.shared.date).map(PartialDate::first_day)?,
            address: format!("{list}#{}", super::markdown::encoded(&talk.shared.id)),
            title: plain(&talk.shared.title),
            summary: words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", "),
        })
    })
}

/// Returns the sitemap of the pages that name themselves as canonical; `None` without a full address.
///
/// Redirects name another page, and unlisted pages and the one for faults name none.
pub(super) fn sitemap(portfolio: &PublicPortfolio, site: &Site) -> Option<String> {
    portfolio.settings.base_url.as_ref()?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, payload) in &site.files {
        let Payload::Bytes(bytes) = payload else { continue };
        let page =
            path.as_str().strip_suffix("index.html").is_some_and(|folder| folder.is_empty() || folder.ends_with('/'));
        let Some(address) = full_address(portfolio, path.as_str()).filter(|_| page) else { continue };
        let address = escape(&address);
        if head(bytes).contains(&format!("<link rel=\"canonical\" href=\"{address}\">"))
            && !head(bytes).contains("noindex")
        {
            let _ = writeln!(xml, "<url><loc>{address}</loc></url>");
        }
    }
    Some(xml + "</urlset>\n")
}

fn head(html: &[u8]) -> &str {
    const END: &[u8] = b"</head>";
    let end = html.windows(END.len()).position(|bytes| bytes == END).unwrap_or(html.len());
    std::str::from_utf8(&html[..end]).unwrap_or_default()
}

/// Returns `robots.txt`, which lets all in and names the sitemap where there is one.
pub(super) fn robots(portfolio: &PublicPortfolio) -> String {
    let sitemap = portfolio.settings.base_url.as_ref().map(|base| format!("Sitemap: {base}sitemap.xml\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}

/// Writes text as text of XML 1.0, which has no place for most control characters.
fn escape(text: &str) -> String {
    let allowed =
        |letter: char| matches!(letter, '\t' | '\n') || (letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'));
    html::escape(&text.chars().filter(|letter| allowed(*letter)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_no_control_characters() {
        assert_eq!(escape("a\u{0}\u{b}<b>&\u{ffff}\"é"), "a&lt;b&gt;&amp;&quot;é");
    }
}
