//! GitHub Pages: a branch of a repository that holds the output and nothing else.
//!
//! The system's `git` pushes with the owner's own credentials. The branch grows by one commit for
//! each publication, never by force. A commit names, in its last lines, that Offprint made it and
//! which files of others it kept, so that any computer can tell them apart.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};

use super::client::Ask;
use super::program::{self, Ended, last_words, was_refused};
use super::{AGAIN, Client, Job, Sent};
use crate::portfolio::{Owner, Publishing, Repository};

/// The line of a commit that says who made it.
const MARK: &str = "Published-by: Offprint";
/// The line of a commit that names a file of others.
const KEPT: &str = "Kept: ";
/// Files that a host puts into a new repository.
const HARMLESS: [&str; 7] = ["README.md", "README", "LICENSE", "LICENSE.md", ".gitignore", "CNAME", ".nojekyll"];
/// Commits of others on top of Offprint's that are looked through.
const DEPTH: &str = "--depth=50";

/// Says why a repository is not pushed to: it is not the owner's, or it holds the site's source.
pub fn refusal(root: &Path, publishing: &Publishing, repository: &Repository, owner: &Owner) -> Option<String> {
    let github = owner.ids.github.as_deref().map(|id| {
        id.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default().trim_start_matches('@').to_owned()
    });
    let account = publishing.account.clone().or(github);
    if let (Some(account), Some((owner, name))) = (account, &repository.owner_and_name)
        && repository.host.as_deref() == Some("github.com")
        && !owner.eq_ignore_ascii_case(&account)
    {
        return Some(format!(
            "the repository {owner}/{name} belongs to {owner}, and you are {account}\n\
             help: name a repository of your own; for one of your group write `account: {owner}` under `publish:`"
        ));
    }
    let of_source = super::tracked::remotes(root).into_iter().any(|remote| remote.is_same(repository));
    of_source.then(|| {
        "that repository holds the source of this site, and the site gets one of its own, which may be public\n\
         help: make an empty repository for the site and name it under `publish:`"
            .to_owned()
    })
}

/// Tells whether anybody may read a repository; `None` when that cannot be told.
pub fn is_public(client: &Client, repository: &Repository) -> Option<bool> {
    let Some(host) = &repository.host else { return Some(false) };
    let (owner, name) = repository.owner_and_name.as_ref()?;
    let base = std::env::var("OFFPRINT_GIT_WEB").unwrap_or_else(|_| format!("https://{host}"));
    let url = format!("{base}/{owner}/{name}.git/info/refs?service=git-upload-pack");
    let answer = client.ask(&Ask { method: "GET", url, ..Ask::default() }).ok()?;
    match answer.status {
        200 => Some(true),
        401 | 403 | 404 => Some(false),
        _ => None,
    }
}

/// Pushes the site to the branch.
pub(super) fn send(job: &Job<'_>, repository: &Repository, branch: &str) -> anyhow::Result<Sent> {
    let workplace = crate::build::output::workplace(job.root)?;
    let folder =
        tempfile::Builder::new().prefix("staging-git-").tempdir_in(workplace).context("cannot stage the site")?;
    let address = match &repository.host {
        Some(_) => repository.address.clone(),
        None if repository.address.starts_with("file://") => repository.address.clone(),
        None => super::folder::resolve(job.root, &repository.address).to_string_lossy().into_owned(),
    };
    let git = Git { folder: folder.path(), address, branch, patience: job.client.patience };
    git.local(&["init", "--quiet", "."])?;
    let old = git.old()?;
    let work_tree = format!("--work-tree={}", job.parcel.folder().display());
    git.local(&[&work_tree, "add", "--all", "--force", "."])?;
    let mut kept = BTreeSet::new();
    if let Some(old) = &old {
        for (path, entry) in &old.foreign {
            if !job.parcel.files.contains_key(path) {
                git.local(&["update-index", "--add", "--cacheinfo", entry])?;
                kept.insert(path.as_str());
            }
        }
    }
    let tree = git.local(&["write-tree"])?;
    if old.as_ref().is_some_and(|old| old.tree == tree) {
        return Ok(Sent { notes: vec!["The branch holds this site already".to_owned()], ..Sent::default() });
    }
    let kept_lines: String = kept.iter().map(|path| format!("{KEPT}{path}\n")).collect();
    let message = format!("Publish the site\n\n{kept_lines}{MARK} {}\n", env!("CARGO_PKG_VERSION"));
    let commit = git.commit(&tree, old.as_ref().map(|old| old.commit.as_str()), &message)?;
    git.push(&commit)?;
    let mut notes = Vec::new();
    if old.is_none() && repository.host.as_deref() == Some("github.com") {
        notes.push(format!(
            "This once: in the repository's Settings, under Pages, choose “Deploy from a branch” and `{branch}`"
        ));
    }
    Ok(Sent { files: job.unsent().count(), notes, ..Sent::default() })
}

/// A fresh repository beside the one that is published to.
struct Git<'a> {
    folder: &'a Path,
    address: String,
    branch: &'a str,
    patience: Duration,
}

/// What the branch holds now.
struct Old {
    commit: String,
    tree: String,
    /// Files that Offprint did not make: path, and mode, hash and path as git takes them.
    foreign: Vec<(String, String)>,
}

impl Git<'_> {
    fn run(&self, arguments: &[&str]) -> anyhow::Result<Ended> {
        let plain = ["-c", "core.autocrlf=false", "-c", "core.safecrlf=false", "-c", "core.excludesFile="];
        let within = self.patience.max(Duration::from_secs(1));
        program::run("git", &[&plain[..], arguments].concat(), self.folder, within)
    }

    /// Runs a command that needs no network; gives its output without the line end.
    fn local(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let ended = self.run(arguments)?;
        if !ended.good {
            bail!("git could not {}: {}", arguments.first().unwrap_or(&""), last_words(&ended.complaint));
        }
        Ok(ended.output.trim_end().to_owned())
    }

    fn remote(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let ended = self.run(arguments)?;
        if ended.good {
            return Ok(ended.output);
        }
        let complaint = ended.complaint.to_lowercase();
        let address = &self.address;
        if was_refused(&complaint) {
            bail!(
                "git was not let in to {address}: {}\n\
                 help: sign in once (for GitHub: `gh auth login`, or an SSH key), try `git ls-remote {address}`, then {AGAIN}",
                last_words(&ended.complaint)
            );
        }
        if complaint.contains("not found")
            || complaint.contains("does not exist")
            || complaint.contains("not appear to be")
        {
            bail!(
                "there is no repository at {address}, or you may not see it\n\
                 help: make an empty one at your host, or correct `repository:` under `publish:`"
            );
        }
        if complaint.contains("rejected") || complaint.contains("fetch first") {
            bail!("somebody else has pushed to {address} at the same time\nhelp: {AGAIN}");
        }
        bail!(
            "git could not reach {address}: {}\nhelp: look at your connection and {AGAIN}",
            last_words(&ended.complaint)
        )
    }

    fn old(&self) -> anyhow::Result<Option<Old>> {
        let reference = format!("refs/heads/{}", self.branch);
        let heads = self.remote(&["ls-remote", "--heads", &self.address, &reference])?;
        if !heads.lines().any(|line| line.ends_with(&reference)) {
            return Ok(None);
        }
        self.remote(&["fetch", "--quiet", DEPTH, &self.address, &reference])?;
        let commit = self.local(&["rev-parse", "FETCH_HEAD"])?;
        let tree = self.local(&["rev-parse", "FETCH_HEAD^{tree}"])?;
        let log = self.local(&["log", "--format=%H%x00%B%x01", "FETCH_HEAD"])?;
        let published = log
            .split('\u{1}')
            .filter_map(|entry| entry.trim_start().split_once('\0'))
            .find(|(_, message)| message.lines().any(|line| line.starts_with(MARK)));
        let own: BTreeSet<String> = match published {
            Some((commit, message)) => {
                let kept: BTreeSet<&str> = message.lines().filter_map(|line| line.strip_prefix(KEPT)).collect();
                let files = self.files(commit)?.into_iter().map(|(path, _)| path);
                files.filter(|path| !kept.contains(path.as_str())).collect()
            }
            None => BTreeSet::new(),
        };
        let mut foreign = self.files("FETCH_HEAD")?;
        // A CNAME stays until another domain takes its place, whoever put it there.
        foreign.retain(|(path, _)| !own.contains(path) || path == "CNAME");
        let stranger = foreign.iter().find(|(path, _)| !HARMLESS.contains(&path.as_str()));
        if let Some((path, _)) = stranger.filter(|_| published.is_none()) {
            bail!(
                "the branch `{}` of {} holds files that Offprint did not put there ({path}), so nothing was sent\n\
                 help: name another branch with `branch:` under `publish:`, or an empty repository of its own",
                self.branch,
                self.address
            );
        }
        Ok(Some(Old { commit, tree, foreign }))
    }

    /// The files of a commit.
    fn files(&self, commit: &str) -> anyhow::Result<Vec<(String, String)>> {
        let listed = self.local(&["ls-tree", "-r", "-z", commit])?;
        let entries = listed.split('\0').filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            let mut words = about.split(' ');
            let (mode, _, hash) = (words.next()?, words.next()?, words.next()?);
            Some((path.to_owned(), format!("{mode},{hash},{path}")))
        });
        Ok(entries.collect())
    }

    fn commit(&self, tree: &str, parent: Option<&str>, message: &str) -> anyhow::Result<String> {
        let has_identity = self.run(&["var", "GIT_COMMITTER_IDENT"])?.good;
        let stand_in = ["-c", "user.name=Offprint", "-c", "user.email=offprint@localhost"];
        let mut arguments: Vec<&str> = if has_identity { Vec::new() } else { stand_in.to_vec() };
        arguments.extend(["commit-tree", tree, "-m", message]);
        arguments.extend(parent.iter().flat_map(|parent| ["-p", parent]));
        self.local(&arguments)
    }

    fn push(&self, commit: &str) -> anyhow::Result<()> {
        let target = format!("{commit}:refs/heads/{}", self.branch);
        self.remote(&["push", "--quiet", &self.address, &target]).map(drop)
    }
}
