//! PDFs that are locked against copying and open without a password.

use std::io::Write;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object};

/// Writes a PDF anew whose lock stands in the trailer itself, with the lock as an object of its own, where it is
/// looked for. Nothing where there is no such lock, or where objects lie packed in others.
pub(super) fn with_lock_apart(bytes: &[u8], document: &Document) -> Option<Vec<u8>> {
    let lock = document.trailer.get(b"Encrypt").and_then(Object::as_dict).ok()?;
    let number = document.reference_table.entries.keys().max()?.checked_add(1)?;
    let mut trailer = document.trailer.clone();
    trailer.set("Encrypt", Object::Reference((number, 0)));
    trailer.set("Size", i64::from(number) + 1);
    trailer.remove(b"Prev");
    let start = bytes.windows(5).position(|part| part == b"%PDF-")?;
    let mut whole = bytes.get(start..)?.to_vec();
    whole.push(b'\n');
    let place = whole.len();
    writeln!(whole, "{number} 0 obj").ok()?;
    write_dict(&mut whole, lock)?;
    whole.extend(b"\nendobj\n");
    let table = whole.len();
    whole.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (object, entry) in &document.reference_table.entries {
        match entry {
            XrefEntry::Normal { offset, generation } => {
                write!(whole, "{object} 1\n{offset:010} {generation:05} n \n").ok()?;
            }
            XrefEntry::Compressed { .. } => return None,
            _ => {}
        }
    }
    write!(whole, "{number} 1\n{place:010} 00000 n \ntrailer\n").ok()?;
    write_dict(&mut whole, &trailer)?;
    write!(whole, "\nstartxref\n{table}\n%%EOF\n").ok()?;
    Some(whole)
}

fn write_dict(out: &mut Vec<u8>, dict: &Dictionary) -> Option<()> {
    out.extend(b"<<");
    for (key, value) in dict {
        out.push(b'/');
        out.extend(key);
        out.push(b' ');
        write_object(out, value)?;
        out.push(b' ');
    }
    out.extend(b">>");
    Some(())
}

fn write_object(out: &mut Vec<u8>, object: &Object) -> Option<()> {
    match object {
        Object::Boolean(is) => write!(out, "{is}").ok(),
        Object::Integer(number) => write!(out, "{number}").ok(),
        Object::Name(name) => {
            out.push(b'/');
            out.extend(name);
            Some(())
        }
        Object::String(bytes, _) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            write!(out, "<{digits}>").ok()
        }
        Object::Reference((number, generation)) => write!(out, "{number} {generation} R").ok(),
        Object::Dictionary(dict) => write_dict(out, dict),
        Object::Array(items) => {
            out.push(b'[');
            for item in items {
                write_object(out, item)?;
                out.push(b' ');
            }
            out.push(b']');
            Some(())
        }
        _ => None,
    }
}
