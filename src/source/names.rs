//! The names of files and folders that a site may have.

/// The files of `records/`, in the order of the contract.
pub(super) const RECORDS: &[&str] = &[
    "publications",
    "presentations",
    "awards",
    "grants",
    "service",
    "teaching",
    "training",
    "media",
    "projects",
    "people",
    "goals",
    "conferences",
];

/// The folders that are read.
pub(super) const FOLDERS: &[&str] =
    &["records", "pages", "files", "evidence", "styles", "private", "overrides", "themes", "fonts"];

/// Tells whether a file is a list of records rather than a map.
pub(super) fn is_list(file: &str) -> bool {
    let name = file.strip_prefix("records/").or_else(|| file.strip_prefix("private/"));
    name.is_some_and(|name| !matches!(name, "goals.yaml" | "shares.yaml"))
}

/// Returns the known name nearest to a name that is not known, if it is near enough.
pub(super) fn nearest(name: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|other| (strsim::osa_distance(&name, other), other))
        .filter(|(distance, other)| *distance <= 1 + other.len() / 5)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_file_name_finds_the_name_that_was_meant() {
        assert_eq!(nearest("Publication", RECORDS.iter().copied()), Some("publications"));
        assert_eq!(nearest("award", RECORDS.iter().copied()), Some("awards"));
        assert_eq!(nearest("notes", RECORDS.iter().copied()), None);
    }
}
