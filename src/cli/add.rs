//! `offprint add`.

use std::io::IsTerminal;
use std::sync::Arc;

use anyhow::{Context, bail};
use dialoguer::{Input, Select};

use super::args::AddArgs;
use super::build::today;
use super::intake::{self, Site};
use super::streams::Streams;
use super::{Outcome, site_folder};
use crate::build::{Model, Options, model};
use crate::cite::Citer;
use crate::diagnostic::Diagnostics;
use crate::exchange::draft::{Draft, Value};
use crate::exchange::edit;
use crate::exchange::lookup::Number;
use crate::exchange::merge;
use crate::portfolio::read_line;
use crate::record::PartialDate;
use crate::record::vocabulary::{Kind, PresentationType, PublicationStatus, PublicationType};

/// Adds one record, looked up or asked for, and shows how it will be cited.
pub(super) fn run(args: &AddArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    site_folder::find(args.site.as_deref())?;
    let draft = match &args.number {
        Some(text) => looked_up(text)?,
        None => asked()?,
    };
    let open = if args.dry_run { Site::read } else { Site::open };
    let site = open(args.site.as_deref(), args.today)?;
    let plan = merge::plan(&site.known, vec![draft], &site.owner());
    let added = plan.additions.first();
    if let Some(draft) = added {
        if args.dry_run {
            streams.result(&edit::text(draft))?;
        }
        if let Some(citation) = citation(args, &site, draft).filter(|_| !args.quiet || args.dry_run) {
            if args.dry_run { streams.result(&citation)? } else { streams.message(&citation)? }
        }
    }
    let offers = intake::offers(&site, &plan.updates);
    if !offers.is_empty() && !args.quiet {
        streams.message(&offers)?;
    }
    let written = if args.dry_run { None } else { Some(intake::write(&site, &plan, args.update)?) };
    if !args.quiet {
        streams.message(&intake::summary(&plan, written.as_ref(), args.update && !args.dry_run))?;
        if args.dry_run {
            streams.message("nothing was written")?;
        }
    }
    Ok(Outcome::Clean)
}

fn looked_up(text: &str) -> anyhow::Result<Draft> {
    let Some(number) = Number::parse(text) else {
        bail!(
            "`{text}` is no DOI, PMID, PMCID, arXiv number or ISBN\n\
             help: copy it again, as 10.1148/radiol.252210, 38123456, PMC10012345, 2406.12345 or 978-0-306-40615-7"
        )
    };
    match intake::lookup().work(&number)? {
        Some(draft) => Ok(draft),
        None => bail!(
            "no service knows the {}\nhelp: look at the number; a work that is quite new may come there in a few days",
            number.shown()
        ),
    }
}

/// The reference in the site's own style, made from the site as it would be with the record.
fn citation(args: &AddArgs, site: &Site, draft: &Draft) -> Option<String> {
    if draft.kind != Kind::Publications {
        return None;
    }
    let mut unheard = Diagnostics::default();
    let mut sources = site.sources.clone();
    let file = "records/publications.yaml";
    sources.texts.insert(file.to_owned(), Arc::from(edit::text(draft).as_str()));
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut unheard, sources, &options);
    let citer = Citer::new(&mut unheard, &sources, &portfolio.settings);
    let texts = citer.cite(&mut unheard, &portfolio.publications);
    texts.first().map(crate::cite::CitationText::plain)
}

/// Asks for a record in the terminal.
fn asked() -> anyhow::Result<Draft> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        bail!(
            "there is no terminal to ask on\nhelp: give a number, as `offprint add 10.1148/radiol.252210`, or `offprint import FILE`"
        );
    }
    let kinds = ["a publication", "a talk or poster", "an award"];
    let kind = Select::new().with_prompt("What is it?").items(kinds).default(0).interact().context(BROKEN_OFF)?;
    let title = ask("Its title", false)?;
    match kind {
        0 => publication(&title),
        1 => presentation(&title),
        _ => {
            let mut draft = Draft::new(Kind::Awards);
            draft.title(&title);
            draft.text("by", &ask("Who gave it", true)?);
            draft.date("date", Some(ask_date("When (as 2025-03)")?));
            Ok(draft)
        }
    }
}

const BROKEN_OFF: &str = "the questions were broken off, so nothing was written";

fn publication(title: &str) -> anyhow::Result<Draft> {
    let types: Vec<&str> = PublicationType::ALL.iter().map(|kind| kind.as_str()).collect();
    let chosen = Select::new().with_prompt("Which form").items(&types).default(0).interact().context(BROKEN_OFF)?;
    let mut draft = Draft::publication(PublicationType::ALL[chosen]);
    draft.title(title);
    draft.people("authors", names(&ask("Authors, as in PubMed (Rao P, Quist ZA)", false)?));
    let open = [
        PublicationStatus::Published,
        PublicationStatus::Epub,
        PublicationStatus::InPress,
        PublicationStatus::Accepted,
        PublicationStatus::Submitted,
        PublicationStatus::InPreparation,
    ];
    let words: Vec<&str> = open.iter().map(|status| status.as_str()).collect();
    let chosen = Select::new().with_prompt("How far is it").items(&words).default(0).interact().context(BROKEN_OFF)?;
    let status = open[chosen];
    draft.set_status(status);
    match status {
        PublicationStatus::Published => draft.date("date", Some(ask_date("When (as 2025-03)")?)),
        PublicationStatus::Epub => draft.date("epub_date", Some(ask_date("When it came online (as 2025-03-14)")?)),
        _ => {}
    }
    let (field, question) = match draft.publication_type() {
        PublicationType::BookChapter | PublicationType::ConferencePaper => ("book_title", "Title of the book"),
        PublicationType::Preprint => ("server", "Server (medRxiv …)"),
        PublicationType::JournalArticle | PublicationType::JournalAbstract => ("journal", "Journal"),
        _ => ("publisher", "Publisher"),
    };
    draft.text(field, &ask(question, true)?);
    let doi = ask("DOI", true)?;
    draft.identifier("doi", &doi);
    Ok(draft)
}

fn presentation(title: &str) -> anyhow::Result<Draft> {
    let types: Vec<&str> = PresentationType::ALL.iter().map(|kind| kind.as_str()).collect();
    let chosen = Select::new().with_prompt("Which form").items(&types).default(0).interact().context(BROKEN_OFF)?;
    let mut draft = Draft::new(Kind::Presentations);
    draft.set("type", Value::Text(types[chosen].to_owned()));
    draft.title(title);
    draft.people("authors", names(&ask("Authors, as in PubMed (Rao P, Quist ZA)", false)?));
    draft.text("event", &ask("Meeting", true)?);
    draft.text("place", &ask("Place", true)?);
    draft.date("date", Some(ask_date("When (as 2025-03-14)")?));
    Ok(draft)
}

fn names(line: &str) -> Vec<crate::portfolio::PersonName> {
    read_line(line).names.into_iter().map(|read| read.name).collect()
}

fn ask(question: &str, may_be_empty: bool) -> anyhow::Result<String> {
    let prompt = if may_be_empty { format!("{question} (Enter to skip)") } else { question.to_owned() };
    Input::<String>::new().with_prompt(prompt).allow_empty(may_be_empty).interact_text().context(BROKEN_OFF)
}

fn ask_date(question: &str) -> anyhow::Result<PartialDate> {
    let read = |text: &String| match PartialDate::parse(text.trim()) {
        Some(_) => Ok(()),
        None => Err("write 2025, 2025-03 or 2025-03-14"),
    };
    let text = Input::<String>::new().with_prompt(question).validate_with(read).interact_text().context(BROKEN_OFF)?;
    PartialDate::parse(text.trim()).context(BROKEN_OFF)
}
