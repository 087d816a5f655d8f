//! Where the site is published: what the host needs is there, and nothing that it does not take.

use super::place::{Place, text};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::{PUBLISH_INCOMPLETE, PUBLISH_MISFIT};
use crate::portfolio::{Destination, Publishing, Repository, Settings};
use crate::record::decode::Decoded;
use crate::record::vocabulary::PublishTarget;
use crate::record::{Publish, SiteFile};
use crate::source::Sources;

/// Reads `publish:`; `None` when it is absent or cannot be followed, which is reported.
pub(super) fn publishing(
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    file: &Decoded<SiteFile>,
    settings: &Settings,
) -> Option<Publishing> {
    let place = &Place { sources, origin: &file.origin, id: "", faulty: &file.faulty };
    let publish = file.record.publish.as_ref()?;
    let Some(to) = publish.to else {
        if !place.is_faulty("publish.to") {
            let found = place.diagnostic(&PUBLISH_INCOMPLETE, "publish", "`publish` does not say where to");
            diagnostics.push(found.help(format!("add `to:` and one of {}", hosts())));
        }
        return None;
    };
    unused(diagnostics, place, publish, to);
    let needs = Needs { publish, place, to };
    let destination = needs.destination(diagnostics)?;
    let domain = text(publish.domain.clone()).map(|domain| {
        let bare = domain.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        bare.to_lowercase()
    });
    if let (Some(domain), Some(url)) = (&domain, &settings.base_url) {
        let host = url.split_once("://").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default();
        if !host.eq_ignore_ascii_case(domain) {
            let message = format!("the site is published at {domain}, but `site.url` says {url}");
            let found = place.diagnostic(&PUBLISH_MISFIT, "publish.domain", message);
            diagnostics.push(found.help(format!("write `url: https://{domain}/` under `site:`, or leave `url:` out")));
        }
    }
    Some(Publishing { destination, domain, account: text(publish.account.clone()) })
}

fn hosts() -> String {
    PublishTarget::ALL.iter().map(|host| host.as_str()).collect::<Vec<_>>().join(", ")
}

/// Which fields a host takes: the first ones it cannot do without.
fn fields(to: PublishTarget) -> (&'static [&'static str], &'static [&'static str]) {
    match to {
        PublishTarget::GithubPages => (&["repository"], &["branch", "domain", "account"]),
        PublishTarget::Folder => (&["path"], &["domain"]),
        PublishTarget::Zip => (&[], &["path", "domain"]),
        PublishTarget::Netlify => (&["site"], &["domain"]),
        PublishTarget::CloudflarePages => (&["site"], &["account", "branch", "domain"]),
        PublishTarget::S3 => (&["bucket", "region"], &["endpoint", "path", "domain"]),
        PublishTarget::Sftp | PublishTarget::Rsync => (&["host", "path"], &["domain"]),
    }
}

fn unused(diagnostics: &mut Diagnostics, place: &Place<'_>, publish: &Publish, to: PublishTarget) {
    let (needed, taken) = fields(to);
    let written = [
        ("repository", &publish.repository),
        ("branch", &publish.branch),
        ("path", &publish.path),
        ("host", &publish.host),
        ("site", &publish.site),
        ("account", &publish.account),
        ("bucket", &publish.bucket),
        ("region", &publish.region),
        ("endpoint", &publish.endpoint),
        ("domain", &publish.domain),
    ];
    for (field, value) in written {
        if value.is_some() && !needed.contains(&field) && !taken.contains(&field) {
            let message = format!("`{field}` means nothing for {to}");
            let found = place.diagnostic(&PUBLISH_MISFIT, &format!("publish.{field}"), message);
            let known: Vec<&str> = needed.iter().chain(taken).copied().collect();
            diagnostics.push(found.help(format!("remove it; {to} takes {}", known.join(", "))));
        }
    }
}

struct Needs<'a> {
    publish: &'a Publish,
    place: &'a Place<'a>,
    to: PublishTarget,
}

impl Needs<'_> {
    fn destination(&self, diagnostics: &mut Diagnostics) -> Option<Destination> {
        let publish = self.publish;
        let missing: Vec<&str> =
            fields(self.to).0.iter().copied().filter(|field| self.field(field).is_none()).collect();
        if !missing.is_empty() {
            let names = missing.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" and ");
            let message = format!("{} needs {names}", self.to);
            let found = self.place.diagnostic(&PUBLISH_INCOMPLETE, "publish.to", message);
            diagnostics.push(found.help(format!("add {} under `publish:`", example(missing[0]))));
            return None;
        }
        let need = |field: &str| self.field(field).unwrap_or_default();
        Some(match self.to {
            PublishTarget::Folder => Destination::Folder { path: need("path") },
            PublishTarget::Zip => {
                Destination::Zip { path: self.field("path").unwrap_or_else(|| "site.zip".to_owned()) }
            }
            PublishTarget::GithubPages => {
                let written = need("repository");
                let Some(repository) = Repository::parse(&written) else {
                    let message = format!("`{written}` is not the address of a repository that Offprint pushes to");
                    let found = self.place.diagnostic(&PUBLISH_MISFIT, "publish.repository", message);
                    diagnostics
                        .push(found.help("write `owner/name` or `git@github.com:owner/name.git`, without a password"));
                    return None;
                };
                let branch = self.field("branch").unwrap_or_else(|| "gh-pages".to_owned());
                Destination::GithubPages { repository, branch: self.safe(diagnostics, "branch", branch)? }
            }
            PublishTarget::Netlify => Destination::Netlify { site: self.safe(diagnostics, "site", need("site"))? },
            PublishTarget::CloudflarePages => Destination::CloudflarePages {
                account: text(publish.account.clone()),
                site: self.safe(diagnostics, "site", need("site"))?,
                branch: self.field("branch").unwrap_or_else(|| "main".to_owned()),
            },
            PublishTarget::S3 => Destination::S3 {
                bucket: self.safe(diagnostics, "bucket", need("bucket"))?,
                region: self.safe(diagnostics, "region", need("region"))?,
                endpoint: self.field("endpoint").map(|address| address.trim_end_matches('/').to_owned()),
                folder: self
                    .field("path")
                    .map(|path| path.trim_matches('/').to_owned())
                    .filter(|path| !path.is_empty())
                    .map_or_else(String::new, |path| path + "/"),
            },
            PublishTarget::Sftp | PublishTarget::Rsync => {
                let host = self.safe(diagnostics, "host", need("host"))?;
                let path = self.safe(diagnostics, "path", need("path"))?;
                let path = if path == "/" { path } else { path.trim_end_matches('/').to_owned() };
                match self.to {
                    PublishTarget::Sftp => Destination::Sftp { host, path },
                    _ => Destination::Rsync { host, path },
                }
            }
        })
    }

    fn field(&self, name: &str) -> Option<String> {
        let publish = self.publish;
        text(match name {
            "repository" => publish.repository.clone(),
            "branch" => publish.branch.clone(),
            "path" => publish.path.clone(),
            "host" => publish.host.clone(),
            "site" => publish.site.clone(),
            "bucket" => publish.bucket.clone(),
            "region" => publish.region.clone(),
            "endpoint" => publish.endpoint.clone(),
            _ => None,
        })
    }

    /// A word that becomes part of a command or an address: no white space, no option, no quotes.
    fn safe(&self, diagnostics: &mut Diagnostics, field: &str, value: String) -> Option<String> {
        let odd =
            |letter: char| letter.is_whitespace() || letter.is_control() || "\"'`\\*?[]{}$;&|<>#%".contains(letter);
        if !value.starts_with('-') && !value.contains(odd) && !value.contains("..") {
            return Some(value);
        }
        let message = format!("`{value}` cannot be used as the `{field}` of {}", self.to);
        let found = self.place.diagnostic(&PUBLISH_MISFIT, &format!("publish.{field}"), message);
        diagnostics.push(found.help(format!("write it without spaces, quotes and signs, as in {}", example(field))));
        None
    }
}

fn example(field: &str) -> &'static str {
    match field {
        "repository" => "`repository: your-name/your-name.github.io`",
        "branch" => "`branch: gh-pages`",
        "path" => "`path: public_html`",
        "host" => "`host: you@web.hospital.example`",
        "site" => "`site: your-name`",
        "bucket" => "`bucket: your-name-site`",
        _ => "`region: eu-central-1`",
    }
}
