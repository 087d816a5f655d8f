//! Punctuation where the pieces of a reference meet.
//!
//! Takes [`Piece`]s; gives runs. A style's punctuation gives way to the record's (`?.` is `?`),
//! equal signs are written once, commas and full stops go inside closing quotation marks where
//! the locale has it so, and quotation marks alternate by depth.

use super::mark;
use super::runs::{Piece, PieceKind};
use super::terms::Terms;
use super::{Part, Run, RunStyle};
use hayagriva::citationberg::taxonomy::OtherTerm;

/// Settles the punctuation and joins neighbours of one look and one meaning.
pub(super) fn settle(pieces: Vec<Piece>, terms: &Terms) -> Vec<Run> {
    let mut settled: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        push(&mut settled, piece, terms.punctuation_in_quote);
    }
    if !terms.punctuation_in_quote {
        move_out_of_quotes(&mut settled);
    }
    join(quoted(settled, terms))
}

fn push(settled: &mut Vec<Piece>, mut piece: Piece, inside: bool) {
    if piece.kind == PieceKind::Affix {
        // Each sign is weighed against what stands before it; the rest follows as it is.
        loop {
            let Some(sign) = piece.run.text.chars().next() else { return };
            if sign == ' ' && ends_with_space(settled) {
                piece.run.text.remove(0);
                continue;
            }
            if !is_stop(sign) || !absorb(settled, sign, inside) {
                break;
            }
            piece.run.text.remove(0);
        }
    } else if piece.kind == PieceKind::Content
        && let Some(sign) = piece.run.text.chars().next()
        && is_stop(sign)
        && settled.last().is_some_and(|last| last.kind == PieceKind::Affix && last.run.text.ends_with(sign))
    {
        piece.run.text.remove(0);
    }
    if !piece.run.text.is_empty() || matches!(piece.kind, PieceKind::OpenQuote(_) | PieceKind::CloseQuote) {
        settled.push(piece);
    }
}

fn ends_with_space(settled: &[Piece]) -> bool {
    settled.last().is_some_and(|last| last.run.text.ends_with([' ', '\u{A0}']))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?')
}

/// Merges a sign of the style into what stands before it; `false` when it stays a sign of its own.
fn absorb(settled: &mut Vec<Piece>, sign: char, inside: bool) -> bool {
    let Some(last) = settled.last() else { return false };
    if last.kind == PieceKind::CloseQuote {
        let closes = settled.iter().rev().take_while(|piece| piece.kind == PieceKind::CloseQuote).count();
        let before = settled.len() - closes;
        if !inside {
            return settled[..before].last().is_some_and(|piece| {
                let end = piece.run.text.chars().next_back();
                sign == '.' && end.is_some_and(|end| matches!(end, '.' | '!' | '?'))
            });
        }
        if !matches!(sign, '.' | ',' | '!' | '?') {
            return false;
        }
        let Some(target) = settled[..before].last_mut() else { return false };
        if !merge(&mut target.run.text, sign) {
            let run = Run { text: sign.to_string(), ..settled[before].run.clone() };
            settled.insert(before, Piece { run, kind: PieceKind::Affix });
        }
        true
    } else {
        settled.last_mut().is_some_and(|last| merge(&mut last.run.text, sign))
    }
}

/// Merges `sign` with the end of `text`: `?` and `.` are `?`. `false` when both are to stand.
fn merge(text: &mut String, sign: char) -> bool {
    let Some(end) = text.chars().next_back().filter(|end| is_stop(*end)) else { return false };
    if end == sign {
        return true;
    }
    match (end, sign) {
        ('!' | '?', '.' | ':') | (':' | ';', '.') => true,
        (';', ':') => true,
        (':' | ';', '!' | '?') => {
            text.pop();
            text.push(sign);
            true
        }
        _ => false,
    }
}

/// British use: a comma or semicolon that ends a quoted field stands outside; within a field it
/// stays where the author has put it.
fn move_out_of_quotes(settled: &mut Vec<Piece>) {
    for index in 1..settled.len() {
        let within = settled.get(index + 1).is_some_and(|next| next.kind == PieceKind::Content);
        if settled[index].kind != PieceKind::CloseQuote || within {
            continue;
        }
        let end = settled[index - 1].run.text.chars().next_back();
        if let Some(sign @ (',' | ';' | ':')) = end {
            settled[index - 1].run.text.pop();
            let run = Run { text: sign.to_string(), ..settled[index].run.clone() };
            settled.insert(index + 1, Piece { run, kind: PieceKind::Affix });
        }
    }
}

/// Writes the quotation marks: outer ones first, inner ones inside them.
fn quoted(settled: Vec<Piece>, terms: &Terms) -> Vec<Run> {
    let mark = |term: OtherTerm, fallback: &'static str| terms.word(term).unwrap_or(fallback).to_owned();
    let outer = [mark(OtherTerm::OpenQuote, "“"), mark(OtherTerm::CloseQuote, "”")];
    let inner = [mark(OtherTerm::OpenInnerQuote, "‘"), mark(OtherTerm::CloseInnerQuote, "’")];
    let written =
        |double: bool| if double { ["“", "”"].map(String::from) } else { ["‘", "’"].map(String::from) };
    let mut open: Vec<[String; 2]> = Vec::new();
    let mut runs = Vec::with_capacity(settled.len());
    for Piece { mut run, kind } in settled {
        match kind {
            PieceKind::OpenQuote(sign) => {
                let marks = match (open.last(), sign) {
                    (Some(around), _) if *around == outer => inner.clone(),
                    (Some(_), _) => outer.clone(),
                    (None, mark::OPEN_INNER) => inner.clone(),
                    (None, mark::OPEN_DOUBLE) => written(true),
                    (None, mark::OPEN_SINGLE) => written(false),
                    (None, _) => outer.clone(),
                };
                run.text.clone_from(&marks[0]);
                open.push(marks);
            }
            PieceKind::CloseQuote => run.text = open.pop().map_or_else(|| outer[1].clone(), |marks| marks[1].clone()),
            PieceKind::Content | PieceKind::Affix => {}
        }
        runs.push(run);
    }
    runs
}

fn join(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        if run.text.trim().is_empty() && run.style != RunStyle::default() {
            run.style = RunStyle::default();
        }
        if let Part::Link(address) = &run.part
            && let Some(last) = joined.last_mut()
            && let Some(head) = address.strip_suffix(run.text.as_str()).filter(|head| !head.is_empty())
            && let Some(before) = last.text.strip_suffix(head)
        {
            // `https://doi.org/` before a DOI is part of the link.
            run.text.insert_str(0, head);
            last.text.truncate(before.len());
        }
        match joined.last_mut() {
            Some(last) if last.style == run.style && last.part == run.part => last.text.push_str(&run.text),
            _ => joined.push(run),
        }
    }
    if let Some(first) = joined.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = joined.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    joined.retain(|run| !run.text.is_empty());
    joined
}
