//! What can be varied: a file, or a model that was built or edited in Rust.
//!
//! Every analysis that solves variations takes a [`Vary`], and asks it for nothing but its model with some figures
//! [changed](Change). A [`Document`] makes the changes as it is read again, a [`Model`] to its own figures; of the
//! same model both give the same. What is kept of a file, positions and scenarios, a model in Rust has not; named
//! [`Versions`](super::Versions) of it stand in for scenarios.
//!
//! ```
//! use sinews::analysis::{Work, bottleneck};
//!
//! let mut draft = sinews::read("models/tiny.toml")?.into_draft();
//! for line in draft.lines.values_mut() {
//!     line.capacity = line.capacity.map(|capacity| capacity * 0.5);
//! }
//! let model = draft.check()?;
//! let found = bottleneck::bottleneck(&model, &Default::default(), &Default::default(), &Work::default())?;
//! assert!(!found.shortfalls.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::change::{Change, Pattern};
use super::{Document, Scenario};
use crate::evidence::Figure;
use crate::model::Model;
use crate::problem::{Place, Problems};
use std::fmt;

/// What can be varied.
pub trait Vary: fmt::Debug + Send + Sync {
    /// The model with some figures changed. A change may leave something idle on purpose, so what is only useless
    /// is no fault here.
    ///
    /// # Errors
    /// Every fault of the model that it makes, and changes that name no figure or can do nothing to it.
    fn changed(&self, changes: &[Change]) -> Result<Model, Problems>;

    /// The model as it stands.
    ///
    /// # Errors
    /// Every fault of it.
    fn model(&self) -> Result<Model, Problems> {
        self.changed(&[])
    }

    /// Every figure that is stated, each step of one over time by itself: what changes can name.
    ///
    /// # Errors
    /// As [`model`](Self::model).
    fn figures(&self) -> Result<Vec<Figure>, Problems> {
        Ok(self.model()?.into_draft().evidence.figures)
    }

    /// The same with values in the place of figures, as a model file writes them: `3 bn EUR/year`, `80 %`.
    ///
    /// # Errors
    /// A pattern that names no figure, or a text that is no value of what it names.
    fn with_values(&self, values: &[(&Pattern, &str)]) -> Result<Box<dyn Vary>, Problems>;

    /// The same with friction acting on what is planned as well.
    ///
    /// # Errors
    /// What is wrong with that model.
    fn with_friction_onward(&self) -> Result<Box<dyn Vary>, Problems>;

    /// Its scenarios, or versions, in the order in which they were declared.
    fn scenarios(&self) -> Vec<Scenario> {
        Vec::new()
    }

    /// The same with a scenario applied, or another version of it.
    ///
    /// # Errors
    /// No such scenario, or what is wrong with it.
    fn scenario(&self, key: &str) -> Result<Box<dyn Vary>, Problems>;

    /// The scenario that is applied, if one is.
    fn applied(&self) -> Option<&Scenario> {
        None
    }

    /// A copy of it.
    fn copied(&self) -> Box<dyn Vary>;

    /// Where a figure stands: file and line. `None`: in no file.
    fn position(&self, place: &Place) -> Option<String> {
        let _ = place;
        None
    }

    /// All that its model hangs on, as texts: results of two that have the same texts are of the same model.
    fn texts(&self) -> Vec<String>;
}

impl Vary for Document {
    fn changed(&self, changes: &[Change]) -> Result<Model, Problems> {
        self.changed(changes)
    }

    fn with_values(&self, values: &[(&Pattern, &str)]) -> Result<Box<dyn Vary>, Problems> {
        let line = |&(figures, value): &(&Pattern, &str)| {
            let keys = figures.keys().iter().map(|key| quoted(key));
            let keys = keys.collect::<Vec<_>>().join(".");
            let bare = value.parse::<f64>().is_ok();
            let value = if bare {
                value.to_owned()
            } else {
                quoted(value)
            };
            format!("{keys} = {value}\n")
        };
        let text: String = values.iter().map(line).collect();
        Ok(Box::new(self.with("sweep", &text, "Set by a sweep")?))
    }

    fn with_friction_onward(&self) -> Result<Box<dyn Vary>, Problems> {
        let (text, note) = (
            "friction.onward = \"yes\"",
            "Friction acts on what is planned",
        );
        Ok(Box::new(self.with("likely", text, note)?))
    }

    fn scenarios(&self) -> Vec<Scenario> {
        self.scenarios()
    }

    fn scenario(&self, key: &str) -> Result<Box<dyn Vary>, Problems> {
        Ok(Box::new(self.scenario(key)?))
    }

    fn applied(&self) -> Option<&Scenario> {
        self.applied()
    }

    fn copied(&self) -> Box<dyn Vary> {
        Box::new(self.clone())
    }

    fn position(&self, place: &Place) -> Option<String> {
        self.position(place)
    }

    fn texts(&self) -> Vec<String> {
        let facts = self.registry().facts().map(|fact| format!("{fact:?}"));
        let applied = self.applied().map(|scenario| scenario.key.clone());
        let texts = self.texts().map(str::to_owned);
        texts.chain(facts).chain(applied).collect()
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}
