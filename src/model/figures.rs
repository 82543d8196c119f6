//! The figures of a draft: every number that is a figure of the format, each where a file would write it.
//!
//! [`Draft::walk`] is the one list of them for models that no file describes: what can be varied, what a model
//! rests on, and what became stale when a draft was edited all follow from it.

mod all;
mod walk;

use super::Draft;
use crate::calendar::Month;
use crate::evidence::{Basis, Figure};
use crate::problem::Place;
use std::collections::{HashMap, HashSet};

/// What a figure measures, as the format has it.
#[derive(Clone, Debug)]
pub(crate) struct Gauge {
    /// Its unit, as evidence shows it: `round/year`; empty for a pure number.
    pub(crate) unit: String,
    /// What one of that unit is in the model: 0.01 for `%/year`.
    pub(crate) factor: f64,
    /// Whether no change brings it above 1.
    pub(crate) capped: bool,
    /// Whether there is nothing of it before its first step.
    pub(crate) from_nothing: bool,
    /// Whether it is a choice, which wants no source.
    pub(crate) choice: bool,
    /// What it is where nobody states it.
    default: Option<f64>,
}

impl Gauge {
    fn new(unit: impl Into<String>) -> Self {
        Self {
            unit: unit.into(),
            factor: 1.0,
            capped: false,
            from_nothing: false,
            choice: false,
            default: None,
        }
    }

    fn factor() -> Self {
        Self::new("")
    }

    fn share() -> Self {
        let capped = true;
        Self {
            capped,
            ..Self::factor()
        }
    }

    fn growth() -> Self {
        let factor = 0.01;
        Self {
            factor,
            ..Self::new("%/year")
        }
    }

    fn choice(default: f64) -> Self {
        let choice = true;
        Self {
            choice,
            ..Self::factor().or(default)
        }
    }

    fn months() -> Self {
        Self::new("month").or(0.0)
    }

    fn rate(unit: &str) -> Self {
        Self::new(format!("{unit}/year"))
    }

    #[expect(
        clippy::wrong_self_convention,
        reason = "named like the paths that it measures"
    )]
    fn from_nothing(self) -> Self {
        let from_nothing = true;
        Self {
            from_nothing,
            ..self
        }
    }

    /// With a value that nobody need state.
    fn or(self, default: f64) -> Self {
        let default = Some(default);
        Self { default, ..self }
    }
}

/// A figure of a draft, as it is walked by: what becomes of its steps becomes of the draft.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Where a file would write it.
    pub(crate) place: Place,
    /// What it measures.
    pub(crate) gauge: Gauge,
    /// Its values, each with the month from which it holds; without one, it always does.
    pub(crate) steps: Vec<(Option<Month>, f64)>,
}

impl Written {
    /// Where a step of it stands.
    pub(crate) fn place_of(&self, month: Option<Month>) -> Place {
        month.map_or_else(
            || self.place.clone(),
            |month| self.place.then(month.to_string()),
        )
    }

    /// Whether nobody need have stated it.
    pub(crate) fn is_default(&self) -> bool {
        matches!(self.steps[..], [(None, value)] if Some(value) == self.gauge.default)
    }
}

/// Why a figure that no file states may be assumed.
const STATED: &str = "stated in Rust";
/// The same of one that a file states otherwise.
const EDITED: &str = "edited in Rust";

/// A step of a figure as a draft has it now.
struct Step {
    place: Place,
    value: f64,
    unit: String,
    /// Whether evidence says it even if nobody has spoken of it.
    listed: bool,
}

impl Draft {
    /// Say what the figure at a place rests on, and between which ends it may lie: uncertain figures are what
    /// [`monte_carlo`](crate::analysis::monte_carlo) draws and [`sensitivity`](crate::analysis::sensitivity)
    /// moves. The place is that of a file, `["line", "plant", "capacity"]`; a step of a figure over time has its
    /// month for a last key. Returns whether there is such a figure.
    ///
    /// ```
    /// # use sinews::{document::Document, evidence::Basis, problem::Place};
    /// let mut draft = sinews::read("models/tiny.toml")?.into_draft();
    /// let place = Place::new(["line", "plant", "capacity"]);
    /// let basis = Basis::Assumption("From a visit".into());
    /// assert!(draft.rests_on(&place, basis, Some((80.0, 140.0))));
    /// # Ok::<(), sinews::problem::Problems>(())
    /// ```
    pub fn rests_on(&mut self, place: &Place, basis: Basis, range: Option<(f64, f64)>) -> bool {
        let steps = self.steps();
        let Some(step) = steps.into_iter().find(|step| step.place == *place) else {
            return false;
        };
        let figure = Figure {
            place: step.place,
            value: step.value,
            unit: step.unit,
            range,
            basis,
            derived: false,
        };
        let figures = &mut self.evidence.figures;
        match figures.iter_mut().find(|known| known.place == *place) {
            Some(known) => *known = figure,
            None => figures.push(figure),
        }
        true
    }

    /// Every step of every figure.
    fn steps(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        self.walk(|written| {
            let listed = !written.gauge.choice && !written.is_default();
            for &(month, value) in &written.steps {
                steps.push(Step {
                    place: written.place_of(month),
                    value,
                    unit: written.gauge.unit.clone(),
                    listed,
                });
            }
        });
        steps
    }

    /// Let the evidence speak of what the draft holds now: a figure that was edited has lost its source and its
    /// range, one that is gone is forgotten, and one that nobody has spoken of is an assumption.
    pub(crate) fn renew_evidence(&mut self) {
        let steps = self.steps();
        let numbers = steps.iter().enumerate();
        let mut open: HashMap<&Place, usize> = numbers.map(|(n, step)| (&step.place, n)).collect();
        let mut figures = std::mem::take(&mut self.evidence.figures);
        let value = |figure: &Figure| (figure.place.clone(), figure.value);
        let stated: HashMap<Place, f64> = figures.iter().map(value).collect();
        let product_is_as_stated = |factor: &Place| {
            let product = product_of(factor)?;
            let step = steps.iter().find(|step| step.place == product)?;
            Some(is_same(*stated.get(&product)?, step.value))
        };
        figures.retain_mut(|figure| {
            if let Some(kept) = product_is_as_stated(&figure.place) {
                return kept;
            }
            let Some(n) = open.remove(&figure.place) else {
                return false;
            };
            let step = &steps[n];
            if !is_same(written_as(figure, &step.unit), step.value) {
                figure.value = step.value;
                figure.unit.clone_from(&step.unit);
                figure.range = None;
                figure.basis = Basis::Assumption(EDITED.into());
                figure.derived = false;
            }
            true
        });
        let new = steps
            .iter()
            .filter(|step| step.listed && open.contains_key(&step.place));
        figures.extend(new.map(|step| Figure {
            place: step.place.clone(),
            value: step.value,
            unit: step.unit.clone(),
            range: None,
            basis: Basis::Assumption(STATED.into()),
            derived: false,
        }));
        let fact = |figure: &'_ Figure| match &figure.basis {
            Basis::Fact(id) => Some(id.clone()),
            Basis::Assumption(_) => None,
        };
        let cited: HashSet<String> = figures.iter().filter_map(fact).collect();
        self.evidence.facts.retain(|fact| cited.contains(&fact.id));
        self.evidence.figures = figures;
    }
}

/// The figure of which one is a factor, by their places: `requirement.x.quantity` of `requirement.x.quantity.times.each`. A
/// draft holds products, its evidence their factors as well.
pub(crate) fn product_of(factor: &Place) -> Option<Place> {
    let keys = factor.keys();
    let times = keys.len().checked_sub(2)?;
    (&*keys[times] == "times").then(|| Place::new(&keys[..times]))
}

/// The value of a figure in a unit: a rate of exchange may be written the other way round.
pub(crate) fn written_as(figure: &Figure, unit: &str) -> f64 {
    if is_turned(figure, unit) {
        1.0 / figure.value
    } else {
        figure.value
    }
}

/// Whether a figure is written the other way round: `USD/EUR` for `EUR/USD`.
fn is_turned(figure: &Figure, unit: &str) -> bool {
    figure.unit != unit && turned(unit).is_some_and(|turned| figure.unit == turned)
}

/// A ratio of two units the other way round.
pub(crate) fn turned(unit: &str) -> Option<String> {
    let (above, below) = unit.split_once('/')?;
    Some(format!("{below}/{above}"))
}

/// Whether two values are the same but for the last digits.
pub(crate) fn is_same(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}
