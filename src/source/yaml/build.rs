//! One pass over the parser's events builds the value and, if wanted, the places.

mod anchor;

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Span as RawSpan, StrInput};
use serde_yaml::{Mapping, Value};

use super::places::{Node, Parts};
use anchor::Anchor;

use super::scalar::is_invisible;
use super::{scalar, slip};
use crate::diagnostic::{Diagnostic, Span, code};

/// Depth of lists and maps within each other; a record needs three.
const DEPTH: usize = 64;
/// Values of one file; 4,000 full publications have 150,000.
pub(super) const NODES: usize = 800_000;
/// Values of one record; one of 3,000 authors has 3,100.
const RECORD_NODES: usize = 20_000;
/// Values of a file that is one map; a full `site.yaml` has a few hundred.
const MAP_NODES: usize = 5_000;
/// Bytes of a text that are kept with its place: an id, or enough of a title to know it by.
const LONGEST_KEPT: usize = 260;
/// Bytes of one text; a long abstract has three thousand.
const LONGEST_TEXT: usize = 1_000_000;
/// Problems of one text, after which no more are looked for.
const FAULTS: usize = 100;

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The parser could not go on.
    Syntax(Fault),
    /// A limit was reached; a diagnostic says which.
    Limit(Box<Diagnostic>),
}

/// A slip of syntax, as the parser sees it.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: ErrorKind,
    pub(super) at: Marker,
    /// The lists and maps that were open there, innermost last.
    pub(super) open: Vec<RawSpan>,
}

/// What a text holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// `None` for an empty text.
    pub(super) value: Option<Value>,
    /// Only if asked for.
    pub(super) node: Option<Node>,
    /// How many values there are.
    pub(super) nodes: usize,
    /// Problems that do not stop reading.
    pub(super) faults: Vec<Diagnostic>,
}

/// Reads one text.
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    lines_before: usize,
    parser: Parser<'a, StrInput<'a>>,
    with_places: bool,
    most_nodes: usize,
    nodes: usize,
    repeated: usize,
    anchors: HashMap<usize, Anchor>,
    /// Where `<<` stands first.
    merge_at: Option<Span>,
    open: Vec<RawSpan>,
    faults: Vec<Diagnostic>,
}

struct Built {
    value: Value,
    node: Option<Node>,
    size: usize,
}

impl<'a> Reader<'a> {
    /// Prepares to read a text that stands below `lines_before` lines of `file`.
    pub(super) fn new(file: &'a str, text: &'a str, lines_before: usize) -> Self {
        let options = granit_parser::options! { emit_comments: false };
        Self {
            file,
            text,
            lines_before,
            parser: Parser::new_from_str_with_options(text, options),
            with_places: false,
            most_nodes: NODES,
            nodes: 0,
            repeated: 0,
            anchors: HashMap::new(),
            merge_at: None,
            open: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Reads no more values than one record may have.
    pub(super) fn of_record(mut self) -> Self {
        self.most_nodes = RECORD_NODES;
        self
    }

    /// Reads no more values than a file that is one map may have.
    pub(super) fn of_map(mut self) -> Self {
        self.most_nodes = MAP_NODES;
        self
    }

    /// Gathers places as well.
    pub(super) fn with_places(mut self) -> Self {
        self.with_places = true;
        self
    }

    /// Reads the text to its end.
    pub(super) fn read(&mut self) -> Result<Read, Stop> {
        let mut built: Option<Built> = None;
        let mut documents = 0;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.second_document(span.start);
                    }
                }
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                event => {
                    let node = self.node(event, &span, 0)?;
                    if built.as_ref().is_none_or(|built| built.value.is_null()) {
                        built = Some(node);
                    }
                }
            }
        }
        self.unused_anchors();
        let Some(mut built) = built else {
            return Ok(Read { faults: std::mem::take(&mut self.faults), ..Read::default() });
        };
        if let Some(at) = self.merge_at {
            self.merge(&mut built.value, at);
        }
        Ok(Read {
            value: (!built.value.is_null()).then_some(built.value),
            node: built.node,
            nodes: self.nodes,
            faults: std::mem::take(&mut self.faults),
        })
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, RawSpan)>, Stop> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok(event)) => Ok(Some(event)),
            Some(Err(error)) => Err(self.syntax(&error)),
        }
    }

    fn syntax(&self, error: &ScanError) -> Stop {
        Stop::Syntax(Fault { kind: error.kind().clone(), at: *error.marker(), open: self.open.clone() })
    }

    fn expect_next(&mut self) -> Result<(Event<'a>, RawSpan), Stop> {
        match self.next()? {
            Some(event) => Ok(event),
            None => Err(Stop::Syntax(Fault {
                kind: ErrorKind::UnexpectedEof,
                at: Marker::new(0, self.text.matches('\n').count() + 1, 0),
                open: self.open.clone(),
            })),
        }
    }

    fn node(&mut self, event: Event<'a>, span: &RawSpan, depth: usize) -> Result<Built, Stop> {
        self.nodes += 1;
        if self.nodes > self.most_nodes {
            return Err(self.limit(
                span,
                "more values stand here than Offprint reads",
                "split it, or remove what no record needs",
            ));
        }
        if depth > DEPTH {
            return Err(self.limit(
                span,
                "lists or maps are nested too deeply here",
                "a record needs no more than three levels",
            ));
        }
        match event {
            Event::Scalar(text, ..) if text.len() > LONGEST_TEXT => Err(self.limit(
                span,
                "the text of one field is longer than a million letters",
                "move it to a file under `files/`, or to a page",
            )),
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let mut text = text;
                let as_text = !plain || tag.as_ref().is_some_and(|tag| tag.core_suffix() == Some("str"));
                if plain {
                    let strange = tag.is_some_and(|tag| tag.core_suffix().is_none());
                    let at = span.tag_start().filter(|_| strange);
                    let exclamation = at.map(|at| slip::exclamation(self.file, self.text, at, self.lines_before));
                    let found =
                        exclamation.or_else(|| slip::plain(self.file, self.text, span, &text, self.lines_before));
                    if let Some(found) = found {
                        if [&code::SMART_QUOTES, &code::UNCLOSED_QUOTE].contains(&found.code) {
                            // What was meant is clear, so no rule needs to stumble over the quotes again.
                            text = text.trim_matches(|c| c == '"' || slip::is_smart_quote(c)).to_owned().into();
                        } else if found.code == &code::INDENTATION {
                            text = text
                                .lines()
                                .next()
                                .and_then(|line| line.split(" - ").next())
                                .unwrap_or_default()
                                .to_owned()
                                .into();
                        }
                        self.fault(found)?;
                    }
                }
                let value = if as_text { Value::String(text.into_owned()) } else { scalar::resolve(&text) };
                let size = 1 + value.as_str().map_or(0, str::len);
                self.keep_anchor(anchor, span, &value, size, plain);
                let node = self.with_places.then(|| {
                    let mut text = scalar_text(&value).unwrap_or_default();
                    text.truncate(text.floor_char_boundary(LONGEST_KEPT));
                    Node { span: self.place(span), parts: Parts::Scalar(text) }
                });
                Ok(Built { value, node, size })
            }
            Event::Alias(id) => self.alias(id, span),
            Event::SequenceStart(_, anchor, _) => {
                self.begin_anchor(anchor, span);
                self.open.push(*span);
                let built = self.list(span, depth)?;
                self.open.pop();
                self.keep_anchor(anchor, span, &built.value, built.size, false);
                Ok(built)
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin_anchor(anchor, span);
                self.open.push(*span);
                let built = self.map(span, depth)?;
                self.open.pop();
                self.keep_anchor(anchor, span, &built.value, built.size, false);
                Ok(built)
            }
            _ => Ok(Built { value: Value::Null, node: None, size: 1 }),
        }
    }

    fn list(&mut self, span: &RawSpan, depth: usize) -> Result<Built, Stop> {
        let mut items = Vec::new();
        let mut nodes = Vec::new();
        let mut size = 1;
        loop {
            let (event, item) = self.expect_next()?;
            if event == Event::SequenceEnd {
                let node =
                    self.with_places.then(|| Node { span: self.place_to(span, &item), parts: Parts::List(nodes) });
                return Ok(Built { value: Value::Sequence(items), node, size });
            }
            let built = self.node(event, &item, depth + 1)?;
            size += built.size;
            items.push(built.value);
            nodes.extend(built.node);
        }
    }

    fn map(&mut self, span: &RawSpan, depth: usize) -> Result<Built, Stop> {
        let mut map = Mapping::new();
        let (mut twice, mut run_in) = (None::<(usize, usize)>, false);
        let mut lines = Vec::new();
        let mut nodes = Vec::new();
        let mut size = 1;
        loop {
            let (event, key_span) = self.expect_next()?;
            if event == Event::MappingEnd {
                let node =
                    self.with_places.then(|| Node { span: self.place_to(span, &key_span), parts: Parts::Map(nodes) });
                return Ok(Built { value: Value::Mapping(map), node, size });
            }
            let key = self.node(event, &key_span, depth + 1)?;
            let (event, value_span) = self.expect_next()?;
            let value = self.node(event, &value_span, depth + 1)?;
            size += key.size + value.size;
            if value.value.is_null()
                && let Some(found) = slip::all_a_comment(self.file, self.text, &key_span, self.lines_before)
            {
                self.fault(found)?;
            }
            let Some(key) = self.key(key.value, &key_span)? else { continue };
            if key.as_str() == Some("<<") {
                self.merge_at.get_or_insert(self.place(&key_span));
            }
            if map.contains_key(&key) {
                match twice {
                    None => {
                        twice = Some((self.faults.len(), map.len()));
                        let first = map.keys().position(|other| *other == key).unwrap_or_default();
                        self.duplicate(&key, &key_span, lines.get(first).copied().unwrap_or_default())?;
                    }
                    Some((fault, length)) => {
                        // A second record has run into this one, so what came since the first of its fields is not this one's.
                        two_in_one(self.faults.get_mut(fault));
                        run_in = true;
                        map = map.into_iter().take(length).collect();
                        nodes.truncate(length);
                    }
                }
                continue;
            }
            if run_in {
                continue;
            }
            if let Some(node) = value.node {
                nodes.push((key_name(&key), self.place(&key_span), node));
            }
            lines.push(key_span.start.line() + self.lines_before);
            map.insert(key, value.value);
        }
    }

    /// Turns a key into a word or a number; a list or a map cannot name a field.
    fn key(&mut self, key: Value, span: &RawSpan) -> Result<Option<Value>, Stop> {
        match key {
            Value::String(name) => Ok(Some(Value::String(name.replace(is_invisible, "")))),
            Value::Number(_) => Ok(Some(key)),
            Value::Bool(flag) => Ok(Some(Value::String(flag.to_string()))),
            _ => {
                let place = self.place(span);
                self.fault(
                    Diagnostic::new(&code::NON_TEXT_KEY, self.file, "the name of a field must be a word")
                        .at(place)
                        .label("this is no word")
                        .help("write `field: value`; a value that begins with a bracket or a brace goes into double quotes"),
                )?;
                Ok(None)
            }
        }
    }

    fn duplicate(&mut self, key: &Value, span: &RawSpan, first: usize) -> Result<(), Stop> {
        let name = key_name(key);
        let place = self.place(span);
        self.fault(
            Diagnostic::new(&code::DUPLICATE_KEY, self.file, format!("`{name}` is written twice"))
                .at(place)
                .label(format!("first written in line {first}"))
                .help("keep one of the two lines; if they belong to two records, the second record needs a `- ` before its first field"),
        )
    }

    fn second_document(&mut self, at: Marker) {
        let span = Span::new(at.line() + self.lines_before, at.col() + 1, 3);
        self.faults.push(
            Diagnostic::new(
                &code::SECOND_DOCUMENT,
                self.file,
                "`---` begins a second document, and a file holds only one",
            )
            .at(span)
            .label("remove this line")
            .help("records of one kind all stand in one list, without `---` between them"),
        );
    }

    fn fault(&mut self, diagnostic: Diagnostic) -> Result<(), Stop> {
        if self.faults.len() >= FAULTS {
            let limit = Diagnostic::new(&code::YAML_LIMIT, self.file, format!("more than {FAULTS} slips here"))
                .at(diagnostic.span)
                .help("mend those that are shown first");
            return Err(Stop::Limit(Box::new(limit)));
        }
        self.faults.push(diagnostic);
        Ok(())
    }

    fn limit(&self, span: &RawSpan, message: &str, help: &str) -> Stop {
        let diagnostic = Diagnostic::new(&code::YAML_LIMIT, self.file, message).at(self.place(span)).help(help);
        Stop::Limit(Box::new(diagnostic))
    }

    /// Returns the first line of a span of the parser.
    fn place(&self, span: &RawSpan) -> Span {
        place(self.text, span).down(self.lines_before)
    }

    fn place_to(&self, start: &RawSpan, end: &RawSpan) -> Span {
        self.place(&RawSpan::new(start.start, end.end))
    }
}

/// Says of a field written twice that others below it are, too.
fn two_in_one(told: Option<&mut Diagnostic>) {
    let Some(told) = told.filter(|told| told.message.ends_with(" is written twice")) else { return };
    told.message = told.message.replace(" is written twice", " and fields below it are written twice");
    told.help = Some(
        "a record begins with `- `: put it before the first field of the second record, or remove what stands twice"
            .to_owned(),
    );
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the name of a key as written.
pub(super) fn key_name(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Turns a span of the parser into ours, cut at the end of its first line.
pub(super) fn place(text: &str, span: &RawSpan) -> Span {
    let (start, end) = (span.start, span.end);
    if start.line() == end.line() {
        return Span::new(start.line(), start.col() + 1, end.col().saturating_sub(start.col()));
    }
    let from = start.byte_offset().unwrap_or(text.len()).min(text.len());
    let line = text.get(from..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
    Span::new(start.line(), start.col() + 1, line.trim_end().chars().count())
}
