//! The folder of a site: HugoBlox or academicpages as a whole, and any other folder file by file.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Format, Found, Unread, academicpages, encoding, found, front, hugoblox, json, read};
use crate::exchange::draft::Draft;

/// Reads the files of a folder, each with its path. Files that are nothing to read are passed over; pages of works that
/// could not be read, and files that break their format's rules, are given back with the reason.
pub fn read_folder(files: &BTreeMap<String, Vec<u8>>) -> (Vec<Found>, Vec<(String, Unread)>) {
    let is_text =
        |path: &str| [".md", ".markdown", ".bib", ".yaml", ".yml"].iter().any(|end| path.to_lowercase().ends_with(end));
    let texts: BTreeMap<&str, String> = files
        .iter()
        .filter(|(path, _)| is_text(path))
        .map(|(path, bytes)| (path.as_str(), encoding::decode(bytes).text))
        .collect();
    let pages: BTreeMap<&str, &str> =
        texts.iter().filter(|(path, _)| is_page(path)).map(|(path, text)| (*path, text.as_str())).collect();
    let matters: BTreeMap<&str, Json> =
        pages.iter().filter_map(|(path, text)| Some((*path, front::matter(text)?.0))).collect();
    let people = people(&texts, &matters);
    let mut by_format: BTreeMap<Format, Vec<Draft>> = BTreeMap::new();
    let mut unread = Vec::new();
    let mut used: Vec<String> = Vec::new();
    for (path, text) in &pages {
        let shelf = Shelf::of(path);
        let Some(matter) = matters.get(path) else {
            if front::begins(text) || (shelf != Shelf::None && !is_list(path)) {
                unread.push(((*path).to_owned(), Unread::Page("its front matter cannot be read".to_owned())));
            }
            continue;
        };
        if is_list(path) {
            continue;
        }
        let (format, draft) = if let Shelf::Collection(name) = shelf {
            (Format::AcademicPages, academicpages::page(matter, name))
        } else if academicpages::is_page(matter) {
            (Format::AcademicPages, academicpages::page(matter, ""))
        } else if shelf == Shelf::HugoBlox || hugoblox::is_page(matter) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let cite = format!("{folder}/cite.bib");
            used.push(cite.clone());
            let is_talk = is_talk_folder(path);
            let cite = texts.get(cite.as_str()).map(String::as_str);
            (Format::HugoBlox, hugoblox::page(matter, &people, cite, is_talk))
        } else {
            continue;
        };
        match draft.filter(|draft| draft.has("title")) {
            Some(draft) => by_format.entry(format).or_default().push(draft),
            None => unread.push(((*path).to_owned(), Unread::Page("it has no title".to_owned()))),
        }
    }
    let of_owner = people.records();
    if !of_owner.is_empty() {
        by_format.entry(Format::HugoBlox).or_default().extend(of_owner.iter().cloned());
    }
    let owner = people.owner.clone().or_else(|| texts.get("_config.yml").and_then(|text| academicpages::owner(text)));
    let mut all: Vec<Found> = Vec::new();
    for (format, mut drafts) in by_format {
        drafts.sort_by(|a, b| a.get_text("title").cmp(&b.get_text("title")));
        all.push(found(format, drafts, owner.clone()));
    }
    let is_site = !all.is_empty();
    for (path, bytes) in files {
        // The tables of academicpages are what its pages were made from.
        let is_source = is_site && (path.ends_with(".tsv") || path.contains("markdown_generator/"));
        let is_of_site = path.ends_with(".bib") || path.ends_with("_data/cv.json");
        if is_page(path) || is_source || used.contains(path) || (is_site && !is_of_site) {
            continue;
        }
        match read(bytes) {
            Ok(found) => all.push(found),
            Err(Unread::Unknown | Unread::Named(_)) => {}
            Err(reason) => unread.push((path.clone(), reason)),
        }
    }
    (all, unread)
}

/// What a page's folder says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shelf<'p> {
    /// A collection of academicpages: `_publications`.
    Collection(&'p str),
    /// Publications or events of HugoBlox.
    HugoBlox,
    None,
}

impl<'p> Shelf<'p> {
    fn of(path: &'p str) -> Self {
        let mut folders = path.split('/').rev().skip(1);
        let found = folders.find_map(|folder| match folder {
            "_publications" | "_talks" | "_teaching" => Some(Self::Collection(&folder[1..])),
            "publication" | "publications" | "event" | "events" | "talk" | "talks" => {
                path.split('/').any(|folder| folder == "content").then_some(Self::HugoBlox)
            }
            _ => None,
        });
        found.unwrap_or(Self::None)
    }
}

fn is_page(path: &str) -> bool {
    let path = path.to_lowercase();
    path.ends_with(".md") || path.ends_with(".markdown")
}

/// A page that stands for the list of the others, or explains the folder.
fn is_list(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name == "_index.md" || name.eq_ignore_ascii_case("readme.md")
}

fn is_talk_folder(path: &str) -> bool {
    path.split('/').any(|folder| matches!(folder, "event" | "events" | "talk" | "talks"))
}

/// The people whom the site knows by the names of their folders or files.
fn people(texts: &BTreeMap<&str, String>, matters: &BTreeMap<&str, Json>) -> hugoblox::People {
    let mut people = hugoblox::People::default();
    for (path, matter) in matters {
        let mut parts = path.rsplit('/');
        let (file, folder, above) = (parts.next(), parts.next(), parts.next());
        if file == Some("_index.md") && above == Some("authors") {
            people.add(folder.unwrap_or_default(), matter);
        } else if hugoblox::is_owner(matter) {
            people.add("admin", matter);
        }
    }
    for (path, text) in texts.iter().filter(|(path, _)| path.contains("data/authors/")) {
        let slug = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        if let Some(person) = front::yaml(text) {
            let slug = json::at(&person, "slug").unwrap_or_else(|| slug.to_owned());
            people.add(&slug, &person);
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> (Vec<Draft>, Vec<String>) {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let (found, unread) = read_folder(&files);
        let drafts = found.into_iter().flat_map(|found| found.drafts).collect();
        (drafts, unread.into_iter().map(|(path, _)| path).collect())
    }

    #[test]
    fn every_page_of_a_work_is_read_or_named() {
        let (drafts, unread) = folder(&[
            (
                "content/publication/a/index.md",
                "---\ntitle: Unquoted: colon\nauthors: [admin]\npublication_types: ['2']\n---\n",
            ),
            ("content/publication/b/index.md", "+++\ntitle = \"TOML\"\npublication_types = [\"2\"]\n+++\n"),
            ("content/publication/c/index.md", "---\ntitle: [never closed\n---\n"),
            ("content/publication/_index.md", "---\ntitle: Publications\n---\n"),
            ("content/event/t/index.md", "---\ntitle: A talk\nevent: Grand Rounds\n---\n"),
            (
                "content/events/u/index.md",
                "---\ntitle: New\nevent_name: ASNR\nevent_start: 2024-05-20T09:00:00Z\n---\n",
            ),
            ("content/post/p/index.md", "---\ntitle: A post\n---\n"),
            (
                "_publications/n.md",
                "---\ntitle: No collection\nvenue: Spine\ndate: 2021-02-03\nauthors: Rao PA, Quist ZA\n---\n",
            ),
        ]);
        let titles: Vec<&str> = drafts.iter().filter_map(|draft| draft.get_text("title")).collect();
        assert_eq!(titles, ["A talk", "New", "TOML", "Unquoted: colon", "No collection"]);
        assert_eq!(unread, ["content/publication/c/index.md"]);
        assert_eq!(drafts[4].names("authors").len(), 2);
        assert_eq!((drafts[1].get_text("event"), drafts[1].has("date")), (Some("ASNR"), true));
    }

    #[test]
    fn people_are_known_by_their_folders_and_the_others_are_doubted() {
        let (drafts, _) = folder(&[
            (
                "content/authors/admin/_index.md",
                "---\ntitle: Priya Anand Rao\nsuperuser: true\nawards:\n- title: Prize\n  awarder: RSNA\n  date: '2023-11-26'\neducation:\n  courses:\n  - course: MD\n    institution: Lakemoor\n    year: 2022\n---\n",
            ),
            ("content/authors/zquist/_index.md", "---\ntitle: Zainab Amelie Quist\n---\n"),
            (
                "content/publication/a/index.md",
                "---\ntitle: 'CT: A *Post Hoc* Look'\nauthors: [admin, zquist, me, wei-xiong]\nauthor_notes: [Equal contribution, Equal contribution]\npublication_types: ['2']\nhugoblox:\n  ids:\n    doi: 10.5555/a\nlinks:\n- type: pdf\n  url: https://x.example/a.pdf\n---\n",
            ),
        ]);
        let work = drafts.iter().find(|draft| draft.kind == crate::record::vocabulary::Kind::Publications).expect("it");
        let names: Vec<String> = work.names("authors").iter().map(crate::portfolio::PersonName::pubmed).collect();
        assert_eq!(names, ["Rao PA", "Quist ZA", "Xiong W"]);
        assert_eq!(work.get_text("title"), Some("CT: A <i>Post Hoc</i> Look"));
        assert_eq!((work.get_text("doi"), work.get_text("pdf")), (Some("10.5555/a"), Some("https://x.example/a.pdf")));
        assert!(work.doubts().iter().any(|doubt| doubt.field == "authors" && doubt.why.contains("wei-xiong")));
        assert!(work.has("equal"));
        let kinds: Vec<&str> = drafts.iter().filter_map(|draft| draft.get_text("title")).collect();
        assert!(kinds.contains(&"Prize") && kinds.contains(&"MD"));
    }
}
