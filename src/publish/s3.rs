//! S3 and the hosts that speak its language: what the bucket lacks is sent, what the site no longer has is removed.
//!
//! A file that lies in the bucket already, by its hash, is not sent again; so a run that was broken
//! off is finished by the next. Files in the bucket that Offprint did not send stay.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use md5::Md5;
use rayon::prelude::*;
use sha2::Digest;

use super::client::{Answer, Ask, encoded, host};
use super::netlify::hexadecimal;
use super::parcel::content_type;
use super::signature::{Signed, Signer, hash};
use super::{AGAIN, Job, Sent, of_file, rank, secret};

/// A bucket and the keys to it.
#[derive(Debug)]
pub(super) struct Bucket {
    name: String,
    region: String,
    endpoint: String,
    folder: String,
    key_id: String,
    secret: String,
    session: Option<String>,
}

impl Bucket {
    /// Makes a bucket with the keys of the environment.
    ///
    /// # Errors
    /// When the environment has none.
    pub(super) fn new(name: &str, region: &str, endpoint: Option<&str>, folder: &str) -> anyhow::Result<Self> {
        let make = "make one at your host's console, for a user who may write to this bucket alone";
        let endpoint = match endpoint {
            Some(endpoint) if endpoint.contains("://") => endpoint.to_owned(),
            Some(endpoint) => format!("https://{endpoint}"),
            None => format!("https://s3.{region}.amazonaws.com"),
        };
        Ok(Self {
            name: name.to_owned(),
            region: region.to_owned(),
            endpoint,
            folder: folder.to_owned(),
            key_id: secret(&["AWS_ACCESS_KEY_ID"], "the id of your access key", make)?,
            secret: secret(&["AWS_SECRET_ACCESS_KEY"], "your secret access key", make)?,
            session: std::env::var("AWS_SESSION_TOKEN").ok().filter(|token| !token.is_empty()),
        })
    }

    fn ask(
        &self,
        job: &Job<'_>,
        method: &'static str,
        key: &str,
        query: &str,
        body: Vec<u8>,
    ) -> anyhow::Result<Answer> {
        let signer = Signer { key_id: &self.key_id, secret: &self.secret, region: &self.region, now: job.now };
        let path = match key {
            "" => format!("/{}", encoded(&self.name, false)),
            key => format!("/{}/{}", encoded(&self.name, false), encoded(key, true)),
        };
        let content = hash(&body);
        let mut headers = vec![("host", host(&self.endpoint))];
        if method == "PUT" {
            headers.insert(0, ("content-type", content_type(key).to_owned()));
        }
        headers.push(("x-amz-content-sha256", content.clone()));
        headers.push(("x-amz-date", signer.moment()));
        headers.extend(self.session.iter().map(|token| ("x-amz-security-token", token.clone())));
        let signed = Signed { method, path: &path, query, headers: &headers, content: &content };
        let authorization = signer.authorization(&signed);
        // The client writes the host itself.
        headers.retain(|(name, _)| *name != "host");
        headers.push(("authorization", authorization));
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let url = format!("{}{path}{query}", self.endpoint);
        let answer = job.client.ask(&Ask { method, url, headers, body })?;
        match answer.status {
            200..=299 => Ok(answer),
            403 | 401 => bail!(
                "{} does not accept the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for the bucket {} ({})\n\
                 help: look whether they are current and may write there, then {AGAIN}",
                host(&self.endpoint),
                self.name,
                answer.words()
            ),
            404 => bail!(
                "there is no bucket `{}` in {}\nhelp: make it at your host, or correct `bucket:` and `region:`",
                self.name,
                self.region
            ),
            _ => bail!("{} did not take the site ({})\nhelp: {AGAIN}", host(&self.endpoint), answer.words()),
        }
    }

    /// Key of each file under the folder → its MD5, where the host tells it.
    fn list(&self, job: &Job<'_>) -> anyhow::Result<BTreeMap<String, String>> {
        let mut found = BTreeMap::new();
        let mut next: Option<String> = None;
        loop {
            let from = next.map(|token| format!("continuation-token={}&", encoded(&token, false))).unwrap_or_default();
            let query = format!("{from}list-type=2&prefix={}", encoded(&self.folder, false));
            let answer = self.ask(job, "GET", "", &query, Vec::new())?;
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            let document = roxmltree::Document::parse(&text).map_err(|_| {
                anyhow::anyhow!("{} answered with something that is no list\nhelp: {AGAIN}", host(&self.endpoint))
            })?;
            let root = document.root_element();
            let word = |node: roxmltree::Node<'_, '_>, name: &str| {
                let child = node.children().find(|child| child.tag_name().name() == name);
                child.and_then(|child| child.text()).map(str::to_owned)
            };
            for item in root.children().filter(|node| node.tag_name().name() == "Contents") {
                if let Some(key) = word(item, "Key") {
                    found.insert(key, word(item, "ETag").unwrap_or_default().trim_matches('"').to_owned());
                }
            }
            let more = word(root, "IsTruncated").is_some_and(|text| text == "true");
            next = word(root, "NextContinuationToken").filter(|_| more);
            if next.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Brings the bucket to hold the site.
pub(super) fn send(job: &Job<'_>, bucket: &Bucket) -> anyhow::Result<Sent> {
    let there = bucket.list(job)?;
    let key = |path: &str| format!("{}{path}", bucket.folder);
    let mut lacking: Vec<&str> = Vec::new();
    for path in job.parcel.files.keys() {
        let known = there.get(&key(path));
        if known.is_none_or(|etag| *etag != hexadecimal(&Md5::digest(job.parcel.read(path).unwrap_or_default()))) {
            lacking.push(path);
        }
    }
    for stage in 0..=2 {
        lacking.par_iter().with_max_len(1).filter(|path| rank(path) == stage).try_for_each(|path| {
            let sent = bucket.ask(job, "PUT", &key(path), "", job.parcel.read(path)?);
            of_file(path, "sent", sent.map(drop))
        })?;
    }
    // A page for one reader has a name that nothing else has, so that it is known on every computer.
    let shared = there.keys().filter_map(|key| key.strip_prefix(&bucket.folder)).filter(|path| is_share(path));
    let mut stale: BTreeSet<String> =
        shared.filter(|path| !job.parcel.files.contains_key(*path)).map(str::to_owned).collect();
    stale.extend(job.stale.iter().filter(|path| there.contains_key(&key(path))).cloned());
    for path in &stale {
        of_file(path, "removed", bucket.ask(job, "DELETE", &key(path), "", Vec::new()))?;
    }
    Ok(Sent { files: lacking.len(), ..Sent::default() })
}

/// Tells whether a path is that of a page for one reader: `share/<id>-<token>/…`.
fn is_share(path: &str) -> bool {
    let folder = path.strip_prefix("share/").and_then(|rest| rest.split_once('/')).map(|(folder, _)| folder);
    let token = folder.and_then(|folder| folder.rsplit_once('-')).map(|(_, token)| token);
    token.is_some_and(crate::record::decode::is_token)
}
