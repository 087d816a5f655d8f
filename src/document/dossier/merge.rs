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
        for key in [&b"Parent"[..], b"StructParents", b"AA", b"Metadata", b"PieceInfo", b"B", b"Tabs"] {
            page.remove(key);
        }
        file.objects.insert(id, Object::Dictionary(page));
    }
    // A length that was lost or wrong is that of what was read.
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object {
            let length = i64::try_from(stream.content.len()).unwrap_or_default();
            stream.dict.set("Length", length);
        }
    }
    Ok(())
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
