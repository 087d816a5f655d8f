//! `offprint export`.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use super::args::{ExportArgs, ExportTo};
use super::build::today;
use super::streams::Streams;
use super::{Outcome, files, site_folder};
use crate::build::{Model, Options, model};
use crate::cite::{CitationText, Citer, Marks};
use crate::diagnostic::Diagnostics;
use crate::document::cv::{self, Cap, Plan};
use crate::document::{self, docx, markdown};
use crate::exchange::{bibtex, csl_json, eras, json_resume, nbib, ris};
use crate::portfolio::{Audience, Presentation, PublicPortfolio, Publication, Shared};
use crate::record::PartialDate;
use crate::record::vocabulary::PublicationStatus;
use crate::render::theme::Theme;
use crate::source::Sources;

/// Writes the chosen records in a format to stdout or `--out`.
pub(super) fn run(args: &ExportArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let mut unheard = Diagnostics::default();
    let sources = Sources::read(&mut unheard, &root)?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut unheard, sources, &options);
    let errors = unheard.count(crate::diagnostic::Severity::Error);
    if errors > 0 && !args.quiet {
        streams
            .message("the site has errors, and records with one may be missing here; `offprint check` names them")?;
    }
    if args.csv && args.format != ExportTo::Eras {
        bail!("--csv is for `offprint export eras`");
    }
    let chosen = Choice::of(args)?;
    let content = if args.format == ExportTo::Eras {
        let mut own = portfolio;
        own.publications.retain(|work| chosen.publication(work));
        own.presentations.retain(|talk| chosen.talk(talk));
        let application = eras::application(&own);
        let text = if args.csv { eras::csv(&application) } else { eras::text(&application) };
        text.into_bytes()
    } else {
        let mut public = portfolio.published(&Audience::Public);
        // What the site shows only through `show_status` has a page, and is no record for others.
        public.publications.retain(|work| is_out(work.status) && chosen.publication(work));
        public.presentations.retain(|talk| chosen.talk(talk));
        content(args, &sources, &public)?
    };
    match args.out.as_deref().filter(|out| *out != Path::new("-")) {
        Some(out) => {
            let out = std::path::absolute(out)?;
            if out.exists() && !args.force {
                bail!(
                    "{} is there already, so nothing was written\nhelp: name another file, or write over it with --force",
                    out.display()
                );
            }
            files::replace(&out, &content).with_context(|| format!("cannot write {}", out.display()))?;
            if !args.quiet {
                streams.message(&format!("Wrote {}", out.display()))?;
            }
        }
        None => streams.bytes(&content)?,
    }
    Ok(Outcome::Clean)
}

fn is_out(status: PublicationStatus) -> bool {
    use PublicationStatus::{Accepted, Epub, InPress, Published, Retracted};
    matches!(status, Accepted | InPress | Epub | Published | Retracted)
}

fn content(args: &ExportArgs, sources: &Sources, public: &PublicPortfolio) -> anyhow::Result<Vec<u8>> {
    let works = &public.publications;
    let json = |value: &serde_json::Value| serde_json::to_string_pretty(value).map(|text| text + "\n");
    let text = match args.format {
        ExportTo::Bibtex => bibtex::list(works.iter().map(Arc::as_ref)),
        ExportTo::Ris => ris::list(works.iter().map(Arc::as_ref)),
        ExportTo::Nbib => nbib::list(works.iter().map(Arc::as_ref)),
        ExportTo::CslJson => json(&csl_json::items(works))?,
        ExportTo::JsonResume => json(&json_resume::resume(public))?,
        ExportTo::Markdown => markdown::text(&written(args, sources, public)),
        ExportTo::Docx => {
            let paper = Plan::new(None, &public.settings.language).paper;
            return docx::bytes(&written(args, sources, public), paper);
        }
        ExportTo::Eras => String::new(),
    };
    Ok(text.into_bytes())
}

/// The references alone, or the whole CV.
fn written(args: &ExportArgs, sources: &Sources, public: &PublicPortfolio) -> document::Document {
    let mut unheard = Diagnostics::default();
    let words = Theme::load(&mut Diagnostics::default(), sources, &public.settings).words;
    let citer = Citer::new(&mut unheard, sources, &public.settings);
    let texts: Vec<CitationText> = citer.cite(&mut unheard, &public.publications);
    if !args.references {
        let plan = Plan::new(None, &public.settings.language);
        return cv::document(&cv::Material { portfolio: public, works: &texts, words: &words }, &plan, Cap::WHOLE);
    }
    let bold = public.settings.bold_my_name;
    let marked = public.publications.iter().zip(&texts);
    let marked: Vec<CitationText> =
        marked.map(|(work, text)| CitationText { runs: text.marked(&Marks::of(work, bold)) }).collect();
    document::references(
        words.get("title.publications"),
        &public.owner.display_name,
        &public.settings.language,
        &marked,
    )
}

/// Which records are taken.
struct Choice<'a> {
    args: &'a ExportArgs,
    since: Option<PartialDate>,
}

impl<'a> Choice<'a> {
    fn of(args: &'a ExportArgs) -> anyhow::Result<Self> {
        let since = match &args.since {
            None => None,
            Some(text) => match PartialDate::parse(text) {
                Some(date) => Some(date),
                None => bail!("--since: `{text}` is not a date: write 2025, 2025-03 or 2025-03-14"),
            },
        };
        Ok(Self { args, since })
    }

    fn shared(&self, shared: &Shared, kind: &str, date: Option<PartialDate>) -> bool {
        let any =
            |wanted: &[String], has: &dyn Fn(&str) -> bool| wanted.is_empty() || wanted.iter().any(|one| has(one));
        any(&self.args.r#type, &|wanted| wanted == kind)
            && any(&self.args.thread, &|wanted| shared.threads.iter().any(|thread| thread == wanted))
            && self.since.is_none_or(|since| date.is_some_and(|date| date.last_day() >= since.first_day()))
            && (!self.args.featured || shared.featured.is_some())
    }

    fn publication(&self, work: &Publication) -> bool {
        self.shared(&work.shared, work.kind.as_str(), work.sort_date())
    }

    fn talk(&self, talk: &Presentation) -> bool {
        self.shared(&talk.shared, talk.kind.as_str(), talk.showing.date.or(talk.shared.date))
    }
}
