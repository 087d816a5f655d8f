//! What `new` has to know: from options, or asked on the terminal.

use std::io::IsTerminal;

use anyhow::{Context, bail};
use dialoguer::Input;

use crate::cli::args::NewArgs;
use crate::portfolio::identifier;
use crate::record::PartialDate;

/// What a new site says of its owner; each but the name may be open.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    pub(super) name: Option<String>,
    pub(super) specialty: Option<String>,
    pub(super) institution: Option<String>,
    pub(super) started: Option<String>,
    pub(super) orcid: Option<String>,
    pub(super) email: Option<String>,
}

/// Takes what the options say and asks for the rest, unless `--yes` forbids it.
///
/// # Errors
/// When an option has no right form, or there is nobody to ask.
pub(super) fn collect(args: &NewArgs) -> anyhow::Result<Answers> {
    let mut answers = Answers {
        name: given(args.name.as_ref(), "--name", name)?,
        specialty: given(args.specialty.as_ref(), "--specialty", words)?,
        institution: given(args.institution.as_ref(), "--institution", words)?,
        started: given(args.started.as_ref(), "--started", date)?,
        orcid: given(args.orcid.as_ref(), "--orcid", orcid)?,
        email: given(args.email.as_ref(), "--email", email)?,
    };
    if args.yes {
        return Ok(answers);
    }
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        if answers.name.is_none() {
            bail!(
                "there is no terminal to ask for your name on\nhelp: give it with `--name`, or ask nothing with `--yes`"
            );
        }
        return Ok(answers);
    }
    ask(&mut answers.name, "Your name, as it stands on your papers", name)?;
    ask(&mut answers.specialty, "Your specialty (as Diagnostic radiology)", words)?;
    ask(&mut answers.institution, "Your hospital or university", words)?;
    ask(&mut answers.started, "When did your residency start (as 2024-07)?", date)?;
    ask(&mut answers.orcid, "Your ORCID iD", orcid)?;
    Ok(answers)
}

type Read = fn(&str) -> Result<String, String>;

fn given(text: Option<&String>, option: &str, read: Read) -> anyhow::Result<Option<String>> {
    let Some(text) = text.map(|text| text.trim()).filter(|text| !text.is_empty()) else { return Ok(None) };
    read(text).map(Some).map_err(|fault| anyhow::anyhow!("{option}: {fault}"))
}

/// Asks one question until the answer has a right form; an empty one leaves it open.
fn ask(answer: &mut Option<String>, question: &str, read: Read) -> anyhow::Result<()> {
    if answer.is_some() {
        return Ok(());
    }
    let text: String = Input::new()
        .with_prompt(format!("{question} (Enter to skip)"))
        .allow_empty(true)
        .validate_with(|text: &String| if text.trim().is_empty() { Ok(()) } else { read(text.trim()).map(drop) })
        .interact_text()
        .context("the questions were broken off, so nothing was written")?;
    *answer = given(Some(&text), question, read)?;
    Ok(())
}

fn words(text: &str) -> Result<String, String> {
    let fine = !text.chars().any(char::is_control) && text.chars().count() <= 200;
    if fine { Ok(text.to_owned()) } else { Err("write it in one line of at most 200 letters".to_owned()) }
}

fn name(text: &str) -> Result<String, String> {
    let text = words(text)?;
    if text.chars().any(char::is_alphabetic) { Ok(text) } else { Err(format!("`{text}` is not a name")) }
}

fn date(text: &str) -> Result<String, String> {
    let date =
        PartialDate::parse(text).ok_or_else(|| format!("`{text}` is not a date: write 2024, 2024-07 or 2024-07-01"))?;
    Ok(date.to_string())
}

fn orcid(text: &str) -> Result<String, String> {
    identifier::orcid(text).map_err(|fault| format!("`{text}` {}; {}", fault.message, fault.help))
}

fn email(text: &str) -> Result<String, String> {
    let parts =
        text.split_once('@').filter(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'));
    match parts {
        Some(_) if !text.contains(char::is_whitespace) => words(text),
        _ => Err(format!("`{text}` is not an e-mail address")),
    }
}
