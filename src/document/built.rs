//! Varying a model that no file describes: changes are made to its own figures.

use super::change::{Change, Changes, Pattern};
use super::effect::{idle_in_rust, unknown};
use super::quantity::{Quantity, Unit};
use super::scenario::unknown_version;
use super::vary::Vary;
use crate::evidence::Figure;
use crate::model::{Draft, Model, Written, is_same, product_of, turned, written_as};
use crate::problem::{At, Kind, Place, Problem, Problems};
use std::collections::HashMap;

impl Vary for Model {
    fn changed(&self, changes: &[Change]) -> Result<Model, Problems> {
        if changes.is_empty() {
            return Ok(self.clone());
        }
        let mut draft = self.clone().into_draft();
        let mut asked = Changes::of(changes.iter().map(|change| (change.clone(), 0)));
        let mut figures = std::mem::take(&mut draft.evidence.figures);
        let numbers = figures.iter().enumerate();
        let known: HashMap<Place, usize> = numbers.map(|(n, f)| (f.place.clone(), n)).collect();
        // The walk looks up in the evidence which way a figure is written.
        draft.evidence.figures.clone_from(&figures);
        let ratios = ratios(&mut asked, &mut figures, &known);
        let start = draft.calendar.start();
        draft.walk(|written| {
            let moves = written.gauge.from_nothing || written.steps.len() > 1;
            for n in 0..written.steps.len() {
                let (month, value) = written.steps[n];
                let place = written.place_of(month);
                let mut figure = known.get(&place).map(|&n| &mut figures[n]);
                let ratio = ratios.get(&place).copied().unwrap_or(1.0);
                if let Some(figure) = &mut figure {
                    figure.value *= ratio;
                    figure.range = figure.range.map(|(low, high)| (low * ratio, high * ratio));
                }
                written.steps[n].1 = moved(&mut asked, &place, written, value * ratio, figure);
                let later = asked.later((&place, 0), moves);
                written.steps[n].0 = match month {
                    Some(month) => Some(month.plus(later)),
                    None => (later > 0).then(|| start.plus(later)),
                };
            }
        });
        draft.evidence.figures = figures;
        let mut found = Problems::default();
        found.extend(asked.idle().map(|idle| idle_in_rust(&idle)));
        found.or(())?;
        draft.check_varied()
    }

    fn with_values(&self, values: &[(&Pattern, &str)]) -> Result<Box<dyn Vary>, Problems> {
        let mut draft = self.clone().into_draft();
        let mut found = Problems::default();
        for &(figures, value) in values {
            set(&mut draft, figures, value, &mut found);
        }
        found.or(())?;
        draft.renew_evidence();
        Ok(Box::new(draft.check_varied()?))
    }

    fn with_friction_onward(&self) -> Result<Box<dyn Vary>, Problems> {
        let mut draft = self.clone().into_draft();
        draft.friction.onward = true;
        Ok(Box::new(draft.check_varied()?))
    }

    fn scenario(&self, key: &str) -> Result<Box<dyn Vary>, Problems> {
        Err(unknown_version(key, &[]))
    }

    fn copied(&self) -> Box<dyn Vary> {
        Box::new(self.clone())
    }

    fn texts(&self) -> Vec<String> {
        vec![format!("{self:?}")]
    }
}

/// What changes of factors make of their products: how many times as large each is.
fn ratios(
    asked: &mut Changes,
    figures: &mut [Figure],
    known: &HashMap<Place, usize>,
) -> HashMap<Place, f64> {
    let mut ratios = HashMap::new();
    for figure in figures {
        let product = product_of(&figure.place).filter(|product| known.contains_key(product));
        let Some(product) = product else {
            continue;
        };
        let (new, range) = asked.applied((&figure.place, 0), false, figure.value, figure.range);
        if figure.value != 0.0 {
            *ratios.entry(product).or_insert(1.0) *= new / figure.value;
        }
        (figure.value, figure.range) = (new, range);
    }
    ratios
}

/// What becomes of a step of a figure, and of what evidence has of it.
fn moved(
    asked: &mut Changes,
    place: &Place,
    written: &Written,
    value: f64,
    figure: Option<&mut Figure>,
) -> f64 {
    let (gauge, at) = (&written.gauge, (place, 0));
    let figure = figure.filter(|figure| is_same(written_as(figure, &gauge.unit), value));
    let Some(figure) = figure else {
        return asked.applied(at, gauge.capped, value, None).0;
    };
    let (new, range) = asked.applied(at, gauge.capped, figure.value, figure.range);
    if new == figure.value && range == figure.range {
        return value;
    }
    (figure.value, figure.range) = (new, range);
    written_as(figure, &gauge.unit)
}

/// Put a value, as a model file writes it, in the place of figures.
fn set(draft: &mut Draft, figures: &Pattern, value: &str, found: &mut Problems) {
    let mut named = false;
    draft.walk(|written| {
        let whole = figures.matches(&written.place);
        let steps = written.steps.clone();
        let meant = |&(month, _): &(_, f64)| figures.matches(&written.place_of(month));
        if !whole && !steps.iter().any(meant) {
            return;
        }
        named = true;
        let number = match number(value, written) {
            Ok(number) => number,
            Err(problem) => {
                found.push(*problem);
                return;
            }
        };
        if whole {
            written.steps = vec![(None, number)];
            return;
        }
        let chosen: Vec<bool> = steps.iter().map(meant).collect();
        for (step, _) in written
            .steps
            .iter_mut()
            .zip(chosen)
            .filter(|(_, chosen)| *chosen)
        {
            step.1 = number;
        }
    });
    if !named {
        let at = At::Place(Place::new([figures.to_string()]));
        found.push(unknown(figures, at));
    }
}

/// A value in the unit of a figure, as the model counts it.
fn number(value: &str, written: &Written) -> Result<f64, Box<Problem>> {
    let gauge = &written.gauge;
    let unit = |unit: &str| Unit::read(unit).ok();
    let read = Quantity::read(value).ok();
    let straight = |read: &Quantity| Some(gauge.factor * read.to(&unit(&gauge.unit)?)?);
    let back = |read: &Quantity| Some(1.0 / read.to(&unit(&turned(&gauge.unit)?)?)?);
    let number = read
        .as_ref()
        .and_then(|read| straight(read).or_else(|| back(read)));
    number.ok_or_else(|| {
        let wanted = match gauge.unit.as_str() {
            "" => "a pure number or `%`".to_owned(),
            unit => format!("`{unit}`"),
        };
        let message = format!("`{}` cannot be `{value}`", written.place);
        let problem = Problem::new(Kind::WrongUnit, written.place.clone(), message)
            .label(format!("not {wanted}"))
            .help(format!("write a number with its unit, {wanted}"));
        Box::new(problem)
    })
}
