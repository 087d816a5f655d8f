//! Requests over https to hosts.

use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use ureq::http;

use super::AGAIN;
use crate::exchange::lookup::agent;

/// How long one request may take, unless `OFFPRINT_TIMEOUT` says otherwise.
const PATIENCE: Duration = Duration::from_mins(1);
/// Attempts when a host is busy.
const ATTEMPTS: u32 = 3;
/// The most that is read of an answer.
const LONGEST_ANSWER: u64 = 64 << 20;

/// Who talks to hosts.
#[derive(Debug)]
pub struct Client {
    agent: ureq::Agent,
    /// How long one request may take.
    pub patience: Duration,
}

/// What a host answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// What a host is asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Ask {
    pub(super) method: &'static str,
    pub(super) url: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// Makes one that trusts the certificates that the system trusts.
    pub fn new() -> Self {
        let asked = std::env::var("OFFPRINT_TIMEOUT").ok().and_then(|seconds| seconds.trim().parse().ok());
        let patience = asked.map_or(PATIENCE, Duration::from_secs);
        Self { agent: agent(patience), patience }
    }

    /// Asks, and asks again while the host is busy.
    ///
    /// # Errors
    /// When the host cannot be reached or does not answer in time.
    pub(super) fn ask(&self, ask: &Ask) -> anyhow::Result<Answer> {
        for attempt in 1.. {
            let answer = self.once(ask)?;
            let busy = matches!(answer.status, 429 | 500 | 502 | 503 | 504);
            if !busy || attempt == ATTEMPTS {
                return Ok(answer);
            }
            std::thread::sleep(Duration::from_millis(200) * attempt);
        }
        bail!("no attempt was made")
    }

    fn once(&self, ask: &Ask) -> anyhow::Result<Answer> {
        let mut request = http::Request::builder().method(ask.method).uri(&ask.url);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let host = host(&ask.url);
        let sent = if ask.method == "GET" || ask.method == "DELETE" {
            let request = request.body(()).with_context(|| format!("`{}` is not an address", ask.url))?;
            self.agent.run(request)
        } else {
            let request =
                request.body(ask.body.as_slice()).with_context(|| format!("`{}` is not an address", ask.url))?;
            self.agent.run(request)
        };
        let read = sent.and_then(|mut response| {
            let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
            Ok(Answer { status: response.status().as_u16(), body })
        });
        read.map_err(|error| self.fault(&error, &host))
    }

    fn fault(&self, error: &ureq::Error, host: &str) -> anyhow::Error {
        match error {
            ureq::Error::Timeout(_) => anyhow!(
                "{host} did not answer within {} s\n\
                 help: look at your connection and {AGAIN}; OFFPRINT_TIMEOUT=600 waits longer",
                self.patience.as_secs()
            ),
            ureq::Error::HostNotFound => {
                anyhow!("there is no host {host}\nhelp: look at the address in site.yaml and at your connection")
            }
            other => anyhow!("the talk with {host} broke off: {other}\nhelp: look at your connection and {AGAIN}"),
        }
    }
}

impl Answer {
    /// Reads the answer as JSON.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn json(&self, host: &str) -> anyhow::Result<serde_json::Value> {
        serde_json::from_slice(&self.body)
            .map_err(|_| anyhow!("{host} answered with something that is not its usual form\nhelp: {AGAIN}"))
    }

    /// Returns what the host says of a fault, shortened.
    pub(super) fn words(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
        if words.is_empty() { format!("status {}", self.status) } else { format!("status {}: {words}", self.status) }
    }
}

/// Returns the host of an address, for messages.
pub(super) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}

/// Writes a text as part of an address (RFC 3986): letters, digits and `-._~` stay, and `/` where it is asked to.
pub(super) fn encoded(text: &str, keep_slash: bool) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slash && byte == b'/') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}
