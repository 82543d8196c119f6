//! Requirements and caps.

use super::{Allowed, Check};
use crate::model::{CapRule, Need};
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    pub(super) fn needs(&mut self) {
        for requirement in self.draft.requirements.values() {
            let place = Place::new(["requirement", &requirement.key]);
            match &requirement.need {
                Need::Flow(path) => self.path(&place.then("quantity"), path, Allowed::NotNegative),
                Need::Level(path) => self.path(&place.then("level"), path, Allowed::NotNegative),
            }
            self.number(&place.then("weight"), requirement.weight, Allowed::Positive);
            self.price(&place.then("value"), requirement.value.as_ref());
            if !(1..=9).contains(&requirement.tier) {
                let message = format!("{} is not a tier", requirement.tier);
                let problem = Problem::new(Kind::NotATier, place.then("tier"), message)
                    .label("must be a whole number from 1 to 9")
                    .help("write 1 for what comes first, up to 9 for what comes last");
                self.push(problem);
            }
            for accepted in &requirement.meets {
                let item = &self.draft.items[accepted.item].key;
                let place = place.then("meets").then(item);
                self.number(&place, accepted.factor.value(), Allowed::Worthwhile);
                let same = requirement
                    .meets
                    .iter()
                    .filter(|other| other.item == accepted.item);
                if same.count() > 1 {
                    let message =
                        format!("requirement `{}` accepts `{item}` twice", requirement.key);
                    let problem = Problem::new(Kind::Repeated, place, message).label("again");
                    self.push(problem.help("name each accepted item once"));
                }
            }
        }
        let lost = self.doubt.names || self.any_doubtful("requirement");
        if self.draft.requirements.is_empty() && !lost {
            let place = Place::new(["requirement"]);
            let problem = Problem::new(Kind::NothingRequired, place, "nothing is required")
                .label("no requirement")
                .help("add a `[requirement.KEY]`: without one the best plan is to do nothing");
            self.push(problem);
        }
        for cap in self.draft.caps.values() {
            let place = Place::new(["cap", &cap.key]);
            match &cap.rule {
                CapRule::Content { most, .. } | CapRule::SourceShare { most, .. } => {
                    self.path(&place.then("share"), most, Allowed::Share);
                }
                CapRule::Spending { most, .. } => {
                    self.path(&place.then("amount"), most, Allowed::NotNegative);
                }
                CapRule::Quantity { most, .. } => {
                    self.path(&place.then("quantity"), most, Allowed::NotNegative);
                }
            }
        }
        let objective = self.draft.objective;
        let place = Place::new(["objective", "shortfall_value"]);
        self.number(&place, objective.shortfall_value.value(), Allowed::Positive);
        let place = Place::new(["objective", "cost_of_funds"]);
        self.number(&place, objective.cost_of_funds.value(), Allowed::Positive);
    }
}
