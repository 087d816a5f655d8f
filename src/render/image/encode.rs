//! Pictures decoded within limits, turned the right way up and written anew.

use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};

use fast_image_resize::Resizer;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::colour::Profile;
use super::content::Content;
use super::strip;
use crate::privacy::image::without_metadata;

/// Pixels a side beyond which a picture is refused.
const MOST_PIXELS: u32 = 20_000;
/// Bytes a picture may take when unpacked.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// Quality of a photograph in its own size, 1 to 100.
const QUALITY: u8 = 88;
/// Quality of its smaller copies.
const COPY_QUALITY: u8 = 80;

/// Why a picture cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Damaged.
    Unreadable,
    /// Beyond the limits.
    TooLarge,
}

/// Returns width and height of a picture the right way up.
pub(super) fn size(content: Content, bytes: &[u8]) -> Result<(u32, u32), Fault> {
    guarded(|| {
        let mut decoder = decoder(content, bytes)?;
        let (width, height) = decoder.dimensions();
        Ok(if is_turned(orientation(&mut decoder)) { (height, width) } else { (width, height) })
    })
}

/// Returns a picture in its own size without anything but pixels, in the colours that readers take for granted.
pub(super) fn cleaned(content: Content, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    guarded(|| {
        let Decoded { picture, orientation, profile, is_turned_to_srgb } = decoded(content, bytes)?;
        let is_as_stored = orientation == Orientation::NoTransforms && !is_turned_to_srgb;
        match content {
            Content::Png if is_as_stored => strip::png(bytes, profile.as_deref()).ok_or(Fault::Unreadable),
            Content::WebP if is_as_stored => strip::webp(bytes, profile.as_deref()).ok_or(Fault::Unreadable),
            // One that only browsers can read to its end is drawn anew.
            Content::Jpeg if is_as_stored => without_metadata(bytes).map_or_else(|| jpeg(&picture, QUALITY), Ok),
            Content::Png if is_turned_to_srgb => written(&picture, ImageFormat::Png),
            Content::Png => Ok(strip::with_colours_of(bytes, written(&picture, ImageFormat::Png)?)),
            Content::WebP => written(&picture, ImageFormat::WebP),
            _ => jpeg(&picture, QUALITY),
        }
    })
}

/// Returns a smaller copy of a photograph.
pub(super) fn copy(content: Content, bytes: &[u8], width: u32) -> Result<Vec<u8>, Fault> {
    guarded(|| {
        let picture = opaque(decoded(content, bytes)?.picture);
        let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
        let height = u32::try_from(height.max(1)).map_err(|_| Fault::TooLarge)?;
        let mut small = DynamicImage::new(width, height, picture.color());
        Resizer::new().resize(&picture, &mut small, None).map_err(|_| Fault::Unreadable)?;
        jpeg(&small, COPY_QUALITY)
    })
}

/// A panic in a decoder is a picture that cannot be read.
fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Fault::Unreadable))
}

fn decoder(content: Content, bytes: &[u8]) -> Result<impl ImageDecoder + '_, Fault> {
    let format = match content {
        Content::Png => ImageFormat::Png,
        Content::WebP => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    let too_large = width > MOST_PIXELS || height > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES;
    if too_large { Err(Fault::TooLarge) } else { Ok(decoder) }
}

/// A picture the right way up, and what is to be known of the file.
struct Decoded {
    picture: DynamicImage,
    orientation: Orientation,
    /// The profile that its frames need as they are stored, without words.
    profile: Option<Vec<u8>>,
    is_turned_to_srgb: bool,
}

fn decoded(content: Content, bytes: &[u8]) -> Result<Decoded, Fault> {
    let mut decoder = decoder(content, bytes)?;
    let orientation = orientation(&mut decoder);
    let stands_aside = content == Content::Png && strip::names_its_colours(bytes);
    let profile = decoder.icc_profile().ok().flatten().filter(|_| !stands_aside);
    let profile = profile.and_then(|profile| Profile::foreign(&profile));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    let mut decoded =
        Decoded { picture: DynamicImage::default(), orientation, profile: None, is_turned_to_srgb: false };
    if let Some(profile) = profile {
        let keeps_frames = match content {
            Content::Png => strip::is_png_film(bytes),
            Content::WebP => strip::is_webp_lossy_or_film(bytes),
            _ => false,
        };
        if keeps_frames && orientation == Orientation::NoTransforms {
            decoded.profile = profile.bare();
        } else {
            let turned = profile.to_srgb(&mut picture, Some(bytes).filter(|_| content == Content::Jpeg));
            decoded.is_turned_to_srgb = turned.is_some();
        }
    }
    picture.apply_orientation(orientation);
    Ok(Decoded { picture, ..decoded })
}

fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

fn is_turned(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn fault(error: &ImageError) -> Fault {
    if matches!(error, ImageError::Limits(_)) { Fault::TooLarge } else { Fault::Unreadable }
}

fn opaque(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => picture,
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(picture.into_luma8()),
        picture => DynamicImage::ImageRgb8(picture.into_rgb8()),
    }
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, Fault> {
    let mut out = Cursor::new(Vec::new());
    let written = picture.write_to(&mut out, format);
    written.map_err(|error| fault(&error))?;
    Ok(out.into_inner())
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Result<Vec<u8>, Fault> {
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| Fault::TooLarge);
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_progressive(true);
    if quality == QUALITY {
        // Edges between colours stay sharp in what is published in its own size.
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
    }
    let written = match picture {
        DynamicImage::ImageLuma8(grey) => encoder.encode(grey.as_raw(), width, height, ColorType::Luma),
        DynamicImage::ImageRgb8(colour) => encoder.encode(colour.as_raw(), width, height, ColorType::Rgb),
        other => encoder.encode(other.to_rgb8().as_raw(), width, height, ColorType::Rgb),
    };
    written.map_err(|_| Fault::Unreadable)?;
    Ok(out)
}
