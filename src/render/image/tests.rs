use super::*;
use crate::source::FileInfo;

const PHOTO: &[u8] = include_bytes!("../../../tests/fixtures/privacy/photo-exif-xmp-iptc.jpg");
const PNG: &[u8] = include_bytes!("../../../tests/fixtures/privacy/figure-text-chunks.png");
const WEBP: &[u8] = include_bytes!("../../../tests/fixtures/privacy/figure-exif.webp");

fn site_of(files: &[(&str, &[u8])]) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sources = Sources { root: folder.path().to_owned(), ..Sources::default() };
    for (path, bytes) in files {
        let place = sources.location(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        std::fs::write(place, bytes).expect("written");
        sources.files.insert((*path).to_owned(), FileInfo { length: bytes.len() as u64 });
    }
    (folder, sources)
}

fn published_bytes(path: &str, bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let (_folder, sources) = site_of(&[(path, bytes)]);
    let (mut diagnostics, mut site) = (Diagnostics::default(), Site::default());
    add_files(&mut diagnostics, &sources, &mut site);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let bytes = site.files.into_iter().map(|(path, payload)| match payload {
        Payload::Bytes(bytes) => (path.to_string(), bytes),
        Payload::CopyOf(_) => panic!("{path} is published as it is"),
    });
    bytes.collect()
}

fn faults(path: &str, bytes: &[u8]) -> Vec<String> {
    let (_folder, sources) = site_of(&[(path, bytes)]);
    let (mut diagnostics, mut site) = (Diagnostics::default(), Site::default());
    Images::survey(&mut diagnostics, &sources);
    add_files(&mut diagnostics, &sources, &mut site);
    assert!(site.files.is_empty());
    diagnostics.sorted().iter().map(|found| format!("{} {}", found.code.id, found.file)).collect()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[test]
fn published_pictures_hold_no_hidden_words() {
    for (path, bytes) in
        [("files/a.jpg", PHOTO), ("files/a.png", PNG), ("files/a.webp", WEBP), ("files/no-extension", PHOTO)]
    {
        assert!(holds(bytes, b"CANARY"));
        for (path, bytes) in published_bytes(path, bytes) {
            for word in [&b"CANARY"[..], b"Exif", b"EXIF", b"http", b"tEXt", b"ICC", b"iCC"] {
                assert!(!holds(&bytes, word), "{path} holds {}", String::from_utf8_lossy(word));
            }
        }
    }
}

#[test]
fn a_photograph_lies_the_right_way_up() {
    let (_folder, sources) = site_of(&[("files/a.jpg", PHOTO)]);
    let info = Images::survey(&mut Diagnostics::default(), &sources).list["files/a.jpg"].clone();
    let stored =
        image::ImageReader::with_format(std::io::Cursor::new(PHOTO), image::ImageFormat::Jpeg).into_dimensions();
    let stored = stored.expect("a picture");
    assert_eq!((info.width, info.height), (stored.1, stored.0), "orientation 6 swaps the sides");
    let out = published_bytes("files/a.jpg", PHOTO).remove("files/a.jpg").expect("published");
    let out = image::load_from_memory(&out).expect("a picture");
    assert_eq!((out.width(), out.height()), (info.width, info.height));
}

#[test]
fn wide_photographs_get_smaller_copies() {
    let wide = image::DynamicImage::new_rgb8(1000, 500);
    let mut jpeg = std::io::Cursor::new(Vec::new());
    wide.write_to(&mut jpeg, image::ImageFormat::Jpeg).expect("written");
    let files = published_bytes("files/p/ward.JPG", jpeg.get_ref());
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["files/p/ward-480w.JPG", "files/p/ward-960w.JPG", "files/p/ward.JPG"]
    );
    let copy = image::load_from_memory(&files["files/p/ward-480w.JPG"]).expect("a picture");
    assert_eq!((copy.width(), copy.height()), (480, 240));
}

#[test]
fn what_cannot_be_published_is_reported_and_left_out() {
    let dicom: [&[u8]; 3] = [
        include_bytes!("../../../tests/fixtures/privacy/dicom-named.jpg"),
        include_bytes!("../../../tests/fixtures/privacy/dicom-no-extension"),
        include_bytes!("../../../tests/fixtures/privacy/dicom-no-preamble.png"),
    ];
    for (path, bytes) in ["files/a.jpg", "files/scan", "files/b.png"].into_iter().zip(dicom) {
        assert_eq!(faults(path, bytes), [format!("OP701 {path}")]);
    }
    let tiff: &[u8] = include_bytes!("../../../tests/fixtures/privacy/scan.tif");
    assert_eq!(faults("files/scan.tif", tiff), ["OP522 files/scan.tif"]);
    assert_eq!(faults("files/a.png", b"not a picture"), ["OP520 files/a.png"]);
    assert_eq!(faults("files/a.jpg", &PHOTO[..300]), ["OP520 files/a.jpg"]);
}

#[test]
fn a_picture_of_absurd_size_is_refused_before_it_is_unpacked() {
    let mut huge = PNG.to_vec();
    huge[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc(&huge[12..29]);
    huge[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(faults("files/a.png", &huge), ["OP521 files/a.png"]);
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn what_systems_leave_behind_is_not_published() {
    let (_folder, sources) = site_of(&[("files/.DS_Store", b"x"), ("files/Thumbs.db", b"x"), ("files/a.pdf", b"%PDF")]);
    let mut site = Site::default();
    add_files(&mut Diagnostics::default(), &sources, &mut site);
    assert_eq!(site.files.keys().map(SitePath::as_str).collect::<Vec<_>>(), ["files/a.pdf"]);
}
