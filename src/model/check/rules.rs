//! Rules of one's own.

use super::Check;
use crate::model::Window;
use crate::problem::{Kind, Place, Problem};

impl Check<'_> {
    pub(super) fn rules(&mut self) {
        for rule in self.draft.rules.values() {
            let place = Place::new(["rule", &rule.key]);
            if rule.terms.is_empty() {
                let message = format!("rule `{}` adds up nothing", rule.key);
                let problem = Problem::new(Kind::EmptyList, place.clone(), message);
                self.push(
                    problem
                        .label("no term")
                        .help("add what it counts with `Rule::with`"),
                );
            }
            for term in &rule.terms {
                self.finite(&place.then("factor"), term.factor);
                if term.of.is_by_year() && rule.window == Window::Period {
                    let message = format!("rule `{}` counts money by the period", rule.key);
                    let problem = Problem::new(Kind::Ambiguous, place.clone(), message)
                        .label("money is paid by the year")
                        .help("leave out `by_period`: let it hold for a calendar year");
                    self.push(problem);
                }
            }
            let c = &self.draft.calendar;
            if !c.open_periods().any(|t| rule.holds_in(c, t)) {
                let message = format!("rule `{}` holds in no window of the calendar", rule.key);
                let problem = Problem::new(Kind::OutsideCalendar, place.clone(), message)
                    .label("never")
                    .help("let its months have a whole window in which decisions are free");
                self.push(problem);
            }
            for (_, right) in rule.right.iter() {
                self.finite(&place.then("right"), right.value());
            }
        }
    }

    fn finite(&mut self, place: &Place, value: f64) {
        if !value.is_finite() {
            let message = format!("`{place}` is not a finite number");
            let problem = Problem::new(Kind::NotFinite, place.clone(), message);
            self.push(problem.label("not finite").help("write a finite number"));
        }
    }
}
