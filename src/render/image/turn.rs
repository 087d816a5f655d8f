//! Pixels of a photograph read in another order, so that none is moved before it is written.

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _};
use jpeg_encoder::{ImageBuffer, JpegColorType, rgb_to_ycbcr};

/// A picture of greys or of red, green and blue as it lies the right way up.
pub(super) struct Turned<'p> {
    pixels: &'p [u8],
    /// Bytes of a pixel.
    depth: isize,
    width: u16,
    height: u16,
    /// Pixels from the first of the file to the first that is shown, and to those at its right and below it.
    first: isize,
    right: isize,
    below: isize,
}

impl<'p> Turned<'p> {
    /// Takes a picture as it is stored; nothing when it is too large for a JPEG, or has other pixels.
    pub(super) fn of(picture: &'p DynamicImage, orientation: Orientation) -> Option<Self> {
        let (pixels, depth): (&[u8], _) = match picture {
            DynamicImage::ImageLuma8(grey) => (grey.as_raw(), 1),
            DynamicImage::ImageRgb8(colour) => (colour.as_raw(), 3),
            _ => return None,
        };
        let (across, down) = picture.dimensions();
        let (across, down) = (u16::try_from(across).ok()?, u16::try_from(down).ok()?);
        let (row, rows) = (isize::try_from(across).ok()?, isize::try_from(down).ok()?);
        let (last, bottom) = (row - 1, row * (rows - 1));
        let (first, right, below) = match orientation {
            Orientation::NoTransforms => (0, 1, row),
            Orientation::FlipHorizontal => (last, -1, row),
            Orientation::FlipVertical => (bottom, 1, -row),
            Orientation::Rotate180 => (bottom + last, -1, -row),
            Orientation::Rotate90 => (bottom, -row, 1),
            Orientation::Rotate90FlipH => (0, row, 1),
            Orientation::Rotate270 => (last, row, -1),
            Orientation::Rotate270FlipH => (bottom + last, -row, -1),
        };
        let (width, height) = if is_on_its_side(orientation) { (down, across) } else { (across, down) };
        Some(Self { pixels, depth, width, height, first, right, below })
    }
}

/// Tells whether width and height change places.
pub(super) fn is_on_its_side(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

impl ImageBuffer for Turned<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        if self.depth == 1 { JpegColorType::Luma } else { JpegColorType::Ycbcr }
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let mut at = (self.first + isize::try_from(y).unwrap_or_default() * self.below) * self.depth;
        let step = self.right * self.depth;
        for _ in 0..self.width {
            let pixel = usize::try_from(at).ok().and_then(|at| self.pixels.get(at..));
            match pixel {
                Some([red, green, blue, ..]) if self.depth == 3 => {
                    let (light, first, second) = rgb_to_ycbcr(*red, *green, *blue);
                    buffers[0].push(light);
                    buffers[1].push(first);
                    buffers[2].push(second);
                }
                Some([grey, ..]) => buffers[0].push(*grey),
                _ => {}
            }
            at += step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_turn_is_that_of_the_pixels_themselves() {
        let picture = DynamicImage::ImageLuma8(image::GrayImage::from_fn(3, 2, |x, y| {
            image::Luma([u8::try_from(10 * y + x).expect("small")])
        }));
        for value in 1..=8 {
            let orientation = Orientation::from_exif(value).expect("one of eight");
            let mut meant = picture.clone();
            meant.apply_orientation(orientation);
            let turned = Turned::of(&picture, orientation).expect("small");
            assert_eq!((u32::from(turned.width()), u32::from(turned.height())), meant.dimensions());
            let mut rows: [Vec<u8>; 4] = Default::default();
            (0..turned.height()).for_each(|y| turned.fill_buffers(y, &mut rows));
            assert_eq!(&rows[0], meant.as_bytes(), "{value}");
        }
    }
}
