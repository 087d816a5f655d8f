//! How much memory pictures take while they are published: one that alone would take too much is refused, and
//! large ones wait for each other.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::content::Content;

/// Bytes that one picture may take while it is read and written: a photograph of 50 megapixels takes some 150
/// million, one of 130 fits.
pub(super) const MOST_ALONE: u64 = 400 * 1024 * 1024;
/// Bytes that all together may take: what is published of the others is in memory as well.
const MOST_TOGETHER: u64 = 200 * 1024 * 1024;
/// Pixels up to which a photograph is written in several scans, for which all of it is kept in memory once more.
pub(super) const MOST_IN_SCANS: u64 = 12_000_000;

static TAKEN: Mutex<u64> = Mutex::new(0);
static IS_GIVEN_BACK: Condvar = Condvar::new();

/// The right to take so many bytes, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Permit(u64);

impl Permit {
    /// Waits until so many bytes may be taken; what is beyond the measure waits until it is alone.
    pub(super) fn of(bytes: u64) -> Self {
        let mut taken = lock();
        while *taken > 0 && *taken + bytes > MOST_TOGETHER {
            taken = IS_GIVEN_BACK.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += bytes;
        Self(bytes)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *lock() -= self.0;
        IS_GIVEN_BACK.notify_all();
    }
}

fn lock() -> MutexGuard<'static, u64> {
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the bytes that a picture takes while it is published; `unpacked` is what its pixels take.
pub(super) fn cost(content: Content, bytes: &[u8], pixels: u64, unpacked: u64, is_turned: bool) -> u64 {
    match content {
        Content::Jpeg => {
            let frame = Frame::of(bytes).unwrap_or_default();
            let inks = if frame.components == 4 { 7 * pixels } else { 0 };
            let anew = if pixels <= MOST_IN_SCANS { 2 * unpacked } else { 0 };
            unpacked + inks + (frame.kept_samples * pixels.div_ceil(4) * 2).max(anew)
        }
        Content::WebP => unpacked + 5 * pixels,
        _ if is_turned => 2 * unpacked,
        _ => unpacked,
    }
}

/// What the head of a JPEG says of how it is read (ITU-T T.81, B.2.2 and B.2.3).
#[derive(Debug, Default, PartialEq, Eq)]
struct Frame {
    components: u64,
    /// Numbers for each four pixels that are kept until the last scan was read.
    kept_samples: u64,
}

impl Frame {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
        let (mut frame, mut samples, mut is_progressive) = (Self::default(), 0, false);
        loop {
            let marker = *rest.get(1).filter(|_| rest[0] == 0xFF)?;
            if marker == 0xFF {
                rest = &rest[1..];
                continue;
            }
            let length = usize::from(u16::from_be_bytes(*rest.get(2..)?.first_chunk()?)) + 2;
            match marker {
                0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                    is_progressive = marker & 3 == 2;
                    let parts = rest.get(10..length)?.as_chunks::<3>().0;
                    let sides = |part: &[u8; 3]| (u64::from(part[1] >> 4), u64::from(part[1] & 15));
                    let widest = parts.iter().map(|part| sides(part).0).max()?.max(1);
                    let highest = parts.iter().map(|part| sides(part).1).max()?.max(1);
                    let each = parts.iter().map(|part| (4 * sides(part).0 * sides(part).1).div_ceil(widest * highest));
                    (frame.components, samples) = (parts.len() as u64, each.sum());
                }
                0xDA => {
                    let is_in_parts = rest.get(4).is_some_and(|count| u64::from(*count) < frame.components);
                    frame.kept_samples = if is_progressive || is_in_parts { samples } else { 0 };
                    return Some(frame);
                }
                _ => {}
            }
            rest = rest.get(length..)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(kind: u8, sides: [u8; 3], count: u8) -> Vec<u8> {
        let [one, two, three] = sides;
        let frame = [0xFF, kind, 0, 17, 8, 0, 9, 0, 9, 3, 1, one, 0, 2, two, 0, 3, three, 0];
        [&[0xFF, 0xD8, 0xFF, 0xE1, 0, 3, 9][..], &frame, &[0xFF, 0xDA, 0, 12, count]].concat()
    }

    #[test]
    fn what_a_photograph_takes_is_told_from_its_head() {
        let kept = |bytes: Vec<u8>| Frame::of(&bytes).map(|frame| (frame.components, frame.kept_samples));
        assert_eq!(kept(head(0xC0, [0x22, 0x11, 0x11], 3)), Some((3, 0)));
        assert_eq!(kept(head(0xC0, [0x22, 0x11, 0x11], 1)), Some((3, 6)));
        assert_eq!(kept(head(0xC2, [0x22, 0x11, 0x11], 3)), Some((3, 6)));
        assert_eq!(kept(head(0xC2, [0x11, 0x11, 0x11], 3)), Some((3, 12)));
        assert_eq!(kept(head(0xC2, [0x21, 0x11, 0x11], 3)), Some((3, 8)));
        assert_eq!(kept(vec![0xFF, 0xD8]), None);
        let (camera, large) = (50_000_000, 108_000_000);
        let photo = |kind, pixels| cost(Content::Jpeg, &head(kind, [0x22, 0x11, 0x11], 3), pixels, 3 * pixels, true);
        assert_eq!(photo(0xC0, camera), 150_000_000);
        assert!(photo(0xC2, camera) <= MOST_ALONE && photo(0xC0, large) <= MOST_ALONE);
        assert!(photo(0xC2, large) > MOST_ALONE);
    }

    #[test]
    fn large_pictures_wait_for_each_other_and_all_have_their_turn() {
        let (now, most) = (Mutex::new(0), Mutex::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _permit = Permit::of(MOST_TOGETHER / 2);
                    let mut count = now.lock().expect("a count");
                    *count += 1;
                    let mut highest = most.lock().expect("a count");
                    *highest = (*highest).max(*count);
                    drop((count, highest));
                    std::thread::yield_now();
                    *now.lock().expect("a count") -= 1;
                });
            }
            scope.spawn(|| drop(Permit::of(MOST_ALONE)));
        });
        assert!(*most.lock().expect("a count") <= 2);
    }
}
