//! `offprint theme`.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};

use anyhow::{Context as _, bail};

use super::args::{ThemeArgs, ThemeCheckArgs, ThemeCommand, ThemeEjectArgs, ThemeListArgs};
use super::build::today;
use super::streams::Streams;
use super::{Outcome, report, site_folder};
use crate::build::{Model, Options, build, model};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, code};
use crate::portfolio::Settings;
use crate::render::theme::overrides::{State, nearest, states};
use crate::render::theme::{Theme, described};
use crate::render::view;
use crate::source::theme::{LayerKind, shipped_themes, theme_layers};
use crate::source::{Sources, ejected, find_site};

/// Lists, copies or checks.
pub(super) fn run(args: &ThemeArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    match &args.command {
        ThemeCommand::List(args) => list(args, streams),
        ThemeCommand::Eject(args) => eject(args, streams),
        ThemeCommand::Check(args) => check(args, streams),
    }
}

/// Prints every theme with its options, that of the site marked.
fn list(args: &ThemeListArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let here = std::env::current_dir().ok().and_then(|here| find_site(&here));
    let (sources, used) = if args.site.is_some() || here.is_some() {
        let (sources, settings) = site(args.site.as_deref())?;
        (sources, Some(settings.theme))
    } else {
        (Sources::default(), None)
    };
    let mut names: Vec<String> = shipped_themes().into_iter().map(str::to_owned).collect();
    let own =
        sources.texts.keys().filter_map(|path| path.strip_prefix("themes/")?.split_once('/').map(|(name, _)| name));
    for name in own {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let entries = names.iter().map(|name| entry(&sources, name, used.as_ref() == Some(name)));
    streams.result(&entries.collect::<Vec<_>>().join("\n\n"))?;
    Ok(Outcome::Clean)
}

fn entry(sources: &Sources, name: &str, is_used: bool) -> String {
    let manifest = described(sources, name).unwrap_or_default();
    let mut lines = vec![name.to_owned()];
    if let Some(version) = &manifest.version {
        lines[0] += &format!(" {}", version.0);
    }
    if !shipped_themes().contains(&name) {
        lines[0] += &format!(", in themes/{name}");
    }
    if is_used {
        lines[0] += " (used by this site)";
    }
    if let Some(description) = &manifest.description {
        lines.push(format!("  {}", description.0));
    }
    let options = manifest.options.iter().map(|(option, it)| {
        let takes = if it.choices.is_empty() { String::new() } else { format!("; takes {}", it.values()) };
        format!("  {option}: {} ({}{takes})", it.help.0, it.usual())
    });
    lines.extend(options);
    lines.join("\n")
}

/// Copies a file of the theme to `overrides/`; never over a file that is there.
fn eject(args: &ThemeEjectArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let (sources, settings) = site(args.site.as_deref())?;
    let theme = Theme::load(&mut Diagnostics::default(), &sources, &settings);
    let layers: Vec<_> = theme.layers.iter().filter(|layer| layer.kind != LayerKind::Overrides).collect();
    let mut known: Vec<&str> = layers.iter().flat_map(|layer| layer.files.keys().map(String::as_str)).collect();
    known.retain(|file| *file != "theme.yaml");
    known.sort_unstable();
    known.dedup();
    let Some(file) = &args.file else {
        streams.result(&known.join("\n"))?;
        return Ok(Outcome::Clean);
    };
    let inside = file.trim_start_matches("./").trim_start_matches("overrides/");
    let found = layers.iter().find_map(|layer| layer.files.get(inside).map(|file| (layer, file)));
    let Some((layer, original)) = found.filter(|_| known.contains(&inside)) else {
        let near = nearest(inside, known.iter().copied());
        let help = near.map_or_else(
            || "`offprint theme eject` lists its files".to_owned(),
            |near| format!("did you mean `{near}`? `offprint theme eject` lists all"),
        );
        bail!("the theme `{}` has no file `{inside}`\nhelp: {help}", settings.theme);
    };
    let version = described(&sources, &layer.theme).and_then(|manifest| manifest.version);
    let version = version.map_or_else(|| "-".to_owned(), |version| version.0.replace(' ', "-"));
    let copy = ejected::copy(&layer.theme, &version, inside, &original.bytes, view::VERSION);
    let path = format!("overrides/{inside}");
    let place = sources.root.join(&path);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(&place) {
        Ok(mut file) => file.write_all(&copy).with_context(|| format!("cannot write {path}"))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{path} is there already, and stays as it is\nhelp: move it away to copy the file anew")
        }
        Err(error) => return Err(error).with_context(|| format!("cannot write {path}")),
    }
    streams.result(&path)?;
    if !args.quiet {
        let from = format!("{} {version}", layer.theme);
        streams.message(&format!("Copied from the theme {from}; remove the copy to follow the theme again"))?;
    }
    Ok(Outcome::Clean)
}

/// Names the faults of the site's own theme files, and says of each copy how it stands to its original.
fn check(args: &ThemeCheckArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.as_deref())?;
    let options = Options { today: today(args.today), base_url: None, drafts: false };
    let built = build(&root, &options)?;
    let Some(portfolio) = &built.portfolio else { return Ok(Outcome::Problems) };
    let is_theme = |one: &&Diagnostic| {
        let own = ["overrides/", "themes/"].iter().any(|folder| one.file.starts_with(folder));
        own || one.code.id == code::UNKNOWN_THEME.id || one.code.id == code::THEME_OPTION.id
    };
    let mut diagnostics = Diagnostics::default();
    built.diagnostics.iter().filter(is_theme).for_each(|one| diagnostics.push(one.clone()));

    let theme = Theme::load(&mut Diagnostics::default(), &built.sources, &portfolio.settings);
    let originals = |name: &str| {
        let mut layers = theme_layers(&built.sources, &[name.to_owned()]);
        layers.retain(|layer| layer.kind != LayerKind::Overrides);
        layers
    };
    let mut lines = Vec::new();
    for (path, state) in states(&theme.layers, &originals) {
        match state {
            State::Unchanged => lines.push(format!("{path}: as the theme has it; remove it to follow the theme")),
            State::Changed => lines.push(format!("{path}: changed by you; the original is still the one you copied")),
            State::Unmarked => lines.push(format!("{path}: yours")),
            State::OriginalChanged(from) => {
                let now = described(&built.sources, &from.theme).and_then(|manifest| manifest.version);
                let now = now.filter(|now| now.0 != from.version).map(|now| format!(", now {}", now.0));
                let message = format!(
                    "its original in the theme {} has changed since you copied it (version {}{})",
                    from.theme,
                    from.version,
                    now.unwrap_or_default()
                );
                diagnostics.push(moved_on(
                    &path,
                    message,
                    "move it away, eject the file anew and make your changes again",
                ));
            }
            State::OriginalGone(from) => {
                let message = format!("the theme {} no longer has the file it was copied from", from.theme);
                diagnostics.push(moved_on(&path, message, "remove it, unless a template of yours uses it"));
            }
        }
    }
    other_views(&mut diagnostics, &built.sources, &theme);
    let (errors, warnings) = (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning));
    if !args.report.quiet && args.report.format == super::args::Format::Text {
        lines.iter().try_for_each(|line| streams.result(line))?;
    }
    report::diagnostics(streams, &args.report, &built.sources, diagnostics)?;
    if errors + warnings == 0 && !args.report.quiet {
        streams.message("No problems found")?;
    }
    Ok(if errors > 0 || (args.strict && warnings > 0) { Outcome::Problems } else { Outcome::Clean })
}

/// Names the site's own themes and copies that were made for another version of what templates see.
fn other_views(diagnostics: &mut Diagnostics, sources: &Sources, theme: &Theme) {
    let own = theme.layers.iter().filter(|layer| layer.kind != LayerKind::Shipped);
    for (inside, file) in own.flat_map(|layer| &layer.files) {
        let made_for = match inside.as_str() {
            "theme.yaml" => {
                let name = file.path.trim_start_matches("themes/").split('/').next().unwrap_or_default();
                described(sources, name).and_then(|manifest| manifest.view)
            }
            inside => ejected::read(inside, &file.bytes).and_then(|(copied, _)| copied.view),
        };
        let Some(made_for) = made_for.filter(|made_for| *made_for != view::VERSION) else { continue };
        let message =
            format!("this was made for view {made_for}, and templates of this Offprint see view {}", view::VERSION);
        let help = if made_for > view::VERSION {
            "install the newest Offprint, or take an older copy of it"
        } else {
            "look in the changelog which fields have changed, and name the new view when you have followed them"
        };
        diagnostics.push(moved_on(&file.path, message, help));
    }
}

fn moved_on(path: &str, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(&code::ORIGINAL_CHANGED, path, message).at(Some(Span::new(1, 1, 1))).help(help)
}

/// Reads a site as far as its settings; what is wrong with its records is told elsewhere.
fn site(named: Option<&std::path::Path>) -> anyhow::Result<(Sources, Settings)> {
    let root = site_folder::find(named)?;
    let mut diagnostics = Diagnostics::default();
    let sources = Sources::read(&mut diagnostics, &root)?;
    let options = Options { today: today(None), base_url: None, drafts: false };
    let Model { sources, portfolio } = model(&mut diagnostics, sources, &options);
    Ok((sources, portfolio.settings))
}
