//! Results on stdout, messages on stderr; colour only where a terminal shows it.

use std::io::{self, Write};

use clap::builder::styling::{AnsiColor, Style};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// The two streams of a run. Colour is taken out where the stream is no terminal, unless
/// `CLICOLOR_FORCE` asks for it, and wherever `NO_COLOR` forbids it.
pub(super) struct Streams {
    results: anstream::AutoStream<io::Stdout>,
    messages: anstream::AutoStream<io::Stderr>,
}

impl Streams {
    pub(super) fn open() -> Self {
        Self { results: anstream::AutoStream::auto(io::stdout()), messages: anstream::AutoStream::auto(io::stderr()) }
    }

    /// Prints a result, ended by a line end.
    pub(super) fn result(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.results, "{}", text.trim_end_matches('\n'))?;
        self.results.flush()
    }

    /// Writes a result as it is.
    pub(super) fn bytes(&mut self, content: &[u8]) -> io::Result<()> {
        self.results.as_inner().lock().write_all(content)?;
        self.results.flush()
    }

    /// Shows how far long work has come, in the line that was shown before; an empty one takes it away.
    pub(super) fn progress(&mut self, line: &str) -> io::Result<()> {
        write!(self.messages, "\r{line:<40}{}", if line.is_empty() { "\r" } else { "" })?;
        self.messages.flush()
    }

    /// Prints a message, ended by a line end.
    pub(super) fn message(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.messages, "{}", text.trim_end_matches('\n'))
    }

    /// Prints why a run failed: what, because of what, and the next step where one is known.
    pub(super) fn failure(&mut self, error: &anyhow::Error) -> io::Result<()> {
        let text = error.to_string();
        let (what, help) = text.split_once("\nhelp: ").map_or((text.as_str(), None), |(what, help)| (what, Some(help)));
        writeln!(self.messages, "{ERROR}error{ERROR:#}: {what}")?;
        for cause in error.chain().skip(1) {
            writeln!(self.messages, "  because: {cause}")?;
        }
        help.map_or(Ok(()), |help| writeln!(self.messages, "{HELP}help{HELP:#}: {help}"))
    }
}
