//! PNG, WebP and GIF without anything but what the picture is drawn from.
//!
//! All are sequences of chunks: those that hold pixels are kept as they are, all others, and what
//! follows the end, are left out. So no picture loses quality and drawings stay small.

use flate2::{Crc, Decompress, FlushDecompress, Status};

const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks of PNG (third edition) that say how pixels look; their lengths are checked, so that none carries words.
const PNG_KEPT: [(&[u8; 4], usize); 12] = [
    (b"IHDR", 13),
    (b"PLTE", 768),
    (b"IDAT", usize::MAX),
    (b"IEND", 0),
    (b"tRNS", 256),
    (b"gAMA", 4),
    (b"cHRM", 32),
    (b"sRGB", 1),
    (b"sBIT", 4),
    (b"acTL", 8),
    (b"fcTL", 26),
    (b"fdAT", usize::MAX),
];

/// Returns a PNG cleaned; `None` when it has no end or a chunk is cut off.
pub(super) fn png(bytes: &[u8]) -> Option<Vec<u8>> {
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
        } else if PNG_KEPT.iter().any(|(kept, most)| *kept == name && length <= *most) {
            out.extend_from_slice(whole);
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

/// Returns a WebP cleaned; `None` when a chunk is cut off.
pub(super) fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let body = bytes.get(12..length.checked_add(8)?.min(bytes.len()))?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    webp_chunks(body, &mut out, true)?;
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(out)
}

fn webp_chunks(mut rest: &[u8], out: &mut Vec<u8>, outer: bool) -> Option<()> {
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
                kept = Some(data);
            }
            b"ANIM" if outer && data.len() == 6 => kept = Some(data.to_vec()),
            b"ANMF" if outer => {
                let mut frame = data.get(..16)?.to_vec();
                webp_chunks(data.get(16..)?, &mut frame, false)?;
                kept = Some(frame);
            }
            _ => {}
        }
        if let Some(data) = kept {
            out.extend_from_slice(&name);
            out.extend_from_slice(&u32::try_from(data.len()).ok()?.to_le_bytes());
            out.extend_from_slice(&data);
            if data.len() % 2 == 1 {
                out.push(0);
            }
        }
        rest = rest.get((8 + length + length % 2).min(rest.len())..)?;
    }
    Some(())
}

/// Applications of GIF that say how often a film runs.
const GIF_KEPT: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

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
        if kept {
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
        assert_eq!(png(&dirty.concat()), Some(kept.clone()));
        assert_eq!(png(&kept[..kept.len() - 1]), None);
        assert_eq!(png(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDAT"), None);
    }

    #[test]
    fn words_after_the_pixels_of_a_png_go() {
        let empty = [0x78, 0x9C, 3, 0, 0, 0, 0, 1];
        let mut pixels = Vec::new();
        png_chunk(b"IDAT", &empty, &mut pixels).expect("short");
        let file = |parts: &[&[u8]]| [PNG_HEAD, &parts.concat(), &chunk(b"IEND", b"")].concat();
        let longer = chunk(b"IDAT", &[&empty[..], b"Rao"].concat());
        assert_eq!(png(&file(&[&longer])), Some(file(&[&pixels])));
        assert_eq!(png(&file(&[&pixels, &chunk(b"IDAT", b"Rao")])), Some(file(&[&pixels])));
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
        assert_eq!(webp(&dirty), Some(clean));
        assert_eq!(webp(b"RIFF\x40\0\0\0WEBPVP8L\xff\xff\xff\xff"), None);
    }
}
