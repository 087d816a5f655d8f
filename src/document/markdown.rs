//! A document as Markdown (CommonMark), with HTML only for raised and lowered letters.

use super::Document;
use crate::cite::{Part, Run};

/// Returns the text.
pub fn text(document: &Document) -> String {
    let mut out = format!("# {}\n", escaped(&document.title));
    for line in &document.lines {
        out.push_str(&format!("\n{}\n", runs(line)));
    }
    for section in &document.sections {
        if let Some(heading) = &section.heading {
            out.push_str(&format!("\n{} {}\n", "#".repeat(usize::from(section.level) + 1), escaped(heading)));
        }
        if !section.entries.is_empty() {
            out.push('\n');
        }
        for (number, entry) in section.entries.iter().enumerate() {
            let mark = if section.numbered { format!("{}.", number + 1) } else { "-".to_owned() };
            let dates = if entry.dates.is_empty() { String::new() } else { format!("{}: ", escaped(&entry.dates)) };
            out.push_str(&format!("{mark} {dates}{}\n", runs(&entry.runs)));
        }
    }
    out
}

fn runs(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        // Marks stand against letters, never against blanks.
        let inner = run.text.trim();
        if inner.is_empty() {
            out.push_str(&run.text);
            continue;
        }
        let at = run.text.find(inner).unwrap_or_default();
        let (before, after) = (&run.text[..at], &run.text[at + inner.len()..]);
        let mut text = escaped(inner);
        if run.style.superscript {
            text = format!("<sup>{text}</sup>");
        }
        if run.style.subscript {
            text = format!("<sub>{text}</sub>");
        }
        if run.style.italic {
            text = format!("*{text}*");
        }
        if run.style.bold {
            text = format!("**{text}**");
        }
        if let Part::Link(address) = &run.part {
            text = format!("[{text}](<{}>)", address.replace(['<', '>', ' '], ""));
        }
        out.push_str(&format!("{before}{text}{after}"));
    }
    out
}

/// Puts a backslash before every sign that Markdown reads (CommonMark 0.31, 2.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "\\`*_[]<>#&|~".contains(letter) {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}
