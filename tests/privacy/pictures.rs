//! Pictures of twelve kinds are published without a word of metadata, and look the same.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};

use crate::common::Project;
use crate::{SITE, problems};

const SECRET: &[u8] = b"SECRET-Whitcombe";
const ORIENTED: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";

/// A picture in which no two rows and columns are alike.
pub(crate) fn picture() -> DynamicImage {
    let pixel =
        |x: u32, y: u32| image::Rgb([x * 7, y * 11, x * y].map(|value| u8::try_from(value % 256).expect("a byte")));
    DynamicImage::ImageRgb8(image::RgbImage::from_fn(40, 24, pixel))
}

pub(crate) fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("written");
    out.into_inner()
}

pub(crate) fn jpeg(progressive: bool, colour: jpeg_encoder::ColorType, pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
    encoder.set_progressive(progressive);
    encoder.encode(pixels, 40, 24, colour).expect("written");
    out
}

pub(crate) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker][..], &length, content].concat()
}

/// A JPEG with EXIF, XMP, IPTC, a comment, a profile, a small copy in JFIF's extension, and a trailer.
pub(crate) fn dirty_jpeg(clean: &[u8], exif: &[u8]) -> Vec<u8> {
    let words = [
        segment(0xE1, &[b"Exif\0\0", exif, SECRET].concat()),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        segment(0xED, &[b"Photoshop 3.0\08BIM", SECRET].concat()),
        segment(0xE0, &[b"JFXX\0\x10", SECRET].concat()),
        segment(0xE2, &[b"MPF\0", SECRET].concat()),
        segment(0xFE, SECRET),
    ];
    [&clean[..2], &words.concat(), &clean[2..], SECRET, clean].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

pub(crate) fn chunk(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&name[..], content].concat();
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

pub(crate) fn dirty_png(clean: &[u8], exif: Option<&[u8]>) -> Vec<u8> {
    let words = [
        chunk(*b"tEXt", &[b"Author\0", SECRET].concat()),
        chunk(*b"zTXt", &[b"Author\0\0", SECRET].concat()),
        chunk(*b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", SECRET].concat()),
        chunk(*b"tIME", &[7, 0xE9, 3, 14, 0, 0, 0]),
        chunk(*b"prVt", SECRET),
        exif.map_or_else(Vec::new, |exif| chunk(*b"eXIf", &[exif, SECRET].concat())),
    ];
    [&clean[..33], &words.concat(), &clean[33..], SECRET].concat()
}

pub(crate) fn riff(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_le_bytes();
    let padding = &[0][..content.len() % 2];
    [&name[..], &length, content, padding].concat()
}

fn dirty_webp(clean: &[u8]) -> Vec<u8> {
    let head = riff(*b"VP8X", &[0x0C, 0, 0, 0, 39, 0, 0, 23, 0, 0]);
    let body = [&b"WEBP"[..], &head, &clean[12..], &riff(*b"EXIF", SECRET), &riff(*b"XMP ", SECRET)].concat();
    [riff(*b"RIFF", &body), SECRET.to_vec()].concat()
}

fn dirty_gif() -> (Vec<u8>, Vec<u8>) {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0";
    let body = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
    let words = [&[0x21, 0xFE, 16][..], SECRET, &[0]].concat();
    ([&head[..], body, b";"].concat(), [&head[..], &words, body, b";", SECRET].concat())
}

pub(crate) fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|part| part == words)
}

#[test]
fn twelve_kinds_of_picture_lose_their_metadata_and_keep_their_pixels() {
    use jpeg_encoder::ColorType::{Cmyk, Luma, Rgb};
    let rgb = picture();
    let grey = DynamicImage::ImageLuma8(rgb.to_luma8());
    let deep = DynamicImage::ImageLuma16(rgb.to_luma16());
    let clear = DynamicImage::ImageRgba8(rgb.to_rgba8());
    let inks: Vec<u8> = rgb.to_rgba8().into_raw();
    let png = |picture: &DynamicImage| written(picture, ImageFormat::Png);
    let baseline = jpeg(false, Rgb, rgb.as_bytes());
    let webp = written(&rgb, ImageFormat::WebP);
    let (gif, gif_with_words) = dirty_gif();
    let kinds: Vec<(&str, Vec<u8>, Vec<u8>)> = vec![
        ("baseline.jpg", baseline.clone(), dirty_jpeg(&baseline, b"MM\0*\0\0\0\x08\0\0")),
        ("progressive.jpg", jpeg(true, Rgb, rgb.as_bytes()), dirty_jpeg(&jpeg(true, Rgb, rgb.as_bytes()), b"")),
        ("grey.jpg", jpeg(false, Luma, grey.as_bytes()), dirty_jpeg(&jpeg(false, Luma, grey.as_bytes()), b"")),
        ("inks.jpg", jpeg(false, Cmyk, &inks), dirty_jpeg(&jpeg(false, Cmyk, &inks), b"")),
        ("rgb.png", png(&rgb), dirty_png(&png(&rgb), Some(b"MM\0*\0\0\0\x08\0\0"))),
        ("grey.png", png(&grey), dirty_png(&png(&grey), None)),
        ("deep.png", png(&deep), dirty_png(&png(&deep), None)),
        ("clear.png", png(&clear), dirty_png(&png(&clear), None)),
        ("lossless.webp", webp.clone(), dirty_webp(&webp)),
        ("turned.png", png(&rgb.rotate90()), dirty_png(&png(&rgb), Some(ORIENTED))),
    ];
    let project = Project::with(&[("site.yaml", SITE)]);
    for (name, _, dirty) in &kinds {
        assert!(holds(dirty, SECRET), "{name}");
        project.write(&format!("files/{name}"), dirty);
    }
    project.write("files/film.gif", &gif_with_words);
    project.write("files/turned.jpg", dirty_jpeg(&baseline, ORIENTED));
    project.run(&["build"]).clean();
    let published = |name: &str| std::fs::read(project.path(&format!("public/files/{name}"))).expect("published");
    for (name, clean, _) in &kinds {
        let out = published(name);
        for words in [SECRET, b"Exif", b"xap", b"tEXt", b"XMP", b"tIME"] {
            assert!(!holds(&out, words), "{name} holds {}", String::from_utf8_lossy(words));
        }
        let (seen, meant) = (image::load_from_memory(&out).expect(name), image::load_from_memory(clean).expect(name));
        assert_eq!((seen.width(), seen.height()), (meant.width(), meant.height()), "{name}");
        assert!(seen.to_rgba16() == meant.to_rgba16(), "the pixels of {name} are the same");
    }
    assert_eq!(published("film.gif"), gif);
    // What lies on its side is turned, which no JPEG can be without being drawn anew.
    let out = published("turned.jpg");
    assert!(!holds(&out, SECRET) && !holds(&out, b"Exif"));
    let (seen, meant) = (
        image::load_from_memory(&out).expect("a picture").to_rgb8(),
        image::load_from_memory(&baseline).expect("a picture").rotate90().to_rgb8(),
    );
    assert_eq!(seen.dimensions(), meant.dimensions());
    let far = seen.iter().zip(meant.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
    assert!(far / u64::try_from(seen.as_raw().len()).expect("a count") < 12, "{far}");
}

#[test]
fn a_kind_that_browsers_do_not_show_is_named_with_the_way_out() {
    for (name, bytes, way) in [
        ("phone.heic", &b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"[..], "Most Compatible"),
        ("scan.tif", include_bytes!("../fixtures/privacy/scan.tif"), "export it as JPEG or PNG"),
        ("phone.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0heicmif1", "Most Compatible"),
        ("new.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "export it as JPEG or PNG"),
        ("new.jxl", b"\0\0\0\x0cJXL \r\n\x87\n", "export it as JPEG or PNG"),
        ("old.jp2", b"\0\0\0\x0cjP  \r\n\x87\n", "export it as JPEG or PNG"),
        ("old.bmp", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "export it as JPEG or PNG"),
        ("layers.psd", b"8BPS\0\x01\0\0\0\0\0\0", "export it as JPEG or PNG"),
        ("camera.cr3", b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom", "export it as JPEG or PNG"),
        ("figure.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", "export it as JPEG or PNG"),
        ("figure", b"\xC5\xD0\xD3\xC6\x1E\0\0\0", "export it as JPEG or PNG"),
        ("old.pcx", b"\n\x05\x01\x08\0\0\0\0", "export it as JPEG or PNG"),
        ("old.tga", b"\0\0\x02\0\0\0\0\0\0\0\0\0\x08\0\x08\0\x18\0", "export it as JPEG or PNG"),
        ("mark.ico", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0", "export it as JPEG or PNG"),
        ("packed.svgz", b"\x1F\x8B\x08\0\0\0\0\0", "save it as plain SVG"),
        ("camera.nef", b"MM\0*\0\0\0\x08", "export it as JPEG or PNG"),
    ] {
        let project = Project::with(&[("site.yaml", SITE)]);
        project.write(&format!("files/{name}"), bytes);
        project.run(&["build"]).says(1, &["OP522", name, way]);
        assert!(!project.path(&format!("public/files/{name}")).exists());
    }
}

#[test]
fn what_is_named_as_a_picture_and_is_none_is_not_published() {
    for name in ["a.jpg", "a.heic", "a.avif", "a.tif", "a.gif", "a.bmp", "a.ico", "a.dng"] {
        let project = Project::with(&[("site.yaml", SITE)]);
        project.write(&format!("files/{name}"), "words of SECRET-Whitcombe");
        project.run(&["build"]).says(1, &["OP520", name]);
        assert!(!project.path(&format!("public/files/{name}")).exists());
    }
}

#[test]
fn a_picture_that_is_refused_is_one_problem_also_where_a_page_shows_it() {
    for (name, bytes, code) in [
        ("ward.heic", &b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"[..], "OP522"),
        ("ward.jpg", b"words", "OP520"),
        ("mark.ico", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0", "OP522"),
    ] {
        let page = format!("---\ntitle: About\n---\n\n![A ward at night](files/{name})\n");
        let project = Project::with(&[("site.yaml", SITE), ("pages/about.md", &page)]);
        project.write(&format!("files/{name}"), bytes);
        let found = problems(&project);
        let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, [code], "{found:?}");
    }
}

#[test]
fn a_large_photograph_that_lies_on_its_side_is_turned_with_its_copies() {
    let pixels = vec![200_u8; 4500 * 3000 * 3];
    let mut clean = Vec::new();
    jpeg_encoder::Encoder::new(&mut clean, 90)
        .encode(&pixels, 4500, 3000, jpeg_encoder::ColorType::Rgb)
        .expect("written");
    let project = Project::with(&[("site.yaml", SITE)]);
    project.write("files/a.jpg", dirty_jpeg(&clean, ORIENTED));
    project.run(&["build"]).clean();
    let out = std::fs::read(project.path("public/files/a.jpg")).expect("published");
    let (width, height) =
        image::ImageReader::with_format(Cursor::new(out), ImageFormat::Jpeg).into_dimensions().expect("read");
    assert_eq!((width, height), (3000, 4500));
    let copy = std::fs::read(project.path("public/files/a-480w.jpg")).expect("published");
    let copy = image::load_from_memory(&copy).expect("a picture");
    assert_eq!((copy.width(), copy.height()), (480, 720));
}
