//! Netlify: the list of files by hash, then the files that it lacks.
//!
//! The interface is that of <https://docs.netlify.com/api/get-started/#deploy-with-the-api>
//! (file digest method).

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, bail};
use rayon::prelude::*;
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::client::{Answer, Ask, encoded, host};
use super::{AGAIN, Client, Job, Sent, of_file, secret};

const TOKEN: &str = "NETLIFY_AUTH_TOKEN";

/// Deploys the site.
pub(super) fn send(job: &Job<'_>, site: &str) -> anyhow::Result<Sent> {
    let token = secret(
        &[TOKEN],
        "your Netlify token",
        "make one at app.netlify.com under User settings, Applications, Personal access tokens",
    )?;
    let base = std::env::var("OFFPRINT_NETLIFY").unwrap_or_else(|_| "https://api.netlify.com".to_owned());
    let api = Api { client: job.client, base: format!("{}/api/v1", base.trim_end_matches('/')), token };
    let is_id = site.len() == 36 || site.contains('.');
    let name = if is_id { site.to_owned() } else { format!("{site}.netlify.app") };
    let found = api.json("GET", &format!("/sites/{}", encoded(&name, false)), None, &format!("no site `{site}`"))?;
    let id = text(&found, "id").context("Netlify names no id for the site")?;
    let mut by_hash: BTreeMap<String, &str> = BTreeMap::new();
    let mut files = serde_json::Map::new();
    for path in job.parcel.files.keys() {
        let hash = hexadecimal(&Sha1::digest(job.parcel.read(path)?));
        files.insert(format!("/{path}"), Value::from(hash.clone()));
        by_hash.entry(hash).or_insert(path);
    }
    let deploy = api.json("POST", &format!("/sites/{id}/deploys"), Some(&json!({ "files": files })), "no site")?;
    let deploy_id = text(&deploy, "id").context("Netlify names no id for the deploy")?;
    let required: Vec<&str> = deploy["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let lacking: Vec<&str> = required.iter().filter_map(|hash| by_hash.get(*hash).copied()).collect();
    lacking.par_iter().with_max_len(1).try_for_each(|path| {
        let ask = Ask {
            method: "PUT",
            url: format!("{}/deploys/{deploy_id}/files/{}", api.base, encoded(path, true)),
            headers: vec![api.authorization(), ("content-type", "application/octet-stream".to_owned())],
            body: job.parcel.read(path)?,
        };
        let sent = api.client.ask(&ask).and_then(|answer| api.accepted(&answer, "the deploy is gone").map(drop));
        of_file(path, "sent", sent)
    })?;
    let address = api.wait(&deploy_id)?;
    Ok(Sent { address, files: lacking.len(), ..Sent::default() })
}

struct Api<'a> {
    client: &'a Client,
    base: String,
    token: String,
}

impl Api<'_> {
    fn authorization(&self) -> (&'static str, String) {
        ("authorization", format!("Bearer {}", self.token))
    }

    fn json(&self, method: &'static str, path: &str, body: Option<&Value>, missing: &str) -> anyhow::Result<Value> {
        let ask = Ask {
            method,
            url: format!("{}{path}", self.base),
            headers: vec![self.authorization(), ("content-type", "application/json".to_owned())],
            body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        };
        let answer = self.client.ask(&ask)?;
        self.accepted(&answer, missing)?.json("Netlify")
    }

    fn accepted<'r>(&self, answer: &'r Answer, missing: &str) -> anyhow::Result<&'r Answer> {
        match answer.status {
            200..=299 => Ok(answer),
            401 | 403 => bail!(
                "Netlify does not accept the token in {TOKEN}\n\
                 help: make a new one at app.netlify.com under User settings, Applications, and {AGAIN}"
            ),
            404 => bail!(
                "Netlify has {missing} in your account\n\
                 help: make the site at app.netlify.com first, and name it under `publish:` as `site: its-name`"
            ),
            _ => bail!("{} did not take the site ({})\nhelp: {AGAIN}", host(&self.base), answer.words()),
        }
    }

    /// Waits until the deploy is shown; gives its address.
    fn wait(&self, id: &str) -> anyhow::Result<Option<String>> {
        let until = std::time::Instant::now() + self.client.patience;
        loop {
            let deploy = self.json("GET", &format!("/deploys/{id}"), None, "no deploy")?;
            match deploy["state"].as_str().unwrap_or_default() {
                "ready" | "current" => return Ok(text(&deploy, "ssl_url").or_else(|| text(&deploy, "url"))),
                "error" | "rejected" => {
                    let reason = text(&deploy, "error_message").unwrap_or_else(|| "it says no more".to_owned());
                    bail!("Netlify could not show the site: {reason}\nhelp: {AGAIN}")
                }
                _ if std::time::Instant::now() > until => {
                    bail!("Netlify has all files and is still at work\nhelp: look at app.netlify.com in a minute")
                }
                _ => std::thread::sleep(Duration::from_millis(300)),
            }
        }
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Writes bytes in hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
