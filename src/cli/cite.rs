//! `offprint cite`.

use std::sync::Arc;

use anyhow::bail;
use serde_json::{Value, json};

use super::args::{CiteArgs, CiteFormat, Format, ReportArgs};
use super::build::today;
use super::streams::Streams;
use super::{Outcome, report, site_folder};
use crate::build::{Model, Options, model};
use crate::cite::{CitationText, Citer, Marks};
use crate::diagnostic::{Diagnostics, Severity};
use crate::portfolio::{Audience, Portfolio, Publication};
use crate::source::Sources;

/// Prints references on stdout; the site's problems go to stderr.
pub(super) fn run(args: &CiteArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut diagnostics, sources, &options);

    let mut settings = portfolio.settings.clone();
    if let Some(style) = &args.style {
        settings.citation_style.clone_from(style);
    }
    let mut faults = Diagnostics::default();
    let citer = Citer::new(&mut faults, &sources, &settings);
    if let (Some(_), Some(fault)) = (&args.style, faults.iter().next()) {
        // The place that such a fault names is in site.yaml, which is not at fault here.
        let step = fault.help.as_ref().or(fault.label.as_ref()).map(|step| format!("\nhelp: {step}"));
        bail!("--style: {}{}", fault.message, step.unwrap_or_default());
    }
    diagnostics.append(faults);
    let works = works(&portfolio, &args.ids)?;
    let references = citer.cite(&mut diagnostics, &works);

    let errors = diagnostics.count(Severity::Error);
    let report = ReportArgs { format: Format::Text, quiet: args.quiet };
    report::diagnostics(streams, &report, &sources, diagnostics)?;
    let text = print(args.format, &works, &references, settings.bold_my_name);
    if !text.is_empty() {
        streams.result(&text)?;
    }
    Ok(if errors > 0 { Outcome::Problems } else { Outcome::Clean })
}

/// Returns the works asked for, in that order, or all that are public.
fn works(portfolio: &Portfolio, ids: &[String]) -> anyhow::Result<Vec<Arc<Publication>>> {
    if ids.is_empty() {
        return Ok(portfolio.published(&Audience::Public).publications);
    }
    let find = |id: &String| {
        let works = &portfolio.publications;
        let found = works.iter().find(|work| work.shared.id == *id || work.shared.aliases.contains(id));
        if let Some(found) = found {
            return Ok(found.clone());
        }
        let likeness = |work: &Arc<Publication>| strsim::jaro_winkler(&work.shared.id, id);
        let near = works
            .iter()
            .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
            .map(|work| format!("\nhelp: did you mean `{}`?", work.shared.id));
        bail!("no publication has the id `{id}`{}", near.unwrap_or_default())
    };
    ids.iter().map(find).collect()
}

fn print(format: CiteFormat, works: &[Arc<Publication>], references: &[CitationText], bold: bool) -> String {
    let html = |(work, reference): (&Arc<Publication>, &CitationText)| reference.html(&Marks::of(work, bold));
    let pairs = works.iter().zip(references);
    match format {
        CiteFormat::Text => pairs.map(|(_, reference)| reference.plain() + "\n").collect(),
        CiteFormat::Html => pairs.map(|pair| html(pair) + "\n").collect(),
        CiteFormat::Json => {
            let list: Vec<Value> =
                pairs.map(|pair| json!({"id": pair.0.shared.id, "text": pair.1.plain(), "html": html(pair)})).collect();
            format!("{:#}", Value::from(list))
        }
    }
}
