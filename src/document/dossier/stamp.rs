//! The exhibit and page at the foot of every page of a proof, so that the index leads there on paper too.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::merge::contents;

/// The name of the stamp's font among those of a page.
const FONT: &str = "OffprintStamp";
/// Size of the letters, and blank to the edges, in points.
const SIZE: f32 = 8.0;
const EDGE: f32 = 18.0;
/// The mean width of a letter or digit of Helvetica, as a part of its size.
const MEAN_WIDTH: f32 = 0.52;

/// Writes words at the lower right of a page as it is looked at, over what is there.
///
/// # Errors
/// When the page is damaged.
pub(super) fn stamp(file: &mut Document, font: ObjectId, page: ObjectId, words: &str) -> lopdf::Result<()> {
    let mut own = file.get_dictionary(page)?.clone();
    let mut resources = dictionary_at(file, &own, b"Resources");
    let mut fonts = dictionary_at(file, &resources, b"Font");
    fonts.set(FONT, font);
    resources.set("Font", fonts);
    own.set("Resources", resources);
    let before = file.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let after = [b"\nQ\n".to_vec(), drawing(file, &own, words)?].concat();
    let after = file.add_object(Stream::new(Dictionary::new(), after));
    let parts = contents(file, &own)?;
    let parts: Vec<Object> = [before].into_iter().chain(parts).chain([after]).map(Object::Reference).collect();
    own.set("Contents", parts);
    file.objects.insert(page, own.into());
    Ok(())
}

/// Returns the font of stamps, one of those that every reader has.
pub(super) fn font(file: &mut Document) -> ObjectId {
    file.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type1",
        "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding",
    })
}

fn dictionary_at(file: &Document, parent: &Dictionary, key: &[u8]) -> Dictionary {
    let found = parent.get(key).and_then(|value| file.dereference(value));
    found.and_then(|(_, value)| value.as_dict().cloned()).unwrap_or_default()
}

fn drawing(file: &Document, page: &Dictionary, words: &str) -> lopdf::Result<Vec<u8>> {
    let [left, bottom, right, top] = sides(file, page);
    #[expect(clippy::cast_precision_loss, reason = "a stamp has few letters")]
    let width = words.chars().count() as f32 * SIZE * MEAN_WIDTH;
    let turned = page.get(b"Rotate").and_then(|value| file.dereference(value)).and_then(|(_, value)| value.as_i64());
    let turned = turned.unwrap_or_default().rem_euclid(360);
    let across = if turned % 180 == 0 { right - left } else { top - bottom };
    let (along, up) = ((across - EDGE - width).max(0.0), EDGE * 0.6);
    // From the page as it is looked at to the page as it is written.
    let matrix = match turned {
        90 => [0.0, 1.0, -1.0, 0.0, right - up, bottom + along],
        180 => [-1.0, 0.0, 0.0, -1.0, right - along, top - up],
        270 => [0.0, -1.0, 1.0, 0.0, left + up, top - along],
        _ => [1.0, 0.0, 0.0, 1.0, left + along, bottom + up],
    };
    let operations = vec![
        Operation::new("q", vec![]),
        Operation::new("cm", matrix.map(Object::Real).to_vec()),
        Operation::new("g", vec![0.into()]),
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec![FONT.into(), SIZE.into()]),
        Operation::new("Tj", vec![Object::string_literal(words)]),
        Operation::new("ET", vec![]),
        Operation::new("Q", vec![]),
    ];
    Content { operations }.encode()
}

/// The left, lower, right and upper side of what is seen of a page.
fn sides(file: &Document, page: &Dictionary) -> [f32; 4] {
    let read = |key: &[u8]| {
        let (_, list) = file.dereference(page.get(key).ok()?).ok()?;
        let numbers = list.as_array().ok()?.iter();
        let numbers: Option<Vec<f32>> = numbers.map(|one| file.dereference(one).ok()?.1.as_float().ok()).collect();
        let [a, b, c, d] = numbers?.try_into().ok()?;
        let sides = [a.min(c), b.min(d), a.max(c), b.max(d)];
        sides.iter().all(|side: &f32| side.is_finite()).then_some(sides)
    };
    read(b"CropBox").or_else(|| read(b"MediaBox")).unwrap_or([0.0, 0.0, 612.0, 792.0])
}
