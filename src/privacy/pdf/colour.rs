//! Colours of letters and grounds, as far as it matters whether one can be told from the other.

use lopdf::{Document, Object};

/// Red, green and blue from 0 to 1; nothing where it cannot be told (a pattern, a separation).
pub(super) type Colour = Option<[f64; 3]>;

pub(super) const BLACK: Colour = Some([0.0; 3]);
pub(super) const WHITE: Colour = Some([1.0; 3]);

/// Returns the colour that an operator sets from its operands: one of grey, three of RGB, four of CMYK.
pub(super) fn of(operands: &[Object]) -> Colour {
    let numbers: Vec<f64> = operands.iter().filter_map(|number| number.as_float().ok().map(f64::from)).collect();
    if numbers.len() != operands.len() {
        return None;
    }
    match numbers.as_slice() {
        [grey] => Some([*grey; 3]),
        [red, green, blue] => Some([*red, *green, *blue]),
        [cyan, magenta, yellow, black] => Some([cyan, magenta, yellow].map(|ink| (1.0 - ink) * (1.0 - black))),
        _ => None,
    }
}

/// A space of colours, as far as its numbers are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// Inks and measured spaces, whose numbers say nothing alone.
    Other,
    /// What is filled with a pattern may have holes, and an ink that is none draws nothing.
    Pattern,
}

impl Space {
    /// Reads a space from its name, or from what the resources list under it.
    pub(super) fn of(document: &Document, name: &[u8], listed: Option<&Object>) -> Self {
        let list = listed.and_then(|listed| listed.as_array().ok());
        let kind = match (list, listed) {
            (Some(list), _) => list.first().and_then(|kind| kind.as_name().ok()).unwrap_or_default(),
            (None, Some(listed)) => listed.as_name().unwrap_or_default(),
            (None, None) => name,
        };
        let second = list.and_then(|list| document.dereference(list.get(1)?).ok()).map(|(_, second)| second);
        match kind {
            b"DeviceGray" | b"G" => Self::Gray,
            b"DeviceRGB" | b"RGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"ICCBased" => {
                let profile = second.and_then(|profile| profile.as_stream().ok());
                match profile.and_then(|profile| profile.dict.get_deref(b"N", document).ok()?.as_i64().ok()) {
                    Some(1) => Self::Gray,
                    Some(3) => Self::Rgb,
                    Some(4) => Self::Cmyk,
                    _ => Self::Other,
                }
            }
            b"Separation" if second.and_then(|ink| ink.as_name().ok()) != Some(b"None") => Self::Other,
            b"Pattern" | b"Separation" | b"DeviceN" => Self::Pattern,
            _ => Self::Other,
        }
    }

    /// The colour before any is set.
    pub(super) fn start(self) -> Colour {
        if matches!(self, Self::Gray | Self::Rgb | Self::Cmyk) { BLACK } else { None }
    }

    /// The colour that numbers mean in the space.
    pub(super) fn colour(self, operands: &[Object]) -> Colour {
        let count = match self {
            Self::Gray => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
            Self::Other | Self::Pattern => return None,
        };
        if operands.len() == count { of(operands) } else { None }
    }
}

/// Tells whether an eye cannot tell two colours apart.
pub(super) fn is_same(one: Colour, other: Colour) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    one.iter().zip(other).all(|(a, b)| (a - b).abs() < 0.02)
}

/// Tells whether a colour is that of a black bar.
pub(super) fn is_dark(colour: Colour) -> bool {
    colour.is_some_and(|[red, green, blue]| 0.3 * red + 0.6 * green + 0.1 * blue < 0.3)
}

/// Tells whether a colour leaves nothing of what it darkens.
pub(super) fn is_black(colour: Colour) -> bool {
    colour.is_some_and(|inks| inks.iter().all(|ink| *ink < 0.1))
}
