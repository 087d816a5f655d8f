//! The site's icons: the wrapper with its two rules, in the colour of its stock.

use super::social::draw::{INK, png};
use super::stock::Stock;
use super::{Maker, Payload, Site, SitePath};
use crate::source::Sources;

const TOUCH: u16 = 180;
const FAVICON: u16 = 32;

/// Changes when the same drawing becomes another picture, so that none is taken from the cache.
const EDITION: &str = "icon 1\n";

/// Adds `favicon.ico`, which browsers and readers of feeds ask for, and `apple-touch-icon.png`, for home screens.
pub(super) fn add(sources: &Sources, stock: &Stock, site: &mut Site) {
    let picture = |rules: &str, side: u16| {
        // A home screen cuts the corners off, so the sheet fills its icon.
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><path fill=\"{}\" d=\"M0 0h32v32H0z\"/><path fill=\"{INK}\" d=\"{rules}\"/></svg>",
            stock.light
        );
        let key = blake3::hash(format!("{EDITION}{side}\n{drawing}").as_bytes());
        sources.cached(&key, || png(&drawing, &stock.light, (side, side)))
    };
    let touch = picture("M6 8h20v3H6zm0 4.5h20v1H6z", TOUCH);
    let small = picture("M4 8h24v4H4zm0 6h24v2H4z", FAVICON);
    let files = [("apple-touch-icon.png", touch), ("favicon.ico", small.map(|picture| ico(&picture)))];
    for (path, content) in files {
        if let Some(content) = content {
            site.add(SitePath::new(path), Payload::Bytes(content), Maker::Site);
        }
    }
}

/// Wraps one PNG as an ICO file: a header, one entry, the picture.
fn ico(picture: &[u8]) -> Vec<u8> {
    let side = u8::try_from(FAVICON).unwrap_or_default();
    let length = u32::try_from(picture.len()).unwrap_or_default().to_le_bytes();
    let header = [0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 8, 0];
    [&header[..], &length, &22_u32.to_le_bytes(), picture].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_drawn_once_for_each_colour() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = folder.path().join(".offprint");
        std::fs::create_dir(&cache).expect("a folder");
        let sources = Sources { root: folder.path().to_owned(), ..Sources::default() };
        let icon = |light: &str| {
            let mut site = Site::default();
            add(&sources, &Stock { light: light.to_owned(), ..Stock::default() }, &mut site);
            site.files.get("apple-touch-icon.png").cloned()
        };
        let blue = icon("#b9ccd6");
        assert!(matches!(&blue, Some(Payload::Bytes(bytes)) if bytes.starts_with(b"\x89PNG")), "{blue:?}");
        for kept in std::fs::read_dir(cache.join("cache")).expect("the cache").flatten() {
            sources.keep(&kept.file_name().to_string_lossy(), b"drawn before");
        }
        assert!(matches!(icon("#b9ccd6"), Some(Payload::Bytes(bytes)) if bytes == b"drawn before"));
        assert!(matches!(icon("#e4d3ab"), Some(Payload::Bytes(bytes)) if bytes.starts_with(b"\x89PNG")));
    }
}
