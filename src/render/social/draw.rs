//! A card as a drawing, and the drawing as a picture.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::face::{FACES, Face};
use super::{Card, Run};
use crate::exchange::html::escape;

/// Width and height of a card.
pub(super) const SIZE: (u16, u16) = (1200, 630);
const EDGE: f32 = 72.0;
const MEASURE: f32 = 1056.0;
pub(in crate::render) const INK: &str = "#14181c";
/// The sizes that a title is tried in, and the height that it may take.
const TITLE_SIZES: [f32; 7] = [104.0, 96.0, 88.0, 80.0, 72.0, 64.0, 56.0];
const TITLE_HEIGHT: f32 = 320.0;
const TITLE_LINES: usize = 4;
const DATELINE: f32 = 23.0;
const DATELINE_SPACING: f32 = 2.6;
/// Tones between paper and ink; more could not be told apart.
const LEVELS: u32 = 31;
const LINE: f32 = 30.0;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for face in FACES {
        fonts.load_font_source(Source::Binary(Arc::new(face)));
    }
    Arc::new(fonts)
});

/// Writes a card as SVG on paper of a colour.
pub(super) fn svg(card: &Card, stock: &str) -> String {
    let (width, height) = SIZE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"><path fill=\"{stock}\" d=\"M0 0h{width}v{height}H0z\"/>\
         <g fill=\"{INK}\" font-family=\"Offprint\"><path d=\"M72 84h1056v6H72zm0 10h1056v2H72z\"/>"
    );
    let dateline = format!("font-size=\"{DATELINE}\" letter-spacing=\"{DATELINE_SPACING}\"");
    let (left, right) = datelines(card);
    let _ = write!(svg, "<text x=\"{EDGE}\" y=\"71\" {dateline}>{}</text>", escape(&left));
    let end = EDGE + MEASURE;
    let _ = write!(svg, "<text x=\"{end}\" y=\"71\" text-anchor=\"end\" {dateline}>{}</text>", escape(&right));
    let (size, lines) = title(&card.title);
    for (at, line) in (0_u8..).zip(&lines) {
        let y = 150.0 + size * (0.82 + 1.1 * f32::from(at));
        let _ = write!(
            svg,
            "<text x=\"{EDGE}\" y=\"{y}\" font-family=\"Offprint Display\" font-size=\"{size}\" letter-spacing=\"{}\">{}</text>",
            size * -0.012,
            escape(line)
        );
    }
    let first = 557.0 - 41.0 * if card.foot.len() > 1 { 1.0 } else { 0.0 };
    for (at, line) in (0_u8..).zip(&card.foot) {
        let _ = write!(
            svg,
            "<text x=\"{EDGE}\" y=\"{}\" font-size=\"{LINE}\" xml:space=\"preserve\">",
            first + 41.0 * f32::from(at)
        );
        for Run { text, italic } in line {
            let style = if *italic { " font-style=\"italic\"" } else { "" };
            let _ = write!(svg, "<tspan{style}>{}</tspan>", escape(text));
        }
        svg.push_str("</text>");
    }
    svg.push_str("</g></svg>");
    svg
}

/// Breaks a line at the foot of a card; what does not fit into two is cut.
pub(super) fn foot(text: &str) -> Vec<String> {
    cut(Face::Text.measure(text).lines(LINE, MEASURE), 2)
}

fn cut(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let kept = last.rsplit_once(' ').map_or(last.as_str(), |(kept, _)| kept);
            *last = format!("{}…", kept.trim_end_matches([',', ';', ':', '.', '–', '—']));
        }
    }
    lines
}

fn datelines(card: &Card) -> (String, String) {
    let (left, right) = (card.left.to_uppercase(), card.right.to_uppercase());
    let fits = spaced(&left) + spaced(&right) + 48.0 <= MEASURE;
    if fits { (left, right) } else { (left, String::new()) }
}

fn spaced(text: &str) -> f32 {
    let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
    Face::Text.width(text, DATELINE) + f32::from(letters) * DATELINE_SPACING
}

/// Returns the largest size in which a title fits, and its lines.
fn title(text: &str) -> (f32, Vec<String>) {
    let words = Face::Display.measure(text);
    let fits = |size: &f32| {
        let (lines, longest) = words.extent(*size, MEASURE);
        let height = f32::from(u8::try_from(lines).unwrap_or(u8::MAX)) * size * 1.1;
        lines <= TITLE_LINES && height <= TITLE_HEIGHT && longest <= MEASURE
    };
    let smallest = TITLE_SIZES[TITLE_SIZES.len() - 1];
    let size = TITLE_SIZES.into_iter().find(fits).unwrap_or(smallest);
    (size, cut(words.lines(size, MEASURE), TITLE_LINES))
}

/// Draws SVG that is ink on one colour of paper; `None` when it cannot be read, which no input should bring about.
pub(in crate::render) fn png(svg: &str, stock: &str, (width, height): (u16, u16)) -> Option<Vec<u8>> {
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let mut picture = Pixmap::new(width.into(), height.into())?;
    let size = tree.size();
    let scale = Transform::from_scale(f32::from(width) / size.width(), f32::from(height) / size.height());
    resvg::render(&tree, scale, &mut picture.as_mut());

    let (paper, ink) = (colour(stock)?, colour(INK)?);
    // Each pixel lies between paper and ink, so one channel tells how far.
    let channel = (0..3).max_by_key(|&at| paper[at].abs_diff(ink[at]))?;
    let range = u32::from(paper[channel].abs_diff(ink[channel])).max(1);
    let depth = |pixel: &[u8]| {
        let away = u32::from(paper[channel].abs_diff(pixel[channel])).min(range);
        u8::try_from((away * LEVELS + range / 2) / range).unwrap_or_default()
    };
    let indices: Vec<u8> = picture.data().chunks_exact(4).map(depth).collect();
    let mix = |level: u32, at: usize| {
        let (paper, ink) = (u32::from(paper[at]), u32::from(ink[at]));
        u8::try_from((paper * (LEVELS - level) + ink * level) / LEVELS).unwrap_or_default()
    };
    let palette: Vec<u8> = (0..=LEVELS).flat_map(|level| [0, 1, 2].map(|at| mix(level, at))).collect();

    let mut written = Vec::new();
    let mut encoder = png::Encoder::new(&mut written, width.into(), height.into());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().ok()?.write_image_data(&indices).ok()?;
    Some(written)
}

fn colour(hex: &str) -> Option<[u8; 3]> {
    let hex = hex.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}
