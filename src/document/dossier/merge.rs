//! Several PDFs → one, page after page, with bookmarks.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Error, Object, ObjectId, dictionary, text_string};

use super::stamp;

/// What a page takes over from the nodes above it.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A file that is put together.
pub(super) struct Binder {
    file: Document,
    root: ObjectId,
    pages: Vec<Object>,
    /// Title and page, from 0.
    marks: Vec<(String, usize)>,
}

/// Makes every page whole in itself: what it takes over from nodes above it is written into it, and what leads back to
/// the file it comes from is taken out. Tags, forms and scripts do not survive; text, pictures and links do.
///
/// # Errors
/// When a page or its content is damaged.
pub(super) fn make_whole(file: &mut Document) -> lopdf::Result<()> {
    for id in file.get_pages().into_values() {
        let mut page = file.get_dictionary(id)?.clone();
        for key in INHERITED {
            if let Some(value) = inherited(file, id, key)? {
                page.set(key, value);
            }
        }
        if !page.has(b"MediaBox") {
            page.set("MediaBox", vec![0.into(), 0.into(), 612.into(), 792.into()]);
        }
        if !page.has(b"Resources") {
            page.set("Resources", Dictionary::new());
        }
        for part in contents(file, &page)? {
            file.get_object(part)?.as_stream()?;
        }
        for key in [&b"Parent"[..], b"StructParents", b"AA", b"AF", b"Metadata", b"PieceInfo", b"B", b"Tabs"] {
            page.remove(key);
        }
        keep_harmless(file, &mut page);
        file.objects.insert(id, Object::Dictionary(page));
    }
    list_once(file);
    // A length that was lost or wrong is that of what was read.
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object {
            let length = i64::try_from(stream.content.len()).unwrap_or_default();
            stream.dict.set("Length", length);
        }
    }
    Ok(())
}

/// Leaves of a page's annotations what is seen, and links: no script, no program, no file and no sound.
fn keep_harmless(file: &mut Document, page: &mut Dictionary) {
    let Ok(value) = page.get(b"Annots") else { return };
    let list = file.dereference(value).ok().and_then(|(_, list)| list.as_array().ok()).cloned().unwrap_or_default();
    let mut kept = Vec::new();
    for one in list {
        let Ok((id, Object::Dictionary(own))) = file.dereference(&one) else { continue };
        let mut own = own.clone();
        let kind = own.get(b"Subtype").and_then(Object::as_name).unwrap_or_default().to_vec();
        if [&b"FileAttachment"[..], b"Screen", b"RichMedia", b"Movie", b"Sound", b"3D"].contains(&&kind[..]) {
            continue;
        }
        let leads_on = !own.has(b"A") || leads_to_a_place(file, &own);
        if kind == b"Link" && !leads_on {
            continue;
        }
        if !leads_on {
            own.remove(b"A");
        }
        for key in [&b"AA"[..], b"AF", b"PA"] {
            own.remove(key);
        }
        if kind == b"Widget" {
            // What a form does stands in the fields above its boxes.
            own.remove(b"Parent");
        }
        match id {
            Some(id) => {
                file.objects.insert(id, own.into());
                kept.push(Object::Reference(id));
            }
            None => kept.push(own.into()),
        }
    }
    if kept.is_empty() {
        page.remove(b"Annots");
    } else {
        page.set("Annots", kept);
    }
}

/// Tells whether what an annotation does is to lead to an address or a page, and nothing after it.
fn leads_to_a_place(file: &Document, own: &Dictionary) -> bool {
    let action = own.get(b"A").and_then(|value| file.dereference(value));
    let Ok((_, Object::Dictionary(action))) = action else { return false };
    let name = action
        .get(b"S")
        .and_then(|value| file.dereference(value))
        .and_then(|(_, value)| value.as_name())
        .unwrap_or_default();
    let is_script = || {
        let address = action.get(b"URI").and_then(|value| file.dereference(value));
        let address = address.and_then(|(_, value)| value.as_str()).unwrap_or_default().trim_ascii_start();
        address.len() >= 11 && address[..11].eq_ignore_ascii_case(b"javascript:")
    };
    !action.has(b"Next") && (name == b"GoTo" || (name == b"URI" && !is_script()))
}

/// Gives a page that a file lists twice a second page of its own, so that each can be stamped.
fn list_once(file: &mut Document) {
    let mut seen = BTreeSet::new();
    let mut pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let count = pages.len();
    for id in &mut pages {
        if !seen.insert(*id)
            && let Ok(page) = file.get_dictionary(*id).cloned()
        {
            *id = file.add_object(page);
        }
    }
    if seen.len() < count {
        let kids: Vec<Object> = pages.into_iter().map(Object::Reference).collect();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let root = file.add_object(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
        if let Ok(catalog) = file.catalog_mut() {
            catalog.set("Pages", root);
        }
    }
}

/// Returns the streams of a page's content, in their order.
///
/// # Errors
/// When the list of them is damaged.
pub(super) fn contents(file: &Document, page: &Dictionary) -> lopdf::Result<Vec<ObjectId>> {
    let Ok(value) = page.get(b"Contents") else { return Ok(Vec::new()) };
    let (id, value) = file.dereference(value)?;
    match value {
        Object::Array(list) => {
            list.iter().filter(|part| !matches!(part, Object::Null)).map(Object::as_reference).collect()
        }
        Object::Null => Ok(Vec::new()),
        _ => Ok(id.into_iter().collect()),
    }
}

fn inherited(file: &Document, page: ObjectId, key: &[u8]) -> lopdf::Result<Option<Object>> {
    let mut seen = BTreeSet::new();
    let mut at = page;
    loop {
        if !seen.insert(at) {
            return Err(Error::ReferenceCycle(at));
        }
        let node = file.get_dictionary(at)?;
        if let Ok(value) = node.get(key)
            && !matches!(file.dereference(value), Ok((_, Object::Null)) | Err(_))
        {
            return Ok(Some(value.clone()));
        }
        match node.get(b"Parent").and_then(Object::as_reference) {
            Ok(parent) => at = parent,
            Err(_) => return Ok(None),
        }
    }
}

impl Binder {
    /// Starts an empty file with a title and an author.
    pub(super) fn new(title: &str, author: &str) -> Self {
        let mut file = Document::with_version("1.7");
        let root = file.new_object_id();
        let about = dictionary! {
            "Title" => text_string(title),
            "Author" => text_string(author),
            "Producer" => text_string(super::bind::PRODUCER),
        };
        let about = file.add_object(about);
        file.trailer.set("Info", about);
        Self { file, root, pages: Vec::new(), marks: Vec::new() }
    }

    /// Marks the next page with a bookmark.
    pub(super) fn mark(&mut self, title: &str) {
        self.marks.push((title.to_owned(), self.pages.len()));
    }

    /// Adds the pages of a proof, each stamped with its exhibit and its page, of which `first` is that of the first.
    ///
    /// # Errors
    /// When a page is damaged.
    pub(super) fn add_stamped(&mut self, file: &Document, exhibit: &str, first: usize) -> lopdf::Result<()> {
        let mut file = file.clone();
        let font = stamp::font(&mut file);
        for (number, page) in (first..).zip(file.get_pages().into_values()) {
            stamp::stamp(&mut file, font, page, &format!("Exhibit {exhibit}, page {number}"))?;
        }
        self.add(file);
        Ok(())
    }

    /// Adds the pages of a file whose pages are whole in themselves.
    pub(super) fn add(&mut self, mut file: Document) {
        file.renumber_objects_with(self.file.max_id + 1);
        let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
        // Another file's tree of pages is let go of once nothing leads to it.
        for id in &pages {
            if let Ok(page) = file.get_dictionary_mut(*id) {
                page.set("Parent", self.root);
            }
        }
        self.pages.extend(pages.into_iter().map(Object::Reference));
        self.file.max_id = file.max_id.max(self.file.max_id);
        self.file.objects.extend(file.objects);
    }

    /// Returns the bytes of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn bytes(mut self) -> anyhow::Result<Vec<u8>> {
        let count = i64::try_from(self.pages.len())?;
        let pages = dictionary! { "Type" => "Pages", "Kids" => self.pages.clone(), "Count" => count };
        self.file.objects.insert(self.root, pages.into());
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => self.root };
        if let Some(outlines) = self.outlines() {
            catalog.set("Outlines", outlines);
            catalog.set("PageMode", "UseOutlines");
        }
        let catalog = self.file.add_object(catalog);
        self.file.trailer.set("Root", catalog);
        self.file.prune_objects();
        self.file.renumber_objects();
        let mut bytes = Vec::new();
        self.file.save_to(&mut bytes)?;
        Ok(bytes)
    }

    fn outlines(&mut self) -> Option<ObjectId> {
        if self.marks.is_empty() {
            return None;
        }
        let root = self.file.new_object_id();
        let ids: Vec<ObjectId> = self.marks.iter().map(|_| self.file.new_object_id()).collect();
        for (at, (title, page)) in self.marks.iter().enumerate() {
            let target = self.pages.get(*page)?.clone();
            let mut item = dictionary! {
                "Title" => text_string(title),
                "Parent" => root,
                "Dest" => vec![target, "Fit".into()],
            };
            if let Some(before) = at.checked_sub(1) {
                item.set("Prev", ids[before]);
            }
            if let Some(next) = ids.get(at + 1) {
                item.set("Next", *next);
            }
            self.file.objects.insert(ids[at], item.into());
        }
        let count = i64::try_from(ids.len()).ok()?;
        let outlines =
            dictionary! { "Type" => "Outlines", "First" => *ids.first()?, "Last" => *ids.last()?, "Count" => count };
        self.file.objects.insert(root, outlines.into());
        Some(root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose one page is listed twice and has a note for each action.
    fn twice(annotations: Vec<Dictionary>) -> Document {
        let mut file = Document::with_version("1.7");
        let notes: Vec<Object> = annotations.into_iter().map(|one| file.add_object(one).into()).collect();
        let page = file.add_object(dictionary! { "Type" => "Page", "Annots" => notes });
        let kids: Vec<Object> = vec![page.into(), page.into()];
        let root = file.add_object(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 2 });
        let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        file.trailer.set("Root", catalog);
        file
    }

    #[test]
    fn nothing_that_runs_and_no_file_comes_with_a_page() {
        let link = |action: Dictionary| dictionary! { "Subtype" => "Link", "A" => action };
        let mut file = twice(vec![
            link(dictionary! { "S" => "URI", "URI" => Object::string_literal("https://lakemoor.example") }),
            link(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("alert(1)") }),
            link(dictionary! { "S" => "Launch", "F" => Object::string_literal("calc.exe") }),
            link(dictionary! { "S" => "URI", "URI" => Object::string_literal("JavaScript:alert(2)") }),
            dictionary! { "Subtype" => "FileAttachment", "FS" => Object::string_literal("hidden.bin") },
        ]);
        make_whole(&mut file).expect("a file");
        let mut binder = Binder::new("Exhibit", "Rao");
        binder.add(file);
        let bytes = binder.bytes().expect("bytes");
        let bound = Document::load_mem(&bytes).expect("a file");
        let said = format!("{:?}", bound.objects);
        assert!(said.contains("https://lakemoor.example"), "{said}");
        for gone in ["alert(1)", "calc.exe", "alert(2)", "hidden.bin"] {
            assert!(!said.contains(gone), "{gone}: {said}");
        }
    }

    #[test]
    fn a_page_that_is_listed_twice_is_two_pages() {
        let mut file = twice(Vec::new());
        make_whole(&mut file).expect("a file");
        let pages: BTreeSet<ObjectId> = file.get_pages().into_values().collect();
        assert_eq!(pages.len(), 2);
    }
}
