//! Colours of letters and grounds, as far as it matters whether one can be told from the other.

use lopdf::Object;

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

/// Tells whether an eye cannot tell two colours apart.
pub(super) fn is_same(one: Colour, other: Colour) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    one.iter().zip(other).all(|(a, b)| (a - b).abs() < 0.02)
}

/// Tells whether a colour is that of a black bar.
pub(super) fn is_dark(colour: Colour) -> bool {
    colour.is_some_and(|[red, green, blue]| 0.3 * red + 0.6 * green + 0.1 * blue < 0.3)
}
