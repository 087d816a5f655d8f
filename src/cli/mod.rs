//! The command line: arguments in, one library call, the result printed.
//!
//! Takes the words of the command line; gives an [`Outcome`]. Each command is one file. This is
//! the only module that prints (beside the writers of [`crate::diagnostic`], which make text),
//! and the only one that asks the clock. Messages go to stderr, results to stdout.

mod add;
mod args;
mod build;
mod check;
mod cite;
mod clean;
mod cv;
mod doctor;
mod dossier;
mod evidence;
mod explain;
mod export;
mod fault;
mod files;
mod fix;
mod guide;
mod import;
mod intake;
mod licences;
mod manual;
mod new;
mod publish;
mod published;
mod qr;
mod report;
mod schema;
mod serve;
mod share;
mod site_folder;
mod status;
mod streams;
mod theme;
mod upgrade;

use std::ffi::OsString;
use std::io;

use clap::Parser;

use args::{Args, Command};
use streams::Streams;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing stands against the site.
    Clean,
    /// The user's files have problems, which were named.
    Problems,
    /// The run itself failed, or was called wrongly.
    Failed,
}

impl Outcome {
    /// Returns the exit code: 0, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Problems => 1,
            Self::Failed => 2,
        }
    }
}

/// Runs one command line, the program's own name first.
pub fn run(words: impl IntoIterator<Item = OsString>) -> Outcome {
    let args = match Args::try_parse_from(words) {
        Ok(args) => args,
        Err(message) => {
            // A reader that closed the pipe has seen enough of the help.
            let _ = message.print();
            return if message.use_stderr() { Outcome::Failed } else { Outcome::Clean };
        }
    };
    let mut streams = Streams::open();
    let result = fault::guard(|| dispatch(&args.command, &mut streams));
    match result {
        Ok(outcome) => outcome,
        Err(error) if is_broken_pipe(&error) => Outcome::Clean,
        Err(error) => {
            let _ = streams.failure(&error);
            Outcome::Failed
        }
    }
}

fn dispatch(command: &Command, streams: &mut Streams) -> anyhow::Result<Outcome> {
    match command {
        Command::New(args) => new::run(args, streams),
        Command::Build(args) => build::run(args, streams),
        Command::Check(args) => check::run(args, streams),
        Command::Serve(args) => serve::run(args, streams),
        Command::Cite(args) => cite::run(args, streams),
        Command::Export(args) => export::run(args, streams),
        Command::Cv(args) => cv::run(args, streams),
        Command::Add(args) => add::run(args, streams),
        Command::Schema(args) => schema::run(args, streams),
        Command::Import(args) => import::run(args, streams),
        Command::Theme(args) => theme::run(args, streams),
        Command::Dossier(args) => dossier::run(args, streams),
        Command::Evidence(args) => evidence::run(args, streams),
        Command::Status(args) => status::run(args, streams),
        Command::Share(args) => share::run(args, streams),
        Command::Publish(args) => publish::run(args, streams),
        Command::Qr(args) => qr::run(args, streams),
        Command::Guide(args) => guide::run(args, streams),
        Command::Doctor(args) => doctor::run(args, streams),
        Command::Upgrade(args) => upgrade::run(args, streams),
        Command::Completions(args) => manual::completions(args, streams),
        Command::Man(args) => manual::man(args, streams),
        Command::Licences(args) => licences::run(args, streams),
    }
}

/// Tells whether the reader of our output has gone, which is no fault of the run.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
