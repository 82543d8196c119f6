//! Every point in a row: its settings as numbers beside what came of it.

use super::{Axis, Setting, Sweep};
use crate::table::{Cell, Column, Holds, Table};

impl Sweep {
    /// A row a point: its setting on each axis, then every outcome. A point without a plan has no outcomes, but says
    /// why.
    pub(super) fn solved(&self) -> Table {
        let money = &self.model.money;
        let note = format!(
            "Money in {} of the day, discounted in prices of {}; a price is the mean over time.",
            money.base(),
            money.price_year
        );
        let title = "What was set, and what came of it";
        let mut table = Table::new("observations", title, note, &["failure"]);
        table
            .columns
            .push(Column::new("point", Holds::Whole("".into())));
        let kinds: Vec<Holds> = self.axes.iter().map(holds).collect();
        let axes = self.axes.iter().zip(&kinds);
        table.columns.extend(axes.map(|(axis, kind)| Column {
            about: format!("Set: `{}`.", axis.figures).into(),
            ..Column::new(axis.figures.to_string(), kind.clone())
        }));
        let mut table = table.columns(self.outcomes.iter().map(ToString::to_string));
        for (&number, row) in &self.results.rows {
            let failure = row.failure.as_deref().and_then(|why| why.lines().next());
            let mut cells: Vec<Cell> = vec![failure.unwrap_or_default().into(), number.into()];
            let settings = self.settings(number).into_iter().zip(&kinds);
            cells.extend(settings.map(|(setting, kind)| match kind {
                Holds::Words => Cell::Text(setting.to_string()),
                Holds::Numbers | Holds::In(_) | Holds::Whole(_) => number_of(setting),
            }));
            let outcomes = self.outcomes.iter().zip(&row.values);
            cells.extend(outcomes.map(|(outcome, &value)| outcome.cell(&self.model, value)));
            table.push(cells);
        }
        table
    }
}

/// What the settings of an axis are: numbers, if all are in one unit.
fn holds(axis: &Axis) -> Holds {
    let mut kinds = axis.settings.iter().map(|setting| match setting {
        Setting::Times(_) => Holds::In("times the model's".into()),
        Setting::Later(_) => Holds::Whole("months later".into()),
        Setting::Value(text) => match parts(text) {
            Some((_, unit)) => Holds::In(unit.to_owned().into()),
            None => Holds::Words,
        },
    });
    let first = kinds.next().unwrap_or(Holds::Words);
    if kinds.all(|kind| kind == first) {
        first
    } else {
        Holds::Words
    }
}

/// The number of a setting: its factor, its months, that of its value; empty if it has none.
pub(super) fn number_of(setting: &Setting) -> Cell {
    match setting {
        Setting::Times(factor) => (*factor).into(),
        Setting::Later(months) => (*months).into(),
        Setting::Value(text) => parts(text).map(|(number, _)| number).into(),
    }
}

/// The number of a value, and its unit: of `3 bn EUR/year`, 3 and `bn EUR/year`.
fn parts(value: &str) -> Option<(f64, &str)> {
    let (number, unit) = value.split_once(' ').unwrap_or((value, ""));
    let number: f64 = number.parse().ok()?;
    number.is_finite().then_some((number, unit.trim()))
}
