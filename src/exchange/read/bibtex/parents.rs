//! What an entry takes over from others: `crossref` and `xdata` (biblatex manual, 2.4.1, 3.14 and appendix B).

use std::collections::{HashMap, HashSet};

use super::scan::Entry;

/// Fields that belong to an entry alone.
const OWN: [&str; 19] = [
    "shorttitle",
    "sorttitle",
    "indextitle",
    "indexsorttitle",
    "doi",
    "url",
    "urldate",
    "key",
    "crossref",
    "xdata",
    "pages",
    "abstract",
    "note",
    "keywords",
    "eprint",
    "pmid",
    "pmcid",
    "entrysubtype",
    "ids",
];

/// How many entries of data one entry takes over, those that they name among them.
const MOST_DATA: usize = 20;

/// Entries by their keys, which are compared without case.
pub(super) struct Library<'e> {
    by_key: HashMap<String, &'e Entry>,
    parents: HashSet<String>,
}

impl<'e> Library<'e> {
    pub(super) fn new(entries: &'e [Entry]) -> Self {
        let mut by_key = HashMap::new();
        for entry in entries {
            by_key.entry(entry.key.to_lowercase()).or_insert(entry);
        }
        let parents = entries.iter().filter_map(|entry| entry.raw(&["crossref"])).map(|key| key.trim().to_lowercase());
        Self { by_key, parents: parents.collect() }
    }

    /// Tells whether an entry is a work: proceedings that stand only for their papers are none, and neither is data.
    pub(super) fn is_work(&self, entry: &Entry) -> bool {
        let only_parent = self.parents.contains(&entry.key.to_lowercase()) && entry.raw(&["author"]).is_none();
        !only_parent && !matches!(entry.kind.as_str(), "xdata" | "set")
    }

    /// Returns an entry with what it takes over.
    pub(super) fn whole(&self, entry: &Entry) -> Entry {
        let mut whole = entry.clone();
        self.add_data(&mut whole, entry);
        let parent = entry.raw(&["crossref"]).and_then(|key| self.by_key.get(&key.trim().to_lowercase()));
        if let Some(parent) = parent {
            let mut parent_whole = (*parent).clone();
            self.add_data(&mut parent_whole, parent);
            for (name, value) in parent_whole.fields {
                if let Some(name) = inherited(&name, entry) {
                    add(&mut whole, name, value);
                }
            }
        }
        whole
    }

    fn add_data(&self, whole: &mut Entry, entry: &Entry) {
        let mut waiting = vec![entry];
        for at in 0..MOST_DATA {
            let Some(entry) = waiting.get(at) else { return };
            let keys = entry.raw(&["xdata"]).unwrap_or_default();
            let data = keys.split(',').take(MOST_DATA).filter_map(|key| self.by_key.get(&key.trim().to_lowercase()));
            let data: Vec<&Entry> = data.copied().collect();
            for (name, value) in data.iter().flat_map(|data| &data.fields).filter(|(name, _)| name != "xdata") {
                add(whole, name, value.clone());
            }
            waiting.extend(data);
        }
    }
}

fn add(whole: &mut Entry, name: &str, value: String) {
    if whole.raw(&[name]).is_none() {
        whole.fields.retain(|(other, _)| other != name);
        whole.fields.push((name.to_owned(), value));
    }
}

/// Returns the name that a parent's field has in its child.
fn inherited<'n>(name: &'n str, child: &Entry) -> Option<&'n str> {
    let in_journal = matches!(child.kind.as_str(), "article" | "suppperiodical" | "review");
    match name {
        "title" if in_journal => Some("journaltitle"),
        "subtitle" if in_journal => Some("journalsubtitle"),
        "title" => Some("booktitle"),
        "subtitle" => Some("booksubtitle"),
        "titleaddon" => Some("booktitleaddon"),
        "author" if !matches!(child.kind.as_str(), "inbook" | "bookinbook" | "suppbook") => None,
        name if OWN.contains(&name) => None,
        name => Some(name),
    }
}
