//! `offprint serve`.

use std::time::Duration;

use super::args::{Format, ServeArgs};
use super::streams::Streams;
use super::{Outcome, build, report, site_folder};
use crate::diagnostic::Diagnostics;
use crate::serve::{News, Options, serve};

/// Serves the site until Ctrl-C.
pub(super) fn run(args: &ServeArgs, streams: &mut Streams) -> anyhow::Result<Outcome> {
    let root = site_folder::find(args.site.dir.as_deref())?;
    let options = Options { build: build::options(&args.site), port: args.port, open: args.open, poll: args.poll };
    let mut told = Teller { args, streams, first: true, failure: None };
    serve(&root, &options, &mut |news| told.tell(&news))?;
    told.failure.map_or(Ok(Outcome::Clean), Err)
}

/// Prints what the preview tells; the first line that cannot be printed is kept.
struct Teller<'a> {
    args: &'a ServeArgs,
    streams: &'a mut Streams,
    first: bool,
    failure: Option<anyhow::Error>,
}

impl Teller<'_> {
    fn tell(&mut self, news: &News<'_>) {
        if let Err(error) = self.print(news) {
            self.failure.get_or_insert(error);
        }
    }

    fn print(&mut self, news: &News<'_>) -> anyhow::Result<()> {
        match news {
            News::Ready { address, port_taken } => {
                if *port_taken {
                    self.say(&format!("Port {} is taken by another program", self.args.port))?;
                }
                self.say(&format!("Preview at {address} (for you alone: {address}_offprint/). Ctrl-C ends it"))
            }
            News::NoBrowser => self.say("The browser could not be opened; go to the address yourself"),
            News::Built { took, problems, sources, good } => {
                let mut diagnostics = Diagnostics::default();
                problems.iter().cloned().for_each(|problem| diagnostics.push(problem));
                let first = std::mem::take(&mut self.first);
                if !(diagnostics.is_empty() && self.args.report.format == Format::Json) {
                    report::diagnostics(self.streams, &self.args.report, sources, diagnostics)?;
                }
                match (first, good) {
                    (true, true) => Ok(()),
                    (false, true) => self.say(&format!("Rebuilt in {}", milliseconds(*took))),
                    (_, false) => self.say("The site stays as it was until the errors are mended"),
                }
            }
            News::Unreadable(error) => Ok(self.streams.failure(error)?),
            News::Ended => self.say("The preview has ended"),
        }
    }

    fn say(&mut self, text: &str) -> anyhow::Result<()> {
        if self.args.report.quiet { Ok(()) } else { Ok(self.streams.message(text)?) }
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}
