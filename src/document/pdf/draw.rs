//! Pages → the file: glyphs, tags, links, bookmarks.

use std::collections::HashMap;
use std::num::NonZeroU16;

use anyhow::anyhow;
use chrono::Datelike as _;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Quadrilateral, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document as File, SerializeSettings};

use super::Sheet;
use super::blocks::{Block, Form, Role, Rule};
use super::pages::Placed;
use super::set::{Ink, Look, Setter, Text};
use crate::cite::Run;
use crate::document::Document;

type Colour = (u8, u8, u8);
const INK: Colour = (0x14, 0x18, 0x1c);
const SOFT: Colour = (0x45, 0x4c, 0x54);
const LINK: Colour = (0x0e, 0x45, 0x62);
const HAIR: Colour = (0xa4, 0xab, 0xb1);

/// Where the first baseline stands in a line, as a share of its height.
const BASELINE: f32 = 0.735;

/// Writes the file.
pub(super) fn bytes(
    document: &Document,
    sheet: &Sheet,
    form: &Form,
    blocks: &[Block],
    pages: &[Vec<Placed>],
    setter: &mut Setter,
) -> anyhow::Result<Vec<u8>> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_archival_validator(Archival::A2_A)
        .finish()
        .map_err(|error| anyhow!("the standards of the PDF do not fit: {error:?}"))?;
    let settings = SerializeSettings { enable_tagging: true, configuration, ..SerializeSettings::default() };
    let mut writer = Writer {
        file: File::new_with(settings),
        form,
        fonts: HashMap::new(),
        leaves: blocks.iter().map(|_| Leaves::default()).collect(),
        starts: vec![None; blocks.len()],
    };
    for (number, placed) in pages.iter().enumerate() {
        let foot = foot(sheet, form, number + 1, pages.len(), setter);
        writer.page(number, placed, blocks, &foot)?;
    }
    let Writer { mut file, leaves, starts, .. } = writer;
    file.set_outline(outline(blocks, &starts));
    file.set_tag_tree(tags(document, blocks, leaves));
    file.set_metadata(metadata(document, sheet));
    let mut bytes = file.finish().map_err(|error| anyhow!("the PDF cannot be written: {error} ({error:?})"))?;
    without_suspects(&mut bytes);
    Ok(bytes)
}

/// Blanks out an entry that has its default value (ISO 32000-1, table 321), at which one common reader stumbles.
fn without_suspects(bytes: &mut [u8]) {
    const ENTRY: &[u8] = b"/Suspects false";
    if let Some(at) = bytes.windows(ENTRY.len()).position(|part| part == ENTRY) {
        bytes[at..at + ENTRY.len()].fill(b' ');
    }
}

/// The texts at the foot of a page: what it is, when it was issued, its number.
fn foot(sheet: &Sheet, form: &Form, number: usize, total: usize, setter: &mut Setter) -> [Text; 2] {
    let look = Look {
        size: 8.6,
        leading: 11.0,
        width: form.width - 2.0 * form.side,
        display: false,
        small_caps: false,
        italic: false,
        soft: true,
        to_end: false,
    };
    let run = |text: String| vec![Run { text, ..Run::default() }];
    let number = sheet.number.replace("{n}", &number.to_string()).replace("{total}", &total.to_string());
    let what = [sheet.foot.as_str(), sheet.issued.as_str()];
    let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let near = setter.set(&run(what), &look);
    [near, setter.set(&run(number), &Look { to_end: true, ..look })]
}

/// The content of a block as it was written, in reading order.
#[derive(Default)]
struct Leaves {
    label: Vec<Leaf>,
    text: Vec<Leaf>,
}

struct Leaf {
    node: Identifier,
    /// Of the text's list, plus one; 0 outside of links.
    link: usize,
}

struct Writer<'a> {
    file: File,
    form: &'a Form,
    fonts: HashMap<(u64, u32), Font>,
    leaves: Vec<Leaves>,
    /// Page and height at which a block begins.
    starts: Vec<Option<(usize, f32)>>,
}

/// Glyphs of one line that are drawn at once.
struct Stroke {
    x: f32,
    width: f32,
    glyphs: Vec<KrillaGlyph>,
    font: Font,
    size: f32,
    ink: Ink,
    start: usize,
}

impl Writer<'_> {
    fn page(&mut self, number: usize, placed: &[Placed], blocks: &[Block], foot: &[Text; 2]) -> anyhow::Result<()> {
        let Self { file, form, fonts, leaves, starts } = self;
        let settings = PageSettings::from_wh(form.width, form.page_height)
            .ok_or_else(|| anyhow!("a page of no size cannot be written"))?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        let mut links: Vec<Linked> = Vec::new();
        for one in placed {
            let block = &blocks[one.block];
            let top = form.top + one.top;
            if one.from == 0 {
                starts[one.block] = Some((number, top));
                if block.rule == Rule::Above && one.top > 0.0 {
                    rule(&mut surface, form, top - block.leading * 0.28, 0.45, HAIR);
                }
            }
            let ends = one.to == block.lines();
            if ends && block.rule == Rule::Below {
                let below = top + block.leading * count(one.to - one.from) + block.leading * 0.55;
                rule(&mut surface, form, below, 1.5, INK);
                rule(&mut surface, form, below + 2.9, 0.45, INK);
            }
            if let Some(label) = &block.label {
                let into = &mut leaves[one.block].label;
                for (line, y) in lines(one, label, block.leading, top) {
                    write_line(&mut surface, fonts, label, line, form.dates_left(), y, into, None)?;
                }
            }
            for (line, y) in lines(one, &block.text, block.leading, top) {
                let into = &mut leaves[one.block].text;
                let linked = Some((one.block, &mut links));
                write_line(&mut surface, fonts, &block.text, line, form.text_left(), y, into, linked)?;
            }
        }
        let y = form.page_height - form.bottom * 0.56;
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        for text in foot {
            for stroke in strokes(fonts, text, 0)? {
                draw(&mut surface, text, &stroke, form.side, y);
            }
        }
        surface.end_tagged();
        surface.finish();
        for Linked { block, link, boxes } in links {
            let address = blocks[block].text.links[link - 1].clone();
            let target = Target::Action(Action::Link(LinkAction::new(ascii(&address))));
            let quads: Vec<Quadrilateral> = boxes.into_iter().map(Quadrilateral::from).collect();
            let annotation = LinkAnnotation::new_with_quad_points(quads, target);
            let node = page.add_tagged_annotation(Annotation::new_link(annotation, Some(clipped(&address))));
            leaves[block].text.push(Leaf { node, link });
        }
        page.finish();
        Ok(())
    }
}

/// A link on a page: the boxes of its lines.
struct Linked {
    block: usize,
    link: usize,
    boxes: Vec<Rect>,
}

/// The lines of a text that stand here, each with its baseline.
fn lines(placed: &Placed, text: &Text, leading: f32, top: f32) -> Vec<(usize, f32)> {
    let here = placed.from..placed.to.min(text.lines());
    here.map(|line| (line, top + leading * (count(line - placed.from) + BASELINE))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "lines of a page")]
fn count(lines: usize) -> f32 {
    lines as f32
}

#[expect(clippy::too_many_arguments, reason = "a line, where it stands, and where its parts are noted")]
fn write_line(
    surface: &mut Surface<'_>,
    fonts: &mut HashMap<(u64, u32), Font>,
    text: &Text,
    line: usize,
    left: f32,
    y: f32,
    leaves: &mut Vec<Leaf>,
    mut links: Option<(usize, &mut Vec<Linked>)>,
) -> anyhow::Result<()> {
    let strokes = strokes(fonts, text, line)?;
    for group in strokes.chunk_by(|a, b| a.ink.link == b.ink.link) {
        let link = group[0].ink.link;
        let node = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        for stroke in group {
            draw(surface, text, stroke, left, y);
        }
        surface.end_tagged();
        leaves.push(Leaf { node, link });
        let Some((block, links)) = links.as_mut().filter(|_| link > 0) else { continue };
        let size = group[0].size;
        let boxes = group.iter().filter_map(|stroke| {
            let x = left + stroke.x;
            Rect::from_ltrb(x, y - size * 0.78, x + stroke.width.max(0.1), y + size * 0.26)
        });
        match links.iter_mut().find(|known| known.block == *block && known.link == link) {
            Some(known) => known.boxes.extend(boxes),
            None => links.push(Linked { block: *block, link, boxes: boxes.collect() }),
        }
    }
    Ok(())
}

/// Returns the glyphs of a line in reading order.
fn strokes(fonts: &mut HashMap<(u64, u32), Font>, text: &Text, line: usize) -> anyhow::Result<Vec<Stroke>> {
    let Some(line) = text.layout.get(line) else { return Ok(Vec::new()) };
    let mut list: Vec<Stroke> = Vec::new();
    let mut x = line.metrics().offset;
    for run in line.runs() {
        let (data, id) = run.font().data.clone().into_raw_parts();
        let index = run.font().index;
        let font = if let Some(font) = fonts.get(&(id, index)) {
            font.clone()
        } else {
            let font = Font::new(data.into(), index).ok_or_else(|| anyhow!("a font cannot be embedded"))?;
            fonts.insert((id, index), font.clone());
            font
        };
        let size = run.font_size();
        let mut current: Option<Stroke> = None;
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            if cluster.is_ligature_continuation() {
                if let Some(glyph) = current.as_mut().and_then(|stroke| stroke.glyphs.last_mut()) {
                    glyph.text_range.start = glyph.text_range.start.min(range.start);
                    glyph.text_range.end = glyph.text_range.end.max(range.end);
                }
                continue;
            }
            let ink = cluster.style().brush;
            if current.as_ref().is_some_and(|stroke| stroke.ink != ink) {
                list.extend(current.take());
            }
            let stroke = current.get_or_insert_with(|| Stroke {
                x,
                width: 0.0,
                glyphs: Vec::new(),
                font: font.clone(),
                size,
                ink,
                start: range.start,
            });
            stroke.start = stroke.start.min(range.start);
            for glyph in cluster.glyphs() {
                stroke.glyphs.push(KrillaGlyph::new(
                    GlyphId::new(glyph.id),
                    glyph.advance / size,
                    glyph.x / size,
                    -glyph.y / size,
                    0.0,
                    range.clone(),
                    None,
                ));
                x += glyph.advance;
                stroke.width += glyph.advance;
            }
        }
        list.extend(current);
    }
    list.sort_by_key(|stroke| stroke.start);
    Ok(list)
}

fn draw(surface: &mut Surface<'_>, text: &Text, stroke: &Stroke, left: f32, y: f32) {
    let colour = match stroke.ink {
        Ink { link: 1.., .. } => LINK,
        Ink { soft: true, .. } => SOFT,
        _ => INK,
    };
    surface.set_fill(Some(fill(colour)));
    let y = y - stroke.ink.raised * stroke.size / 0.66;
    let at = Point::from_xy(left + stroke.x, y);
    surface.draw_glyphs(at, &stroke.glyphs, stroke.font.clone(), &text.text, stroke.size, false);
}

fn fill((red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn rule(surface: &mut Surface<'_>, form: &Form, y: f32, thick: f32, colour: Colour) {
    let Some(area) = Rect::from_xywh(form.side, y, form.width - 2.0 * form.side, thick) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(area);
    let Some(path) = path.finish() else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(Some(fill(colour)));
    surface.draw_path(&path);
    surface.end_tagged();
}

/// An address as a PDF takes it: seven-bit (ISO 32000-1, 12.6.4.7), other signs by their bytes.
fn ascii(address: &str) -> String {
    address
        .bytes()
        .map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A name that is not too long for the file's own lists (ISO 19005-2, 6.1.13: 32767 bytes).
fn clipped(name: &str) -> String {
    name.chars().take(2_000).collect()
}

/// A bookmark for each heading, those of parts within those of sections.
fn outline(blocks: &[Block], starts: &[Option<(usize, f32)>]) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    let mut headings = blocks.iter().zip(starts).filter_map(|(block, start)| match (block.role, start) {
        (Role::Title, Some(start)) => Some((0, block, *start)),
        (Role::Heading(level), Some(start)) => Some((level, block, *start)),
        _ => None,
    });
    for (level, block, (page, top)) in &mut headings {
        let node = OutlineNode::new(
            clipped(&block.text.text),
            XyzDestination::new(page, Point::from_xy(0.0, top.max(6.0) - 6.0)),
        );
        match &mut open {
            Some(parent) if level > 1 => parent.push_child(node),
            _ => {
                if let Some(done) = open.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(last) = open {
        outline.push_child(last);
    }
    outline
}

fn metadata(document: &Document, sheet: &Sheet) -> Metadata {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let day = sheet.today;
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or(1970))
        .month(small(day.month()))
        .day(small(day.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let direction = if document.is_right_to_left() { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
    Metadata::new()
        .title(document.subject().to_owned())
        .authors(vec![document.author.clone()])
        .language(document.language.clone())
        .creator("Offprint".to_owned())
        .creation_date(date)
        .document_id(format!("offprint:{}:{}", document.subject(), document.language))
        .text_direction(direction)
}

fn tags(document: &Document, blocks: &[Block], leaves: Vec<Leaves>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(document.language.clone()));
    let mut list: Option<(usize, TagGroup)> = None;
    for (block, Leaves { label, text }) in blocks.iter().zip(leaves) {
        if let Role::Entry(number) = block.role {
            if list.as_ref().is_some_and(|(open, _)| *open != number) {
                tree.children.extend(list.take().map(|(_, group)| Node::from(group)));
            }
            let (_, group) = list.get_or_insert_with(|| (number, TagGroup::new(Tag::L(numbering(document, number)))));
            let mut item = TagGroup::new(Tag::LI);
            if !label.is_empty() {
                item.push(TagGroup::with_children(Tag::Lbl, nodes(label)));
            }
            item.push(TagGroup::with_children(Tag::LBody, nodes(text)));
            group.push(item);
            continue;
        }
        tree.children.extend(list.take().map(|(_, group)| Node::from(group)));
        let words = clipped(&block.text.text);
        let heading = |level: u8| Tag::Hn(NonZeroU16::MIN.saturating_add(level.into()), Some(words.clone()));
        tree.push(match block.role {
            Role::Title => TagGroup::with_children(heading(0), nodes(text)),
            Role::Heading(level) => TagGroup::with_children(heading(level), nodes(text)),
            _ => TagGroup::with_children(Tag::P, nodes(text)),
        });
    }
    tree.children.extend(list.map(|(_, group)| Node::from(group)));
    tree
}

fn numbering(document: &Document, section: usize) -> ListNumbering {
    if document.sections[section].numbered { ListNumbering::Decimal } else { ListNumbering::None }
}

/// The content of a block, that of each link in a group of its own.
fn nodes(leaves: Vec<Leaf>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut groups: HashMap<usize, usize> = HashMap::new();
    for Leaf { node, link } in leaves {
        if link == 0 {
            nodes.push(node.into());
            continue;
        }
        let at = *groups.entry(link).or_insert_with(|| {
            nodes.push(TagGroup::new(Tag::Link).into());
            nodes.len() - 1
        });
        if let Some(Node::Group(group)) = nodes.get_mut(at) {
            group.push(node);
        }
    }
    nodes
}
