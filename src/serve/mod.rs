//! The preview: the site from memory, new as soon as a file is saved.
//!
//! Takes a site folder; answers on loopback until it is told to stop. One thread, the keeper,
//! owns the site: it hears what is saved, rebuilds, and makes the pages that are asked for, so no
//! page can be older than the last save. Each connection has a thread of its own that reads the
//! request and waits for the keeper. Nothing is written to disk. A save that breaks the site
//! leaves the last good one in place, with the problems shown over it.

mod answer;
mod author;
mod changed;
mod desk;
mod difference;
mod edition;
mod editor;
mod events;
mod gate;
mod guard;
mod html;
mod http;
mod inbox;
mod keeper;
mod page;
mod request;
mod response;
mod sent;
mod stamp;
mod watch;

pub use editor::browse;

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;

use crate::build;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::privacy::Survey;
use crate::render::Site;
use crate::source::Sources;
use request::Request;
use response::Response;

/// How the preview runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day, the address and the audience to begin with.
    pub build: build::Options,
    /// The port to try first; the next free one is taken.
    pub port: u16,
    /// Whether the browser is opened.
    pub open: bool,
    /// Whether files are looked at again and again instead of waiting to be told.
    pub poll: bool,
}

/// What the preview tells the person at the terminal.
#[derive(Debug)]
pub enum News<'a> {
    /// It answers at this address; the port that was asked for may have been taken.
    Ready {
        /// Full address of the home page.
        address: &'a str,
        /// Whether another program has the port that was asked for.
        port_taken: bool,
    },
    /// The browser could not be opened.
    NoBrowser,
    /// Files were saved and the site was built anew.
    Built {
        /// From the first sign of the save.
        took: Duration,
        /// Problems in the files, by file and line.
        problems: &'a [Diagnostic],
        /// The files, for excerpts.
        sources: &'a Sources,
        /// Whether the site is the new one; otherwise the last good one stays.
        good: bool,
    },
    /// The folder cannot be read.
    Unreadable(&'a anyhow::Error),
    /// It has ended.
    Ended,
}

/// What the keeper of the site hears.
#[derive(Debug)]
enum Message {
    /// A browser wants something.
    Ask(Request, Sender<Response>),
    /// Something in the folder changed.
    Saved(notify::Event),
    /// The author's files were made.
    Files(Files),
    /// The watch may have missed something.
    Missed,
    /// Ctrl-C.
    Stop,
}

/// The author's files, as they will be published.
#[derive(Debug)]
struct Files {
    /// The number of the state that they were made from.
    number: u64,
    site: Site,
    survey: Survey,
    found: Diagnostics,
}

/// Serves the site of a folder until Ctrl-C.
///
/// # Errors
/// When no port is free or the folder cannot be read or watched.
pub fn serve(root: &std::path::Path, options: &Options, tell: &mut dyn FnMut(News<'_>)) -> anyhow::Result<()> {
    let root: PathBuf = root.canonicalize().with_context(|| format!("cannot read the folder {}", root.display()))?;
    let (listener, port) = gate::listen(options.port)
        .with_context(|| format!("no port from {} on is free\nhelp: choose another one with `--port`", options.port))?;
    let address = format!("http://127.0.0.1:{port}/");
    let (sender, inbox) = channel();
    stop_on_interrupt(&sender)?;
    let watch = watch::Watch::start(&root, options.poll, heard(&sender));
    let hub = Arc::new(events::Hub::default());
    let answer: Arc<gate::Answer> = Arc::new(http::answers(sender.clone()));
    let (door, pinged) = (Arc::clone(&hub), Arc::clone(&hub));
    std::thread::spawn(move || gate::run(&listener, port, &answer, &door));
    std::thread::spawn(move || pinged.ping());
    if options.open && editor::browse(&address).is_err() {
        tell(News::NoBrowser);
    }
    let ready = News::Ready { address: &address, port_taken: options.port != 0 && options.port != port };
    keeper::Keeper::new(root, options, (sender, inbox), watch, hub, tell)?.run(ready);
    tell(News::Ended);
    Ok(())
}

fn stop_on_interrupt(sender: &Sender<Message>) -> anyhow::Result<()> {
    let sender = Mutex::new(sender.clone());
    ctrlc::set_handler(move || {
        // The keeper may already have gone.
        let _ = sender.lock().unwrap_or_else(PoisonError::into_inner).send(Message::Stop);
    })
    .context("cannot listen for Ctrl-C")
}

fn heard(sender: &Sender<Message>) -> impl FnMut(notify::Result<notify::Event>) + Send + 'static {
    let sender = sender.clone();
    move |event: notify::Result<notify::Event>| {
        // Reading a file is an event as well; it must not wake the keeper, who reads them all.
        let message = match event {
            Ok(event) if event.kind.is_access() => return,
            Ok(event) => Message::Saved(event),
            Err(_) => Message::Missed,
        };
        let _ = sender.send(message);
    }
}
