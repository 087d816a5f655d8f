//! Every reader on bytes that nobody meant for it.

use proptest::prelude::*;

use super::*;

#[test]
fn a_file_of_no_format_is_said_to_be_unknown() {
    for bytes in [&b"Dear colleague,"[..], b"[]", b"{}", b"<svg></svg>", b"name: Rao\n", b"a,b\n1,2\n"] {
        assert_eq!(read(bytes).map(|found| found.format).expect_err("unknown"), Unread::Unknown, "{bytes:?}");
    }
}

#[test]
fn what_people_try_instead_is_named_in_words() {
    for (bytes, name) in [
        (&b""[..], "an empty file"),
        (b"\xFF\xFE", "an empty file"),
        (b"<!DOCTYPE html><html>@article{a, title={A}}</html>", "a web page"),
        (b"%PDF-1.7\n@article{a, title={A}}", "a PDF"),
        (b"PK\x03\x04....word/document.xml", "a Word document"),
        (b"PK\x03\x04....x", "a zip archive"),
        (b"%0 Journal Article\n%T A\n", "EndNote's own tagged text (.enw)"),
    ] {
        assert_eq!(read(bytes).expect_err("no records"), Unread::Named(name));
    }
}

#[test]
fn records_without_a_title_are_counted_with_what_is_known_of_them() {
    let list = br#"[{"type": "article-journal", "author": [{"family": "Rao"}], "container-title": "X"}, {"type": "article-journal", "title": "Good"}]"#;
    let found = read(list).expect("records");
    assert_eq!((found.drafts.len(), found.untitled), (1, vec!["record 1 (Rao, X)".to_owned()]));
    let none = b"TY  - JOUR\nAU  - Rao, Priya\nT2  - Radiology\nPY  - 2026\nER  -\n";
    assert_eq!(read(none).expect_err("no title"), Unread::Untitled(Format::Ris, 1));
}

#[test]
fn what_publishers_write_before_a_title_is_its_status() {
    let found = read(
        b"TY  - JOUR\nTI  - RETRACTED: A thing\nPY  - 2020\nER  -\nTY  - JOUR\nTI  - Retraction of a thing\nER  -\n",
    );
    let drafts = found.expect("records").drafts;
    assert_eq!(
        (drafts[0].get_text("title"), drafts[0].get_text("status")),
        (Some("RETRACTED: A thing"), Some("retracted"))
    );
    assert_eq!((drafts[1].get_text("title"), drafts[1].has("status")), (Some("Retraction of a thing"), false));
}

#[test]
fn answers_of_pubmed_that_were_joined_or_have_no_root_are_read() {
    let article = |pmid: u32, more: &str| {
        format!(
            "<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>T{pmid} 10<mml:math xmlns:mml=\"x\"><mml:msup><mml:mrow/><mml:mn>3</mml:mn></mml:msup></mml:math></ArticleTitle></Article>{more}</MedlineCitation></PubmedArticle>"
        )
    };
    let retracted = "<CommentsCorrectionsList><CommentsCorrections RefType=\"RetractionIn\"><RefSource>X. 2025</RefSource></CommentsCorrections></CommentsCorrectionsList>";
    let set = |inner: String| {
        format!("<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>{inner}</PubmedArticleSet>\n")
    };
    let joined = set(article(1, retracted)) + &set(article(2, ""));
    let drafts = read(joined.as_bytes()).expect("records").drafts;
    assert_eq!((drafts.len(), drafts[0].get_text("status")), (2, Some("retracted")));
    assert_eq!(drafts[1].get_text("title"), Some("T2 10<sup>3</sup>"));
    let bare = format!("<?xml version=\"1.0\"?>\n{}", article(3, ""));
    assert_eq!(read(bare.as_bytes()).expect("records").drafts.len(), 1);
}

#[test]
fn records_of_json_on_lines_of_their_own_are_a_list() {
    let lines =
        b"{\"type\": \"article-journal\", \"title\": \"A\"}\n{\"type\": \"article-journal\", \"title\": \"B\"}\n";
    assert_eq!(read(lines).expect("records").drafts.len(), 2);
}

#[test]
fn a_file_of_pubmed_that_is_cut_off_gives_its_whole_records_and_says_so() {
    let whole = "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A</ArticleTitle></Article></MedlineCitation></PubmedArticle>";
    let cut = format!("<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n{whole}\n{}", &whole[..60]);
    let found = read(cut.as_bytes()).expect("records");
    assert_eq!((found.drafts.len(), found.left_out.len()), (1, 1));
}

#[test]
fn letters_that_were_guessed_are_marked_and_the_others_are_not() {
    let bytes = [
        b"TY  - JOUR\nAU  - N\xFA\xF1ez, J\nTI  - Plain\nER  -\n".as_slice(),
        "TY  - JOUR\nTI  - Étude\nER  -\n".as_bytes(),
    ]
    .concat();
    let found = read(&bytes).expect("records");
    let doubted: Vec<Vec<&str>> =
        found.drafts.iter().map(|draft| draft.doubts().iter().map(|doubt| doubt.field).collect()).collect();
    assert_eq!(doubted, [vec!["authors"], vec![]]);
    assert_eq!(found.drafts[1].get_text("title"), Some("Étude"));
}

#[test]
fn a_broken_file_names_its_line() {
    assert!(matches!(read(b"[{\"title\": \"a\",\n ]"), Err(Unread::Broken { line: 2, .. })));
    assert!(matches!(read(b"<PubmedArticleSet>\n<PubmedArticle>"), Err(Unread::Broken { format: "XML", .. })));
}

#[test]
fn a_letter_of_several_bytes_where_the_head_of_a_file_ends_is_no_fault() {
    for spaces in 3990..4000 {
        let text = format!("<{}é é é é é é", "a".repeat(spaces));
        assert!(read(text.as_bytes()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_a_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }
}
