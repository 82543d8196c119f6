//! Where countries are, and how they lie on a sheet of paper.
//!
//! Outlines and middles are those of Natural Earth (public domain) by way of `world-atlas`, coarse and light; a country
//! is known by its two letters (ISO 3166-1), as the key of a `[country.KEY]`. `scripts/map` makes the file anew.

use std::sync::OnceLock;

/// A point: longitude and latitude in degrees; on paper, to the right and down.
pub(super) type Point = [f64; 2];

/// A country.
#[derive(Debug)]
pub(super) struct Country {
    /// Its two letters.
    code: &'static str,
    /// The middle of its largest part.
    middle: Point,
    /// Its parts, each by its corners.
    pub(super) parts: Vec<Vec<Point>>,
}

/// Every country that has an outline.
pub(super) fn countries() -> &'static [Country] {
    static READ: OnceLock<Vec<Country>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = include_str!("../../assets/map/outlines.txt").lines();
        lines.filter_map(country).collect()
    })
}

/// The middle of a country, by its two letters.
pub(super) fn middle(code: &str) -> Option<Point> {
    let all = countries();
    let found = all
        .binary_search_by(|country| country.code.cmp(code))
        .ok()?;
    Some(all[found].middle)
}

fn country(line: &'static str) -> Option<Country> {
    let mut parts = line.split('|');
    let mut head = parts.next()?.split(' ');
    let code = head.next()?;
    let middle = [head.next()?.parse().ok()?, head.next()?.parse().ok()?];
    Some(Country {
        code,
        middle,
        parts: parts.map(corners).collect(),
    })
}

/// Corners from the first and the steps between them, in tenths of a degree.
fn corners(text: &str) -> Vec<Point> {
    let steps: Vec<f64> = text
        .split(' ')
        .filter_map(|step| step.parse().ok())
        .collect();
    let mut at = [0.0, 0.0];
    let corners = steps.chunks_exact(2).map(|step| {
        at = [at[0] + step[0], at[1] + step[1]];
        [at[0] / 10.0, at[1] / 10.0]
    });
    corners.collect()
}

/// The earth on paper, flat and true to areas around a point (Lambert's azimuthal projection): to the right and down, in
/// radii of the earth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    /// The point in the middle.
    centre: Point,
}

/// How near to the far side of the earth a point may lie: the cosine of its angle from the centre.
const FAR_SIDE: f64 = -0.7;

impl Plane {
    pub(super) fn around(centre: Point) -> Self {
        Self { centre }
    }

    /// Where a point lies; `None`: on the far side, where shapes are torn.
    pub(super) fn at(self, point: Point) -> Option<Point> {
        (self.nearness(point) >= FAR_SIDE).then(|| self.towards(point))
    }

    /// Where a point lies, or the way to it if it lies on the far side.
    pub(super) fn towards(self, [lon, lat]: Point) -> Point {
        // Right across there is no one way to it.
        let scale = (2.0 / (1.0 + self.nearness([lon, lat])).max(1e-6)).sqrt();
        let [lon0, lat0] = self.centre.map(f64::to_radians);
        let (turn, lat) = (lon.to_radians() - lon0, lat.to_radians());
        let right = scale * lat.cos() * turn.sin();
        let up = scale * (lat0.cos() * lat.sin() - lat0.sin() * lat.cos() * turn.cos());
        [right, -up]
    }

    /// The cosine of the angle from the centre to a point.
    fn nearness(self, [lon, lat]: Point) -> f64 {
        let [lon0, lat0] = self.centre.map(f64::to_radians);
        let (turn, lat) = (lon.to_radians() - lon0, lat.to_radians());
        lat0.sin() * lat.sin() + lat0.cos() * lat.cos() * turn.cos()
    }

    /// The angle from the centre to a point, in radians.
    pub(super) fn distance(self, point: Point) -> f64 {
        self.nearness(point).clamp(-1.0, 1.0).acos()
    }
}

/// The part of a shape that lies within a frame from nothing to so far right and down: cut at one side after another.
pub(super) fn cut(shape: &[Point], [width, height]: Point) -> Vec<Point> {
    // By side: which way it faces, and where it stands.
    let sides = [
        (0, 1.0, 0.0),
        (0, -1.0, width),
        (1, 1.0, 0.0),
        (1, -1.0, height),
    ];
    let mut left = shape.to_vec();
    for (axis, sign, stands) in sides {
        let inside = |point: &Point| stands + sign * point[axis];
        let mut kept = Vec::with_capacity(left.len());
        for (n, point) in left.iter().enumerate() {
            let before = &left[(n + left.len() - 1) % left.len()];
            let (a, b) = (inside(before), inside(point));
            if (a < 0.0) != (b < 0.0) {
                let part = a / (a - b);
                kept.push([0, 1].map(|k| before[k] + part * (point[k] - before[k])));
            }
            if b >= 0.0 {
                kept.push(*point);
            }
        }
        left = kept;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_where_they_are() {
        let [lon, lat] = middle("UA").unwrap();
        assert!((29.0..33.0).contains(&lon) && (47.0..51.0).contains(&lat));
        assert!(middle("XX").is_none());
        assert!(countries().iter().map(|own| own.code).is_sorted());
        for country in countries() {
            for [lon, lat] in country.parts.iter().flatten() {
                assert!((-181.0..=181.0).contains(lon) && (-91.0..=91.0).contains(lat));
            }
        }
    }

    #[test]
    fn crimea_is_a_part_of_ukraine() {
        let within = |code: &str| {
            let country = countries().iter().find(|own| own.code == code).unwrap();
            country.parts.iter().any(|part| holds(part, [34.3, 45.2]))
        };
        assert!(within("UA") && !within("RU"));
    }

    /// Whether a shape holds a point: a ray to the right crosses its sides an odd number of times.
    fn holds(shape: &[Point], [x, y]: Point) -> bool {
        let sides = shape.iter().zip(shape.iter().cycle().skip(1));
        let crossed = sides.filter(|(a, b)| {
            (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        });
        crossed.count() % 2 == 1
    }

    #[test]
    fn the_plane_is_true_near_its_centre() {
        let plane = Plane::around([20.0, 50.0]);
        let at = |point| plane.at(point).unwrap();
        let near = |a: Point, b: Point| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-3;
        assert!(near(at([20.0, 50.0]), [0.0, 0.0]));
        // A degree north is a degree of the earth up; a degree east is that times the cosine of the latitude.
        let degree = 1_f64.to_radians();
        assert!(near(at([20.0, 51.0]), [0.0, -degree]));
        assert!(near(
            at([21.0, 50.0]),
            [degree * 50_f64.to_radians().cos(), 0.0]
        ));
        assert!(plane.at([-160.0, -50.0]).is_none());
        // New Zealand lies to the east, far beyond what is near.
        let [right, _] = plane.towards([174.0, -41.0]);
        assert!(right > 1.0);
        assert!((plane.distance([20.0, -40.0]) - 90_f64.to_radians()).abs() < 1e-9);
    }

    #[test]
    fn shapes_are_cut_at_a_frame() {
        let square = [[-1.0, -1.0], [2.0, -1.0], [2.0, 2.0], [-1.0, 2.0]];
        let area = |shape: &[Point]| {
            let sides = shape.iter().zip(shape.iter().cycle().skip(1));
            let crosses = sides.map(|(a, b)| a[0] * b[1] - b[0] * a[1]);
            crosses.sum::<f64>().abs() / 2.0
        };
        assert!((area(&cut(&square, [1.0, 1.5])) - 1.5).abs() < 1e-12);
        assert!(cut(&square, [4.0, 4.0]).len() >= 4);
        assert!(cut(&[[5.0, 5.0], [6.0, 5.0], [6.0, 6.0]], [1.0, 1.0]).is_empty());
    }
}
