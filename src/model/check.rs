//! The rules that a draft must keep to become a model.
//!
//! Every rule is checked and every breach reported; nothing stops at the first.

mod industry;
mod known;
mod materials;
mod money;
mod names;
mod needs;
mod rules;
mod tiers;
mod transport;

use super::allowed::Allowed;
use super::{Draft, Price};
use crate::evidence::Figure;
use crate::path::Path;
use crate::problem::{Kind, Place, Problem, Problems};
use crate::units::Amount;
use std::collections::BTreeSet;

/// What could not be read, so that what follows from it is no problem of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubt {
    /// Tables with a fault in them, such as `line.plant`.
    pub(crate) tables: BTreeSet<Place>,
    /// Whether a name was not found.
    pub(crate) names: bool,
    /// Whether something may be idle on purpose: what is only useless is no fault then.
    pub(crate) idle: bool,
}

/// What is wrong only because something is useless or out of reach.
const IDLE: &[Kind] = &[
    Kind::NothingMeets,
    Kind::NoInput,
    Kind::NoCapacity,
    Kind::NeverMatters,
    Kind::NoOrigin,
    Kind::NoMoney,
    Kind::UselessFund,
    Kind::NoPayer,
    Kind::OutsideCalendar,
    Kind::Expired,
    Kind::NothingToGive,
];

/// Every rule that the draft breaks.
pub(super) fn problems(draft: &Draft, doubt: Doubt) -> Problems {
    let mut check = Check {
        draft,
        doubt,
        found: Problems::default(),
    };
    check.names();
    // Ids lead nowhere: what else is wrong cannot be looked up.
    if !check.is_known() {
        return check.found;
    }
    check.rules();
    check.friction();
    check.industry();
    check.transport();
    check.needs();
    check.money();
    check.materials();
    // Whatever follows bills of materials downwards would never end on a circle.
    if !check.cycles() {
        check.obtainable();
        check.useless_funds();
        check.payers();
    }
    if check.doubt.idle {
        check.found.forgive(IDLE);
    }
    check.found
}

/// A draft and what was found wrong with it so far.
struct Check<'a> {
    draft: &'a Draft,
    doubt: Doubt,
    found: Problems,
}

impl Check<'_> {
    /// Friction must be able to act.
    fn friction(&mut self) {
        let (friction, place) = (self.draft.friction, Place::new(["friction"]));
        self.number(
            &place.then("output"),
            friction.output.value(),
            Allowed::Share,
        );
        self.number(&place.then("money"), friction.money.value(), Allowed::Share);
        self.number(&place.then("late"), friction.late.value(), Allowed::Share);
        self.number(&place.then("delay"), friction.delay.value(), Allowed::Span);
        if self.draft.has_friction() && !friction.onward && !self.draft.calendar.has_past() {
            let problem = Problem::new(Kind::NeverMatters, place, "friction acts on nothing")
                .label("acts on history, and there is none")
                .help("write `calendar.decide_from`, or `onward = \"yes\"` so that it acts on what is planned");
            self.push(problem);
        }
    }

    fn push(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    /// Whether there is a fault in a table already.
    fn is_doubtful(&self, table: &str, key: &str) -> bool {
        self.doubt.tables.contains(&Place::new([table, key]))
    }

    /// Whether there is a fault in any table of a kind.
    fn any_doubtful(&self, table: &str) -> bool {
        let mut tables = self.doubt.tables.iter();
        tables.any(|place| place.keys().first().is_some_and(|first| **first == *table))
    }

    /// A number must be finite and within what its field allows.
    fn number(&mut self, place: &Place, value: f64, allowed: Allowed) {
        let is_name = |key: &&str| !key.starts_with(|c: char| c.is_ascii_digit());
        let name = place
            .keys()
            .iter()
            .rev()
            .map(AsRef::as_ref)
            .find(is_name)
            .unwrap_or("value");
        let words = allowed.words();
        let problem = if !value.is_finite() {
            let message = format!("`{name}` is not a finite number");
            let problem = Problem::new(Kind::NotFinite, place.clone(), message);
            problem.label("not finite").help("write a finite number")
        } else if !allowed.holds(value) && !self.may_be_zero(place, value, allowed) {
            let message = format!("`{name}` is {value}, which it cannot be");
            let problem = Problem::new(Kind::OutOfRange, place.clone(), message);
            problem
                .label(format!("must be {words}"))
                .help(format!("write {words}"))
        } else {
            return;
        };
        self.doubt.tables.insert(place.around(2));
        self.push(problem);
    }

    /// Whether a number is zero that need not stay so, or is meant to be.
    fn may_be_zero(&self, place: &Place, value: f64, allowed: Allowed) -> bool {
        let zero = value == 0.0 && matches!(allowed, Allowed::Worthwhile);
        zero && (self.doubt.idle || self.can_be_some(place, value))
    }

    /// Whether a figure is above zero, or can be in a draw: one that is certain and zero never is.
    fn can_be_some(&self, place: &Place, value: f64) -> bool {
        let mut figures = self.draft.evidence.figures.iter();
        let high = |figure: &Figure| figure.range.is_some_and(|(_, high)| high > 0.0);
        let within = |figure: &Figure| figure.place.keys().starts_with(place.keys());
        value > 0.0 || figures.any(|figure| high(figure) && within(figure))
    }

    /// Every step of a path must be within what its field allows.
    fn path<U>(&mut self, place: &Place, path: &Path<U>, allowed: Allowed) {
        for (month, value) in path.iter() {
            let at = if path.is_constant() {
                place.clone()
            } else {
                place.then(month.to_string())
            };
            self.number(&at, value.value(), allowed);
        }
    }

    /// Every step of a price must be zero or more.
    fn price<U>(&mut self, place: &Place, price: Option<&Price<U>>) {
        if let Some(price) = price {
            self.path(place, &price.amount, Allowed::NotNegative);
        }
    }

    /// An amount that may be left out.
    fn amount<U>(&mut self, place: &Place, amount: Option<Amount<U>>, allowed: Allowed) {
        if let Some(amount) = amount {
            self.number(place, amount.value(), allowed);
        }
    }
}
