//! Cloudflare Pages by direct upload: the hashes, the files that it lacks, then a deployment.
//!
//! The interface is the one that Cloudflare's own `wrangler pages deploy` speaks: a file's key is
//! the start of the BLAKE3 hash of its content in base64 followed by its ending.

use anyhow::{Context, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::client::{Ask, encoded, host};
use super::parcel::content_type;
use super::{AGAIN, Client, Job, Sent, secret};

const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
/// The most that one upload takes: bytes and files.
const LARGEST_BATCH: (usize, usize) = (40 << 20, 1000);
const LARGEST_FILE: u64 = 25 << 20;

/// Deploys the site.
pub(super) fn send(job: &Job<'_>, account: Option<&str>, site: &str, branch: &str) -> anyhow::Result<Sent> {
    let large = job.parcel.files.iter().find(|(_, file)| file.length > LARGEST_FILE);
    if let Some((path, _)) = large {
        bail!(
            "Cloudflare Pages takes no file over 25 MB, and {path} is one\nhelp: link to it from elsewhere, or publish to another host"
        );
    }
    let make =
        "make one at dash.cloudflare.com under My Profile, API Tokens, with the permission Cloudflare Pages: Edit";
    let token = secret(&[TOKEN], "your Cloudflare token", make)?;
    let account = match account {
        Some(account) => account.to_owned(),
        None => secret(
            &["CLOUDFLARE_ACCOUNT_ID"],
            "the id of your Cloudflare account",
            "copy it from the address of dash.cloudflare.com, or write it as `account:` under `publish:`",
        )?,
    };
    let base = std::env::var("OFFPRINT_CLOUDFLARE").unwrap_or_else(|_| "https://api.cloudflare.com".to_owned());
    let base = format!("{}/client/v4", base.trim_end_matches('/'));
    let project = format!("{base}/accounts/{}/pages/projects/{}", encoded(&account, false), encoded(site, false));
    let api = Api { client: job.client, site };
    let upload = api.ask("GET", format!("{project}/upload-token"), &token, None)?;
    let upload = upload["jwt"].as_str().context("Cloudflare gives no upload token")?.to_owned();

    let mut files: Vec<(String, &str)> = Vec::new();
    for path in job.parcel.files.keys() {
        files.push((key(path, &job.parcel.read(path)?), path));
    }
    let hashes: Vec<&str> = files.iter().map(|(key, _)| key.as_str()).collect();
    let missing =
        api.ask("POST", format!("{base}/pages/assets/check-missing"), &upload, Some(&json!({ "hashes": hashes })))?;
    let missing: Vec<&str> = missing.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut lacking: Vec<&(String, &str)> = files.iter().filter(|(key, _)| missing.contains(&key.as_str())).collect();
    lacking.dedup_by(|a, b| a.0 == b.0);
    let mut batch: Vec<Value> = Vec::new();
    let mut size = 0;
    for (at, (key, path)) in lacking.iter().enumerate() {
        let value = STANDARD.encode(job.parcel.read(path)?);
        size += value.len();
        batch
            .push(json!({"key": key, "value": value, "metadata": {"contentType": content_type(path)}, "base64": true}));
        if size > LARGEST_BATCH.0 || batch.len() == LARGEST_BATCH.1 || at + 1 == lacking.len() {
            api.ask(
                "POST",
                format!("{base}/pages/assets/upload"),
                &upload,
                Some(&Value::from(std::mem::take(&mut batch))),
            )?;
            size = 0;
        }
    }
    api.ask("POST", format!("{base}/pages/assets/upsert-hashes"), &upload, Some(&json!({ "hashes": hashes })))?;
    let manifest: serde_json::Map<String, Value> =
        files.iter().map(|(key, path)| (format!("/{path}"), Value::from(key.as_str()))).collect();
    let deployed = api.deploy(&project, &token, &Value::from(manifest), branch)?;
    let address = deployed["aliases"].as_array().and_then(|list| list.first()).and_then(Value::as_str);
    let address =
        address.or_else(|| deployed["url"].as_str()).map(|address| format!("{}/", address.trim_end_matches('/')));
    Ok(Sent { address, files: lacking.len(), ..Sent::default() })
}

/// Returns the key of a file.
fn key(path: &str, bytes: &[u8]) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    blake3::hash(format!("{}{ending}", STANDARD.encode(bytes)).as_bytes()).to_hex()[..32].to_owned()
}

struct Api<'a> {
    client: &'a Client,
    site: &'a str,
}

impl Api<'_> {
    fn ask(&self, method: &'static str, url: String, token: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let headers =
            vec![("authorization", format!("Bearer {token}")), ("content-type", "application/json".to_owned())];
        let body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.result(&Ask { method, url, headers, body })
    }

    fn deploy(&self, project: &str, token: &str, manifest: &Value, branch: &str) -> anyhow::Result<Value> {
        const EDGE: &str = "offprint-7f3c1d5b9a";
        let field = |name: &str, value: &str| {
            format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = field("manifest", &manifest.to_string()) + &field("branch", branch) + &format!("--{EDGE}--\r\n");
        self.result(&Ask {
            method: "POST",
            url: format!("{project}/deployments"),
            headers: vec![
                ("authorization", format!("Bearer {token}")),
                ("content-type", format!("multipart/form-data; boundary={EDGE}")),
            ],
            body: body.into_bytes(),
        })
    }

    fn result(&self, ask: &Ask) -> anyhow::Result<Value> {
        let answer = self.client.ask(ask)?;
        match answer.status {
            200..=299 => Ok(answer.json("Cloudflare")?["result"].take()),
            401 | 403 => bail!(
                "Cloudflare does not accept the token in {TOKEN}\n\
                 help: make a new one at dash.cloudflare.com with the permission Cloudflare Pages: Edit, and {AGAIN}"
            ),
            404 => bail!(
                "Cloudflare has no Pages project `{}` in that account\n\
                 help: make it at dash.cloudflare.com (Workers & Pages, Create, Pages, Upload assets), or correct `site:`",
                self.site
            ),
            _ => bail!("{} did not take the site ({})\nhelp: {AGAIN}", host(&ask.url), answer.words()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_key_depends_on_content_and_ending_and_not_on_the_folder() {
        assert_eq!(key("a/index.html", b"x"), key("index.html", b"x"));
        assert_ne!(key("index.html", b"x"), key("index.css", b"x"));
        assert_eq!(key("index.html", b"x").len(), 32);
    }
}
