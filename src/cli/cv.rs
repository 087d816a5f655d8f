//! `offprint cv`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{CvArgs, Format, PaperArg, TemplateArg};
use super::build::today;
use super::streams::Streams;
use super::{Outcome, files, report, site_folder};
use crate::build::{Cited, Edition, Model, Options, model};
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::cv::{self, Plan, Printed};
use crate::document::docx;
use crate::portfolio::{Audience, Portfolio};
use crate::record::Cv;
use crate::record::vocabulary::{CvTemplate, Paper};
use crate::render::theme::Theme;
use crate::source::Sources;

/// Writes the CV and prints its path.
pub(super) fn run(args: &CvArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut diagnostics, sources, &options);
    let audience = audience(&portfolio, args.share.as_deref())?;
    let variant = variant(&portfolio, args)?;
    if diagnostics.count(Severity::Error) > 0 {
        report::diagnostics(streams, &args.report, &sources, diagnostics)?;
        return Ok(Outcome::Problems);
    }
    let mut found = Diagnostics::default();
    let mut cited = Cited::load(&sources);
    let edition = Edition::new(&mut found, &sources, &portfolio, &audience, &mut cited);
    let words = Theme::load(&mut Diagnostics::default(), &sources, &portfolio.settings).words;
    let material = cv::Material { portfolio: &edition.portfolio, works: &edition.citations, words: &words };
    let mut plan = Plan::new(variant, &portfolio.settings.language);
    plan.template = args.template.map_or(plan.template, template);
    plan.paper = args.paper.map_or(plan.paper, paper);
    let printed = cv::print(&mut found, &sources, &material, &plan);
    let content = match &printed {
        Some(_) if args.docx => {
            let (document, _) = cv::shortened(&mut Diagnostics::default(), &sources, &material, &plan);
            Some(docx::bytes(&document, plan.paper)?)
        }
        printed => printed.as_ref().map(|printed| printed.bytes.clone()),
    };
    let errors = found.count(Severity::Error);
    report::diagnostics(streams, &args.report, &sources, found)?;
    let (Some(printed), Some(content), 0) = (printed, content, errors) else { return Ok(Outcome::Problems) };
    let ending = if args.docx { "docx" } else { "pdf" };
    let name = cv::file_name(&edition.portfolio.owner, edition.portfolio.today, ending);
    match args.out.clone().unwrap_or_else(|| PathBuf::from(&name)) {
        out if out == Path::new("-") => streams.bytes(&content)?,
        out => {
            let out = if out.is_dir() { out.join(name) } else { out };
            write(&out, &content, args)?;
            tell(args, streams, &out, &printed)?;
        }
    }
    Ok(Outcome::Clean)
}

fn template(arg: TemplateArg) -> CvTemplate {
    match arg {
        TemplateArg::Academic => CvTemplate::Academic,
        TemplateArg::Fellowship => CvTemplate::Fellowship,
        TemplateArg::OnePage => CvTemplate::OnePage,
    }
}

fn paper(arg: PaperArg) -> Paper {
    match arg {
        PaperArg::Letter => Paper::Letter,
        PaperArg::A4 => Paper::A4,
    }
}

fn audience(portfolio: &Portfolio, share: Option<&str>) -> anyhow::Result<Audience> {
    let Some(id) = share else { return Ok(Audience::Public) };
    let ids: Vec<&str> = portfolio.share_pages.iter().filter_map(|page| page.id.as_deref()).map(str::trim).collect();
    let page = portfolio.share_pages.iter().find(|page| page.id.as_deref().map(str::trim) == Some(id));
    match page {
        Some(page) => Ok(Audience::SharePage { id: id.to_owned(), show_status: page.show_status.clone() }),
        None => bail!("{}", unknown(&format!("no share page has the id `{id}`"), id, &ids, "share_pages")),
    }
}

/// The variant named; else the one that goes with the share page.
fn variant<'p>(portfolio: &'p Portfolio, args: &CvArgs) -> anyhow::Result<Option<&'p Cv>> {
    let find = |id: &str| portfolio.cvs.iter().find(|cv| cv.id.as_deref().map(str::trim) == Some(id));
    if let Some(id) = args.id.as_deref() {
        let ids: Vec<&str> = portfolio.cvs.iter().filter_map(|cv| cv.id.as_deref()).map(str::trim).collect();
        return match find(id) {
            Some(cv) => Ok(Some(cv)),
            None => bail!("{}", unknown(&format!("no CV has the id `{id}`"), id, &ids, "cvs")),
        };
    }
    let page = args
        .share
        .as_deref()
        .and_then(|id| portfolio.share_pages.iter().find(|page| page.id.as_deref().map(str::trim) == Some(id)));
    Ok(page.and_then(|page| page.cv.as_deref()).and_then(|id| find(id.trim())))
}

fn unknown(message: &str, id: &str, ids: &[&str], field: &str) -> String {
    let near = ids.iter().find(|known| strsim::jaro_winkler(known, id) > 0.8);
    let help = match (near, ids) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => format!("there is none under `{field}:` in site.yaml yet"),
        (None, ids) => format!("there are `{}`", ids.join("`, `")),
    };
    format!("{message}\nhelp: {help}")
}

/// Writes the file, over an older CV of Offprint's but over nothing else.
fn write(out: &Path, content: &[u8], args: &CvArgs) -> anyhow::Result<()> {
    let path = std::path::absolute(out)?;
    if !args.force && path.exists() && !fs::read(&path).is_ok_and(|old| is_own(&old)) {
        bail!(
            "{} is there already and is no CV of Offprint's, so nothing was written\nhelp: name another file with --out, or write over it with --force",
            out.display()
        );
    }
    files::replace(&path, content).with_context(|| format!("cannot write {}", out.display()))
}

/// Tells whether a file is one that this command wrote: both forms name the program in their clear text.
fn is_own(file: &[u8]) -> bool {
    let has = |needle: &[u8]| file.windows(needle.len()).any(|part| part == needle);
    (file.starts_with(b"%PDF") && has(b"CreatorTool>Offprint<")) || (file.starts_with(b"PK") && has(docx::MARK))
}

/// Prints the path: a result, unless the results are problems in a form for programs.
fn tell(args: &CvArgs, streams: &mut Streams, out: &Path, printed: &Printed) -> anyhow::Result<()> {
    let path = out.display().to_string();
    if args.report.format == Format::Text {
        streams.result(&path)?;
    } else if !args.report.quiet {
        streams.message(&path)?;
    }
    if let (Some(left_out), Some(most), false) = (&printed.shortened, printed.most_pages, args.report.quiet) {
        let pages = if most == 1 { "one page".to_owned() } else { format!("{most} pages") };
        streams.message(&format!("Lists were shortened to keep to {pages}; each says how much more there is."))?;
        if !left_out.is_empty() {
            streams.message(&format!("Left out, with nothing said of them: {}.", left_out.join("; ")))?;
        }
        if printed.pages > most {
            streams.message(&format!(
                "It has {} pages all the same: what is never shortened takes more room. Mark fewer works as `featured`.",
                printed.pages
            ))?;
        }
    }
    Ok(())
}
