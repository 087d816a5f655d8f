//! Drawings: the pictures inside are cleaned, and nothing of the editor or the computer stays.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::ImageFormat;

use crate::common::Project;
use crate::pictures::{dirty_jpeg, dirty_png, holds, jpeg, picture, written};
use crate::{SITE, problems};

fn address(media: &str, content: &[u8]) -> String {
    format!("data:{media};base64,{}", STANDARD.encode(content))
}

/// What stands inside a drawing at some address after `before`.
fn inside(drawing: &str, before: &str) -> Vec<u8> {
    let start = drawing.find(before).unwrap_or_else(|| panic!("no {before} in {drawing}")) + before.len();
    let rest = &drawing[start..];
    let address = &rest[..rest.find(['"', ')', '\'', '&']).expect("an end")];
    STANDARD.decode(address.split_once(";base64,").expect("base64").1).expect("base64")
}

fn published(drawing: &str) -> (Vec<(String, String)>, String) {
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/drawing.svg", drawing);
    let found = problems(&project);
    project.run(&["build"]);
    (found, project.read("public/files/drawing.svg").expect("published"))
}

#[test]
fn pictures_inside_a_drawing_are_cleaned_as_others_are() {
    let shown = picture();
    let photo = jpeg(false, jpeg_encoder::ColorType::Rgb, shown.as_bytes());
    let clean = written(&shown, ImageFormat::Png);
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0\x21\xfe\x10SECRET-Whitcombe\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;SECRET-Whitcombe";
    let inner = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- SECRET-Whitcombe --><metadata>SECRET-Whitcombe</metadata><image id=\"deep\" href=\"{}\"/></svg>",
        address("image/png", &dirty_png(&clean, None)),
    );
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\"><style>/* SECRET-Whitcombe */ .a {{ fill: red; background: url('{}') }}</style><image xlink:href=\"{}\"/><image class=\"b\" href=\"\n{}\"/><image style=\"mask:url({})\" href=\"{}\"/></svg>",
        address("image/gif", gif),
        address("image/jpeg;name=SECRET-Whitcombe", &dirty_jpeg(&photo, b"")),
        address("image/svg+xml", inner.as_bytes()),
        address("image/png", &dirty_png(&clean, None)),
        address("application/octet-stream", b"SECRET-Whitcombe"),
    );
    let (found, out) = published(&drawing);
    let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["OP710"], "what is no picture is named: {found:?}");
    assert!(!out.contains("SECRET") && !out.contains(&STANDARD.encode("SECRET-Whitcombe")[..16]), "{out}");
    let secret = b"SECRET";
    let photo_out = inside(&out, "xlink:href=\"");
    let same = |seen: &[u8], meant: &[u8]| {
        let (seen, meant) =
            (image::load_from_memory(seen).expect("seen"), image::load_from_memory(meant).expect("meant"));
        seen.to_rgb8() == meant.to_rgb8()
    };
    assert!(!holds(&photo_out, secret) && same(&photo_out, &photo));
    let masked = inside(&out, "mask:url(");
    assert!(!holds(&masked, secret) && same(&masked, &clean));
    let film = inside(&out, "background: url(&apos;");
    assert!(!holds(&film, secret) && film.starts_with(b"GIF89a"));
    let nested = inside(&out, "class=\"b\" href=\"");
    let nested = String::from_utf8(nested).expect("a drawing");
    assert!(!nested.contains("SECRET"), "{nested}");
    let deep = inside(&nested, "href=\"");
    assert!(!holds(&deep, secret) && same(&deep, &clean));
}

#[test]
fn nothing_of_the_editor_or_the_computer_stays_in_a_drawing() {
    let drawing = "<?xml version=\"1.0\"?>\n<!-- SECRET -->\n<?xpacket SECRET?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n<!ENTITY ns_ai \"http://ns.adobe.com/AdobeIllustrator/10.0/\">\n<!ENTITY unused \"SECRET\">\n]>\n<svg xmlns=\"&ns_svg;\" xmlns:i=\"&ns_ai;\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:own=\"https://own.example/\" sodipodi:docname=\"SECRET.svg\" inkscape:export-filename=\"/home/SECRET/a.png\" xml:base=\"file:///SECRET\" viewBox=\"0 0 9 9\"><?own SECRET?><sodipodi:namedview inkscape:document-units=\"SECRET\"/><metadata><rdf:RDF><rdf:Description rdf:about=\"SECRET\"/></rdf:RDF></metadata><title>The spine</title><desc>From the side</desc><own:note>SECRET</own:note><i:pgf>SECRET</i:pgf><g inkscape:label=\"SECRET\" own:by=\"SECRET\"><!-- SECRET --><image href=\"file:///Users/SECRET/scan.png\"/><image href=\"C:\\SECRET\\scan.png\"/><path d=\"M0 0h9\"/></g><a href=\"https://rao.example/\"><circle r=\"2\"/></a></svg>\n<!-- SECRET -->";
    let (_, out) = published(drawing);
    assert!(!out.contains("SECRET"), "{out}");
    for kept in [
        "<title>The spine</title>",
        "<desc>From the side</desc>",
        "<path d=\"M0 0h9\"/>",
        "viewBox=\"0 0 9 9\"",
        "https://rao.example/",
    ] {
        assert!(out.contains(kept), "{kept}: {out}");
    }
    assert!(out.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{out}");
}

#[test]
fn words_of_drawings_within_drawings_are_searched_and_depth_has_an_end() {
    let mut drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>MRN 0045321</text></svg>".to_owned();
    let wrap = |inner: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"{}\"/></svg>",
            address("image/svg+xml", inner.as_bytes())
        )
    };
    drawing = wrap(&wrap(&drawing));
    let (found, _) = published(&drawing);
    assert!(found.iter().any(|(code, message)| code == "OP702" && message.contains("MRN 0045321")), "{found:?}");
    let (found, _) = published("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>MRN 0045321</title></svg>");
    assert!(found.iter().any(|(code, _)| code == "OP702"), "{found:?}");
    for _ in 0..6 {
        drawing = wrap(&drawing);
    }
    let (found, out) = published(&drawing);
    assert!(found.iter().any(|(code, message)| code == "OP710" && message.contains("inside")), "{found:?}");
    assert!(out.len() < drawing.len() / 2, "what lies too deep is left out");
}

#[test]
fn no_script_and_no_request_leaves_a_drawing_however_it_is_written() {
    let xlink = "xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    for (inner, said) in [
        ("<a href=\"java&#10;script:SECRET\"><path/></a>", "has a script"),
        ("<a href=\"&#x1;JAVA&#9;SCRIPT:SECRET\"><path/></a>", "cannot be read"),
        ("<a href=\" &#32;Java&#13;&#10;Script&#9;:SECRET\"><path/></a>", "has a script"),
        ("<a xlink:href=\"vbscript:SECRET\"><path/></a>", "has a script"),
        ("<a href=\"data:text/html;base64,U0VDUkVU\"><path/></a>", "cannot be cleaned"),
        ("<a href=\"da&#9;ta:text/html,SECRET\"><path/></a>", "cannot be cleaned"),
        ("<a href=\"blob:SECRET\"><path/></a>", "has a script"),
        ("<a><set attributeName=\"href\" to=\"javascript:SECRET\"/></a>", "has a script"),
        ("<a><animate attributeName=\"xlink:href\" values=\"#a;javascript:SECRET\"/></a>", "has a script"),
        ("<image href=\"&#9;//host.example/SECRET\"/>", "asks another host"),
        ("<use xlink:href=\"https://host.example/SECRET#a\"/>", "asks another host"),
        ("<style>@import url(https://host.example/SECRET); .a{fill:red}</style>", "asks another host"),
        ("<style><![CDATA[.a{fill:\\75rl('https://host.example/SECRET')}]]></style>", "asks another host"),
        ("<path fill=\"url(https://host.example/SECRET#a)\"/>", "asks another host"),
        ("<path style=\"fill:url(//host.example/SECRET)\"/>", "asks another host"),
        ("<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">SECRET</p></foreignObject>", "foreignObject"),
    ] {
        let project = Project::with(&[("site.yaml", SITE)]);
        let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {xlink}>{inner}<path d=\"M0 0h9\"/></svg>");
        project.write("files/drawing.svg", drawing);
        let found = problems(&project);
        assert!(found.iter().any(|(_, message)| message.contains(said)), "{inner}: {found:?}");
        project.run(&["build"]);
        let out = project.read("public/files/drawing.svg").unwrap_or_default();
        assert!(!out.contains("SECRET") && !out.contains("U0VDUkVU"), "{inner}: {out}");
        assert!(out.is_empty() || out.contains("M0 0h9"), "{inner}: {out}");
    }
    let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"mailto:a@rao.example\"><path fill=\"url(#a)\"/></a><image href=\"scan.png\"/></svg>";
    let (_, out) = published(plain);
    assert!(out.contains(&plain[45..]), "{out}");
}

#[test]
fn text_of_a_drawing_that_nobody_sees_is_named() {
    let (found, _) = published(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>.h{visibility:hidden}</style><text class=\"h\">Whitcombe</text><text>Seen</text></svg>",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0 == "OP712" && found[0].1.contains("`Whitcombe`"), "{found:?}");
}

#[test]
fn a_drawing_in_an_older_encoding_is_published_in_utf_8() {
    let project = Project::with(&[("site.yaml", SITE)]);
    let drawing =
        "<?xml version=\"1.0\" encoding=\"?\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><text>Zo\u{eb}</text></svg>";
    let latin = drawing.replace('?', "iso-8859-1").replace("<iso-8859-1", "<?").replace("iso-8859-1>", "?>");
    project
        .write("files/latin.svg", latin.chars().map(|letter| u8::try_from(letter).expect("Latin")).collect::<Vec<_>>());
    let wide = drawing.replace("\"?\"", "\"UTF-16\"");
    project.write(
        "files/wide.svg",
        [0xFEFF].into_iter().chain(wide.encode_utf16()).flat_map(u16::to_be_bytes).collect::<Vec<_>>(),
    );
    project.run(&["build"]).clean();
    for name in ["latin", "wide"] {
        let out = project.read(&format!("public/files/{name}.svg")).expect("published");
        assert!(out.contains("<text>Zo\u{eb}</text>"), "{out}");
    }
}
