//! The site's icons: the wrapper with its two rules, in the colour of its stock.

use super::social::draw::{INK, png};
use super::stock::Stock;
use super::{Maker, Payload, Site, SitePath};

const TOUCH: u16 = 180;
const FAVICON: u16 = 32;

/// Adds `favicon.ico`, which browsers and readers of feeds ask for, and `apple-touch-icon.png`, for home screens.
pub(super) fn add(stock: &Stock, site: &mut Site) {
    let drawing = |sheet: &str, rules: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><path fill=\"{}\" d=\"{sheet}\"/><path fill=\"{INK}\" d=\"{rules}\"/></svg>",
            stock.light
        )
    };
    // A home screen cuts the corners off, so the sheet fills its icon.
    let touch = png(&drawing("M0 0h32v32H0z", "M6 8h20v3H6zm0 4.5h20v1H6z"), &stock.light, (TOUCH, TOUCH));
    let small = png(&drawing("M0 0h32v32H0z", "M4 8h24v4H4zm0 6h24v2H4z"), &stock.light, (FAVICON, FAVICON));
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
