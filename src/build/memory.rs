//! What one model leaves for the next, while a preview runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Model, Options};
use crate::diagnostic::Diagnostics;
use crate::portfolio::{Earlier, Today, assemble_unknown};
use crate::record::decode::decode_unknown;
use crate::source::Sources;

/// Records of the model before, kept as long as all that they are read against is the same.
#[derive(Debug, Default)]
pub struct Memory {
    records: Earlier,
    surroundings: Option<Surroundings>,
}

/// All that the reading of a publication or presentation depends on beside its own text and the
/// ids of other records.
#[derive(Debug, PartialEq)]
struct Surroundings {
    texts: BTreeMap<String, Arc<str>>,
    today: Today,
    base_url: Option<String>,
}

impl Surroundings {
    fn of(sources: &Sources, options: &Options) -> Self {
        let texts = sources.texts.iter().filter(|(path, _)| {
            let own = matches!(path.as_str(), "records/publications.yaml" | "records/presentations.yaml");
            path.ends_with(".yaml") && !own && !path.starts_with("overrides/") && !path.starts_with("themes/")
        });
        Self {
            texts: texts.map(|(path, text)| (path.clone(), Arc::clone(text))).collect(),
            today: options.today,
            base_url: options.base_url.clone(),
        }
    }
}

/// Makes the model of a site as [`super::model`] does, reading only the records whose text
/// `memory` does not have; the rules are left to the caller, who may have other work beside them.
///
/// The result never differs from that of [`super::model`].
pub fn remodel(diagnostics: &mut Diagnostics, sources: Sources, options: &Options, memory: &mut Memory) -> Model {
    let surroundings = Surroundings::of(&sources, options);
    if memory.surroundings.as_ref() != Some(&surroundings) {
        *memory = Memory { surroundings: Some(surroundings), ..Memory::default() };
    }
    let attempt = |found: &mut Diagnostics, earlier: &Earlier| {
        let records = decode_unknown(found, &sources, Some(earlier));
        assemble_unknown(found, &sources, records, options.today, options.base_url.as_deref(), earlier)
    };
    let mut found = Diagnostics::default();
    let mut assembled = attempt(&mut found, &memory.records);
    if assembled.stale {
        found = Diagnostics::default();
        assembled = attempt(&mut found, &Earlier::default());
    }
    diagnostics.append(found);
    memory.records = assembled.earlier;
    let portfolio = assembled.portfolio;
    Model { sources, portfolio }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::build::{Cited, Edition, model};
    use crate::portfolio::Audience;
    use crate::render::{Renderer, Shelf};

    const FILES: [&str; 4] =
        ["records/publications.yaml", "records/presentations.yaml", "pages/contact.md", "site.yaml"];

    fn example() -> Sources {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site");
        Sources::read(&mut Diagnostics::default(), &root).expect("the example")
    }

    fn options() -> Options {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
        Options { today: Today::Given(today), base_url: None, drafts: false }
    }

    /// A save: what it does to the lines of one file.
    #[derive(Debug, Clone)]
    enum Save {
        /// Words in a line are changed.
        Change(usize),
        /// A line is lost, which may break the file.
        Lose(usize),
        /// A record is copied to the top, with its id.
        Copy(usize),
        /// A record is removed.
        Remove(usize),
        /// A record is added at the end.
        Add,
        /// The file becomes as it was.
        Restore,
    }

    fn saves() -> impl Strategy<Value = (usize, Save)> {
        let save = prop_oneof![
            4 => any::<usize>().prop_map(Save::Change),
            1 => any::<usize>().prop_map(Save::Lose),
            1 => any::<usize>().prop_map(Save::Copy),
            1 => any::<usize>().prop_map(Save::Remove),
            1 => Just(Save::Add),
            2 => Just(Save::Restore),
        ];
        (0..FILES.len(), save)
    }

    fn saved(text: &str, original: &str, save: &Save) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let starts: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("- ")).collect();
        let record = |at: usize| {
            let place = at % starts.len().max(1);
            let start = starts.get(place).copied().unwrap_or(0);
            start..starts.get(place + 1).copied().unwrap_or(lines.len())
        };
        match *save {
            Save::Change(at) => {
                let at = at % lines.len();
                lines[at] = lines[at].replace("the", "these").replace("Oyelaran", "Oyelaran-Smith");
            }
            Save::Lose(at) => drop(lines.remove(at % lines.len())),
            Save::Copy(at) => {
                let copy = lines[record(at)].to_vec();
                lines.splice(..starts.first().copied().unwrap_or(0), copy);
            }
            Save::Remove(at) => drop(lines.drain(record(at))),
            Save::Add => lines.extend(
                [
                    "- title: The last one",
                    "  authors: Rao P, Oyelaran-Quist ZA",
                    "  date: 2025-03",
                    "  journal: Radiology",
                ]
                .map(str::to_owned),
            ),
            Save::Restore => return original.to_owned(),
        }
        lines.join("\n") + "\n"
    }

    /// The publications list, with the names of the theme's files, as laid out with what an earlier model left, and
    /// what this one leaves.
    fn list(sources: &Sources, shelf: Shelf) -> (String, Shelf) {
        let mut found = Diagnostics::default();
        let model = model(&mut found, sources.clone(), &options());
        let edition =
            Edition::new(&mut found, &model.sources, &model.portfolio, &Audience::Public, &mut Cited::default());
        let renderer = Renderer::new(&mut found, edition.input(&model.sources), shelf);
        let place = renderer.paths().iter().position(|path| path.as_str() == "publications/index.html");
        let page = renderer.page(&mut found, place.expect("a list")).expect("it is made");
        let files: String = renderer.assets().iter().map(|(path, _)| format!("{path}\n")).collect();
        (String::from_utf8(page).expect("text") + &files, renderer.into_shelf())
    }

    #[test]
    fn a_list_laid_out_with_what_an_earlier_one_left_is_the_one_laid_out_anew() {
        let original = example();
        let text = |file: &str, from: &str, to: &str| {
            assert!(original.texts[file].contains(from), "{file} has `{from}`");
            let mut texts = original.texts.clone();
            texts.insert(file.to_owned(), original.texts[file].replacen(from, to, 1).into());
            Sources { root: original.root.clone(), texts, files: original.files.clone(), ..Sources::default() }
        };
        let works = "records/publications.yaml";
        // At the end of the file, so that no other record stands in another place of it.
        let mut added = text(works, "- ", "- ");
        let more = "\n- {title: The last one, authors: Oyelaran-Quist ZA, date: 2023-02, journal: Radiology}\n";
        added.texts.insert(works.to_owned(), [&*original.texts[works], more].concat().into());
        let changes = [
            text(works, "where emergency spine MRI", "where every emergency spine MRI"),
            added,
            text(works, "Haddad S", "Haddad-Okafor S"),
            text(works, "where emergency spine MRI", "where ургентная MRI"),
            text(works, "  featured: 1\n", "  featured: 1\n  video: https://rao.example/talk\n"),
            text(works, "threads: [spine-mri, stroke-workflow]", "threads: [spine-mri]"),
            text("site.yaml", "\nsite:\n", "\nsite:\n  bold_my_name: false\n"),
            text("site.yaml", "\nsite:\n", "\nsite:\n  exports: []\n"),
            text("site.yaml", "name: Stroke imaging workflow", "name: Imaging of stroke"),
        ];
        let (_, mut shelf) = list(&original, Shelf::default());
        for changed in &changes {
            let kept = list(changed, shelf);
            assert!(kept.0 == list(changed, Shelf::default()).0);
            assert!(kept.0 != list(&original, Shelf::default()).0, "the change is one that the list shows");
            shelf = list(&original, kept.1).1;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn a_model_after_any_saves_is_the_one_made_anew(saves in prop::collection::vec(saves(), 1..8)) {
            let original = example();
            let mut texts = original.texts.clone();
            let mut memory = Memory::default();
            let fresh = |texts: &BTreeMap<String, Arc<str>>| Sources {
                root: original.root.clone(),
                texts: texts.clone(),
                files: original.files.clone(),
                ..Sources::default()
            };
            remodel(&mut Diagnostics::default(), fresh(&texts), &options(), &mut memory);
            for (file, save) in saves {
                let file = FILES[file];
                let text = saved(&texts[file], &original.texts[file], &save);
                texts.insert(file.to_owned(), text.into());
                let (mut found, mut expected) = (Diagnostics::default(), Diagnostics::default());
                let model_again = remodel(&mut found, fresh(&texts), &options(), &mut memory);
                crate::check::check(&mut found, &model_again.sources, &model_again.portfolio);
                let model_anew = model(&mut expected, fresh(&texts), &options());
                prop_assert_eq!(format!("{:?}", model_again.portfolio), format!("{:?}", model_anew.portfolio));
                prop_assert_eq!(found.sorted(), expected.sorted());
            }
        }
    }
}
