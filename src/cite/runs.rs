//! The engine's element tree → pieces of text, each of one look and one meaning.

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, Formatting};

use super::mark;
use super::{Part, Run, RunStyle};

/// A piece of a reference before its punctuation is settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) run: Run,
    pub(super) kind: PieceKind,
}

/// Where a piece comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// The record, or a word of the locale.
    Content,
    /// Punctuation of the style.
    Affix,
    /// One of the signs of [`mark`] that open a quotation.
    OpenQuote(char),
    CloseQuote,
}

/// Reads the pieces out of the tree, in reading order.
pub(super) fn pieces(tree: &ElemChildren) -> Vec<Piece> {
    let mut reader = Reader { pieces: Vec::new(), part: Part::Other, affix: false, fresh: false, index: None };
    reader.children(tree);
    reader.pieces
}

struct Reader {
    pieces: Vec<Piece>,
    part: Part,
    affix: bool,
    /// Whether the next character begins another text of the style.
    fresh: bool,
    /// Digits of an author's index, while they are read.
    index: Option<usize>,
}

impl Reader {
    fn children(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => self.text(&text.text, style(text.formatting)),
                ElemChild::Elem(elem) => self.children(&elem.children),
                ElemChild::Link { text, url } => {
                    let run =
                        Run { text: text.text.clone(), style: style(text.formatting), part: Part::Link(address(url)) };
                    self.pieces.push(Piece { run, kind: PieceKind::Content });
                }
                ElemChild::Markup(text) => self.text(text, RunStyle::default()),
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn text(&mut self, text: &str, style: RunStyle) {
        for c in text.chars() {
            match c {
                mark::AFFIX => {
                    self.affix = true;
                    self.fresh = true;
                }
                mark::GUARD => {}
                mark::TITLE => self.part = Part::Title,
                mark::CONTAINER => self.part = Part::ContainerTitle,
                mark::AUTHOR => self.index = Some(0),
                mark::AUTHOR_BODY => {
                    if let Some(index) = self.index.take() {
                        self.part = Part::Author(index);
                    }
                }
                mark::PART_END => self.part = Part::Other,
                mark::OPEN_QUOTE | mark::OPEN_INNER | mark::OPEN_DOUBLE | mark::OPEN_SINGLE => {
                    self.push(PieceKind::OpenQuote(c), style, None);
                }
                mark::CLOSE_QUOTE => self.push(PieceKind::CloseQuote, style, None),
                c if mark::AFFIX_ENDS.contains(&c) => self.affix = false,
                c => {
                    if let (Some(index), Some(digit)) = (&mut self.index, c.to_digit(10)) {
                        *index = index.saturating_mul(10).saturating_add(usize::try_from(digit).unwrap_or_default());
                    } else {
                        let kind = if self.affix { PieceKind::Affix } else { PieceKind::Content };
                        self.push(kind, style, Some(c));
                    }
                }
            }
        }
    }

    fn push(&mut self, kind: PieceKind, style: RunStyle, c: Option<char>) {
        if let (Some(last), Some(c)) = (self.pieces.last_mut(), c)
            && !self.fresh
            && last.kind == kind
            && last.run.style == style
            && last.run.part == self.part
        {
            last.run.text.push(c);
            return;
        }
        self.fresh = false;
        let text = c.map(String::from).unwrap_or_default();
        self.pieces.push(Piece { run: Run { text, style, part: self.part.clone() }, kind });
    }
}

fn style(formatting: Formatting) -> RunStyle {
    RunStyle {
        italic: formatting.font_style != FontStyle::Normal,
        bold: formatting.font_weight == FontWeight::Bold,
        superscript: formatting.vertical_align == VerticalAlign::Sup,
        subscript: formatting.vertical_align == VerticalAlign::Sub,
        small_caps: formatting.font_variant == FontVariant::SmallCaps,
    }
}

/// PubMed moved; the engine's addresses are those of CSL's appendix.
fn address(url: &str) -> String {
    if let Some(pmid) = url.strip_prefix("https://www.ncbi.nlm.nih.gov/pubmed/") {
        return format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/");
    }
    if let Some(pmcid) = url.strip_prefix("https://www.ncbi.nlm.nih.gov/pmc/articles/") {
        return format!("https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/");
    }
    url.to_owned()
}
