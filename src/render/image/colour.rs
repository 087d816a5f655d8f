//! What a profile of colours (ICC.1) means for the numbers of a picture.
//!
//! A profile may hold words, dates and the names of devices, so none is published as it came. Browsers take
//! a picture without one for sRGB (IEC 61966-2-1); the pixels of every other are turned into that.

use image::DynamicImage;
use moxcms::{ColorDateTime, ColorProfile, DataColorSpace, Layout, ProfileClass, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Length of a profile beyond which it is passed by, in bytes; those of printers have some millions.
const LONGEST: usize = 8 * 1024 * 1024;
/// Parts of 255 by which sRGB may be written differently and still be sRGB.
const SAME: u8 = 2;
/// Pixels a side of the largest JPEG.
const LONGEST_SIDE: usize = 65_535;
/// Pixels that are turned at once.
const BATCH: usize = 64 * 1024;

/// A profile by which the numbers of a picture mean other colours than those of sRGB.
pub(super) struct Profile(ColorProfile);

impl Profile {
    /// Reads a profile; nothing when it cannot be understood, or means what no profile means.
    pub(super) fn foreign(bytes: &[u8]) -> Option<Self> {
        let bytes = Some(bytes).filter(|bytes| bytes.len() <= LONGEST)?;
        let profile = ColorProfile::new_from_slice(bytes).ok()?;
        let is_foreign = match profile.color_space {
            DataColorSpace::Rgb => {
                let steps = [0_u8, 51, 102, 153, 204, 255];
                let grid = steps.iter().flat_map(|red| steps.iter().map(move |green| [*red, *green]));
                let meant: Vec<u8> =
                    grid.flat_map(|[red, green]| steps.iter().flat_map(move |blue| [red, green, *blue])).collect();
                let mut seen = meant.clone();
                turn(&profile, Layout::Rgb, &mut seen)?;
                is_far(&meant, &seen)
            }
            DataColorSpace::Gray => is_far(&(0..=255).collect::<Vec<u8>>(), &greys(&profile)?),
            DataColorSpace::Cmyk => true,
            _ => false,
        };
        is_foreign.then_some(Self(profile))
    }

    /// Turns a picture into sRGB; `jpeg` is the file of one that may be in the colours of print.
    /// Nothing, and nothing is changed, when the profile is not one for such pictures.
    pub(super) fn to_srgb(&self, picture: &mut DynamicImage, jpeg: Option<&[u8]>) -> Option<()> {
        let Self(profile) = self;
        if profile.color_space == DataColorSpace::Cmyk {
            *picture = inks_to_srgb(jpeg?, profile)?;
            return Some(());
        }
        match picture {
            DynamicImage::ImageRgb8(pixels) => turn(profile, Layout::Rgb, pixels),
            DynamicImage::ImageRgba8(pixels) => turn(profile, Layout::Rgba, pixels),
            DynamicImage::ImageRgb16(pixels) => turn_deep(profile, Layout::Rgb, pixels),
            DynamicImage::ImageRgba16(pixels) => turn_deep(profile, Layout::Rgba, pixels),
            DynamicImage::ImageLuma8(pixels) => greys(profile).map(|greys| look_up(pixels, 1, &greys)),
            DynamicImage::ImageLumaA8(pixels) => greys(profile).map(|greys| look_up(pixels, 2, &greys)),
            DynamicImage::ImageLuma16(pixels) => deep_greys(profile).map(|greys| look_up(pixels, 1, &greys)),
            DynamicImage::ImageLumaA16(pixels) => deep_greys(profile).map(|greys| look_up(pixels, 2, &greys)),
            _ => None,
        }
    }

    /// Writes a profile anew from its numbers, for films, whose frames stay as they are; nothing for one of tables.
    pub(super) fn bare(&self) -> Option<Vec<u8>> {
        let Self(profile) = self;
        let is_of_curves = profile.is_matrix_shaper() || profile.gray_trc.is_some();
        let date = ColorDateTime { year: 2000, month: 1, day_of_the_month: 1, hours: 0, minutes: 0, seconds: 0 };
        let mut bare = ColorProfile::default();
        bare.pcs = profile.pcs;
        bare.color_space = profile.color_space;
        bare.profile_class = ProfileClass::DisplayDevice;
        bare.rendering_intent = profile.rendering_intent;
        bare.red_colorant = profile.red_colorant;
        bare.green_colorant = profile.green_colorant;
        bare.blue_colorant = profile.blue_colorant;
        bare.white_point = profile.white_point;
        bare.media_white_point = profile.media_white_point;
        bare.red_trc.clone_from(&profile.red_trc);
        bare.green_trc.clone_from(&profile.green_trc);
        bare.blue_trc.clone_from(&profile.blue_trc);
        bare.gray_trc.clone_from(&profile.gray_trc);
        bare.chromatic_adaptation = profile.chromatic_adaptation;
        bare.creation_date_time = date;
        if is_of_curves { bare.encode().ok() } else { None }
    }
}

fn is_far(meant: &[u8], seen: &[u8]) -> bool {
    meant.iter().zip(seen).any(|(meant, seen)| meant.abs_diff(*seen) > SAME)
}

/// Turns the pixels of a picture in red, green and blue in place.
fn turn(profile: &ColorProfile, layout: Layout, pixels: &mut [u8]) -> Option<()> {
    let turned = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options(profile)).ok()?;
    in_batches(pixels, layout.channels(), |from, to| turned.transform(from, to).ok())
}

fn turn_deep(profile: &ColorProfile, layout: Layout, pixels: &mut [u16]) -> Option<()> {
    let turned = profile.create_transform_16bit(layout, &ColorProfile::new_srgb(), layout, options(profile)).ok()?;
    in_batches(pixels, layout.channels(), |from, to| turned.transform(from, to).ok())
}

fn in_batches<T: Copy>(pixels: &mut [T], channels: usize, turn: impl Fn(&[T], &mut [T]) -> Option<()>) -> Option<()> {
    pixels.chunks_mut(BATCH * channels).try_for_each(|batch| {
        let before = batch.to_vec();
        turn(&before, batch)
    })
}

fn options(profile: &ColorProfile) -> TransformOptions {
    TransformOptions { rendering_intent: profile.rendering_intent, ..TransformOptions::default() }
}

/// What each grey is in sRGB; a profile of three colours has greys where all three are equal.
fn greys(profile: &ColorProfile) -> Option<Vec<u8>> {
    let (layout, all) = match profile.color_space {
        DataColorSpace::Gray => (Layout::Gray, (0..=255).collect::<Vec<u8>>()),
        _ => (Layout::Rgb, (0..=255).flat_map(|grey| [grey; 3]).collect()),
    };
    let mut seen = vec![0; 3 * 256];
    let srgb = ColorProfile::new_srgb();
    let turned = profile.create_transform_8bit(layout, &srgb, Layout::Rgb, options(profile)).ok()?;
    turned.transform(&all, &mut seen).ok()?;
    Some(seen.as_chunks::<3>().0.iter().map(|[_, green, _]| *green).collect())
}

fn deep_greys(profile: &ColorProfile) -> Option<Vec<u16>> {
    let (layout, all) = match profile.color_space {
        DataColorSpace::Gray => (Layout::Gray, (0..=u16::MAX).collect::<Vec<u16>>()),
        _ => (Layout::Rgb, (0..=u16::MAX).flat_map(|grey| [grey; 3]).collect()),
    };
    let mut seen = vec![0; 3 * 65_536];
    let srgb = ColorProfile::new_srgb();
    let turned = profile.create_transform_16bit(layout, &srgb, Layout::Rgb, options(profile)).ok()?;
    turned.transform(&all, &mut seen).ok()?;
    Some(seen.as_chunks::<3>().0.iter().map(|[_, green, _]| *green).collect())
}

fn look_up<T: Copy + Into<u16>>(pixels: &mut [T], channels: usize, greys: &[T]) {
    for grey in pixels.iter_mut().step_by(channels) {
        *grey = greys.get(usize::from((*grey).into())).copied().unwrap_or(*grey);
    }
}

/// Reads a JPEG in the colours of print and turns it into sRGB; nothing when it has other colours.
///
/// Programs write the inks inverted, as Adobe's do, whole or as brightness and two colours beside the black.
fn inks_to_srgb(bytes: &[u8], profile: &ColorProfile) -> Option<DynamicImage> {
    let reader =
        DecoderOptions::default().set_strict_mode(false).set_max_width(LONGEST_SIDE).set_max_height(LONGEST_SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), reader);
    decoder.decode_headers().ok()?;
    let space = decoder.input_colorspace().filter(|space| matches!(space, ColorSpace::CMYK | ColorSpace::YCCK))?;
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), reader.jpeg_set_out_colorspace(space));
    let mut inks = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    for pixel in inks.as_chunks_mut::<4>().0 {
        let [one, two, three, black] = *pixel;
        let colours =
            if space == ColorSpace::YCCK { inks_of(one, two, three) } else { [one, two, three].map(|ink| 255 - ink) };
        *pixel = [colours[0], colours[1], colours[2], 255 - black];
    }
    let turned =
        profile.create_transform_8bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options(profile)).ok()?;
    let mut pixels = vec![0; inks.len() / 4 * 3];
    for (from, to) in inks.chunks(BATCH * 4).zip(pixels.chunks_mut(BATCH * 3)) {
        turned.transform(from, to).ok()?;
    }
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
}

/// Cyan, magenta and yellow of brightness and two colours (ITU-T T.872, 6.1): where inverted inks are written
/// as red, green and blue are, inks are what these would be.
fn inks_of(brightness: u8, blue: u8, red: u8) -> [u8; 3] {
    let (brightness, blue, red) = (f32::from(brightness), f32::from(blue) - 128.0, f32::from(red) - 128.0);
    [brightness + 1.402 * red, brightness - 0.344_136 * blue - 0.714_136 * red, brightness + 1.772 * blue].map(byte)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is between 0 and 255")]
fn byte(number: f32) -> u8 {
    number.round().clamp(0.0, 255.0) as u8
}
