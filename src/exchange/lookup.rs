//! Records by their numbers, from Crossref, DataCite, PubMed, arXiv, Open Library and ORCID over https.
//!
//! The one file that knows the HTTP client. A number is the only thing that leaves the computer. Each service has a
//! base address, which a test puts a server of its own in the place of.

use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use serde_json::Value as Json;
use ureq::http;
use ureq::tls::{RootCerts, TlsConfig};

use super::draft::Draft;
use super::read;

/// How long one request may take, unless the caller says otherwise.
const PATIENCE: Duration = Duration::from_secs(20);
/// Attempts when a service is busy or the line breaks.
const ATTEMPTS: u32 = 3;
/// The most that is read of an answer.
const LONGEST_ANSWER: u64 = 64 << 20;
/// Records asked for at once.
const BATCH: usize = 100;

/// The services, and where they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bases {
    /// `api.crossref.org`.
    pub crossref: String,
    /// `api.datacite.org`.
    pub datacite: String,
    /// NCBI's E-utilities.
    pub pubmed: String,
    /// `export.arxiv.org`.
    pub arxiv: String,
    /// `openlibrary.org`.
    pub open_library: String,
    /// `pub.orcid.org`.
    pub orcid: String,
    /// The resolver of DOIs, for `check --external`.
    pub doi: String,
}

impl Bases {
    /// Returns the services' own addresses, or those that `other` gives by name: `OFFPRINT_CROSSREF`,
    /// `OFFPRINT_DATACITE`, `OFFPRINT_PUBMED`, `OFFPRINT_ARXIV`, `OFFPRINT_OPEN_LIBRARY`, `OFFPRINT_ORCID`, `OFFPRINT_DOI`.
    pub fn new(other: impl Fn(&str) -> Option<String>) -> Self {
        let base = |name: &str, own: &str| {
            let base = other(name).filter(|base| !base.trim().is_empty()).unwrap_or_else(|| own.to_owned());
            base.trim_end_matches('/').to_owned()
        };
        Self {
            crossref: base("OFFPRINT_CROSSREF", "https://api.crossref.org"),
            datacite: base("OFFPRINT_DATACITE", "https://api.datacite.org"),
            pubmed: base("OFFPRINT_PUBMED", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"),
            arxiv: base("OFFPRINT_ARXIV", "https://export.arxiv.org"),
            open_library: base("OFFPRINT_OPEN_LIBRARY", "https://openlibrary.org"),
            orcid: base("OFFPRINT_ORCID", "https://pub.orcid.org"),
            doi: base("OFFPRINT_DOI", "https://doi.org"),
        }
    }
}

/// A number by which a work is found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Number {
    Doi(String),
    Pmid(String),
    Pmcid(String),
    Arxiv(String),
    Isbn(String),
}

impl Number {
    /// Tells what a number is, however it was pasted; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        use crate::portfolio::identifier::{arxiv, doi, isbn, pmcid, pmid};
        let text = text.trim();
        let lower = text.to_lowercase();
        let meant = |read: crate::portfolio::identifier::Read| read.or_else(|fault| fault.meant.ok_or(())).ok();
        if lower.contains("arxiv") && !lower.contains("10.48550") {
            return arxiv(text).ok().map(Self::Arxiv);
        }
        if let Some(doi) = meant(doi(text)).filter(|_| lower.contains("10.")) {
            return Some(Self::Doi(doi));
        }
        if lower.contains("pmc") {
            return pmcid(text).ok().map(Self::Pmcid);
        }
        if let Ok(pmid) = pmid(text) {
            return Some(Self::Pmid(pmid));
        }
        arxiv(text).map(Self::Arxiv).or_else(|_| isbn(text).map(Self::Isbn)).ok()
    }

    /// Returns the number with its kind, for messages.
    pub fn shown(&self) -> String {
        match self {
            Self::Doi(doi) => format!("DOI {doi}"),
            Self::Pmid(pmid) => format!("PMID {pmid}"),
            Self::Pmcid(pmcid) => pmcid.clone(),
            Self::Arxiv(arxiv) => format!("arXiv {arxiv}"),
            Self::Isbn(isbn) => format!("ISBN {isbn}"),
        }
    }
}

/// What a service answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Returns who asks over https, each time no longer than `patience`: trusts the certificates that
/// the system trusts, as a hospital's proxy needs, and takes a refusal for an answer.
pub fn agent(patience: Duration) -> ureq::Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = ureq::Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(5)
        .user_agent(concat!("offprint/", env!("CARGO_PKG_VERSION")))
        .build();
    config.into()
}

/// Who asks the services.
#[derive(Debug)]
pub struct Lookup {
    agent: ureq::Agent,
    bases: Bases,
    patience: Duration,
}

impl Lookup {
    /// Makes one that trusts the certificates that the system trusts.
    pub fn new(bases: Bases, patience: Option<Duration>) -> Self {
        let patience = patience.unwrap_or(PATIENCE);
        Self { agent: agent(patience), bases, patience }
    }

    /// Returns the services' addresses.
    pub fn bases(&self) -> &Bases {
        &self.bases
    }

    /// Looks a work up; `None` when no service knows the number.
    ///
    /// # Errors
    /// When a service cannot be reached, or answers in another form than its own.
    pub fn work(&self, number: &Number) -> anyhow::Result<Option<Draft>> {
        match number {
            Number::Doi(doi) => self.doi(doi),
            Number::Pmid(pmid) => Ok(self.pubmed(std::slice::from_ref(pmid))?.into_iter().next()),
            Number::Pmcid(pmcid) => {
                let found = self.search(&format!("{pmcid}[pmcid]"))?;
                Ok(self
                    .pubmed(&found)?
                    .into_iter()
                    .find(|draft| draft.get_text("pmcid").is_none_or(|own| own == pmcid)))
            }
            Number::Arxiv(arxiv) => self.arxiv(arxiv),
            Number::Isbn(isbn) => self.isbn(isbn),
        }
    }

    fn doi(&self, doi: &str) -> anyhow::Result<Option<Draft>> {
        if let Some(work) = self.crossref(doi)? {
            let draft = read::crossref::draft(work.get("message").unwrap_or(&work));
            return Ok(Some(draft).filter(|draft| draft.has("title")));
        }
        let url = format!("{}/dois/{}", self.bases.datacite, encoded(doi));
        let answer = self.json(&url)?;
        Ok(answer
            .map(|json| read::datacite::draft(json.get("data").unwrap_or(&json)))
            .filter(|draft| draft.has("title")))
    }

    /// Returns what Crossref says of a DOI; `None` when it does not know it.
    ///
    /// # Errors
    /// When Crossref cannot be reached.
    pub fn crossref(&self, doi: &str) -> anyhow::Result<Option<Json>> {
        self.json(&format!("{}/works/{}", self.bases.crossref, encoded(doi)))
    }

    /// Returns the records of PubMed numbers, in batches.
    ///
    /// # Errors
    /// When PubMed cannot be reached.
    pub fn pubmed(&self, pmids: &[String]) -> anyhow::Result<Vec<Draft>> {
        let mut drafts = Vec::new();
        for batch in pmids.chunks(BATCH) {
            if let Ok(found) = read::read(&self.pubmed_xml(batch)?) {
                drafts.extend(found.drafts);
            }
        }
        Ok(drafts)
    }

    /// Returns PubMed's XML on some numbers.
    ///
    /// # Errors
    /// When PubMed cannot be reached.
    pub fn pubmed_xml(&self, pmids: &[String]) -> anyhow::Result<Vec<u8>> {
        let ids = encoded(&pmids.join(","));
        let url = format!("{}/efetch.fcgi?db=pubmed&retmode=xml&tool=offprint&id={ids}", self.bases.pubmed);
        let answer = self.get(&url, "application/xml")?;
        expect(&answer, &url)?;
        Ok(answer.body)
    }

    /// Tells whether a DOI is registered, with whatever agency.
    ///
    /// # Errors
    /// When the resolver cannot be reached.
    pub fn is_registered(&self, doi: &str) -> anyhow::Result<bool> {
        let url = format!("{}/api/handles/{}", self.bases.doi, encoded(doi));
        Ok(self.json(&url)?.is_some_and(|answer| answer.get("responseCode").and_then(Json::as_u64) == Some(1)))
    }

    /// Returns the status with which an address answers.
    ///
    /// # Errors
    /// When its host cannot be reached.
    pub fn status(&self, address: &str) -> anyhow::Result<u16> {
        let head = http::Request::builder().method("HEAD").uri(address).body(())?;
        match self.agent.run(head).map(|response| response.status().as_u16()) {
            // Some hosts answer no HEAD.
            Ok(403 | 404 | 405 | 501) | Err(_) => Ok(self.get(address, "*/*")?.status),
            Ok(status) => Ok(status),
        }
    }

    /// Returns the PubMed numbers of a query, newest first, at most a thousand.
    ///
    /// # Errors
    /// When PubMed cannot be reached.
    pub fn search(&self, query: &str) -> anyhow::Result<Vec<String>> {
        let url = format!(
            "{}/esearch.fcgi?db=pubmed&retmode=json&retmax=1000&tool=offprint&term={}",
            self.bases.pubmed,
            encoded(query)
        );
        let answer = self.json(&url)?.unwrap_or_default();
        let result = answer.get("esearchresult").context("PubMed answered in another form than its own")?;
        let ids = result.get("idlist").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        Ok(ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect())
    }

    /// Returns the works of an ORCID record.
    ///
    /// # Errors
    /// When ORCID cannot be reached, or does not know the iD.
    pub fn orcid(&self, orcid: &str) -> anyhow::Result<Vec<Draft>> {
        let url = format!("{}/v3.0/{orcid}/works", self.bases.orcid);
        match self.json(&url)? {
            None => bail!(
                "ORCID has no public record {orcid}\nhelp: look at the iD, and at what your record shows to everyone"
            ),
            Some(json) => Ok(read::read(json.to_string().as_bytes()).map(|found| found.drafts).unwrap_or_default()),
        }
    }

    fn arxiv(&self, arxiv: &str) -> anyhow::Result<Option<Draft>> {
        let url = format!("{}/api/query?max_results=1&id_list={}", self.bases.arxiv, encoded(arxiv));
        let answer = self.get(&url, "application/atom+xml")?;
        expect(&answer, &url)?;
        Ok(read::arxiv(&String::from_utf8_lossy(&answer.body)).into_iter().next())
    }

    fn isbn(&self, isbn: &str) -> anyhow::Result<Option<Draft>> {
        let url = format!("{}/api/books?format=json&jscmd=data&bibkeys=ISBN:{isbn}", self.bases.open_library);
        let answer = self.json(&url)?.unwrap_or_default();
        Ok(read::open_library(&answer, isbn))
    }

    fn json(&self, url: &str) -> anyhow::Result<Option<Json>> {
        let answer = self.get(url, "application/json")?;
        if matches!(answer.status, 404 | 410) {
            return Ok(None);
        }
        expect(&answer, url)?;
        let json = serde_json::from_slice(&answer.body);
        json.map(Some)
            .map_err(|_| anyhow!("{} answered in another form than its own\nhelp: try again later", host(url)))
    }

    /// Asks, and asks again while a service is busy or the line breaks.
    ///
    /// # Errors
    /// When the service cannot be reached or does not answer in time.
    pub fn get(&self, url: &str, accept: &str) -> anyhow::Result<Answer> {
        let mut last = anyhow!("no attempt was made");
        for attempt in 1..=ATTEMPTS {
            match self.once(url, accept) {
                Ok(answer) if !matches!(answer.status, 429 | 500 | 502 | 503 | 504) => return Ok(answer),
                Ok(answer) => {
                    last = anyhow!("{} is busy (status {})\nhelp: try again later", host(url), answer.status);
                }
                Err(error) if is_offline(&error) => return Err(self.fault(&error, url)),
                Err(error) => last = self.fault(&error, url),
            }
            if attempt < ATTEMPTS {
                std::thread::sleep(Duration::from_millis(300) * attempt);
            }
        }
        Err(last)
    }

    fn once(&self, url: &str, accept: &str) -> Result<Answer, ureq::Error> {
        let request = http::Request::builder().method("GET").uri(url).header("Accept", accept).body(())?;
        let mut response = self.agent.run(request)?;
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(Answer { status: response.status().as_u16(), body })
    }

    fn fault(&self, error: &ureq::Error, url: &str) -> anyhow::Error {
        let host = host(url);
        match error {
            ureq::Error::Timeout(_) => anyhow!(
                "{host} did not answer within {} s\nhelp: look at your connection; OFFPRINT_TIMEOUT=120 waits longer",
                self.patience.as_secs()
            ),
            error if is_offline(error) => anyhow!(
                "{host} cannot be reached: this computer seems to be offline\nhelp: look at your connection; `offprint import FILE` and `offprint add` without a number need none"
            ),
            other => anyhow!("the talk with {host} broke off: {other}\nhelp: look at your connection and try again"),
        }
    }
}

fn expect(answer: &Answer, url: &str) -> anyhow::Result<()> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    bail!("{} answered with status {}\nhelp: try again later", host(url), answer.status)
}

fn is_offline(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound => true,
        ureq::Error::Io(error) => matches!(
            error.kind(),
            std::io::ErrorKind::ConnectionRefused
                | std::io::ErrorKind::NetworkUnreachable
                | std::io::ErrorKind::HostUnreachable
        ),
        _ => false,
    }
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}

/// Writes a text as part of an address (RFC 3986).
fn encoded(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/,".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_however_it_was_pasted() {
        let cases = [
            ("https://doi.org/10.5555/RAD.1", Number::Doi("10.5555/rad.1".to_owned())),
            ("see 10.5555/rad.1", Number::Doi("10.5555/rad.1".to_owned())),
            ("https://journal.example/doi/full/10.5555/rad.1?x=1", Number::Doi("10.5555/rad.1".to_owned())),
            ("PMID: 38123456", Number::Pmid("38123456".to_owned())),
            ("https://pubmed.ncbi.nlm.nih.gov/38123456/", Number::Pmid("38123456".to_owned())),
            ("PMC10012345", Number::Pmcid("PMC10012345".to_owned())),
            ("arXiv:2406.12345v2", Number::Arxiv("2406.12345".to_owned())),
            ("2406.12345", Number::Arxiv("2406.12345".to_owned())),
            ("978-0-306-40615-7", Number::Isbn("9780306406157".to_owned())),
        ];
        for (text, number) in cases {
            assert_eq!(Number::parse(text), Some(number), "{text}");
        }
        assert_eq!(Number::parse("spine"), None);
        assert_eq!(Number::parse("978-0-306-40615-8"), None);
    }
}
