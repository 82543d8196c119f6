//! Figures: their sizes, and the ways to write them.

use super::Draw;
use crate::node::Node;
use crate::rng::Rng;

/// Write figures below a node as twice their half.
fn double(node: &mut Node, rng: &mut Rng) {
    match node {
        Node::Table(table) => {
            let of_figures = |(key, _): &(String, Node)| {
                ["value", "note", "year", "from"].contains(&key.as_str())
            };
            let is_figure =
                table.iter().all(of_figures) && table.iter().any(|(key, _)| key == "note");
            let value = table
                .iter_mut()
                .find(|(key, _)| is_figure && key == "value");
            match value.map(|(_, value)| value) {
                Some(Node::Figure(number, _) | Node::Number(number)) if rng.chance(0.1) => {
                    *number *= 0.5;
                    let twice = vec![("twice".into(), Node::Number(2.0))];
                    table.push(("times".into(), Node::Table(twice)));
                }
                _ => table.iter_mut().for_each(|(_, node)| double(node, rng)),
            }
        }
        Node::List(list) => list.iter_mut().for_each(|node| double(node, rng)),
        Node::Text(_) | Node::Number(_) | Node::Figure(..) => {}
    }
}

impl Draw {
    /// Some figures are written as twice their half: after all else and from numbers of its own, so that a model is what
    /// it would be without.
    pub(super) fn factors(&mut self) {
        let mut rng = Rng::new(self.written.seed ^ 0x0066_6163_746f_7273);
        for (_, _, node) in &mut self.written.tables {
            double(node, &mut rng);
        }
    }

    /// A size near another: that very size more often than not, now and then nothing or next to nothing.
    pub(super) fn near(&mut self, pivot: f64) -> f64 {
        match self.rng.from(0, 19) {
            0..=6 => pivot,
            7..=8 => 2.0 * pivot,
            9..=10 => 0.5 * pivot,
            11 => 0.0,
            12 => pivot / 1_000.0,
            _ => tidy(pivot * self.rng.log(0.1, 10.0)),
        }
    }

    /// The size of a limit: now and then so huge that it means "no limit".
    pub(super) fn limit(&mut self, pivot: f64) -> f64 {
        if self.rng.chance(0.1) {
            self.endless = true;
            *self.rng.pick(&[1e7, 1e9, 1e12])
        } else {
            self.near(pivot)
        }
    }

    /// A size near another that is more than nothing.
    pub(super) fn some(&mut self, pivot: f64) -> f64 {
        match self.near(pivot) {
            0.0 => pivot,
            size => size,
        }
    }

    /// A span of time: whole periods more often than not.
    pub(super) fn span(&mut self) -> Node {
        self.span_to(24)
    }

    /// A span of at most so many months.
    pub(super) fn span_to(&mut self, most: usize) -> Node {
        let spans: Vec<usize> = [0, 1, 2, 3, 3, 6, 6, 9, 12, 12, 12, 15, 18, 24].into();
        let spans: Vec<usize> = spans.into_iter().filter(|&span| span <= most).collect();
        let months = *self.rng.pick(&spans);
        #[expect(clippy::cast_precision_loss, reason = "a few months")]
        let (months, years) = (months as f64, months as f64 / 12.0);
        if years.fract() == 0.0 && self.rng.chance(0.3) {
            self.figure(years, "years")
        } else {
            self.figure(months, "months")
        }
    }

    /// A share, from a few that are round.
    pub(super) fn share(&mut self) -> f64 {
        let share = self.rng.unit();
        *self.rng.pick(&[1.0, 0.5, 0.25, 0.9, tidy(share).max(0.01)])
    }

    /// A share as a number or in per cent.
    pub(super) fn share_of(&mut self, share: f64) -> Node {
        if self.rng.chance(0.5) {
            Node::Number(share)
        } else {
            self.figure(tidy(100.0 * share), "%")
        }
    }

    /// A pure number that is a figure.
    pub(super) fn number(&mut self, number: f64) -> Node {
        let way = self.rng.unit() / self.fancy;
        if way < 1.0 {
            self.sourced(number, "")
        } else if way < 2.0 {
            Node::Text(format!("{number}"))
        } else {
            Node::Number(number)
        }
    }

    /// A figure: its text, or a table with its source.
    pub(super) fn figure(&mut self, number: f64, unit: &str) -> Node {
        let fancy = self.fancy;
        if self.rng.chance(fancy) {
            return self.sourced(number, unit);
        }
        if self.rng.chance(fancy) && number > 0.0 {
            let (scale, word) = *self.rng.pick(&[(1e3, "k"), (1e6, "M"), (1e9, "billion")]);
            return Node::Figure(number / scale, format!("{word} {unit}"));
        }
        Node::Figure(number, unit.into())
    }

    /// A figure as a table: with a note, a range or a fact.
    fn sourced(&mut self, number: f64, unit: &str) -> Node {
        let plain = |number: f64| match unit {
            "" => Node::Number(number),
            unit => Node::Figure(number, unit.into()),
        };
        let mut table = match self.rng.from(0, 3) {
            0 => vec![("value".into(), plain(number))],
            1 => vec![
                ("low".into(), plain(0.5 * number)),
                ("mode".into(), plain(number)),
                ("high".into(), plain(number)),
            ],
            2 => vec![
                ("low".into(), plain(number)),
                ("value".into(), plain(number)),
                ("high".into(), plain(number)),
            ],
            _ if self.fancy > 0.1 => {
                return self.cited(number, unit).unwrap_or_else(|| plain(number));
            }
            _ => return plain(number),
        };
        table.push(("note".into(), "A guess".into()));
        let price = ["EUR/", "USD/", "PLN/"]
            .iter()
            .any(|code| unit.starts_with(code));
        if price
            && !unit.ends_with("/year")
            && !unit.contains("/EUR")
            && !unit.contains("/USD")
            && self.rng.chance(0.3)
        {
            table.push(("year".into(), Node::Number(2026.0)));
        }
        Node::Table(table)
    }

    /// A figure that cites an invented fact: 40 ships, 10 ships a year, 5 euros a ship, 50 %.
    fn cited(&mut self, number: f64, unit: &str) -> Option<Node> {
        let figure = |number: f64, unit: String| Node::Figure(number, unit);
        let (above, below) = unit.split_once('/').unwrap_or((unit, ""));
        let money = ["EUR", "USD", "PLN"].contains(&above);
        let mut table = vec![];
        if unit.is_empty() || unit == "%" {
            let number = if unit == "%" { number } else { 100.0 * number };
            table.push(("fact".into(), "xx-half".into()));
            table.push(("scale".into(), Node::Number(number / 50.0)));
        } else if money || ["%", "month", "months", "year", "years"].contains(&above) {
            return None;
        } else if below.is_empty() {
            table.push(("fact".into(), "xx-order".into()));
            table.push((
                "scale".into(),
                figure(number / 40.0, format!("{above}/ship")),
            ));
        } else if below == "year" && self.rng.chance(0.5) {
            table.push(("fact".into(), "xx-order".into()));
            table.push((
                "scale".into(),
                figure(number / 10.0, format!("{above}/ship")),
            ));
            table.push(("over".into(), figure(4.0, "years".into())));
        } else if below == "year" {
            table.push(("fact".into(), "xx-rate".into()));
            table.push((
                "scale".into(),
                figure(number / 10.0, format!("{above}/ship")),
            ));
            if self.rng.chance(0.3) {
                table.push(("value".into(), figure(number, unit.into())));
            }
        } else {
            return None;
        }
        if self.rng.chance(0.5) {
            table.push(("note".into(), "As many as that".into()));
        }
        Some(Node::Table(table))
    }

    /// A figure over time: one more often than not, or steps, or by year.
    pub(super) fn over_time(&mut self, number: f64, unit: &str) -> Node {
        let varies = 0.5 * self.rich;
        if !self.rng.chance(varies) {
            return self.figure(number, unit);
        }
        if self.rng.chance(0.5) {
            let years: Vec<usize> = (self.first..self.first + self.years).collect();
            let mut table = Vec::new();
            for year in years {
                let number = self.varied(number);
                table.push((year.to_string(), self.figure(number, unit)));
            }
            return Node::Table(table);
        }
        self.steps(number, unit)
    }

    fn steps(&mut self, number: f64, unit: &str) -> Node {
        let mut list = Vec::new();
        let mut month = 0;
        while month < 12 * self.years && list.len() < 3 {
            let from = format!("{}-{:02}", self.first + month / 12, 1 + month % 12);
            let varied = self.varied(number);
            let figure = match self.figure(varied, unit) {
                Node::Table(mut table) => {
                    table.insert(0, ("from".into(), Node::Text(from)));
                    Node::Table(table)
                }
                value => Node::Table(vec![
                    ("from".into(), Node::Text(from)),
                    ("value".into(), value),
                ]),
            };
            list.push(figure);
            month += *self.rng.pick(&[1, 3, 6, 12, 12, 24]);
        }
        Node::List(list)
    }

    /// What a figure is at another time.
    fn varied(&mut self, number: f64) -> f64 {
        tidy(number * *self.rng.pick(&[1.0, 1.0, 2.0, 0.5, 0.75]))
    }

    /// A rate by the year, now and then written by the month or quarter.
    pub(super) fn rate(&mut self, a_year: f64, unit: &str) -> Node {
        let (number, time) = match self.rng.from(0, 9) {
            0 => (a_year / 12.0, "month"),
            1 => (a_year / 4.0, "quarter"),
            _ => (a_year, "year"),
        };
        self.over_time(number, &format!("{unit}/{time}"))
    }

    /// A price, in the base currency or another.
    pub(super) fn price(&mut self, price: f64, unit: &str) -> Node {
        let unit = self.money_per(unit);
        self.over_time(price, &unit)
    }

    /// The unit of a price.
    pub(super) fn money_per(&mut self, unit: &str) -> String {
        let other = self.other.clone().filter(|_| self.rng.chance(0.4));
        let code = other.unwrap_or_else(|| self.base.clone());
        if unit.is_empty() {
            code
        } else {
            format!("{code}/{unit}")
        }
    }
}

/// A number of three digits.
pub(super) fn tidy(number: f64) -> f64 {
    if number == 0.0 {
        return 0.0;
    }
    let text = format!("{number:.2e}");
    text.parse().unwrap_or(number)
}
