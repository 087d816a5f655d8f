//! Every reader on bytes that nobody meant for it.

use proptest::prelude::*;

use super::*;

#[test]
fn a_file_of_no_format_is_said_to_be_unknown() {
    for bytes in
        [&b"Dear colleague,"[..], b"", b"\xFF\xFE", b"[]", b"{}", b"<html></html>", b"name: Rao\n", b"a,b\n1,2\n"]
    {
        assert_eq!(read(bytes).map(|found| found.format).expect_err("unknown"), Unread::Unknown, "{bytes:?}");
    }
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
