//! Models built in Rust side by side: what scenarios are to a file.

use super::change::{Change, Pattern};
use super::scenario::{Scenario, unknown_version};
use super::vary::Vary;
use crate::model::Model;
use crate::problem::Problems;
use std::sync::Arc;

/// A model and others beside it, each under a key: [`compare`](crate::analysis::compare),
/// [`futures`](crate::analysis::futures) and [`monte_carlo`](crate::analysis::monte_carlo) take them as they take
/// the scenarios of a file. What two versions both have should come in the same order: their plans are then
/// measured alike.
///
/// ```
/// use sinews::analysis::{Work, compare};
/// use sinews::document::Versions;
///
/// let model = sinews::read("models/tiny.toml")?;
/// let mut draft = model.clone().into_draft();
/// for line in draft.lines.values_mut() {
///     line.capacity = line.capacity.map(|capacity| capacity * 2.0);
/// }
/// let versions = Versions::of(model).with("twice", "Twice the capacity", draft.check()?);
/// let found = compare::compare(&versions, &["base", "twice"], &Default::default(), &Work::default())?;
/// assert_eq!(found.scenarios.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Versions {
    own: Model,
    others: Arc<Vec<(Scenario, Model)>>,
    applied: Option<Scenario>,
}

impl Versions {
    /// A model without others beside it.
    pub fn of(model: Model) -> Self {
        Self {
            own: model,
            others: Arc::default(),
            applied: None,
        }
    }

    /// The same with another version of it under a key, which is its name as well; the note says what happens in
    /// it. One that has this key already is replaced.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, note: impl Into<String>, model: Model) -> Self {
        let key = key.into();
        let scenario = Scenario {
            name: key.clone(),
            key,
            note: note.into(),
            extends: Vec::new(),
        };
        let others = Arc::make_mut(&mut self.others);
        others.retain(|(other, _)| other.key != scenario.key);
        others.push((scenario, model));
        self
    }
}

impl Vary for Versions {
    fn changed(&self, changes: &[Change]) -> Result<Model, Problems> {
        self.own.changed(changes)
    }

    fn with_values(&self, values: &[(&Pattern, &str)]) -> Result<Box<dyn Vary>, Problems> {
        self.own.with_values(values)
    }

    fn with_friction_onward(&self) -> Result<Box<dyn Vary>, Problems> {
        self.own.with_friction_onward()
    }

    fn scenarios(&self) -> Vec<Scenario> {
        self.others
            .iter()
            .map(|(scenario, _)| scenario.clone())
            .collect()
    }

    fn scenario(&self, key: &str) -> Result<Box<dyn Vary>, Problems> {
        let found = self.others.iter().find(|(scenario, _)| scenario.key == key);
        let Some((scenario, model)) = found else {
            let known: Vec<&str> = self
                .others
                .iter()
                .map(|(own, _)| own.key.as_str())
                .collect();
            return Err(unknown_version(key, &known));
        };
        Ok(Box::new(Self {
            own: model.clone(),
            others: Arc::clone(&self.others),
            applied: Some(scenario.clone()),
        }))
    }

    fn applied(&self) -> Option<&Scenario> {
        self.applied.as_ref()
    }

    fn copied(&self) -> Box<dyn Vary> {
        Box::new(self.clone())
    }

    fn texts(&self) -> Vec<String> {
        let others = self.others.iter().map(|other| format!("{other:?}"));
        let applied = self.applied.iter().map(|scenario| scenario.key.clone());
        self.own
            .texts()
            .into_iter()
            .chain(others)
            .chain(applied)
            .collect()
    }
}
