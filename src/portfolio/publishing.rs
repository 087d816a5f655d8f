//! Where the site is published.

/// Where the site goes, as `publish:` in `site.yaml` says; keys and tokens are never among it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publishing {
    /// The host.
    pub destination: Destination,
    /// A domain of the owner's own.
    pub domain: Option<String>,
    /// The account that owns what is published to, where it is another than `ids.github`.
    pub account: Option<String>,
}

/// A host, with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder, by its path from the site folder.
    Folder {
        /// The folder.
        path: String,
    },
    /// An archive, for hosts that take one by drag and drop.
    Zip {
        /// The file, by its path from the site folder.
        path: String,
    },
    /// A branch of a git repository, as GitHub Pages serves it.
    GithubPages {
        /// The repository.
        repository: Repository,
        /// The branch.
        branch: String,
    },
    /// A site at Netlify.
    Netlify {
        /// Its name (`rao-site`), its domain or its id.
        site: String,
    },
    /// A project of Cloudflare Pages.
    CloudflarePages {
        /// The account's id; `None` when the environment tells it.
        account: Option<String>,
        /// The project's name.
        site: String,
        /// The branch that the project serves to all.
        branch: String,
    },
    /// A bucket of S3 or of a host that speaks its language.
    S3 {
        /// The bucket.
        bucket: String,
        /// Its region.
        region: String,
        /// The address of a host other than Amazon's.
        endpoint: Option<String>,
        /// The folder inside the bucket: empty, or ending in `/`.
        folder: String,
    },
    /// A folder on a server, through the system's `sftp`.
    Sftp {
        /// The server, as `rao@web.hospital.example`.
        host: String,
        /// The folder there.
        path: String,
    },
    /// A folder on a server, through the system's `rsync`.
    Rsync {
        /// The server, as `rao@web.hospital.example`.
        host: String,
        /// The folder there.
        path: String,
    },
}

/// A git repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The address that git takes.
    pub address: String,
    /// `github.com` and the like; `None` for a folder of this computer.
    pub host: Option<String>,
    /// Owner and name, where the address has them.
    pub owner_and_name: Option<(String, String)>,
}

impl Repository {
    /// Reads `owner/name`, an address, or the path of a folder; `None` for what git must not be given.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let odd = |letter: char| letter.is_whitespace() || letter.is_control();
        if text.is_empty() || text.starts_with('-') || text.contains("::") || text.contains(odd) {
            return None;
        }
        let local = text.starts_with('/') || text.starts_with('.') || text.starts_with('~') || text.contains('\\');
        if local || text.starts_with("file://") {
            return Some(Self { address: text.to_owned(), host: None, owner_and_name: None });
        }
        if let Some((scheme, rest)) = text.split_once("://") {
            let (host, path) = rest.split_once('/')?;
            let host = match (scheme, host.split_once('@')) {
                ("https" | "http", None) => host,
                // Who writes a password into the address has put it into a file that is read by others.
                ("ssh", Some((user, host))) if !user.contains(':') => host,
                ("ssh", None) => host,
                _ => return None,
            };
            return Some(Self::on(host, path, text.to_owned()));
        }
        if let Some((host, path)) = text.split_once(':') {
            let host = host.split_once('@').map_or(host, |(_, host)| host);
            return Some(Self::on(host, path, text.to_owned()));
        }
        let (owner, name) = text.split_once('/')?;
        let is_name = |part: &str| {
            !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
        };
        let name = name.strip_suffix(".git").unwrap_or(name);
        (is_name(owner) && is_name(name))
            .then(|| Self::on("github.com", text, format!("https://github.com/{owner}/{name}.git")))
    }

    fn on(host: &str, path: &str, address: String) -> Self {
        let path = path.trim_matches('/').strip_suffix(".git").unwrap_or(path.trim_matches('/'));
        let owner_and_name = path.rsplit_once('/').map(|(owner, name)| (owner.to_owned(), name.to_owned()));
        Self { address, host: Some(host.to_lowercase()), owner_and_name }
    }

    /// Tells whether two addresses are of one repository, however they are written.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.host, &self.owner_and_name) {
            (Some(_), Some((owner, name))) => other.owner_and_name.as_ref().is_some_and(|(other_owner, other_name)| {
                self.host == other.host
                    && owner.eq_ignore_ascii_case(other_owner)
                    && name.eq_ignore_ascii_case(other_name)
            }),
            _ => self.address.trim_end_matches('/') == other.address.trim_end_matches('/'),
        }
    }

    /// Returns the address at which GitHub Pages shows what the repository holds.
    pub fn pages_address(&self) -> Option<String> {
        let (owner, name) = self.owner_and_name.as_ref().filter(|_| self.host.as_deref() == Some("github.com"))?;
        let host = format!("{}.github.io", owner.to_lowercase());
        Some(if name.eq_ignore_ascii_case(&host) {
            format!("https://{host}/")
        } else {
            format!("https://{host}/{name}/")
        })
    }
}

impl Publishing {
    /// Returns the address that the host gives the site, where that is known beforehand.
    pub fn address(&self) -> Option<String> {
        if let Some(domain) = &self.domain {
            return Some(format!("https://{domain}/"));
        }
        match &self.destination {
            Destination::GithubPages { repository, .. } => repository.pages_address(),
            Destination::Netlify { site } if site.contains('.') => Some(format!("https://{site}/")),
            // An id is no name: 36 letters with hyphens at fixed places.
            Destination::Netlify { site } if site.len() != 36 => Some(format!("https://{site}.netlify.app/")),
            Destination::CloudflarePages { site, .. } => Some(format!("https://{site}.pages.dev/")),
            _ => None,
        }
    }

    /// Returns the name of the destination, for messages and for the list of what was published.
    pub fn name(&self) -> String {
        match &self.destination {
            Destination::Folder { path } => format!("the folder {path}"),
            Destination::Zip { path } => format!("the archive {path}"),
            Destination::GithubPages { repository, branch } => format!("the branch {branch} of {}", repository.address),
            Destination::Netlify { site } => format!("Netlify, site {site}"),
            Destination::CloudflarePages { site, .. } => format!("Cloudflare Pages, project {site}"),
            Destination::S3 { bucket, endpoint, folder, .. } => {
                let host = endpoint.as_deref().map(|host| format!(" at {host}")).unwrap_or_default();
                format!("the bucket {bucket}/{folder}{host}")
            }
            Destination::Sftp { host, path } | Destination::Rsync { host, path } => format!("{host}:{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_becomes_an_option_or_a_program_of_git(text in "[-a-zA-Z0-9:@/. ~]{0,30}") {
            if let Some(repository) = Repository::parse(&text) {
                let address = &repository.address;
                prop_assert!(!address.starts_with('-') && !address.contains("::") && !address.contains(' '), "{address}");
                prop_assert!(repository.is_same(&repository));
            }
        }
    }

    #[test]
    fn a_repository_is_read_in_every_form_and_a_dangerous_one_is_refused() {
        let same = [
            "rao/site",
            "https://github.com/rao/site.git",
            "https://github.com/Rao/site/",
            "git@github.com:rao/site.git",
            "ssh://git@github.com/rao/site",
        ];
        for one in same {
            let read = Repository::parse(one).expect(one);
            assert!(same.iter().all(|other| read.is_same(&Repository::parse(other).expect(other))), "{one}");
            assert_eq!(read.pages_address().as_deref(), Some("https://rao.github.io/site/"), "{one}");
        }
        let own = Repository::parse("rao/Rao.github.io").expect("a repository");
        assert_eq!(own.pages_address().as_deref(), Some("https://rao.github.io/"));
        assert_eq!(Repository::parse("/srv/site.git").expect("a folder").host, None);
        for bad in ["", "--upload-pack=x", "ext::sh -c x", "https://rao:secret@github.com/rao/site", "site", "a b/c"] {
            assert_eq!(Repository::parse(bad), None, "{bad}");
        }
    }
}
