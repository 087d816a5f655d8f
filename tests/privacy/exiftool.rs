//! What ExifTool, which knows more metadata than anybody, finds in pictures before and after they are published.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{AnimationDecoder, DynamicImage, ImageFormat};

use crate::SITE;
use crate::common::Project;
use crate::pictures::{jpeg, picture, riff, segment, written};

/// What a picture is, by group and name of the tag: size, depth, how it is packed, how a film runs.
const TECHNICAL: [&str; 69] = [
    "ExifTool:ExifToolVersion",
    "File:FileType",
    "File:FileTypeExtension",
    "File:MIMEType",
    "File:ImageWidth",
    "File:ImageHeight",
    "File:EncodingProcess",
    "File:BitsPerSample",
    "File:ColorComponents",
    "File:YCbCrSubSampling",
    "Composite:ImageSize",
    "Composite:Megapixels",
    "JFIF:JFIFVersion",
    "JFIF:ResolutionUnit",
    "JFIF:XResolution",
    "JFIF:YResolution",
    "Adobe:DCTEncodeVersion",
    "Adobe:APP14Flags0",
    "Adobe:APP14Flags1",
    "Adobe:ColorTransform",
    "PNG:ImageWidth",
    "PNG:ImageHeight",
    "PNG:BitDepth",
    "PNG:ColorType",
    "PNG:Compression",
    "PNG:Filter",
    "PNG:Interlace",
    "PNG:Palette",
    "PNG:Transparency",
    "PNG:AnimationFrames",
    "PNG:AnimationPlays",
    "RIFF:ImageWidth",
    "RIFF:ImageHeight",
    "RIFF:VP8Version",
    "RIFF:HorizontalScale",
    "RIFF:VerticalScale",
    "RIFF:WebP_Flags",
    "RIFF:AlphaIsUsed",
    "RIFF:AlphaPreprocessing",
    "RIFF:AlphaFiltering",
    "RIFF:AlphaCompression",
    "RIFF:BackgroundColor",
    "RIFF:AnimationLoopCount",
    "RIFF:FrameCount",
    "RIFF:Duration",
    "GIF:GIFVersion",
    "GIF:ImageWidth",
    "GIF:ImageHeight",
    "GIF:HasColorMap",
    "GIF:ColorResolutionDepth",
    "GIF:BitsPerPixel",
    "GIF:BackgroundColor",
    "GIF:PixelAspectRatio",
    "GIF:AnimationIterations",
    "GIF:FrameCount",
    "GIF:Duration",
    "GIF:TransparentColor",
    "SVG:Xmlns",
    "SVG:Xmlns:xlink",
    "SVG:XmlnsXlink",
    "SVG:ViewBox",
    "SVG:ImageWidth",
    "SVG:ImageHeight",
    "SVG:Width",
    "SVG:Height",
    "SVG:ID",
    "SVG:Style",
    "SVG:Fill",
    "SourceFile",
];
/// The words that are planted.
const SECRET: &str = "SECRET-Whitcombe";

/// The program, where the suite says it is or where the system has it; nothing where it is not installed, unless
/// the suite installs it.
fn exiftool(arguments: &[&str], file: &Path) -> Option<String> {
    let program = std::env::var_os("EXIFTOOL").unwrap_or_else(|| "exiftool".into());
    match Command::new(&program).args(arguments).arg(file).output() {
        Ok(run) => {
            assert!(run.status.success(), "{} {run:?}", file.display());
            Some(String::from_utf8_lossy(&run.stdout).into_owned())
        }
        Err(_) if std::env::var_os("OFFPRINT_READERS").is_none() => None,
        Err(error) => panic!("{}: {error}", program.display()),
    }
}

/// The tags of a file that say more than how it is packed.
fn telling(file: &Path) -> Option<BTreeMap<String, String>> {
    let said = exiftool(&["-j", "-a", "-G1", "-u", "-ee"], file)?;
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let tags = said[0].as_object().expect("a file");
    let tags = tags.iter().filter(|(name, _)| {
        // The system's are those of the copy on this computer.
        !name.starts_with("System:") && !TECHNICAL.contains(&name.as_str())
    });
    Some(tags.map(|(name, value)| (name.clone(), value.to_string())).collect())
}

/// EXIF with a maker's note (EXIF 2.32, 4.6.5), which `exiftool` does not write itself.
fn exif_of_a_maker() -> Vec<u8> {
    let note = format!("SomeCamera\0{SECRET}\0");
    let length = u32::try_from(note.len()).expect("short").to_be_bytes();
    let head = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\x01\x92\x7c\0\x07";
    [&head[..], &length, &[0, 0, 0, 44, 0, 0, 0, 0], note.as_bytes()].concat()
}

fn png(kind: (png::ColorType, png::BitDepth), palette: Option<Vec<u8>>, frames: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut info = png::Info::with_size(40, 24);
    (info.color_type, info.bit_depth) = kind;
    info.palette = palette.map(Into::into);
    let mut encoder = png::Encoder::with_info(&mut out, info).expect("sound");
    if frames.len() > 1 {
        encoder.set_animated(u32::try_from(frames.len()).expect("few"), 0).expect("frames");
    }
    let mut writer = encoder.write_header().expect("a head");
    for frame in frames {
        writer.write_image_data(frame).expect("pixels");
    }
    writer.finish().expect("an end");
    out
}

/// A picture with losses (VP8), which no encoder here writes: 40 by 24 pixels from red to blue.
fn lossy_webp() -> Vec<u8> {
    STANDARD.decode(LOSSY_WEBP).expect("base64")
}

const LOSSY_WEBP: &str = "UklGRn4AAABXRUJQVlA4IHIAAACwBQCdASooABgAPm00lkikIqIhJWgAgA2JagDFB8L4B+JNR/7QH6AAD0QCuv846nwJuQzuMFAA/vQ9magot9JnCAe2DP/+9kr3ZJwq8Pa678sJaB24u4nZCbOXy4nf/mgPPWwf/WrV0ntdixNCkL0gAAA=";

fn webp_film(frame: &[u8]) -> Vec<u8> {
    let size = [39, 0, 0, 23, 0, 0];
    let framed = riff(*b"ANMF", &[&[0; 6][..], &size, &[100, 0, 0, 0], &frame[12..]].concat());
    let head = riff(*b"VP8X", &[&[2, 0, 0, 0][..], &size].concat());
    riff(*b"RIFF", &[&b"WEBP"[..], &head, &riff(*b"ANIM", &[0; 6]), &framed, &framed].concat())
}

fn gif() -> Vec<u8> {
    let picture = b"\x21\xf9\x04\x04\x0a\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
    let loops = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    [&b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0"[..], loops, picture, picture, b";"].concat()
}

/// Pictures of all kinds, without metadata.
fn kinds() -> Vec<(&'static str, Vec<u8>)> {
    use jpeg_encoder::ColorType::{Cmyk, CmykAsYcck, Luma, Rgb};
    use png::{BitDepth, ColorType as Png};
    let rgb = picture();
    let (raw, grey) = (rgb.as_bytes().to_vec(), rgb.to_luma8().into_raw());
    let clear = rgb.to_rgba8().into_raw();
    let deep: Vec<u8> = raw.iter().flat_map(|value| [*value, 255 - *value]).collect();
    let lossless = written(&rgb, ImageFormat::WebP);
    let colours: Vec<u8> = (0..=255_u8).flat_map(|at| [at, 255 - at, at / 2]).collect();
    vec![
        ("baseline.jpg", jpeg(false, Rgb, &raw)),
        ("progressive.jpg", jpeg(true, Rgb, &raw)),
        ("grey.jpg", jpeg(false, Luma, &grey)),
        ("inks.jpg", jpeg(false, Cmyk, &clear)),
        ("bright.jpg", jpeg(false, CmykAsYcck, &clear)),
        ("rgb.png", png((Png::Rgb, BitDepth::Eight), None, std::slice::from_ref(&raw))),
        ("clear.png", png((Png::Rgba, BitDepth::Eight), None, std::slice::from_ref(&clear))),
        ("grey.png", png((Png::Grayscale, BitDepth::Eight), None, std::slice::from_ref(&grey))),
        ("deep.png", png((Png::Rgb, BitDepth::Sixteen), None, &[deep])),
        ("palette.png", png((Png::Indexed, BitDepth::Eight), Some(colours), std::slice::from_ref(&grey))),
        (
            "film.png",
            png((Png::Rgb, BitDepth::Eight), None, &[raw.clone(), raw.iter().map(|value| 255 - value).collect()]),
        ),
        ("lossy.webp", lossy_webp()),
        ("lossless.webp", lossless.clone()),
        ("film.webp", webp_film(&lossless)),
        ("film.gif", gif()),
    ]
}

/// Every frame of a picture, in 16 bits a colour.
fn frames(name: &str, bytes: &[u8]) -> Vec<Vec<u16>> {
    let films = |decoder: image::Frames<'_>| {
        let frames = decoder.map(|frame| DynamicImage::ImageRgba8(frame.expect(name).into_buffer()));
        frames.map(|frame| frame.to_rgba16().into_raw()).collect()
    };
    match name {
        "film.png" => films(PngDecoder::new(Cursor::new(bytes)).expect(name).apng().expect(name).into_frames()),
        "film.webp" => films(WebPDecoder::new(Cursor::new(bytes)).expect(name).into_frames()),
        "film.gif" => vec![bytes.iter().map(|byte| u16::from(*byte)).collect()],
        _ => vec![image::load_from_memory(bytes).expect(name).to_rgba16().into_raw()],
    }
}

#[test]
fn exiftool_finds_nothing_in_published_pictures_of_sixteen_kinds_and_every_pixel_is_the_same() {
    let project = Project::with(&[("site.yaml", SITE)]);
    let small = jpeg(false, jpeg_encoder::ColorType::Rgb, picture().as_bytes());
    project.write("small.jpg", &small);
    let words = [
        "EXIF:Artist",
        "EXIF:Copyright",
        "EXIF:ImageDescription",
        "EXIF:Make",
        "EXIF:Model",
        "EXIF:SerialNumber",
        "EXIF:UserComment",
        "EXIF:OwnerName",
        "XMP-dc:Creator",
        "XMP-dc:Title",
        "XMP-photoshop:City",
        "XMP-xmpMM:DocumentID",
        "IPTC:By-line",
        "IPTC:Caption-Abstract",
        "IPTC:City",
        "Photoshop:CopyrightFlag",
        "Comment",
        "PNG:Author",
        "PNG:Description",
    ];
    let mut arguments: Vec<String> = words.iter().map(|tag| format!("-{tag}={SECRET}")).collect();
    arguments.push(format!("-EXIF:ThumbnailImage<={}", project.path("small.jpg").display()));
    for plain in [
        "-overwrite_original",
        "-q",
        "-q",
        "-m",
        "-GPSLatitude=37.7631",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=122.4578",
        "-GPSLongitudeRef=W",
        "-EXIF:DateTimeOriginal=2025:03:14 09:26:53",
        "-Photoshop:CopyrightFlag=1",
    ] {
        arguments.push(plain.to_owned());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let kinds = kinds();
    for (name, clean) in &kinds {
        let is_jpeg = clean.starts_with(&[0xFF, 0xD8]);
        let made = if is_jpeg {
            [&clean[..2], &segment(0xE1, &exif_of_a_maker()), &clean[2..]].concat()
        } else {
            clean.clone()
        };
        project.write(&format!("files/{name}"), made);
        let file = project.path(&format!("files/{name}"));
        if exiftool(&arguments, &file).is_none() {
            return;
        }
        let mut dirty = std::fs::read(&file).expect(name);
        dirty.extend(SECRET.bytes());
        dirty.extend(&small);
        project.write(&format!("files/{name}"), &dirty);
        assert!(!is_jpeg || dirty.windows(10).any(|part| part == b"SomeCamera"), "{name} has the maker's note");
        let before = telling(&file).expect("the program");
        let said = before.values().filter(|value| value.contains(SECRET)).count();
        assert!(before.len() > 2 && said > 1, "{name} has what is to be taken out: {before:?}");
        if is_jpeg {
            for group in ["GPS:", "IFD1:", "IPTC:", "XMP-dc:", "File:Comment", "ExifIFD:"] {
                assert!(before.keys().any(|tag| tag.starts_with(group)), "{name} has no {group}: {before:?}");
            }
        }
    }
    let drawing = format!(
        "<?xml version=\"1.0\"?><!-- {SECRET} --><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" viewBox=\"0 0 9 9\" inkscape:export-filename=\"{SECRET}\"><metadata><rdf:RDF><rdf:Description><dc:creator>{SECRET}</dc:creator></rdf:Description></rdf:RDF></metadata><path d=\"M0 0h9v9z\"/></svg>"
    );
    project.write("files/drawing.svg", drawing);
    assert!(
        telling(&project.path("files/drawing.svg")).expect("the program").values().any(|value| value.contains(SECRET))
    );
    project.remove("small.jpg");
    project.run(&["build"]).clean();
    let found: Vec<_> = (kinds.iter().map(|(name, _)| *name).chain(["drawing.svg"]))
        .map(|name| (name, telling(&project.path(&format!("public/files/{name}"))).expect("the program")))
        .filter(|(_, tags)| !tags.is_empty())
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    for (name, clean) in &kinds {
        let out = std::fs::read(project.path(&format!("public/files/{name}"))).expect(name);
        assert!(!out.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "{name}");
        assert!(frames(name, &out) == frames(name, clean), "the pixels of {name} are the same");
    }
}
