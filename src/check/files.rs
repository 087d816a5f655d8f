//! Files that records name.

use super::{at, at_site};
use crate::diagnostic::code::{FILE_MISSING, PHOTO_WITHOUT_ALT};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::portfolio::{Portfolio, Shared};
use crate::source::Sources;

/// Every file that a record names lies in `files/` and is there.
pub(super) fn files(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let mut named: Vec<(&Shared, &str, &str)> = Vec::new();
    for publication in &portfolio.publications {
        let links = &publication.links;
        let fields = [("pdf", &links.pdf), ("code", &links.code), ("data", &links.data), ("video", &links.video)];
        named.extend(
            fields.into_iter().filter_map(|(field, path)| Some((&publication.shared, field, path.as_deref()?))),
        );
    }
    for talk in &portfolio.presentations {
        let fields = [("slides", &talk.slides), ("poster", &talk.poster), ("video", &talk.video)];
        named.extend(fields.into_iter().filter_map(|(field, path)| Some((&talk.shared, field, path.as_deref()?))));
    }
    named.extend(portfolio.shared().filter_map(|shared| Some((shared, "url", shared.url.as_deref()?))));
    for (shared, field, path) in named {
        let fault = fault(sources, path);
        diagnostics_for(diagnostics, fault, |message| at(sources, shared, field, &FILE_MISSING, message));
    }
}

/// The portrait is there, and has words for those who cannot see it.
pub(super) fn photo(diagnostics: &mut Diagnostics, sources: &Sources, portfolio: &Portfolio) {
    let Some(photo) = portfolio.owner.photo.as_deref() else { return };
    let fault = fault(sources, photo);
    diagnostics_for(diagnostics, fault, |message| at_site(sources, "person.photo", &FILE_MISSING, message));
    if portfolio.owner.photo_alt.is_none() {
        let diagnostic =
            at_site(sources, "person.photo", &PHOTO_WITHOUT_ALT, "the photo has no words for those who cannot see it");
        diagnostics.push(diagnostic.help("add `photo_alt: Portrait in a white coat` under `person:`"));
    }
}

fn diagnostics_for(
    diagnostics: &mut Diagnostics,
    fault: Option<(String, String)>,
    start: impl Fn(String) -> Diagnostic,
) {
    if let Some((message, help)) = fault {
        diagnostics.push(start(message).help(help));
    }
}

/// What is wrong with a file that is named, and how to mend it; nothing for a web address or a page of the site.
fn fault(sources: &Sources, path: &str) -> Option<(String, String)> {
    if path.contains(':') || path.ends_with('/') {
        return None;
    }
    let bare = path.trim_start_matches("./").trim_start_matches('/');
    if !bare.starts_with("files/") {
        let message = format!("`{path}` does not lie in files/, the only folder whose files are published");
        return Some((message, "move the file to files/ and name it there".to_owned()));
    }
    if sources.exists(bare) {
        return None;
    }
    let help = match nearest_file(sources, bare) {
        Some(near) => format!("did you mean `{near}`? capitals count"),
        None => "put the file there, or correct its name".to_owned(),
    };
    Some((format!("the file `{path}` is not there"), help))
}

/// Returns the file of the site whose path is most like one that is not there.
pub(super) fn nearest_file<'a>(sources: &'a Sources, path: &str) -> Option<&'a str> {
    let (folder, name) = path.rsplit_once('/')?;
    let in_folder = sources.files.keys().filter_map(|known| {
        let (known_folder, known_name) = known.rsplit_once('/')?;
        let score = strsim::jaro_winkler(&known_name.to_lowercase(), &name.to_lowercase());
        (known_folder == folder && score > 0.9 || known_name.eq_ignore_ascii_case(name)).then_some((score, known))
    });
    in_folder.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known.as_str())
}
