//! A picture → one page of Letter, upright or lying as the picture is.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::proof::Fault;

/// The sides of a page of Letter, in points.
const SHORT: f32 = 612.0;
const LONG: f32 = 792.0;
/// Blank at the edges.
const EDGE: f32 = 36.0;
/// The longest side of a picture, in pixels: more than a scanner gives of a page.
const LONGEST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// Returns a file of one page that shows a JPEG or PNG whole.
pub(super) fn page(bytes: &[u8]) -> Result<Document, Fault> {
    let broken = |_| Fault::Broken("it is a damaged picture");
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Fault::UnknownForm)?;
    let is_jpeg = reader.format() == Some(ImageFormat::Jpeg);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(too_large_or_broken)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colour = decoder.original_color_type();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(too_large_or_broken)?;
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width(), picture.height());
    if width == 0 || height == 0 {
        return Err(Fault::Empty);
    }
    let components = components(bytes).filter(|_| is_jpeg && orientation == Orientation::NoTransforms);
    let stream = match (colour, components) {
        (image::ExtendedColorType::L8, Some(1)) => jpeg(bytes, width, height, "DeviceGray"),
        (image::ExtendedColorType::Rgb8, Some(3)) => jpeg(bytes, width, height, "DeviceRGB"),
        _ => pixels(&picture).map_err(broken)?,
    };
    Ok(sheet(stream, width, height))
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where an error is turned into another")]
fn too_large_or_broken(error: image::ImageError) -> Fault {
    match error {
        image::ImageError::Limits(_) => Fault::TooLarge("the picture has too many pixels".to_owned()),
        _ => Fault::Broken("it is a damaged picture"),
    }
}

/// Returns how many components a JPEG has, by its frame header (ITU-T T.81, B.2.2): 1 is grey, 3 are colours, 4 inks.
fn components(bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.get(2..)?;
    loop {
        rest = &rest[rest.iter().position(|byte| *byte == 0xFF)?..];
        rest = &rest[rest.iter().position(|byte| *byte != 0xFF)?..];
        let (&marker, segment) = rest.split_first()?;
        rest = match marker {
            0x00 | 0x01 | 0xD0..=0xD8 => segment,
            0xD9 | 0xDA => return None,
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return segment.get(7).copied(),
            _ => segment.get(usize::from(u16::from_be_bytes([*segment.first()?, *segment.get(1)?]))..)?,
        };
    }
}

fn about(width: u32, height: u32, space: &str) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
    }
}

/// The file itself, which loses nothing.
fn jpeg(bytes: &[u8], width: u32, height: u32, space: &str) -> Stream {
    let mut about = about(width, height, space);
    about.set("Filter", "DCTDecode");
    Stream::new(about, bytes.to_vec())
}

/// The pixels on white paper, without loss.
fn pixels(picture: &DynamicImage) -> lopdf::Result<Stream> {
    let colours = picture.to_rgba8();
    let on_white = |value: u8, alpha: u8| {
        let mixed = (u16::from(value) * u16::from(alpha) + 255 * (255 - u16::from(alpha)) + 127) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    let flat: Vec<u8> =
        colours.pixels().flat_map(|pixel| [0, 1, 2].map(|at| on_white(pixel.0[at], pixel.0[3]))).collect();
    let mut stream = Stream::new(about(colours.width(), colours.height(), "DeviceRGB"), flat);
    stream.compress()?;
    Ok(stream)
}

#[expect(clippy::cast_precision_loss, reason = "a side has at most 20,000 pixels")]
fn sheet(picture: Stream, width: u32, height: u32) -> Document {
    let (across, down) = if width > height { (LONG, SHORT) } else { (SHORT, LONG) };
    let (width, height) = (width as f32, height as f32);
    let scale = ((across - 2.0 * EDGE) / width).min((down - 2.0 * EDGE) / height);
    let (shown_width, shown_height) = (width * scale, height * scale);
    let (left, bottom) = ((across - shown_width) / 2.0, (down - shown_height) / 2.0);
    let numbers = |list: [f32; 6]| list.map(Object::Real).to_vec();
    let drawing = Content {
        operations: vec![
            Operation::new("q", vec![]),
            Operation::new("cm", numbers([shown_width, 0.0, 0.0, shown_height, left, bottom])),
            Operation::new("Do", vec!["P".into()]),
            Operation::new("Q", vec![]),
        ],
    };
    let mut file = Document::with_version("1.7");
    let root = file.new_object_id();
    let picture = file.add_object(picture);
    let drawing = file.add_object(Stream::new(Dictionary::new(), drawing.encode().unwrap_or_default()));
    let page = file.add_object(dictionary! {
        "Type" => "Page",
        "MediaBox" => vec![0.into(), 0.into(), across.into(), down.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
        "Contents" => drawing,
    });
    file.objects.insert(root, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    file.trailer.set("Root", catalog);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_in_printing_inks_is_shown_in_its_colours() {
        let inks = include_bytes!("../../../tests/fixtures/dossier/cmyk.jpg");
        assert_eq!(components(inks), Some(4));
        let file = page(inks).expect("a page");
        let picture = file.objects.values().filter_map(|object| object.as_stream().ok());
        let picture = picture.into_iter().find(|stream| stream.dict.has(b"ColorSpace")).expect("a picture");
        assert_ne!(picture.dict.get(b"Filter").and_then(Object::as_name).ok(), Some(&b"DCTDecode"[..]));
        let pixels = picture.decompressed_content().expect("pixels");
        assert_eq!(pixels.len(), 16 * 16 * 3);
        assert!(pixels[0] > 150 && pixels[1] < 90 && pixels[2] < 90, "red: {:?}", &pixels[..3]);
    }

    #[test]
    fn the_components_of_a_picture_are_those_of_its_frame() {
        let frame = b"\xFF\xD8\xFF\xE0\x00\x06\xFF\xC0ab\xFF\xFF\xC2\x00\x0B\x08\x00\x01\x00\x01\x01\x01\x11\x00";
        assert_eq!(components(frame), Some(1), "what looks like a frame within a segment is none");
        for cut in 0..frame.len() - 3 {
            assert_eq!(components(&frame[..cut]), None, "{cut}");
        }
    }
}
