//! The template engine: layers of templates, the words and filters they use, and their faults.
//!
//! Takes the layers of a theme; gives [`Templates`], which render a view to HTML. A theme is
//! code: a template that loops without end is the author's own, but `range` refuses absurd spans.

mod tag;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, Span, code};
use crate::source::theme::{LayerKind, ThemeLayer};
use crate::words::Words;

/// A site never needs a longer loop; a slip in a template asks for one easily.
const LONGEST_RANGE: i64 = 10_000;

/// Parsed templates.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// Name in the engine → where its text stands.
    origins: BTreeMap<String, Origin>,
    /// The shipped templates alone, for a page that failed with the site's own.
    shipped: Option<Tera>,
}

#[derive(Debug, Clone)]
struct Origin {
    path: String,
    text: String,
    shipped: bool,
}

impl Templates {
    /// Parses every template of the layers; one that is at fault is reported and the layer below
    /// it used. `globals` are what every template sees.
    pub fn new(
        diagnostics: &mut Diagnostics,
        layers: &[ThemeLayer],
        words: &Words,
        globals: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Self {
        let mut tera = Tera::new();
        register(&mut tera, words);
        let mut prefixes = Vec::new();
        let mut origins = BTreeMap::new();
        for layer in layers {
            let prefix = prefix(layer);
            for (inside, file) in &layer.files {
                if let Some(name) = inside.strip_prefix("templates/") {
                    let text = file.text().into_owned();
                    let shipped = layer.kind == LayerKind::Shipped;
                    origins.insert(format!("{prefix}{name}"), Origin { path: file.path.clone(), text, shipped });
                }
            }
            if !prefixes.contains(&prefix) {
                prefixes.push(prefix);
            }
        }
        // `<theme>/<file>` also names a file of a theme in the site.
        prefixes.push("themes/".to_owned());
        // It is refused only once templates are there, and none is yet.
        drop(tera.set_fallback_prefixes(prefixes));

        let mut used = origins.clone();
        while let Err(error) = tera.add_raw_templates(used.iter().map(|(name, origin)| (name, &origin.text))) {
            let faults = describe(&error);
            let mut dropped = false;
            for fault in faults {
                diagnostics.push(fault.diagnostic(&origins));
                let own = used.get(&fault.template).is_some_and(|origin| !origin.shipped);
                dropped |= own && used.remove(&fault.template).is_some();
            }
            if !dropped {
                break;
            }
        }
        let own = used.values().any(|origin| !origin.shipped);
        let mut shipped = own.then(|| shipped_alone(layers, words, &origins)).flatten();
        for (name, value) in globals {
            for engine in shipped.iter_mut().chain([&mut tera]) {
                engine.global_context().insert_value(name, value.clone());
            }
        }
        Self { tera, origins, shipped }
    }

    /// Renders a view for the page at a site path: each of its fields is a variable of the template.
    ///
    /// When a template of the site's own fails, its fault is reported and the page is made with the
    /// shipped ones, so that nothing else is reported for want of it. `None` when these fail too.
    pub fn render<V: Serialize>(
        &self,
        diagnostics: &mut Diagnostics,
        page: &str,
        template: &str,
        view: &V,
    ) -> Option<String> {
        let mut report = |error: &tera::Error| {
            diagnostics.extend(describe(error).into_iter().map(|fault| fault.diagnostic(&self.origins).page(page)));
        };
        let context = Context::from_serialize(view).map_err(|error| report(&error)).ok()?;
        let engines = [Some(&self.tera), self.shipped.as_ref()];
        let mut rendered = engines.into_iter().flatten().map(|engine| engine.render(template, &context));
        rendered.find_map(|page| page.map_err(|error| report(&error)).ok())
    }
}

/// Parses the shipped templates alone.
fn shipped_alone(layers: &[ThemeLayer], words: &Words, origins: &BTreeMap<String, Origin>) -> Option<Tera> {
    let mut tera = Tera::new();
    register(&mut tera, words);
    let shipped = layers.iter().filter(|layer| layer.kind == LayerKind::Shipped);
    tera.set_fallback_prefixes(shipped.map(prefix)).ok()?;
    let texts = origins.iter().filter(|(_, origin)| origin.shipped).map(|(name, origin)| (name, &origin.text));
    tera.add_raw_templates(texts).ok()?;
    Some(tera)
}

fn prefix(layer: &ThemeLayer) -> String {
    match layer.kind {
        LayerKind::Overrides => "overrides/".to_owned(),
        LayerKind::Site => format!("themes/{}/", layer.theme),
        LayerKind::Shipped => format!("{}/", layer.theme),
    }
}

/// A fault as the engine tells it.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    template: String,
    message: String,
    /// Line from 1, column from 1, length in characters.
    place: Option<(usize, usize, usize)>,
}

impl Fault {
    fn diagnostic(&self, origins: &BTreeMap<String, Origin>) -> Diagnostic {
        let origin = origins.get(&self.template);
        if let Some(found) = origin.and_then(|origin| self.unclosed(origin)) {
            return found;
        }
        let path = origin.map_or(self.template.as_str(), |origin| origin.path.as_str());
        let message = first_lower(self.message.trim().trim_end_matches('.'));
        let help = match origin {
            Some(origin) if !origin.shipped => "correct it, or remove the file to return to the built-in template",
            _ => "a file under `overrides/` or `themes/` may have changed what this template needs",
        };
        Diagnostic::new(&code::TEMPLATE_FAULT, path, message)
            .at(self.place.map(|(line, column, length)| Span::new(line, column, length)))
            .help(help)
    }

    /// Says which tag is never closed, where the engine only tells that the text has come to its end.
    fn unclosed(&self, origin: &Origin) -> Option<Diagnostic> {
        let before = if self.message.contains("end of input") {
            origin.text.as_str()
        } else {
            // An end that is not the one expected: what is open there was not closed.
            let (line, column, _) = self.place.filter(|_| self.message.to_lowercase().contains("unknown tag"))?;
            let start: usize = origin.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let at = origin.text[start..].char_indices().nth(column - 1).map_or(start, |(at, _)| start + at);
            origin.text[at..]
                .starts_with("end")
                .then(|| origin.text[..at].rfind("{%").map(|open| &origin.text[..open]))
                .flatten()?
        };
        let tag = tag::unclosed(before)?;
        let name = tag.name;
        let found =
            Diagnostic::new(&code::TEMPLATE_FAULT, &*origin.path, format!("`{name}` opens here and is never closed"))
                .at(Span::of_bytes(&origin.text, tag.start, tag.end))
                .label(format!("look for its `{{% end{name} %}}`"))
                .help(format!(
                    "put `{{% end{name} %}}` where it ends, or remove the file to return to the built-in template"
                ));
        Some(found)
    }
}

fn first_lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn describe(error: &tera::Error) -> Vec<Fault> {
    let bare = |template: &str, message: String| vec![Fault { template: template.to_owned(), message, place: None }];
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let length =
                if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col).max(1) } else { 1 };
            vec![Fault {
                template: report.filename().to_owned(),
                message: report.message().lines().next().unwrap_or_default().to_owned(),
                place: Some((span.start_line, span.start_col + 1, length)),
            }]
        }
        ErrorKind::MissingParent { current, parent } => {
            bare(current, format!("it extends `{parent}`, which is no template"))
        }
        ErrorKind::CircularExtend { tpl, .. } => bare(tpl, "it extends itself, by way of its parents".to_owned()),
        ErrorKind::CircularInclude { tpl, .. } => bare(tpl, "it includes itself, by way of its parts".to_owned()),
        ErrorKind::TemplateNotFound(name) => bare(name, "there is no such template".to_owned()),
        ErrorKind::Msg(text) => {
            let faults = reports(text);
            if faults.is_empty() { bare("", text.clone()) } else { faults }
        }
        other => bare("", other.to_string()),
    }
}

/// Reads the engine's drawn reports (`error: …`, ` --> file:line:column`, carets), several in one text.
fn reports(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().and_then(|part| part.parse().ok());
            let row = parts.next().and_then(|part| part.parse().ok());
            if let (Some(column), Some(row), Some(template)) = (column, row, parts.next()) {
                let fault =
                    Fault { template: template.to_owned(), message: message.to_owned(), place: Some((row, column, 1)) };
                faults.push(fault);
            }
        } else if let Some(fault) = faults.last_mut() {
            let carets = line.chars().filter(|&c| c == '^').count();
            let drawn = line.trim_start().strip_prefix('|').is_some_and(|rest| rest.trim().chars().all(|c| c == '^'));
            if let (true, Some((_, _, length))) = (drawn && carets > 0, fault.place.as_mut()) {
                *length = carets;
            }
        }
    }
    faults
}

/// Adds the filters and functions of the theme contract.
fn register(tera: &mut Tera, words: &Words) {
    let counting = words.clone();
    tera.register_function("count", move |arguments: Kwargs, _: &State| -> tera::TeraResult<String> {
        let key: String = arguments.must_get("key")?;
        let n: usize = arguments.must_get("n")?;
        Ok(counting.count(&key, n))
    });
    tera.register_filter("fill", |text: &str, arguments: Kwargs, _: &State| -> tera::TeraResult<String> {
        let mut text = text.to_owned();
        for name in ["n", "name", "title", "year", "level", "date"] {
            if let Some(value) = arguments.get::<Value>(name)? {
                text = text.replace(&format!("{{{name}}}"), &value.to_string());
            }
        }
        Ok(text)
    });
    tera.register_function("range", |arguments: Kwargs, _: &State| -> tera::TeraResult<Vec<i64>> {
        let start = arguments.get::<i64>("start")?.unwrap_or(0);
        let end: i64 = arguments.must_get("end")?;
        let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
        let step = usize::try_from(step).ok().filter(|&step| step > 0);
        let Some(step) = step else { return Err(tera::Error::message("`range` goes up: `step_by` is 1 or more")) };
        if end.saturating_sub(start) > LONGEST_RANGE {
            return Err(tera::Error::message(format!("`range` spans more than {LONGEST_RANGE} numbers")));
        }
        Ok((start..end).step_by(step).collect())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::view::FrameView;
    use crate::source::Sources;
    use crate::source::theme::theme_layers;

    fn templates(overrides: &[(&str, &str)]) -> (Templates, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        for (name, text) in overrides {
            sources.texts.insert(format!("overrides/templates/{name}"), (*text).into());
        }
        let mut diagnostics = Diagnostics::default();
        let layers = theme_layers(&sources, &["offprint".to_owned()]);
        let words = Words::new(&mut diagnostics, &sources, &layers, "en");
        let site = crate::render::view::SiteView { owner: "Priya Rao".to_owned(), ..Default::default() };
        let globals = [
            ("site", Value::from_serializable(&site)),
            ("words", tera::Value::from_serializable(words.map())),
            ("options", Value::from_serializable(&BTreeMap::from([("text_size", "normal")]))),
            ("assets", Value::from_serializable(&BTreeMap::from([("base.css", "b.css"), ("script.js", "s.js")]))),
            ("root", Value::from("/".to_owned())),
        ];
        let templates = Templates::new(&mut diagnostics, &layers, &words, globals);
        (templates, diagnostics.sorted())
    }

    fn not_found() -> crate::render::view::NotFoundView {
        let page = FrameView { title: "Page not found".to_owned(), ..FrameView::default() };
        crate::render::view::NotFoundView { page, ..Default::default() }
    }

    #[test]
    fn every_fault_of_every_override_is_reported_in_one_run() {
        let (_, found) = templates(&[
            ("cv.html", "{{ 1 | frobnicate }}\n{% include \"nope.html\" %}"),
            ("home.html", "{% for %}"),
            ("page.html", "{% extends \"bas.html\" %}"),
            ("story.html", "{% block main %}\n{% if a %}\n{% endblock %}"),
        ]);
        let places: Vec<_> =
            found.iter().map(|d| (d.file.as_str(), d.span.map(|span| (span.line, span.column)))).collect();
        assert_eq!(places[0], ("overrides/templates/cv.html", Some((1, 8))));
        assert_eq!(places[1], ("overrides/templates/cv.html", Some((2, 12))));
        assert_eq!(places[2].0, "overrides/templates/home.html");
        assert_eq!(places[3], ("overrides/templates/page.html", None));
        assert_eq!(places[4], ("overrides/templates/story.html", Some((2, 1))));
    }

    #[test]
    fn an_override_may_change_one_block_of_the_original() {
        let own = "{% extends \"offprint/404.html\" %}{% block main %}<p>Mine</p>{{ super() }}{% endblock main %}";
        let (templates, found) = templates(&[("404.html", own)]);
        assert!(found.is_empty(), "{found:?}");
        let mut found = Diagnostics::default();
        let page = templates.render(&mut found, "404.html", "404.html", &not_found()).unwrap_or_default();
        assert!(page.contains("<p>Mine</p>") && page.contains("<h1"), "{page}");
    }

    #[test]
    fn a_page_whose_override_fails_is_made_with_the_shipped_one_and_reported_once() {
        let own = "{% extends \"offprint/404.html\" %}\n{% block main %}{{ page.titel }}{% endblock main %}";
        let (templates, _) = templates(&[("404.html", own)]);
        let mut found = Diagnostics::default();
        for page in ["b/index.html", "a/index.html", "c/index.html"] {
            let made = templates.render(&mut found, page, "404.html", &not_found());
            assert!(made.is_some_and(|page| page.contains("<h1")));
        }
        let faults = found.sorted();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].page_words().as_deref(), Some("a/index.html and 2 more"));
        assert_eq!(
            (faults[0].file.as_str(), faults[0].span.map(|span| span.line)),
            ("overrides/templates/404.html", Some(2))
        );
    }
}
