//! What money buys, as curves with a marker to move.

use super::super::number::quantity;
use super::super::page::{Chart, Curve, Picture, Point};
use super::drawing::millions;
use super::{Illustrated, Placed};
use crate::analysis::frontier::{CostCurve, Frontier, Piece};
use crate::model::Model;
use crate::names::Words;

/// How many limits the words at a piece name.
const NAMED: usize = 2;

impl Illustrated for Frontier {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let (scale, unit) = if self.in_money {
            (1e-6, format!("M {}", self.currency))
        } else {
            (1.0, self.measure.clone())
        };
        let point = |n: usize| {
            let point = &self.points[n];
            let piece = self.pieces.get(n);
            Point {
                x: millions(point.money),
                y: scale * point.shortfall,
                detail: piece.map_or_else(String::new, |piece| self.along(piece)),
            }
        };
        let curve = Curve {
            across: format!("money of the funds (M {} of the day)", self.currency),
            height: "shortfall".into(),
            points: (0..self.points.len()).map(point).collect(),
            marker: Some(millions(self.money)),
        };
        let note = format!(
            "The least shortfall for the money of the funds, over the whole calendar; in {}. Between its corners the curve is straight. The marker begins at the money of the model: move it.",
            self.measure
        );
        let chart = Chart::new("What money buys", note, unit);
        vec![("frontier", chart.view("", Picture::Curve(curve)))]
    }
}

impl Frontier {
    /// What more money avoids; of a low price, what a thousand of it do.
    fn price_words(&self, price: f64) -> String {
        let currency = &self.currency;
        if !self.in_money {
            let avoided = quantity(1e6 * price);
            return format!("One more M {currency} avoids {avoided} {}.", self.measure);
        }
        if price >= 0.1 {
            return format!("One more {currency} avoids {} {currency}.", quantity(price));
        }
        let avoided = quantity(1e3 * price);
        format!("A thousand more {currency} avoid {avoided} {currency}.")
    }

    /// What holds along a piece.
    fn along(&self, piece: &Piece) -> String {
        let mut words = self.price_words(piece.price);
        let gains = piece.gains.iter().filter(|gain| gain.more > 0.0);
        let gains: Vec<&str> = gains.take(NAMED).map(|gain| gain.name.as_str()).collect();
        if !gains.is_empty() {
            words.push_str(" It buys ");
            words.push_str(&gains.join(" and "));
            words.push('.');
        }
        let names = piece.begins.iter().take(NAMED).map(Words::in_names);
        let names: Vec<String> = names.collect();
        if !names.is_empty() {
            words.push_str(" From here on it is also limited by ");
            words.push_str(&names.join(" and "));
            words.push('.');
        }
        words
    }
}

impl Illustrated for CostCurve {
    fn charts(&self, m: &Model) -> Vec<Placed> {
        let points = self.corners.iter().enumerate().map(|(n, corner)| {
            let detail = self.corners.get(n + 1).map(|next| {
                let price =
                    (corner.discounted - next.discounted) / (next.shortfall - corner.shortfall);
                format!(
                    "One {} of shortfall costs {} to avoid.",
                    self.currency,
                    quantity(price)
                )
            });
            Point {
                x: millions(corner.shortfall),
                y: millions(corner.discounted),
                detail: detail.unwrap_or_default(),
            }
        });
        let curve = Curve {
            across: format!("shortfall as it counts (M {})", self.currency),
            height: "discounted cost".into(),
            points: points.collect(),
            marker: None,
        };
        let chart = Chart::new(
            "What it costs to fall short of less",
            "The least cost for a shortfall, over the whole calendar.",
            format!("M {} of {}", m.money.base(), m.money.price_year),
        );
        if self.corners.len() < 2 {
            return Vec::new();
        }
        vec![("cost", chart.view("", Picture::Curve(curve)))]
    }
}
