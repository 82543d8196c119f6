//! Figures over time: one figure, a list of steps with `from`, or a table by year.

use super::figure::{Expect, Reading};
use super::reader::{Fields, Reader};
use super::tree::{Entry, Node, Value, by_year};
use crate::calendar::Month;
use crate::ids::CurrencyId;
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};
use crate::units::Amount;

/// A step as it is read.
struct Step<'a> {
    from: Month,
    reading: Reading,
    place: Place,
    node: &'a Node,
}

impl<'a> Reader<'a> {
    /// A figure over time: one figure, a list with `from`, or a table by year.
    pub(super) fn path_of<U>(
        &mut self,
        node: &'a Node,
        place: &Place,
        expect: &Expect,
        note: &str,
    ) -> Option<(Path<U>, CurrencyId)> {
        let steps = match &node.value {
            Value::List(list) => self.listed(list, (node, place), expect, note),
            Value::Table(entries) if by_year(entries) => self.yearly(entries, place, expect, note),
            _ => {
                let reading = self.figure(node, place, &expect.spread_over(self.years()), note)?;
                let path = self.always(node, place, expect, reading);
                return Some((path, reading.currency));
            }
        };
        let currency = steps.first()?.reading.currency;
        self.agree(&steps, place);
        // Before the first step a price holds what it has there: alone, that step moves nothing.
        let moves = expect.from_nothing || steps.len() > 1;
        let moved = steps.iter().map(|step| {
            let later = self.later(&step.place, step.node, moves);
            (step.from.plus(later), Amount::new(step.reading.number))
        });
        let path = Path::steps(moved.collect::<Vec<_>>());
        Some((starting(path, expect), currency))
    }

    /// How many years the calendar has.
    fn years(&self) -> Option<f64> {
        let months = self.end?.since(self.start?);
        Some(f64::from(months) / 12.0)
    }

    /// One figure for all time; what is not there before its first step has it where the calendar starts.
    fn always<U>(
        &mut self,
        node: &Node,
        place: &Place,
        expect: &Expect,
        reading: Reading,
    ) -> Path<U> {
        let later = self.later(place, node, expect.from_nothing);
        let value = Amount::new(reading.number);
        let path = match self.start {
            Some(start) if later > 0 => Path::steps([(start.plus(later), value)]),
            _ => Path::constant(value),
        };
        starting(path, expect)
    }

    /// By how many months changes move a step, if it can move.
    fn later(&mut self, place: &Place, node: &Node, moves: bool) -> i32 {
        let laid = self.layer(node);
        self.changes.later((place, laid), moves)
    }

    fn listed(
        &mut self,
        list: &'a [Node],
        (node, place): (&Node, &Place),
        expect: &Expect,
        note: &str,
    ) -> Vec<Step<'a>> {
        if list.is_empty() {
            let example = "a list of figures with `from`";
            self.wrong_type(node, place, "a figure over time", example);
        }
        let mut steps = Vec::new();
        for item in list {
            // What else is wrong with it is told where it is read as a figure.
            let from = Fields::peek(item, place.clone(), note);
            let month = self.month(&from, "from");
            let written = matches!(item.value, Value::Table(_) | Value::Text(_));
            if month.is_none() && !from.has("from") && written {
                self.no_date(item, place);
            }
            steps.extend(self.step(month, item, place, expect, note));
        }
        steps
    }

    fn yearly(
        &mut self,
        entries: &'a [Entry],
        place: &Place,
        expect: &Expect,
        note: &str,
    ) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        for entry in entries {
            let month = entry.key.parse().ok();
            let is_year = entry.key.len() == 4;
            let expect = expect.spread_over(is_year.then_some(1.0));
            steps.extend(self.step(month, &entry.node, place, &expect, note));
        }
        for step in steps.iter().filter(|step| step.reading.spread) {
            self.goes_on(step, &steps, place);
        }
        steps
    }

    /// A step holds until the next: all of a year needs the year after it to be written, if the calendar has it.
    fn goes_on(&mut self, step: &Step<'a>, steps: &[Step<'a>], place: &Place) {
        let (year, next) = (step.from.year(), step.from.plus(12));
        let is_over = self.end.is_some_and(|end| end <= next);
        if is_over || step.reading.number == 0.0 || steps.iter().any(|other| other.from == next) {
            return;
        }
        let after = next.year();
        let message = format!("`{place}` has all of {year}, and does not say what {after} has");
        let problem = Problem::new(Kind::WrongUnit, step.node.spot.clone(), message)
            .label(format!("would be paid again in {after}"))
            .help(format!(
                "write `{after} = \"0 EUR\"` if it ends, what {after} has, or the amount `/year` if it goes on"
            ));
        self.push(problem);
    }

    fn step(
        &mut self,
        month: Option<Month>,
        node: &'a Node,
        place: &Place,
        expect: &Expect,
        note: &str,
    ) -> Option<Step<'a>> {
        let place = month.map_or_else(|| place.clone(), |month| place.then(month.to_string()));
        let reading = self.figure(node, &place, expect, note)?;
        Some(Step {
            from: month?,
            reading,
            place,
            node,
        })
    }

    /// Steps are in one currency, and no two of them start together.
    fn agree(&mut self, steps: &[Step<'_>], place: &Place) {
        let Some(first) = steps.first() else { return };
        for (n, step) in steps.iter().enumerate() {
            if step.reading.currency != first.reading.currency {
                let message = format!("`{place}` is in two currencies");
                let problem = Problem::new(Kind::MixedCurrencies, step.node.spot.clone(), message)
                    .label("another currency")
                    .also(first.node.spot.clone(), "the first currency")
                    .help("write every step in one currency");
                self.push(problem);
            }
            if let Some(earlier) = steps[..n].iter().find(|other| other.from == step.from) {
                let message = format!("`{place}` has two values from {}", step.from);
                let problem = Problem::new(Kind::Repeated, step.node.spot.clone(), message)
                    .label("the second")
                    .also(earlier.node.spot.clone(), "the first")
                    .help("keep one of them");
                self.push(problem);
            }
        }
    }

    fn no_date(&mut self, item: &Node, place: &Place) {
        let message = format!("a step of `{place}` has no `from`");
        let problem = Problem::new(Kind::MissingField, item.spot.clone(), message)
            .label("from when does it hold?")
            .help("write `from = \"2027-01\"` in it");
        self.push(problem);
    }
}

/// What is there before the first step.
fn starting<U>(path: Path<U>, expect: &Expect) -> Path<U> {
    if expect.from_nothing {
        path.from_nothing()
    } else {
        path
    }
}
