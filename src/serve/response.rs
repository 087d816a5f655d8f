//! Answers: what a page is sent with, and the writing of it within a time.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

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
        Self { status, content_type, tag: None, location: None, policy: None, body }
    }

    /// Returns an answer of one line of text.
    pub(super) fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    /// Returns the answer to a request that is refused.
    pub(super) fn refusal(status: u16) -> Self {
        Self::text(status, reason(status))
    }

    fn head(&self) -> String {
        let mut head =
            format!("HTTP/1.1 {} {}\r\nContent-Type: {}\r\n", self.status, reason(self.status), self.content_type);
        let length = match &self.body {
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::File(_, length) => Some(*length),
            Body::Events => None,
        };
        if let Some(length) = length {
            let _ = write!(head, "Content-Length: {length}\r\n");
        }
        if let Some(tag) = &self.tag {
            let _ = write!(head, "ETag: {tag}\r\n");
        }
        if let Some(location) = &self.location {
            let _ = write!(head, "Location: {location}\r\n");
        }
        if let Some(policy) = self.policy {
            let _ = write!(head, "Content-Security-Policy: {policy}\r\n");
        }
        if self.status == 405 {
            head += "Allow: GET, HEAD\r\n";
        }
        head + "Cache-Control: no-cache\r\nConnection: close\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\r\n"
    }

    /// Writes the answer; only its head for a HEAD request.
    ///
    /// # Errors
    /// When the browser is gone or takes too long.
    pub(super) fn write(self, stream: &mut TcpStream, head_only: bool) -> io::Result<()> {
        stream.set_write_timeout(Some(LONGEST_WRITE))?;
        let until = Instant::now() + LONGEST_ANSWER;
        let head = self.head();
        match self.body {
            Body::Bytes(bytes) if !head_only && bytes.len() < CHUNK => {
                stream.write_all(&[head.as_bytes(), &bytes].concat())?;
            }
            Body::Bytes(bytes) if !head_only => {
                stream.write_all(head.as_bytes())?;
                for chunk in bytes.chunks(CHUNK) {
                    in_time(until)?;
                    stream.write_all(chunk)?;
                }
            }
            Body::File(file, length) if !head_only => {
                stream.write_all(head.as_bytes())?;
                let mut rest = file.take(length);
                let mut buffer = vec![0; CHUNK];
                loop {
                    in_time(until)?;
                    let count = rest.read(&mut buffer)?;
                    if count == 0 {
                        break;
                    }
                    stream.write_all(&buffer[..count])?;
                }
            }
            _ => stream.write_all(head.as_bytes())?,
        }
        stream.flush()
    }
}

fn in_time(until: Instant) -> io::Result<()> {
    if Instant::now() < until { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        303 => "See Other",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
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
