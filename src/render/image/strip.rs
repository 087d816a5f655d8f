//! PNG, WebP and GIF without anything but what the picture is drawn from.
//!
//! All are sequences of chunks: those that hold pixels are kept as they are, all others, and what
//! follows the end, are left out. So no picture loses quality and drawings stay small.

use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc, Decompress, FlushDecompress, Status};

const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks of PNG (third edition) that say how pixels look; their lengths are checked, so that none carries words.
const PNG_KEPT: [(&[u8; 4], usize); 15] = [
    (b"IHDR", 13),
    (b"PLTE", 768),
    (b"IDAT", usize::MAX),
    (b"IEND", 0),
    (b"tRNS", 256),
    (b"gAMA", 4),
    (b"cHRM", 32),
    (b"sRGB", 1),
    (b"sBIT", 4),
    (b"cICP", 4),
    (b"mDCV", 24),
    (b"cLLI", 8),
    (b"acTL", 8),
    (b"fcTL", 26),
    (b"fdAT", usize::MAX),
];

/// Those of them that say which colours the numbers mean.
const PNG_COLOURS: [&[u8; 4]; 6] = [b"gAMA", b"cHRM", b"sRGB", b"cICP", b"mDCV", b"cLLI"];
/// Those that say so where no profile does.
const PNG_BESIDE_PROFILE: [&[u8; 4]; 3] = [b"gAMA", b"cHRM", b"sRGB"];
/// Length of the head of a PNG and its first chunk, IHDR.
const PNG_START: usize = 33;

/// The chunks of a PNG up to its end or to one that is cut off: each whole, and its name.
fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes.strip_prefix(PNG_HEAD).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let whole = rest.get(..length.checked_add(12)?)?;
        rest = &rest[whole.len()..];
        Some((whole, &whole[4..8]))
    })
}

/// Tells whether a PNG names its colours by number (cICP), which stands above every profile.
pub(super) fn names_its_colours(bytes: &[u8]) -> bool {
    png_chunks(bytes).any(|(whole, name)| name == b"cICP" && whole.len() == 16)
}

/// Tells whether a PNG has frames that follow each other.
pub(super) fn is_png_film(bytes: &[u8]) -> bool {
    png_chunks(bytes).any(|(_, name)| name == b"acTL")
}

/// Returns a PNG drawn anew with what another says of its colours.
pub(super) fn with_colours_of(bytes: &[u8], drawn: Vec<u8>) -> Vec<u8> {
    let said = png_chunks(bytes).filter(|(whole, name)| {
        let is_kept = PNG_KEPT.iter().any(|(kept, most)| *kept == *name && whole.len() - 12 <= *most);
        is_kept && PNG_COLOURS.iter().any(|colours| *colours == *name)
    });
    let said: Vec<u8> = said.flat_map(|(whole, _)| whole.iter().copied()).collect();
    if said.is_empty() || drawn.len() < PNG_START {
        return drawn;
    }
    [&drawn[..PNG_START], &said, &drawn[PNG_START..]].concat()
}

/// Returns a PNG cleaned; `None` when it has no end or a chunk is cut off. A profile takes the place of its own.
pub(super) fn png(bytes: &[u8], profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(PNG_HEAD)?;
    let mut out = PNG_HEAD.to_vec();
    let mut pixels = Pixels { stream: Decompress::new(true), has_ended: false };
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let whole = rest.get(..length.checked_add(12)?)?;
        let name = whole.get(4..8)?;
        if name == b"IDAT" {
            let data = &whole[8..8 + length];
            let used = pixels.used(data);
            if used == data.len() {
                out.extend_from_slice(whole);
            } else if used > 0 {
                png_chunk(name, &data[..used], &mut out)?;
            }
        } else if PNG_KEPT.iter().any(|(kept, most)| *kept == name && length <= *most)
            && !(profile.is_some() && PNG_BESIDE_PROFILE.iter().any(|beside| *beside == name))
        {
            out.extend_from_slice(whole);
        }
        if let (b"IHDR", Some(profile)) = (name, profile) {
            let mut packed = ZlibEncoder::new(b"ICC profile\0\0".to_vec(), Compression::best());
            packed.write_all(profile).ok()?;
            png_chunk(b"iCCP", &packed.finish().ok()?, &mut out)?;
        }
        if name == b"IEND" {
            return Some(out);
        }
        rest = rest.get(whole.len()..)?;
    }
}

fn png_chunk(name: &[u8], data: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(data);
    out.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(data);
    out.extend(sum.sum().to_be_bytes());
    Some(())
}

/// The stream of pixels of a PNG (zlib, RFC 1950), after whose end nothing is drawn.
struct Pixels {
    stream: Decompress,
    has_ended: bool,
}

impl Pixels {
    /// Returns how many bytes of the next part belong to the stream.
    fn used(&mut self, data: &[u8]) -> usize {
        let mut rows = vec![0; 64 * 1024];
        let mut used = 0;
        while !self.has_ended {
            let (read, written) = (self.stream.total_in(), self.stream.total_out());
            let Ok(status) = self.stream.decompress(&data[used..], &mut rows, FlushDecompress::None) else {
                // What no reader can unpack is said where it is drawn.
                return data.len();
            };
            let read = self.stream.total_in() - read;
            used += usize::try_from(read).unwrap_or_default();
            self.has_ended = status == Status::StreamEnd;
            if !self.has_ended && read == 0 && self.stream.total_out() == written {
                return data.len();
            }
        }
        used
    }
}

/// Flags of `VP8X` that stay true: transparency and animation.
const WEBP_FLAGS: u8 = 0b0001_0010;
/// The flag of `VP8X` that says that a profile follows.
const WEBP_HAS_PROFILE: u8 = 0b0010_0000;

/// Tells whether a WebP would be worse, or longer by far, if it were drawn anew.
pub(super) fn is_webp_lossy_or_film(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let (Some(name), Some(length)) = (rest.get(..4), rest.get(4..).and_then(|rest| rest.first_chunk())) {
        if matches!(name, b"VP8 " | b"ANIM") {
            return true;
        }
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        rest = rest.get(length.saturating_add(8 + length % 2)..).unwrap_or_default();
    }
    false
}

/// Returns a WebP cleaned; `None` when a chunk is cut off. A profile takes the place of its own.
pub(super) fn webp(bytes: &[u8], profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let length = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let body = bytes.get(12..length.checked_add(8)?.min(bytes.len()))?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    webp_chunks(body, &mut out, true, profile)?;
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

fn webp_chunks(mut rest: &[u8], out: &mut Vec<u8>, outer: bool, profile: Option<&[u8]>) -> Option<()> {
    while rest.len() >= 8 {
        let name: [u8; 4] = *rest.first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let data = rest.get(8..length.checked_add(8)?)?;
        let mut kept = None;
        match &name {
            b"VP8 " | b"VP8L" | b"ALPH" => kept = Some(data.to_vec()),
            b"VP8X" if outer && data.len() == 10 => {
                let mut data = data.to_vec();
                data[0] &= WEBP_FLAGS;
                if profile.is_some() {
                    data[0] |= WEBP_HAS_PROFILE;
                }
                kept = Some(data);
            }
            b"ANIM" if outer && data.len() == 6 => kept = Some(data.to_vec()),
            b"ANMF" if outer => {
                let mut frame = data.get(..16)?.to_vec();
                webp_chunks(data.get(16..)?, &mut frame, false, None)?;
                kept = Some(frame);
            }
            _ => {}
        }
        if let Some(data) = kept {
            webp_chunk(name, &data, out)?;
        }
        if let (b"VP8X", Some(profile)) = (&name, profile) {
            webp_chunk(*b"ICCP", profile, out)?;
        }
        rest = rest.get((8 + length + length % 2).min(rest.len())..)?;
    }
    Some(())
}

fn webp_chunk(name: [u8; 4], data: &[u8], out: &mut Vec<u8>) -> Option<()> {
    out.extend_from_slice(&name);
    out.extend_from_slice(&u32::try_from(data.len()).ok()?.to_le_bytes());
    out.extend_from_slice(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
    Some(())
}

/// Applications of GIF that say how often a film runs.
const GIF_KEPT: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];
/// Length of such a block: its head, the name, how often the film runs and how much is read ahead.
const GIF_LONGEST_APPLICATION: usize = 2 + 12 + 4 + 6 + 1;

/// Returns a GIF cleaned; `None` when a block is cut off.
pub(super) fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let head = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..head)?.to_vec();
    let mut rest = bytes.get(head..)?;
    loop {
        let (fixed, kept) = match *rest.first()? {
            0x3B => {
                out.push(0x3B);
                return Some(out);
            }
            0x2C => (11 + table(*rest.get(9)?), true),
            0x21 => (2, matches!(*rest.get(1)?, 0xF9) || (rest[1] == 0xFF && GIF_KEPT.contains(&rest.get(3..14)?))),
            _ => return None,
        };
        let mut length = fixed;
        loop {
            let block = usize::from(*rest.get(length)?);
            length += block + 1;
            if block == 0 {
                break;
            }
        }
        let whole = rest.get(..length)?;
        let is_longer = rest[0] == 0x21 && rest[1] == 0xFF && length > GIF_LONGEST_APPLICATION;
        if kept && !is_longer {
            out.extend_from_slice(whole);
        }
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        let mut chunk = u32::try_from(data.len()).expect("short").to_be_bytes().to_vec();
        chunk.extend(name);
        chunk.extend(data);
        chunk.extend([0; 4]);
        chunk
    }

    #[test]
    fn words_in_a_png_go_and_pixels_stay() {
        let kept =
            [PNG_HEAD.to_vec(), chunk(b"IHDR", &[0; 13]), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")].concat();
        let dirty = [
            PNG_HEAD.to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", b"Author\0Rao"),
            chunk(b"gAMA", b"not a gamma"),
            chunk(b"IDAT", b"pixels"),
            chunk(b"IEND", b""),
            b"trailer".to_vec(),
        ];
        assert_eq!(png(&dirty.concat(), None), Some(kept.clone()));
        assert_eq!(png(&kept[..kept.len() - 1], None), None);
        assert_eq!(png(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT", None), None);
    }

    #[test]
    fn words_after_the_pixels_of_a_png_go() {
        let empty = [0x78, 0x9C, 3, 0, 0, 0, 0, 1];
        let mut pixels = Vec::new();
        png_chunk(b"IDAT", &empty, &mut pixels).expect("short");
        let file = |parts: &[&[u8]]| [PNG_HEAD, &parts.concat(), &chunk(b"IEND", b"")].concat();
        let longer = chunk(b"IDAT", &[&empty[..], b"Rao"].concat());
        assert_eq!(png(&file(&[&longer]), None), Some(file(&[&pixels])));
        assert_eq!(png(&file(&[&pixels, &chunk(b"IDAT", b"Rao")]), None), Some(file(&[&pixels])));
    }

    #[test]
    fn words_in_a_gif_go_and_pixels_stay() {
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0";
        let film = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
        let picture = b"\x21\xf9\x04\0\0\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
        let words: [&[u8]; 2] = [b"\x21\xfe\x03Rao\0", b"\x21\xff\x0bXMP DataXMP\x03Rao\0"];
        let clean = [&head[..], film, picture, b";"].concat();
        let dirty = [&head[..], words[0], film, words[1], picture, b";trailer"].concat();
        assert_eq!(gif(&dirty), Some(clean.clone()));
        assert_eq!(gif(&clean[..clean.len() - 1]), None);
    }

    #[test]
    fn words_in_a_webp_go_and_pixels_stay() {
        let part = |name: &[u8; 4], data: &[u8]| {
            let mut part = name.to_vec();
            part.extend(u32::try_from(data.len()).expect("short").to_le_bytes());
            part.extend(data);
            if data.len() % 2 == 1 {
                part.push(0);
            }
            part
        };
        let file = |parts: &[Vec<u8>]| {
            let body = parts.concat();
            let mut file = b"RIFF".to_vec();
            file.extend(u32::try_from(body.len() + 4).expect("short").to_le_bytes());
            file.extend(b"WEBP");
            file.extend(body);
            file
        };
        let mut dirty = file(&[
            part(b"VP8X", &[0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            part(b"EXIF", b"Rao"),
            part(b"VP8L", b"abc"),
            part(b"XMP ", b"x"),
        ]);
        dirty.extend(b"trailer");
        let clean = file(&[part(b"VP8X", &[0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0]), part(b"VP8L", b"abc")]);
        assert_eq!(webp(&dirty, None), Some(clean));
        assert_eq!(webp(b"RIFF\x40\0\0\0WEBPVP8L\xff\xff\xff\xff", None), None);
    }
}
