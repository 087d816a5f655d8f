//! Answers: what a page is sent with, and the writing of it within a time.

use std::fs::File;
use std::io::{self, BufWriter, Cursor, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, StatusCode};

/// An answer.
#[derive(Debug)]
pub(super) struct Response {
    /// HTTP status.
    pub status: u16,
    /// Media type of the body.
    pub content_type: &'static str,
    /// A name for this very content, so that an unchanged page is not sent again.
    pub tag: Option<String>,
    /// Where to go instead.
    pub location: Option<String>,
    /// The page's own policy, where it is the preview's page.
    pub policy: Option<&'static str>,
    /// Whether the address changes with the content, so that a browser need not ask again.
    pub lasts: bool,
    /// What follows the head.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum Body {
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
    /// A file of so many bytes.
    File(File, u64),
    /// None yet: the connection stays open for events.
    Events,
}

/// A whole answer must be taken within this time.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
const LONGEST_WRITE: Duration = Duration::from_secs(5);
const CHUNK: usize = 64 * 1024;

impl Response {
    /// Returns an answer with a body in memory.
    pub(super) fn new(status: u16, content_type: &'static str, body: impl Into<Arc<[u8]>>) -> Self {
        let body = Body::Bytes(body.into());
        Self { status, content_type, tag: None, location: None, policy: None, lasts: false, body }
    }

    /// Returns an answer of one line of text.
    pub(super) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    /// Returns the answer to a request that is refused.
    pub(super) fn refusal(status: u16) -> Self {
        Self::text(status, StatusCode(status).default_reason_phrase())
    }

    fn headers(&self) -> Vec<Header> {
        let own = [
            ("Server", Some("offprint")),
            ("Content-Type", Some(self.content_type)),
            ("ETag", self.tag.as_deref()),
            ("Location", self.location.as_deref()),
            ("Content-Security-Policy", self.policy),
            ("Allow", (self.status == 405).then_some("GET, HEAD")),
            ("Cache-Control", Some(if self.lasts { "max-age=31536000, immutable" } else { "no-cache" })),
            ("Cross-Origin-Resource-Policy", Some("same-origin")),
            ("Referrer-Policy", Some("no-referrer")),
            ("X-Content-Type-Options", Some("nosniff")),
            ("X-Frame-Options", Some("DENY")),
        ];
        let given = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
        // A value that may not stand in a head is left out; none of ours is such.
        given.filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect()
    }

    /// Writes the answer; only its head for a HEAD request.
    ///
    /// # Errors
    /// When the browser is gone or takes too long.
    pub(super) fn write(self, stream: &mut TcpStream, head_only: bool) -> io::Result<()> {
        stream.set_write_timeout(Some(LONGEST_WRITE))?;
        let (status, headers) = (StatusCode(self.status), self.headers());
        let (body, length): (Box<dyn Read + Send>, _) = match self.body {
            Body::Bytes(bytes) => {
                let length = bytes.len();
                (Box::new(Cursor::new(bytes)), length)
            }
            Body::File(file, length) => (Box::new(file.take(length)), usize::try_from(length).unwrap_or(usize::MAX)),
            Body::Events => return events(stream, &headers),
        };
        let timed = Timed { stream, until: Instant::now() + LONGEST_ANSWER };
        let mut writer = BufWriter::with_capacity(CHUNK, timed);
        // HTTP/1.0 says that the connection ends with the answer.
        let answer = tiny_http::Response::new(status, headers, body, Some(length), None);
        answer.raw_print(&mut writer, HTTPVersion(1, 0), &[], head_only, None)?;
        writer.flush()
    }
}

/// Writes the head of an answer that goes on as long as the page is open.
fn events(stream: &mut TcpStream, headers: &[Header]) -> io::Result<()> {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    stream.write_all(format!("HTTP/1.0 200 OK\r\n{headers}\r\n").as_bytes())
}

/// A connection that must take the whole answer by a time.
struct Timed<'s> {
    stream: &'s mut TcpStream,
    until: Instant,
}

impl Write for Timed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if Instant::now() < self.until { self.stream.write(bytes) } else { Err(io::ErrorKind::TimedOut.into()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Returns the media type of a file of the site by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "ics" => "text/calendar; charset=utf-8",
        "mp4" => "video/mp4",
        "txt" | "bib" | "ris" | "csv" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
