//! Pictures decoded within limits, turned the right way up and written anew.

use std::cell::OnceCell;
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};

use fast_image_resize::Resizer;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::colour::Profile;
use super::content::Content;
use super::memory::{MOST_ALONE, MOST_IN_SCANS, Permit, cost};
use super::strip;
use super::turn::{Turned, is_on_its_side};
use crate::privacy::image::without_metadata;

/// Pixels a side beyond which a picture is refused.
const MOST_PIXELS: u32 = 20_000;
/// Quality of a photograph that is drawn anew in its own size, 1 to 100: nobody sees that it was.
const QUALITY: u8 = 95;
/// Quality of its smaller copies.
const COPY_QUALITY: u8 = 80;

/// Why a picture cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Damaged.
    Unreadable,
    /// Beyond the limits, with its width and height in pixels.
    TooLarge(u32, u32),
}

/// Returns width and height of a picture the right way up.
pub(super) fn size(content: Content, bytes: &[u8]) -> Result<(u32, u32), Fault> {
    guarded(|| {
        let mut decoder = decoder(content, bytes)?;
        let (width, height) = decoder.dimensions();
        Ok(if is_on_its_side(orientation(&mut decoder)) { (height, width) } else { (width, height) })
    })
}

/// A picture that is decoded once, when the first of its published forms is made.
pub(super) struct Original<'b> {
    content: Content,
    bytes: &'b [u8],
    decoded: OnceCell<Result<Decoded, Fault>>,
}

impl<'b> Original<'b> {
    pub(super) fn new(content: Content, bytes: &'b [u8]) -> Self {
        Self { content, bytes, decoded: OnceCell::new() }
    }

    fn decoded(&self) -> Result<&Decoded, Fault> {
        self.decoded.get_or_init(|| decoded(self.content, self.bytes)).as_ref().map_err(|fault| *fault)
    }

    /// Returns a picture in its own size without anything but pixels, in the colours that readers take for granted.
    pub(super) fn cleaned(&self) -> Result<Vec<u8>, Fault> {
        guarded(|| {
            let bytes = self.bytes;
            let Decoded { picture, orientation, profile, is_turned_to_srgb, .. } = self.decoded()?;
            let is_as_stored = *orientation == Orientation::NoTransforms && !is_turned_to_srgb;
            let profile = profile.as_deref();
            match self.content {
                Content::Png if is_as_stored => strip::png(bytes, profile).ok_or(Fault::Unreadable),
                Content::WebP if is_as_stored => strip::webp(bytes, profile).ok_or(Fault::Unreadable),
                // One that only browsers can read to its end is drawn anew.
                Content::Jpeg if is_as_stored => {
                    without_metadata(bytes).map_or_else(|| jpeg(picture, *orientation, QUALITY), Ok)
                }
                Content::Png if *is_turned_to_srgb => written(picture, ImageFormat::Png),
                Content::Png => Ok(strip::with_colours_of(bytes, written(picture, ImageFormat::Png)?)),
                Content::WebP => written(picture, ImageFormat::WebP),
                _ => jpeg(picture, *orientation, QUALITY),
            }
        })
    }

    /// Returns a smaller copy of a photograph.
    pub(super) fn copy(&self, width: u32) -> Result<Vec<u8>, Fault> {
        guarded(|| {
            let Decoded { picture, orientation, .. } = self.decoded()?;
            let is_turned = is_on_its_side(*orientation);
            let (across, down) = picture.dimensions();
            let (across, down) = if is_turned { (down, across) } else { (across, down) };
            let height = u64::from(down) * u64::from(width) / u64::from(across.max(1));
            let height = u32::try_from(height.max(1)).map_err(|_| Fault::Unreadable)?;
            let (across, down) = if is_turned { (height, width) } else { (width, height) };
            let mut small = DynamicImage::new(across, down, picture.color());
            Resizer::new().resize(picture, &mut small, None).map_err(|_| Fault::Unreadable)?;
            small.apply_orientation(*orientation);
            jpeg(&small, Orientation::NoTransforms, COPY_QUALITY)
        })
    }
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
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_ALONE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    let is_too_large =
        width > MOST_PIXELS || height > MOST_PIXELS || bytes_taken(content, bytes, &mut decoder) > MOST_ALONE;
    if is_too_large { Err(Fault::TooLarge(width, height)) } else { Ok(decoder) }
}

fn bytes_taken(content: Content, bytes: &[u8], decoder: &mut impl ImageDecoder) -> u64 {
    let (width, height) = decoder.dimensions();
    let is_turned = orientation(decoder) != Orientation::NoTransforms;
    cost(content, bytes, u64::from(width) * u64::from(height), decoder.total_bytes(), is_turned)
}

/// A picture, and what is to be known of the file.
struct Decoded {
    /// A photograph as it is stored; any other the right way up.
    picture: DynamicImage,
    orientation: Orientation,
    /// The profile that its frames need as they are stored, without words.
    profile: Option<Vec<u8>>,
    is_turned_to_srgb: bool,
    _permit: Permit,
}

fn decoded(content: Content, bytes: &[u8]) -> Result<Decoded, Fault> {
    let mut decoder = decoder(content, bytes)?;
    let permit = Permit::of(bytes_taken(content, bytes, &mut decoder));
    let orientation = orientation(&mut decoder);
    let stands_aside = content == Content::Png && strip::names_its_colours(bytes);
    let profile = decoder.icc_profile().ok().flatten().filter(|_| !stands_aside);
    let profile = profile.and_then(|profile| Profile::foreign(&profile));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    if content == Content::Jpeg {
        picture = opaque(picture);
    }
    let (mut bare, mut is_turned_to_srgb) = (None, false);
    if let Some(profile) = profile {
        let keeps_frames = match content {
            Content::Png => strip::is_png_film(bytes),
            Content::WebP => strip::is_webp_lossy_or_film(bytes),
            _ => false,
        };
        if keeps_frames && orientation == Orientation::NoTransforms {
            bare = profile.bare();
        } else {
            let turned = profile.to_srgb(&mut picture, Some(bytes).filter(|_| content == Content::Jpeg));
            is_turned_to_srgb = turned.is_some();
        }
    }
    if content != Content::Jpeg {
        picture.apply_orientation(orientation);
    }
    Ok(Decoded { picture, orientation, profile: bare, is_turned_to_srgb, _permit: permit })
}

fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

fn fault(error: &ImageError) -> Fault {
    if matches!(error, ImageError::Limits(_)) { Fault::TooLarge(0, 0) } else { Fault::Unreadable }
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

fn jpeg(picture: &DynamicImage, orientation: Orientation, quality: u8) -> Result<Vec<u8>, Fault> {
    let (width, height) = picture.dimensions();
    let too_large = || Fault::TooLarge(width, height);
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| too_large());
    let (across, down) = (side(width)?, side(height)?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_progressive(u64::from(width) * u64::from(height) <= MOST_IN_SCANS);
    if quality == QUALITY {
        // Edges between colours stay sharp in what is published in its own size.
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
    }
    let written = match picture {
        picture if orientation != Orientation::NoTransforms => {
            encoder.encode_image(Turned::of(picture, orientation).ok_or_else(too_large)?)
        }
        DynamicImage::ImageLuma8(grey) => encoder.encode(grey.as_raw(), across, down, ColorType::Luma),
        DynamicImage::ImageRgb8(colour) => encoder.encode(colour.as_raw(), across, down, ColorType::Rgb),
        other => encoder.encode(other.to_rgb8().as_raw(), across, down, ColorType::Rgb),
    };
    written.map_err(|_| Fault::Unreadable)?;
    Ok(out)
}
