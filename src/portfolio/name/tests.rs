use super::{NameNote, PersonName, read_line, read_name, same_person};

/// Rows: input, family, given, particle, suffix, initials, PubMed form, note.
const ROWS: &str = include_str!("../../../tests/fixtures/names.tsv");

fn name(text: &str) -> PersonName {
    read_name(text).expect("a name").name
}

#[test]
fn every_form_of_the_corpus_is_read() {
    let mut faults = Vec::new();
    for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let input = cell(0);
        if let Some(count) = cell(1).strip_prefix('*') {
            let read = read_line(input);
            if read.names.len().to_string() != count {
                faults.push(format!("{input}: {:?}", read.names));
            }
            continue;
        }
        if input.starts_with("{group:") {
            let read = read_line(input);
            if read.names.len() != 1 || read.names[0].name.pubmed() != cell(6) {
                faults.push(format!("{input}: {:?}", read.names));
            }
            continue;
        }
        let read = read_name(input).expect("a name");
        let unclear = read.notes.contains(&NameNote::Unclear);
        let n = &read.name;
        let got = [&n.family, &n.given, &n.particle, &n.suffix, &n.initials(), &n.pubmed()];
        let want = [1, 2, 3, 4, 5, 6].map(cell);
        if got.iter().zip(want).any(|(got, want)| got.as_str() != want) && !unclear {
            faults.push(format!("{input}: {got:?} for {want:?}"));
        }
        if cell(7).contains("unclear") != unclear {
            faults.push(format!("{input}: unclear is {unclear}"));
        }
        let alone = read_line(input);
        if alone.names.len() != 1 || alone.names[0].name != read.name {
            faults.push(format!("{input} as a line: {:?}", alone.names));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn forms_of_one_person_compare_equal_and_those_of_two_do_not() {
    for (a, b) in [
        ("Van der Berg L", "van der Berg, Lotte"),
        ("O'Connor M", "O’Connor, Mary K"),
        ("García-Márquez L", "Garcia Marquez, Lucía"),
        ("Nguyen TM", "Nguyễn, Thị Mai"),
        ("Jökull Þórðarson", "Thordarson J"),
        ("Núñez-Ørsted Å", "Nunez Orsted A"),
        ("Weiß, Anna", "Weiss A"),
        ("Çelik, Işıl", "Celik I"),
        ("Łukasik E", "Lukasik E"),
        ("Oyelaran‑Quist ZA", "Oyelaran-Quist Z"),
        ("al-Sayed, Omar", "Al-Sayed O"),
    ] {
        assert!(same_person(&name(a), &name(b)), "{a} and {b}");
    }
    for (a, b) in [
        ("Müller K", "Mueller K"),
        ("Rao, Priya", "Rao, Paul"),
        ("Rao PA", "Rao PB"),
        ("Петросян А", "Petrosyan A"),
        ("Whitcomb AR Jr", "Whitcomb AR 3rd"),
        ("Suharto", "Suharto A"),
        ("Berg L", "van der Berg L"),
    ] {
        assert!(!same_person(&name(a), &name(b)), "{a} and {b}");
    }
}

#[test]
fn lines_of_every_kind_keep_their_authors() {
    for (line, count, cut) in [
        ("Rao P, van der Berg L, Quist ZA", 3, false),
        ("Rao, P., Quist, Z. A., & Lee, S. W.", 3, false),
        ("Rao, Priya; van der Berg, Lotte; Whitcomb, Alden R., Jr.", 3, false),
        ("Priya Rao, Lotte van der Berg and Alden R. Whitcomb Jr", 3, false),
        ("Rao P, Lee SW, et al", 2, true),
        ("Rao P et al.", 1, true),
        ("Rao P, Suharto, Lee SW", 3, false),
        ("Suharto, Rao P, Lee SW", 3, false),
        ("Rao P, Lakemoor Trauma and Stroke Group, Lee SW", 3, false),
        ("Rao P, {group: Stroke, Spine and Trauma Group}, Lee SW", 3, false),
        ("Rao P, Whitcomb AR Jr, Lee SW", 3, false),
        ("Whitcomb AR, Jr, Lee SW", 2, false),
        ("Priya Rao, MD, PhD, Knut Brandvold, MD", 2, false),
        ("张伟、王芳", 2, false),
        ("Rao P*, Lee SW†, Quist ZA‡", 3, false),
        (" , ;, ", 0, false),
    ] {
        let read = read_line(line);
        let names: Vec<String> = read.names.iter().map(|read| read.name.pubmed()).collect();
        assert_eq!((names.len(), read.cut), (count, cut), "{line}: {names:?}");
    }
}

#[test]
fn families_in_capitals_are_reduced() {
    for (written, pubmed) in [
        ("Grace OKELLO", "Okello G"),
        ("OKELLO Grace", "Okello G"),
        ("VAN DER BERG L", "van der Berg L"),
        ("O'CONNOR M", "O'Connor M"),
    ] {
        assert_eq!(name(written).pubmed(), pubmed);
    }
}

mod promises {
    use proptest::prelude::*;

    use super::super::{PersonName, read_line, read_name, same_person};

    fn family() -> impl Strategy<Value = String> {
        let word = "[A-ZÁÉÖØÜČŁŞ][a-záéíöøüčğłşßıñ]{3,9}";
        prop_oneof![
            word,
            (word, word).prop_map(|(a, b)| format!("{a}-{b}")),
            (word, word).prop_map(|(a, b)| format!("{a} {b}"))
        ]
        .prop_filter("no word with a meaning of its own", |family| !is_special(family))
    }

    fn is_special(family: &str) -> bool {
        use super::super::words;
        family.split([' ', '-']).any(|word| {
            words::opens_family(word)
                || words::is_particle(word)
                || words::suffix(word).is_some()
                || words::is_title(word)
                || words::is_group(&format!("A {word}"))
                || word.eq_ignore_ascii_case("and")
        })
    }

    fn person() -> impl Strategy<Value = PersonName> {
        let given = prop_oneof![
            "[A-Z]".prop_map(|letter| letter),
            "[A-Z]\\. [A-Z]\\.".prop_map(|letters| letters),
            "[A-Z][a-zéíñ]{3,8}".prop_map(|word| word),
            "[A-Z][a-zéíñ]{3,8} [A-Z]\\.".prop_map(|word| word),
        ];
        // After two words nothing tells the initials `II` from the suffix.
        let given = given.prop_filter("no title, no number", |given| {
            let name = PersonName { given: given.clone(), ..PersonName::default() };
            !is_special(given) && !matches!(name.initials().as_str(), "II" | "IV")
        });
        let particle = prop_oneof![5 => Just(""), 1 => Just("van der"), 1 => Just("de la"), 1 => Just("von"), 1 => Just("d'"), 1 => Just("al-")];
        let suffix = prop_oneof![5 => Just(""), 1 => Just("Jr"), 1 => Just("III")];
        (family(), given, particle, suffix).prop_map(|(family, given, particle, suffix)| PersonName {
            family,
            given,
            particle: particle.to_owned(),
            suffix: suffix.to_owned(),
            ..PersonName::default()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_name_survives_its_comma_form(person in person()) {
            let read = read_name(&person.inverted()).expect("a name").name;
            prop_assert_eq!(&read, &person, "{}", person.inverted());
        }

        #[test]
        fn a_name_survives_its_pubmed_form(person in person()) {
            let read = read_name(&person.pubmed()).expect("a name").name;
            prop_assert_eq!(read.pubmed(), person.pubmed());
            prop_assert!(same_person(&read, &person));
        }

        #[test]
        fn a_line_keeps_every_author(people in proptest::collection::vec(person(), 1..12), semicolons: bool) {
            let forms: Vec<String> = people.iter().map(|one| if semicolons { one.inverted() } else { one.pubmed() }).collect();
            let line = if semicolons && people.len() > 1 { forms.join("; ") } else { forms.join(", ") };
            let read = read_line(&line);
            let got: Vec<String> = read.names.iter().map(|read| read.name.pubmed()).collect();
            let want: Vec<String> = people.iter().map(PersonName::pubmed).collect();
            prop_assert_eq!(got, want, "{}", line);
        }

        #[test]
        fn two_people_stay_two(a in person(), b in person()) {
            let (read_a, read_b) = (read_name(&a.inverted()).expect("a").name, read_name(&b.inverted()).expect("b").name);
            prop_assert_eq!(same_person(&read_a, &read_b), same_person(&a, &b));
            if super::super::fold(&a.family_with_particle()) != super::super::fold(&b.family_with_particle()) {
                prop_assert!(!same_person(&read_a, &read_b));
            }
        }

        #[test]
        fn no_text_makes_the_reader_fall(text in "\\PC{0,60}") {
            let line = read_line(&text);
            for read in line.names {
                prop_assert!(!read.name.pubmed().is_empty());
            }
        }
    }
}
