//! The one who keeps the site: hears of saves, rebuilds, and makes the pages that are asked for.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;

use super::changed::{self, Changed};
use super::desk::{Desk, Editions, Shelves};
use super::editor::Editor;
use super::events::Hub;
use super::guard::{fault, guard, let_go};
use super::html::Opener;
use super::http::OWN;
use super::page::View;
use super::request::Request;
use super::response::Response;
use super::sent::Sent;
use super::stamp::Stamp;
use super::watch::{Batch, Watch};
use super::{Files, Message, News, Options};
use crate::build::{self, Cited, Memory, Model};
use crate::check::check;
use crate::diagnostic::{Diagnostic, Diagnostics, render};
use crate::privacy::{self, Survey};
use crate::render::{Site, image};
use crate::source::{Seen, Sources};

/// After a folder came or went, files in it may have come before anybody watched it.
const SECOND_LOOK: Duration = Duration::from_millis(150);

/// The keeper of the site.
pub(super) struct Keeper<'t> {
    pub(super) root: PathBuf,
    pub(super) options: build::Options,
    pub(super) session: String,
    pub(super) opener: Opener,
    pub(super) editor: Option<Editor>,
    pub(super) number: u64,
    pub(super) sent: Sent,
    /// The problems of the newest files, each with how the terminal draws it.
    pub(super) problems: Vec<(Diagnostic, String)>,
    pub(super) cited: Cited,
    memory: Memory,
    shelves: Shelves,
    seen: Seen,
    /// Problems of the newest files, those of pages as far as they were made.
    found: Diagnostics,
    /// When the save that is being shown began.
    saved: Instant,
    changed: Vec<Changed>,
    changed_files: Vec<String>,
    /// The author's own files, pictures made anew; absent while they are being made.
    pub(super) files: Option<Site>,
    /// What they hold beside what they show.
    survey: Survey,
    /// Number of the state of the files that is being made or was.
    files_number: u64,
    /// Requests for files that are being made.
    parked: Vec<(Request, Sender<Response>)>,
    pub(super) sender: Sender<Message>,
    stamp: Stamp,
    pub(super) inbox: Receiver<Message>,
    pub(super) waiting: VecDeque<(Request, Sender<Response>)>,
    pub(super) watch: Watch,
    pub(super) look_again: Option<Instant>,
    /// When something was last saved or asked for.
    pub(super) busy: Instant,
    /// How long what nobody waits for took the last time it was done to the end; where that is
    /// long, the next save should not have to wait for it.
    pub(super) background: Duration,
    hub: Arc<Hub>,
    tell: &'t mut dyn FnMut(News<'_>),
}

/// What is left to do that nobody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    Pages,
    Check,
    Privacy,
    None,
}

/// What is known of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It was served before.
    Good,
    /// Nobody has looked at it yet; with `may_fail`, there is no other to serve when a page of it fails.
    New { may_fail: bool },
}

/// Why the keeper puts a model aside.
enum Step {
    New(Box<Model>),
    Refused,
    Stop,
}

impl<'t> Keeper<'t> {
    pub(super) fn new(
        root: PathBuf,
        options: &Options,
        (sender, inbox): (Sender<Message>, Receiver<Message>),
        watch: Watch,
        hub: Arc<Hub>,
        tell: &'t mut dyn FnMut(News<'_>),
    ) -> anyhow::Result<Self> {
        let editor = Editor::find();
        let token = editor.as_ref().map(|_| secret()).transpose()?;
        Ok(Self {
            root,
            options: options.build.clone(),
            session: secret()?,
            opener: Opener { token },
            editor,
            number: 0,
            sent: Sent::default(),
            problems: Vec::new(),
            cited: Cited::default(),
            memory: Memory::default(),
            shelves: Shelves::default(),
            seen: Seen::default(),
            found: Diagnostics::default(),
            saved: Instant::now(),
            changed: Vec::new(),
            changed_files: Vec::new(),
            files: None,
            survey: Survey::default(),
            files_number: 0,
            parked: Vec::new(),
            sender,
            stamp: Stamp::default(),
            inbox,
            waiting: VecDeque::new(),
            watch,
            look_again: None,
            busy: Instant::now(),
            background: Duration::ZERO,
            hub,
            tell,
        })
    }

    /// Keeps the site until Ctrl-C.
    ///
    /// `ready` is what to tell once the first model is there.
    pub(super) fn run(mut self, ready: News<'_>) {
        let mut good: Option<Box<Model>> = None;
        let mut next = self.read(Instant::now());
        (self.tell)(ready);
        loop {
            let step = if let Some(model) = next.take() {
                self.changed =
                    good.as_ref().map_or_else(Vec::new, |old| changed::between(&old.portfolio, &model.portfolio));
                let step = self.keep(Some(&model), Standing::New { may_fail: good.is_none() });
                if !matches!(step, Step::Refused) {
                    let_go(good.replace(model));
                }
                step
            } else {
                self.keep(good.as_deref(), Standing::Good)
            };
            match step {
                Step::New(model) => next = Some(model),
                Step::Refused => {}
                Step::Stop => return,
            }
        }
    }

    /// The view at the site's own address.
    pub(super) fn first_view(&self) -> View {
        if self.options.drafts { View::Drafts } else { View::Public }
    }

    /// Serves one model until the next; a new one with problems is put aside.
    fn keep(&mut self, model: Option<&Model>, standing: Standing) -> Step {
        let editions = Editions::default();
        let mut desk = model.map(|model| Desk::new(model, &editions, std::mem::take(&mut self.shelves)));
        let step = self.attend(model, desk.as_mut(), standing);
        if let Some(desk) = desk {
            self.shelves = desk.discard();
        }
        let_go(editions);
        step
    }

    /// Answers from one model until the next.
    fn attend(&mut self, model: Option<&Model>, mut desk: Option<&mut Desk<'_>>, standing: Standing) -> Step {
        let may_refuse = standing == Standing::New { may_fail: false };
        if let Some(desk) = &mut desk
            && !self.prepare(desk, standing)
        {
            self.changed.clear();
            self.announce();
            return Step::Refused;
        }
        self.announce();
        if let Some(model) = model {
            self.make_files(&model.sources);
        }
        let mut work = if desk.is_some() { Work::Pages } else { Work::None };
        let mut worked = Duration::ZERO;
        loop {
            let message = match self.next_message(work) {
                Ok(message) => {
                    self.busy = Instant::now();
                    message
                }
                Err(TryRecvError::Disconnected) => return Step::Stop,
                Err(TryRecvError::Empty) => {
                    let (mut found, begun) = (Diagnostics::default(), Instant::now());
                    work = match &mut desk {
                        Some(desk) => guard(|| self.work(desk, work, &mut found)).unwrap_or(Work::None),
                        None => Work::None,
                    };
                    worked += begun.elapsed();
                    if work == Work::None {
                        self.background = worked;
                    }
                    if self.note(model, found) {
                        self.announce();
                    }
                    continue;
                }
            };
            match message {
                Message::Ask(request, reply) if self.files.is_none() && desk.is_some() && is_file(&request) => {
                    self.parked.push((request, reply));
                }
                Message::Files(Files { number, site, survey, mut found }) => {
                    if number == self.files_number {
                        self.files = Some(site);
                        self.survey = survey;
                        if let Some(model) = model.filter(|_| work == Work::None) {
                            guard(|| privacy::check(&mut found, &model.sources, &model.portfolio, &self.survey));
                        }
                        self.waiting.extend(self.parked.drain(..));
                        if self.note(model, found) {
                            self.announce();
                        }
                    }
                }
                Message::Ask(request, reply) => {
                    let mut found = Diagnostics::default();
                    let made = guard(|| self.answer(desk.as_deref_mut(), &request, &mut found));
                    let failed = found.has_errors();
                    let news = self.note(model, found);
                    if failed && may_refuse {
                        self.waiting.push_front((request, reply));
                        self.announce();
                        return Step::Refused;
                    }
                    // The browser may have gone meanwhile.
                    let _ = reply.send(made.unwrap_or_else(|| Response::refusal(500)));
                    if news {
                        self.announce();
                    }
                }
                Message::Saved(event) if !self.watch.is_change(&event) => {}
                Message::Saved(event) => {
                    let batch = self.gather(event);
                    if let Some(model) = self.reread(&batch) {
                        return Step::New(model);
                    }
                }
                Message::Missed => {
                    if let Some(model) = self.reread(&Batch::new(!self.watch.is_polling())) {
                        return Step::New(model);
                    }
                }
                Message::Stop => return Step::Stop,
            }
        }
    }

    /// Prepares the pages of a model, and puts a new one to the rules meanwhile; tells whether it can be served.
    fn prepare(&mut self, desk: &mut Desk<'_>, standing: Standing) -> bool {
        let (mut ruled, mut found) = (Diagnostics::default(), Diagnostics::default());
        let view = self.first_view();
        let (cited, model) = (&mut self.cited, desk.model);
        let mut rule = || {
            if standing != Standing::Good {
                check(&mut ruled, &model.sources, &model.portfolio);
            }
        };
        let mut prepare = || {
            desk.pages(&mut found, cited, view);
        };
        let done = guard(|| rayon::join(&mut rule, &mut prepare)).is_some();
        let Standing::New { may_fail } = standing else {
            self.note(Some(model), found);
            return true;
        };
        let good = !ruled.has_errors() && (may_fail || (done && !found.has_errors()));
        self.found.append(ruled);
        self.found.append(found);
        if done {
            self.report(&model.sources, good);
        } else {
            self.draw(&model.sources);
            (self.tell)(News::Unreadable(&fault()));
        }
        good
    }

    /// Tells at the terminal what became of a save.
    fn report(&mut self, sources: &Sources, good: bool) {
        self.draw(sources);
        let problems: Vec<_> = self.problems.iter().map(|(problem, _)| problem.clone()).collect();
        (self.tell)(News::Built { took: self.saved.elapsed(), problems: &problems, sources, good });
    }

    /// Does some of what nobody waits for; gives what is left.
    fn work(&mut self, desk: &mut Desk<'_>, work: Work, found: &mut Diagnostics) -> Work {
        match work {
            Work::Pages if desk.work_ahead(found) => Work::Pages,
            Work::Pages => Work::Check,
            Work::Check => {
                let view = self.first_view();
                desk.check_whole(found, &mut self.cited, view);
                Work::Privacy
            }
            Work::Privacy | Work::None => {
                // While the files are being made, they are looked at when they come.
                if self.files.is_some() {
                    privacy::check(found, &desk.model.sources, &desk.model.portfolio, &self.survey);
                }
                Work::None
            }
        }
    }

    /// Has the author's files made behind the pages, unless they are as they were.
    fn make_files(&mut self, sources: &Sources) {
        if self.files_number == self.stamp.files_number() {
            return;
        }
        self.files_number = self.stamp.files_number();
        self.files = None;
        let (number, sources, sender) = (self.files_number, sources.clone(), self.sender.clone());
        std::thread::spawn(move || {
            let mut found = Diagnostics::default();
            let mut site = Site::default();
            guard(|| image::add_files(&mut found, &sources, &mut site));
            let survey = guard(|| Survey::of(&sources)).unwrap_or_default();
            // The keeper may have gone.
            let _ = sender.send(Message::Files(Files { number, site, survey, found }));
        });
    }

    fn reread(&mut self, batch: &Batch) -> Option<Box<Model>> {
        if batch.folders {
            // A folder that has gone again is watched no more, which is right.
            let _ = self.watch.follow_folders();
            self.look_again.get_or_insert_with(|| Instant::now() + SECOND_LOOK);
        }
        self.read(batch.first)
    }

    /// Reads the files; gives the model if anything changed and nothing is wrong with a record.
    fn read(&mut self, since: Instant) -> Option<Box<Model>> {
        let mut found = Diagnostics::default();
        self.seen.begin(SystemTime::now());
        let (root, seen) = (&self.root, &mut self.seen);
        let read = guard(|| Sources::read_since(&mut found, root, seen)).unwrap_or_else(|| Err(fault()));
        let sources = match read {
            Ok(sources) => sources,
            Err(error) => {
                (self.tell)(News::Unreadable(&error));
                return None;
            }
        };
        let difference = self.stamp.update(&sources, &found);
        if !difference.any && self.number > 0 {
            return None;
        }
        self.watch.learn(sources.texts.keys().chain(sources.files.keys()).map(String::as_str));
        self.changed_files = difference.files;
        let (options, memory) = (&self.options, &mut self.memory);
        let Some(model) = guard(|| build::remodel(&mut found, sources, options, memory)) else {
            (self.tell)(News::Unreadable(&fault()));
            return None;
        };
        self.saved = since;
        if !found.has_errors() {
            self.found = found;
            return Some(Box::new(model));
        }
        guard(|| check(&mut found, &model.sources, &model.portfolio));
        self.found = found;
        self.report(&model.sources, false);
        self.changed.clear();
        self.announce();
        None
    }

    /// Adds problems found in pages; tells whether any of them is new.
    fn note(&mut self, model: Option<&Model>, found: Diagnostics) -> bool {
        let Some(model) = model.filter(|_| !found.is_empty()) else { return false };
        let before = self.problems.len();
        self.found.append(found);
        self.draw(&model.sources);
        self.problems.len() != before
    }

    fn draw(&mut self, sources: &Sources) {
        let text = |file: &str| sources.texts.get(file).cloned();
        let drawn = |problem: Diagnostic| {
            let drawn = render::human(std::slice::from_ref(&problem), &text, false);
            (problem, drawn)
        };
        self.problems = self.found.clone().sorted().into_iter().map(drawn).collect();
    }

    /// Tells the open pages that there is something new.
    fn announce(&mut self) {
        self.number += 1;
        let event = serde_json::json!({
            "session": self.session,
            "build": self.number.to_string(),
            "changed": std::mem::take(&mut self.changed),
            "files": std::mem::take(&mut self.changed_files),
        });
        self.hub.tell(&event.to_string());
    }
}

fn is_file(request: &Request) -> bool {
    let path = request.path.strip_prefix(OWN).and_then(|path| path.split_once('/')).map(|(_, path)| path);
    path.unwrap_or(&request.path).starts_with("files/")
}

/// Returns 128 bits that nobody can guess, in letters and digits.
fn secret() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("{error}"))
        .context("the system gives no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
