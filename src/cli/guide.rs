//! `offprint guide`: the topics of `src/guide/pages/`, each a Markdown page of a site.
//!
//! A topic is a file there: its front matter has `title`, `description` and `order`. The list of
//! topics, the printed text and the pages in the browser are all made of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};

use super::args::GuideArgs;
use super::build::{address, today};
use super::streams::Streams;
use super::{Outcome, files};
use crate::build::{Options, build, output};
use crate::diagnostic::Diagnostics;

static GUIDE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/guide");

/// A page of the guide.
struct Topic {
    name: String,
    title: String,
    description: String,
    order: i64,
    /// Markdown without the front matter.
    text: &'static str,
}

/// Lists the topics, prints one, or shows all in the browser.
pub(super) fn run(args: &GuideArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let topics = topics();
    if args.open {
        return show(args.topic.as_deref().map(|name| find(&topics, name)).transpose()?, streams);
    }
    if let Some(name) = &args.topic {
        let topic = find(&topics, name)?;
        streams.result(&format!("# {}\n{}", topic.title, topic.text))?;
        return Ok(Outcome::Clean);
    }
    let width = topics.iter().map(|topic| topic.name.len()).max().unwrap_or_default();
    let lines = topics.iter().map(|topic| format!("{:width$}  {}: {}", topic.name, topic.title, topic.description));
    streams.result(&lines.collect::<Vec<_>>().join("\n"))?;
    streams.message("`offprint guide start` prints the first; `offprint guide --open` shows all in your browser")?;
    Ok(Outcome::Clean)
}

/// Returns the topics in their order; `about.md` is the head of the guide and none of them.
fn topics() -> Vec<Topic> {
    let pages = GUIDE.get_dir("pages").into_iter().flat_map(Dir::files);
    let mut topics: Vec<Topic> = pages
        .filter_map(|file| {
            let name = file.path().file_stem()?.to_str()?.to_owned();
            let (matter, text) = file.contents_utf8()?.strip_prefix("---\n")?.split_once("\n---\n")?;
            let field = |key: &str| matter.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
            let words = |key: &str| field(key).unwrap_or_default().to_owned();
            let order = field("order").and_then(|order| order.parse().ok()).unwrap_or(i64::MAX);
            Some(Topic { name, title: words("title"), description: words("description"), order, text })
        })
        .collect();
    topics.sort_by_key(|topic| (topic.order, topic.name.clone()));
    topics
}

fn find<'t>(topics: &'t [Topic], name: &str) -> anyhow::Result<&'t Topic> {
    let name = name.trim().to_lowercase();
    let has_word = |topic: &&Topic| topic.title.to_lowercase().split(' ').any(|word| word == name);
    if let Some(topic) = topics.iter().find(|topic| topic.name == name).or_else(|| topics.iter().find(has_word)) {
        return Ok(topic);
    }
    let score = |topic: &&Topic| strsim::jaro_winkler(&topic.name, &name);
    let near = topics.iter().max_by(|a, b| score(a).total_cmp(&score(b))).filter(|near| score(near) > 0.7);
    let all = topics.iter().map(|topic| topic.name.as_str()).collect::<Vec<_>>().join(", ");
    match near {
        Some(near) => {
            bail!("the guide has no topic `{name}`\nhelp: did you mean `{}`? The topics are {all}", near.name)
        }
        None => bail!("the guide has no topic `{name}`\nhelp: the topics are {all}"),
    }
}

/// Names above each block the file that it is for, which Markdown itself does not show.
fn with_files_named(text: &str) -> String {
    let named = |line: &str| {
        let file = line.strip_prefix("```")?.trim_start_matches('`').split_once(' ')?.1.trim();
        (!file.is_empty()).then(|| format!("In `{file}`:\n\n{line}"))
    };
    text.split_inclusive('\n').map(|line| named(line).unwrap_or_else(|| line.to_owned())).collect()
}

/// Builds the guide as a site of its own and opens it.
fn show(topic: Option<&Topic>, streams: &mut Streams) -> anyhow::Result<Outcome> {
    // It stays for as long as the browser may want it; the system clears such folders away.
    let root = tempfile::Builder::new().prefix("offprint-guide-").tempdir().context("cannot make a folder")?.keep();
    let write = |path: PathBuf, content: &[u8]| -> anyhow::Result<()> {
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        files::replace(&path, content)
    };
    let pages = GUIDE.get_dir("pages").into_iter().flat_map(Dir::files);
    for file in GUIDE.files().chain(pages) {
        let text = with_files_named(file.contents_utf8().unwrap_or_default());
        write(root.join(file.path()), text.as_bytes()).context("cannot write the guide's pages")?;
    }
    let built = build(&root, &Options { today: today(None), base_url: None, drafts: false })?;
    let Some(site) = &built.site else { bail!("the guide could not be built: this is a fault in Offprint") };
    let target = output::target(&root, &root.join("public"))?;
    if output::write(&mut Diagnostics::default(), &target, site)?.is_none() {
        bail!("the guide's pages are in the way of others in {}", root.display());
    }
    let page = topic.map_or_else(|| "index.html".to_owned(), |topic| format!("{}/index.html", topic.name));
    let shown = address(&target.folder().join(page));
    streams.result(&shown)?;
    if crate::serve::browse(&shown).is_err() {
        streams.message("The browser could not be opened; go to the address yourself")?;
    }
    Ok(Outcome::Clean)
}
