//! Places on the map.

pub(super) use crate::output::fit::fit;

/// A point, in units of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) fn at(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point that lies so far on the way to another, 1 being all of it.
    pub(super) fn toward(self, other: Self, part: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * part, y: self.y + (other.y - self.y) * part }
    }
}

/// A number as it stands in a path: short, and the same on every machine.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A curve from one point to another, drawn towards two more.
pub(super) fn curve(from: Point, first: Point, second: Point, to: Point) -> String {
    let point = |point: Point| format!("{} {}", number(point.x), number(point.y));
    format!("M{}C{} {} {}", point(from), point(first), point(second), point(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_short() {
        assert_eq!([number(1.0), number(-0.25), number(10.55)], ["1", "-0.2", "10.6"].map(String::from));
    }
}
