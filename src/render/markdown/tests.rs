use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::record::vocabulary::Kind;
use crate::render::image::ImageInfo;
use crate::render::links::{PageTarget, RecordTarget};

fn targets() -> Targets<'static> {
    let paper = RecordTarget {
        path: "publications/svs-cohort/index.html".to_owned(),
        anchor: None,
        citation: "Rao et al., 2025".to_owned(),
    };
    let talk = RecordTarget {
        path: "presentations/index.html".to_owned(),
        anchor: Some("svs-talk".to_owned()),
        citation: "Rao, 2024".to_owned(),
    };
    let page = |path: &str, unlisted| PageTarget { path: path.to_owned(), unlisted };
    let pages = [
        ("pages/teaching.md", page("teaching/index.html", false)),
        ("pages/letter.md", page("letter/index.html", true)),
    ];
    let mut targets = Targets::given([("svs-cohort", paper), ("svs-talk", talk)].into(), pages.into());
    targets.hidden.insert("secret-work");
    targets.threads.push("stroke-workflow");
    let copies = vec![(480, "files/ward-480w.jpg".to_owned()), (960, "files/ward-960w.jpg".to_owned())];
    targets.images.list.insert("files/ward.jpg".to_owned(), ImageInfo { width: 1200, height: 800, copies });
    targets.images.list.insert("files/a b.png".to_owned(), ImageInfo { width: 3, height: 2, copies: Vec::new() });
    targets
}

fn rendered_in(body: &str, at: &str, language: &str) -> (Vec<Block>, Vec<String>) {
    let targets = targets();
    let links = PageLinks { at, targets: &targets, words: Words::default() };
    let text = Text { body, file: "pages/research.md", line_offset: 4, title: Some("My research"), language };
    let mut diagnostics = Diagnostics::default();
    let blocks = render(&mut diagnostics, text, &links);
    let found = diagnostics.sorted().into_iter().map(|found| {
        let place =
            found.span.map(|span| format!("{}:{}-{}", span.line, span.column, span.end_column)).unwrap_or_default();
        format!(
            "{} {place} {}{}",
            found.code.id,
            found.message,
            found.label.map(|label| format!(" ({label})")).unwrap_or_default()
        )
    });
    (blocks, found.collect())
}

fn html(body: &str) -> String {
    let (blocks, found) = rendered_in(body, "research/index.html", "en");
    assert_eq!(found, Vec::<String>::new());
    let html = blocks.into_iter().map(|block| match block {
        Block::Html(html) => html,
        Block::Listing(query) => format!("{query:?}"),
    });
    html.collect()
}

fn faults(body: &str) -> Vec<String> {
    rendered_in(body, "research/index.html", "en").1
}

#[test]
fn the_page_has_no_second_first_level_and_skips_none() {
    let page = html("# My research\n\n# Why\n\n### How\n\n## What {#wh-at}\n\n## What\n");
    assert_eq!(
        page,
        "<h2 id=\"why\">Why</h2>\n<h3 id=\"how\">How</h3>\n<h3 id=\"wh-at\">What</h3>\n<h3 id=\"what\">What</h3>\n"
    );
    assert_eq!(html("## A\n\n#### B"), "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n");
}

#[test]
fn tables_align_by_class_because_styles_are_blocked() {
    let page = html("| a | n |\n|:--|--:|\n| x | 1 |\n");
    assert!(page.contains("<th scope=\"col\" class=\"start\">a</th><th scope=\"col\" class=\"end\">n</th>"), "{page}");
    assert!(page.contains("<td class=\"end\">1</td>") && !page.contains("style"), "{page}");
}

#[test]
fn footnotes_lead_there_and_back() {
    let page = html("One[^b] two[^a] three[^b].\n\n[^a]: Alpha\n[^b]: Beta\n");
    assert!(page.contains("One<sup><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> two"), "{page}");
    assert!(page.contains("id=\"fnref-1-2\""), "{page}");
    let (beta, alpha) = (page.find("Beta").expect("note 1"), page.find("Alpha").expect("note 2"));
    assert!(beta < alpha);
    assert!(
        page.contains(
            "<a href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to reference 1-2\">↩</a></p></li>"
        ),
        "{page}"
    );
    assert_eq!(faults("Dose[^dose] given.\n"), ["OP514 5:5-12 the footnote `[^dose]` has no text"]);
}

#[test]
fn links_are_relative_to_the_page_wherever_they_are_written_from() {
    for written in ["teaching.md", "pages/teaching.md", "./teaching.md", "../pages/teaching.md", "/pages/teaching.md"] {
        assert_eq!(html(&format!("[t]({written})")), "<p><a href=\"../teaching/\">t</a></p>\n", "{written}");
    }
    for written in ["files/ward.jpg", "../files/ward.jpg", "/files/ward.jpg", "files\\ward.jpg"] {
        assert_eq!(html(&format!("[t]({written})")), "<p><a href=\"../files/ward.jpg\">t</a></p>\n", "{written}");
    }
    assert_eq!(html("[t](teaching.md#mentees)"), "<p><a href=\"../teaching/#mentees\">t</a></p>\n");
    assert_eq!(html("[t](publications)"), "<p><a href=\"../publications/\">t</a></p>\n");
    assert_eq!(
        html("[t](#a) [t](<files/a b.png>)"),
        "<p><a href=\"#a\">t</a> <a href=\"../files/a%20b.png\">t</a></p>\n"
    );
    assert_eq!(
        html("<https://example.org/?a=1&b=2> <a@example.org> [p](tel:+15550100)"),
        "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener\">https://example.org/?a=1&amp;b=2</a> \
         <a href=\"mailto:a@example.org\">a@example.org</a> <a href=\"tel:+15550100\">p</a></p>\n"
    );
}

#[test]
fn links_that_cannot_work_are_reported_in_place() {
    assert_eq!(
        faults("[a](javascript:alert) [b](teching.md)\n[c](letter.md) [d](files/wrd.jpg)"),
        [
            "OP502 5:1-22 a link that starts with `javascript:` is not allowed",
            "OP501 5:23-38 there is no page `pages/teching.md` (did you mean `pages/teaching.md`?)",
            "OP504 6:1-15 `pages/letter.md` is an unlisted page: a link would show its secret address to everybody",
            "OP501 6:16-34 there is no file `files/wrd.jpg`",
        ]
    );
    assert_eq!(faults("[a](<java\tscript:alert(1)>)")[0][..5], *"OP502");
}

#[test]
fn records_are_cited_by_id() {
    assert_eq!(
        html("See [@svs-cohort]."),
        "<p>See <a href=\"../publications/svs-cohort/\">Rao et al., 2025</a>.</p>\n"
    );
    assert_eq!(
        html("[*our* paper][@svs-cohort]"),
        "<p><a href=\"../publications/svs-cohort/\"><em>our</em> paper</a></p>\n"
    );
    assert_eq!(
        html("[@svs-cohort; @svs-talk]"),
        "<p><a href=\"../publications/svs-cohort/\">Rao et al., 2025</a>; <a href=\"../presentations/#svs-talk\">Rao, 2024</a></p>\n"
    );
    assert_eq!(html("`[@svs-cohort]`"), "<p><code>[@svs-cohort]</code></p>\n");
    assert_eq!(
        faults("See [@svs-cohor] and [@secret-work]."),
        [
            "OP503 5:5-17 no record has the id `svs-cohor` (did you mean `svs-cohort`?)",
            "OP504 5:22-36 the record `secret-work` is not public, so no page can link to it",
        ]
    );
}

#[test]
fn pictures_have_sizes_and_words() {
    let page = html("![The ward](files/ward.jpg \"Night\")\n\n![b](../files/a%20b.png)");
    assert_eq!(
        page,
        "<figure class=\"figure\"><img src=\"../files/ward-960w.jpg\" width=\"1200\" height=\"800\" alt=\"The ward\" \
         srcset=\"../files/ward-480w.jpg 480w, ../files/ward-960w.jpg 960w, ../files/ward.jpg 1200w\" \
         sizes=\"(min-width: 48rem) 44rem, 100vw\" decoding=\"async\"><figcaption>Night</figcaption></figure>\n\
         <p><img src=\"../files/a%20b.png\" width=\"3\" height=\"2\" alt=\"b\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
    assert_eq!(
        faults("![](files/ward.jpg)\n\n![x](https://example.org/x.png) ![y](ward.png)"),
        [
            "OP506 5:1-20 this picture has no words for those who cannot see it",
            "OP507 7:1-32 a picture from another site cannot be shown",
            "OP505 7:33-47 there is no picture `ward.png`",
        ]
    );
}

#[test]
fn a_listing_divides_the_page() {
    let (blocks, found) = rendered_in(
        "Before\n\n```publications\nthread: stroke-workflow\nsince: 2024 # lately\nlimit: 5\n```\n\nAfter",
        "index.html",
        "en",
    );
    assert_eq!(found, Vec::<String>::new());
    let Block::Listing(query) = &blocks[1] else { panic!("{blocks:?}") };
    assert_eq!(
        (query.kind, query.limit, query.thread.as_deref()),
        (Kind::Publications, Some(5), Some("stroke-workflow"))
    );
    assert_eq!(query.since.map(|date| date.year), Some(2024));
    assert_eq!(blocks.len(), 3);
}

#[test]
fn a_listing_s_slips_are_reported_in_place() {
    assert_eq!(
        faults("Text\n\n```publications\nthred: x\n  type: journal-artcle\nlimit: none\nscope: local\n```\n"),
        [
            "OP508 8:1-6 `thred` is no condition of a listing (did you mean `thread`?)",
            "OP509 9:9-23 `journal-artcle` is no value of `type` here (did you mean `journal-article`?)",
            "OP509 10:8-12 `none` is not a number of records",
            "OP509 11:8-13 publications have no `scope`",
        ]
    );
    assert_eq!(
        faults("- a\n\n  ```publications\n  ```\n\n```people\n```\n\n```publcations\n```\n"),
        [
            "OP510 7:6-18 a listing cannot stand inside a list, a quotation or a footnote",
            "OP510 10:4-10 people stay on your computer, so they cannot be listed",
            "OP508 13:4-15 `publcations` is no kind of record (did you mean `publications`?)",
        ]
    );
}

#[test]
fn raw_html_is_cleaned_and_ours_is_kept() {
    let page = html("# A\n\nCO<sub>2</sub> <a href='teaching.md' class=\"x\" onclick=\"a()\">t</a>[^1]\n\n[^1]: N\n");
    assert!(page.contains("<h2 id=\"a\">A</h2>"), "{page}");
    assert!(page.contains("CO<sub>2</sub> <a href=\"../teaching/\">t</a>"), "{page}");
    assert!(page.contains("<li id=\"fn-1\">"), "{page}");
    assert_eq!(faults("<script>alert(1)</script>"), ["OP511 5:1-26 the element `<script>` is not kept"]);
}

#[test]
fn quotation_marks_are_those_of_the_language() {
    let quoted = |language| match rendered_in("\"Say 'no'\" -- it's...", "index.html", language).0.remove(0) {
        Block::Html(html) => html,
        Block::Listing(_) => String::new(),
    };
    assert_eq!(quoted("en"), "<p>“Say ‘no’” – it’s…</p>\n");
    assert_eq!(quoted("de-CH"), "<p>„Say ‘no’“ – it’s…</p>\n");
    assert_eq!(quoted("fr"), "<p>«\u{a0}Say ‘no’\u{a0}» – it’s…</p>\n");
}

#[test]
fn pathological_pages_end_soon() {
    let pages = [
        ">".repeat(50_000),
        "[".repeat(50_000),
        "[@a".repeat(20_000),
        "[@svs-cohort]".repeat(20_000),
        "![".repeat(30_000),
        "*a_".repeat(30_000),
        "`".repeat(20_000) + &"a`".repeat(20_000),
        "<div>".repeat(50_000),
        "<a href=\"".repeat(20_000),
        "- ".repeat(30_000),
        "|a".repeat(5_000) + "\n" + &"|-".repeat(5_000) + &"\n|x".repeat(5_000),
        "[^1]: a\n".repeat(20_000) + &"[^1]".repeat(20_000),
        (0..20_000).map(|n| format!("a[^{n}]\n\n[^{n}]: x\n\n")).collect(),
        "# a\n".repeat(20_000),
        "\"'".repeat(50_000),
    ];
    for page in &pages {
        let start = Instant::now();
        let _ = rendered_in(page, "index.html", "en");
        let took = start.elapsed().as_secs_f64();
        assert!(took < 5.0, "{took} s for {}", &page[..12]);
    }
}

/// A tag: whether it closes, its name, its attributes.
type Tag = (bool, String, Vec<(String, String)>);

fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let closing = after.starts_with('/');
        let after = after.trim_start_matches('/');
        let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (name, mut inside) = after.split_at(end);
        let mut attributes = Vec::new();
        while let Some(part) = Some(inside.trim_start()).filter(|part| !part.starts_with('>') && !part.is_empty()) {
            let end = part.find(['=', '>', ' ']).unwrap_or(part.len());
            let (attribute, after) = part.split_at(end);
            let (value, after) = match after.strip_prefix("=\"") {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => ("", after),
            };
            attributes.push((attribute.to_lowercase(), value.to_lowercase()));
            inside = after;
        }
        tags.push((closing, name.to_owned(), attributes));
        rest = inside;
    }
    tags
}

/// Fails unless each element is closed in its place and none could run anything.
fn is_balanced(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    for (closing, name, attributes) in tags(html) {
        let runs = |(attribute, value): &(String, String)| {
            let address = matches!(attribute.as_str(), "href" | "src" | "srcset" | "action" | "formaction");
            let script =
                ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.trim_start().starts_with(scheme));
            attribute.starts_with("on") || attribute == "style" || (address && script)
        };
        if matches!(name.as_str(), "script" | "style" | "iframe") || attributes.iter().any(runs) {
            return Err(format!("unsafe: {name} {attributes:?}"));
        }
        if closing {
            let last = open.pop();
            if last.as_ref() != Some(&name) {
                return Err(format!("</{name}> closes {last:?} in {html}"));
            }
        } else if !matches!(name.as_str(), "img" | "br" | "hr" | "wbr" | "col") {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("open: {open:?} in {html}")) }
}

#[test]
fn what_could_run_is_told_from_words_that_look_like_it() {
    assert!(is_balanced("<h2 id=\"javascript-x\">on <a href=\"../on\" title=\"a > onload=x\">style=</a></h2>").is_ok());
    for bad in
        ["<script>", "<p onclick=\"a\"></p>", "<a href=\" JavaScript:x\"></a>", "<p style=\"x\"></p>", "<b>", "<b></i>"]
    {
        assert!(is_balanced(bad).is_err(), "{bad}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn any_text_gives_balanced_html_without_script(parts in proptest::collection::vec(prop_oneof![
        "[ -~\n]{0,12}", "\\PC{0,6}",
        Just("<script>".to_owned()), Just("<b>".to_owned()), Just("</b>".to_owned()), Just("<img src=x onerror=a>".to_owned()),
        Just("[^1]".to_owned()), Just("\n\n[^1]: ".to_owned()), Just("[@svs-cohort]".to_owned()), Just("\n```publications\n".to_owned()),
        Just("\n|a|b|\n|--|:-:|\n|c".to_owned()), Just("![".to_owned()), Just("](files/ward.jpg \"t\")".to_owned()), Just("\n> - ".to_owned()),
        Just("](javascript:x)".to_owned()), Just("\r\n".to_owned()), Just("<details><summary>".to_owned()), Just("\n- [x] ".to_owned()),
    ], 0..14)) {
        let body = parts.concat();
        let (blocks, found) = rendered_in(&body, "research/index.html", "en");
        prop_assert!(!found.iter().any(|fault| fault.starts_with("OP513")), "{found:?}");
        for block in blocks {
            if let Block::Html(html) = block {
                let balanced = is_balanced(&html);
                prop_assert!(balanced.is_ok(), "{balanced:?} from {body:?}");
            }
        }
    }
}
