//! Pictures: their sizes on pages, and their publication without anything but pixels.

mod colour;
mod content;
mod encode;
mod memory;
mod strip;
mod turn;

use std::cell::Cell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use self::content::{Content, HEAD, content};
use self::encode::{Fault, Original};
use super::{Maker, Payload, Site, SitePath};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::privacy::{is_packed_drawing, svg, volume};
use crate::source::Sources;

/// Widths of the smaller copies of photographs, in pixels.
const COPY_WIDTHS: [u32; 3] = [480, 960, 1600];
/// Length of a picture file beyond which it is refused, in bytes.
const MOST_LENGTH: u64 = 256 * 1024 * 1024;
/// Pixels of all pictures in one drawing together.
const MOST_PIXELS_INSIDE: u64 = 400_000_000;
/// Bytes of a photograph in which its size and orientation stand, but for a very long profile.
const PHOTOGRAPH_HEAD: u64 = 256 * 1024;
/// Endings of pictures, of which none is published before it is cleaned.
const PICTURES: [&str; 28] = [
    "jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "avif", "tif", "tiff", "bmp", "jxl", "jp2", "ico", "psd",
    "dng", "cr2", "cr3", "nef", "arw", "raf", "rw2", "svgz", "eps", "epsf", "ps", "pcx", "tga",
];
/// Changes with whatever changes the bytes of published pictures, so that older caches are passed by.
const VERSION: &str = "pictures 5";

/// The pictures of `files/`, by path (`files/photos/ward.jpg`).
#[derive(Debug, Clone, Default)]
pub struct Images {
    /// Path → what pages need to know.
    pub list: BTreeMap<String, ImageInfo>,
}

/// A picture as it will be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageInfo {
    /// Pixels, after it was turned the right way up.
    pub width: u32,
    /// Pixels, after it was turned the right way up.
    pub height: u32,
    /// Smaller copies of a photograph: width in pixels and site path, narrowest first.
    pub copies: Vec<(u32, String)>,
}

impl Images {
    /// Reads the sizes of all pictures in `files/`; those that cannot be published are reported.
    pub fn survey(diagnostics: &mut Diagnostics, sources: &Sources) -> Self {
        let paths: Vec<&str> = sources.published_files().collect();
        let read = |path| match photograph(sources, path) {
            Some(info) => Ok(Some(info)),
            None => look(sources, path).and_then(|(content, bytes)| info(sources, path, content, &bytes)),
        };
        let mut list = BTreeMap::new();
        let results: Vec<_> = paths.into_par_iter().map(|path| (path, read(path))).collect();
        for (path, result) in results {
            match result {
                Ok(Some(info)) => {
                    list.insert(path.to_owned(), info);
                }
                Ok(None) => {}
                Err(fault) => diagnostics.push(*fault),
            }
        }
        Self { list }
    }
}

/// Reads the size of a photograph from its head, which holds all that pages need; the rest is read
/// once, when it is published. `None` when it is none, or its head is longer.
fn photograph(sources: &Sources, path: &str) -> Option<ImageInfo> {
    let head = sources.read_head(path, PHOTOGRAPH_HEAD).ok()?;
    if content(&head) != Content::Jpeg {
        return None;
    }
    let (width, height) = encode::size(Content::Jpeg, &head).ok()?;
    Some(sized(sources, path, Content::Jpeg, width, height))
}

/// Tells what a file holds and reads it whole where it is a picture.
fn look(sources: &Sources, path: &str) -> Result<(Content, Vec<u8>), Box<Diagnostic>> {
    let unreadable = || Box::new(unreadable(path));
    let head = sources.read_head(path, HEAD).map_err(|_| unreadable())?;
    let found = match content(&head) {
        Content::Other if head.starts_with(&[0x1F, 0x8B]) && is_packed_drawing(path) => Content::Refused("SVGZ"),
        Content::Other if is_targa(path, &head) => Content::Refused("TGA"),
        // What stands before the drawing may be long.
        Content::Other if path.to_ascii_lowercase().ends_with(".svg") => Content::Svg,
        found => found,
    };
    match found {
        Content::Dicom => {
            let message = format!("`{path}` is a DICOM object, with the patient's name and numbers inside");
            let help = "export the picture as JPEG or PNG without the overlay, and keep the original outside `files/`";
            Err(Box::new(Diagnostic::new(&code::DICOM_FILE, path, message).help(help)))
        }
        Content::Volume(format) => {
            let message = format!("`{path}` {}", volume::message(format));
            Err(Box::new(Diagnostic::new(&code::DICOM_FILE, path, message).help(volume::HELP)))
        }
        Content::Refused(format) => {
            let why = match format {
                "AVIF" | "JPEG XL" => "which cannot be cleaned of what the camera wrote into it",
                "ICO" => "which cannot be cleaned of what a program wrote into it",
                "SVGZ" => "a packed drawing, which cannot be cleaned and which few hosts send as browsers need it",
                _ => "which browsers cannot show",
            };
            let message = format!("`{path}` is a picture in the format {format}, {why}");
            let help = match format {
                "HEIC" => {
                    "on the telephone choose Settings, Camera, Formats, Most Compatible; for this one, open it on a computer, export it as JPEG, and put that here instead"
                }
                "SVGZ" => "in your drawing program save it as plain SVG, and put that here instead",
                _ => "open it in your picture viewer, export it as JPEG or PNG, and put that here instead",
            };
            Err(Box::new(Diagnostic::new(&code::IMAGE_FORMAT, path, message).help(help)))
        }
        Content::Other if is_named_as_picture(path) => Err(unreadable()),
        Content::Other => Ok((found, Vec::new())),
        Content::Jpeg | Content::Png | Content::WebP | Content::Gif | Content::Svg => {
            match sources.read_bytes(path, MOST_LENGTH) {
                Ok(bytes) => Ok((found, bytes)),
                Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                    Err(Box::new(too_large(path, "has more than 256 MB,")))
                }
                Err(_) => Err(unreadable()),
            }
        }
    }
}

fn info(sources: &Sources, path: &str, content: Content, bytes: &[u8]) -> Result<Option<ImageInfo>, Box<Diagnostic>> {
    if matches!(content, Content::Other | Content::Gif | Content::Svg) {
        return Ok(None);
    }
    let (width, height) = encode::size(content, bytes).map_err(|fault| Box::new(diagnostic(path, fault)))?;
    Ok(Some(sized(sources, path, content, width, height)))
}

fn sized(sources: &Sources, path: &str, content: Content, width: u32, height: u32) -> ImageInfo {
    let mut copies = Vec::new();
    if content == Content::Jpeg {
        for copy_width in COPY_WIDTHS.into_iter().filter(|copy_width| *copy_width < width) {
            let copy = copy_path(path, copy_width);
            if !sources.exists(&copy) {
                copies.push((copy_width, copy));
            }
        }
    }
    ImageInfo { width, height, copies }
}

fn copy_path(path: &str, width: u32) -> String {
    match path.rsplit_once('.').filter(|(_, extension)| !extension.contains('/')) {
        Some((stem, extension)) => format!("{stem}-{width}w.{extension}"),
        None => format!("{path}-{width}w"),
    }
}

/// Tells whether a file is a Truevision TGA, which has no sign of its own: by its name, and the kinds of colours in its head.
fn is_targa(path: &str, head: &[u8]) -> bool {
    path.to_ascii_lowercase().ends_with(".tga") && matches!(head, [_, 0 | 1, 1..=3 | 9..=11, ..])
}

fn is_named_as_picture(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    PICTURES.contains(&extension.as_str())
}

/// Adds `files/**` to the site: pictures written anew, all else as it is. What cannot be published is reported.
pub fn add_files(diagnostics: &mut Diagnostics, sources: &Sources, site: &mut Site) {
    let paths: Vec<&str> = sources.published_files().collect();
    let results: Vec<_> = paths.par_iter().map(|path| publish(sources, path)).collect();
    for (source, result) in paths.into_iter().zip(results) {
        match result {
            Ok(files) => {
                for (path, payload) in files {
                    site.add(SitePath::new(path), payload, Maker::File(source.to_owned()));
                }
            }
            Err(fault) => diagnostics.push(*fault),
        }
    }
}

fn publish(sources: &Sources, path: &str) -> Result<Vec<(String, Payload)>, Box<Diagnostic>> {
    let (content, bytes) = look(sources, path)?;
    let as_drawn = match content {
        Content::Gif => Some(strip::gif(&bytes)),
        Content::Svg => {
            let left = Cell::new(MOST_PIXELS_INSIDE);
            Some(svg::clean(&bytes, &|picture| inside_drawing(picture, &left)))
        }
        _ => None,
    };
    if let Some(drawn) = as_drawn {
        let clean = drawn.ok_or_else(|| Box::new(unreadable(path)))?;
        return Ok(vec![(path.to_owned(), Payload::Bytes(clean))]);
    }
    let Some(info) = info(sources, path, content, &bytes)? else {
        return Ok(vec![(path.to_owned(), Payload::CopyOf(sources.location(path)))]);
    };
    let hash = blake3::hash(&bytes);
    let made = |width: u32, make: &dyn Fn() -> Result<Vec<u8>, Fault>| {
        let key = blake3::hash(format!("{VERSION} {hash} {width}").as_bytes());
        let mut fault = Fault::Unreadable;
        let kept = sources.cached(&key, || make().map_err(|found| fault = found).ok());
        kept.ok_or_else(|| Box::new(diagnostic(path, fault)))
    };
    let original = Original::new(content, &bytes);
    let mut files = vec![(path.to_owned(), Payload::Bytes(made(0, &|| original.cleaned())?))];
    for (width, copy) in info.copies {
        files.push((copy, Payload::Bytes(made(width, &|| original.copy(width))?)));
    }
    Ok(files)
}

/// Cleans a picture that stands in a drawing, within the pixels that are left; nothing for what is none.
fn inside_drawing(bytes: &[u8], left: &Cell<u64>) -> Option<Vec<u8>> {
    match content(bytes) {
        Content::Gif => strip::gif(bytes),
        found @ (Content::Jpeg | Content::Png | Content::WebP) => {
            let (width, height) = encode::size(found, bytes).ok()?;
            left.set(left.get().checked_sub(u64::from(width) * u64::from(height))?);
            Original::new(found, bytes).cleaned().ok()
        }
        _ => None,
    }
}

fn diagnostic(path: &str, fault: Fault) -> Diagnostic {
    match fault {
        Fault::Unreadable => unreadable(path),
        Fault::TooLarge(0, _) => too_large(path, "is"),
        Fault::TooLarge(width, height) => too_large(path, &format!("has {width} × {height} pixels,")),
    }
}

fn unreadable(path: &str) -> Diagnostic {
    let help = "open it in a picture viewer and export it again as JPEG or PNG";
    Diagnostic::new(&code::IMAGE_UNREADABLE, path, format!("the file `{path}` cannot be read as a picture")).help(help)
}

fn too_large(path: &str, how: &str) -> Diagnostic {
    let help = "export it smaller: 2,400 pixels a side are enough";
    Diagnostic::new(&code::IMAGE_TOO_LARGE, path, format!("the picture `{path}` {how} too large to publish")).help(help)
}

#[cfg(test)]
mod tests;
