//! What the format has at a place: the list of fields, looked up key by key.
//!
//! Whether a table is one figure with its source, a figure by year or a table of fields hangs on where it
//! stands, never on the keys that happen to be in it: a requirement has a `value`, and a line may be
//! called `value`.

use super::schema::{Field, Holds, Over, Spec, TABLES};
use crate::calendar::Month;
use crate::problem::Place;

/// The field of a figure that holds its further factors.
pub(super) const FACTORS: &str = "times";

/// What may stand at a place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    /// The whole file.
    File,
    /// Tables of one kind, by key.
    Keyed(&'static Spec),
    /// A table of fields.
    Table(&'static Spec),
    /// A list of such tables: its items are counted from 1.
    List(&'static Spec),
    /// Figures by name; whether each may change over time.
    Figures(bool),
    /// A figure; whether it may change over time.
    Figure(bool),
    /// A step of a figure over time, by its month or year.
    Step,
    /// A choice, a name, a date: no figure.
    Other(&'static Field),
    /// Nothing that the format knows.
    Nothing,
}

impl Slot {
    /// What stands at the end of some keys.
    pub(super) fn at<K: AsRef<str>>(keys: impl IntoIterator<Item = K>) -> Self {
        let keys = keys.into_iter();
        keys.fold(Self::File, |slot, key| slot.then(key.as_ref()))
    }

    /// What stands under a key of it.
    pub(super) fn then(self, key: &str) -> Self {
        match self {
            Self::File => top(key),
            Self::Keyed(spec) => Self::Table(spec),
            Self::Table(spec) => spec.field(key).map_or(Self::Nothing, of),
            Self::List(spec) if key.parse::<usize>().is_ok() => Self::Table(spec),
            Self::Figures(over_time) => Self::Figure(over_time),
            Self::Figure(_) | Self::Step if key == FACTORS => Self::Figures(false),
            Self::Figure(true) if key.parse::<Month>().is_ok() => Self::Step,
            _ => Self::Nothing,
        }
    }

    /// Whether one figure stands there, be it over time.
    pub(super) fn is_figure(self) -> bool {
        matches!(self, Self::Figure(_) | Self::Step)
    }
}

/// A table at the top of a file.
fn top(key: &str) -> Slot {
    let found = TABLES.iter().find(|s| s.is_top() && s.name() == key);
    match found {
        None => Slot::Nothing,
        Some(spec) if spec.path.contains('.') => Slot::Keyed(spec),
        Some(spec) => Slot::Table(spec),
    }
}

/// What a field holds.
fn of(field: &'static Field) -> Slot {
    match field.holds {
        Holds::Figure(_, over) => Slot::Figure(over != Over::Never),
        Holds::Figures(_, _, over) => Slot::Figures(over != Over::Never),
        Holds::Table(spec) => Slot::Table(spec),
        Holds::Tables(_, spec) | Holds::NameOrTables(_, spec) => Slot::Keyed(spec),
        Holds::List(_, spec) => Slot::List(spec),
        Holds::Model => Slot::File,
        _ => Slot::Other(field),
    }
}

/// The figure that a place is a step or a part of: over all time, in all items of a list.
pub(crate) fn whole(place: &Place) -> Place {
    let mut slot = Slot::File;
    let mut kept = Vec::new();
    for key in place.keys() {
        let next = slot.then(key);
        if !matches!(
            (slot, next),
            (Slot::List(_), Slot::Table(_)) | (_, Slot::Step)
        ) {
            kept.push(key);
        }
        slot = next;
    }
    Place::new(kept)
}

/// How many keys lead to the figure that the figure at a place is a factor of; `None`: it is no factor.
pub(super) fn multiplied<K: AsRef<str>>(keys: &[K]) -> Option<usize> {
    // Nearly no place is one of a factor.
    if !keys.iter().any(|key| key.as_ref() == FACTORS) {
        return None;
    }
    let (mut slot, mut found) = (Slot::File, None);
    for (n, key) in keys.iter().enumerate() {
        if slot.is_figure() && key.as_ref() == FACTORS {
            found = Some(n);
        }
        slot = slot.then(key.as_ref());
    }
    found
}

/// The figure over all time that the figure at a place is a factor of.
pub(crate) fn factor_of(place: &Place) -> Option<Place> {
    let keys = multiplied(place.keys())?;
    Some(whole(&Place::new(&place.keys()[..keys])))
}

/// Every list of tables of the format, by the field that holds it.
pub(super) fn is_list(key: &str) -> bool {
    matches!(key, "tiers" | "ages" | "opening")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_and_an_item_of_a_list_belong_to_one_figure() {
        let whole = |place: &str| whole(&Place::new(place.split('.'))).to_string();
        assert_eq!(whole("line.a.capacity.2027-01"), "line.a.capacity");
        assert_eq!(
            whole("supplier.s.tiers.2.cost.2027-01"),
            "supplier.s.tiers.cost"
        );
        assert_eq!(whole("item.a.needs.2027"), "item.a.needs.2027");
        assert_eq!(
            whole("requirement.r.quantity.2027-01.times.each"),
            "requirement.r.quantity.times.each"
        );
    }

    #[test]
    fn a_factor_belongs_to_the_figure_that_it_multiplies() {
        let of = |place: &str| factor_of(&Place::new(place.split('.'))).map(|of| of.to_string());
        let quantity = Some("requirement.r.quantity".to_owned());
        assert_eq!(of("requirement.r.quantity.times.each"), quantity);
        assert_eq!(of("requirement.r.quantity.2027-01.times.each"), quantity);
        let nested = "requirement.r.quantity.times.each.times.spare";
        assert_eq!(of(nested).unwrap(), "requirement.r.quantity.times.each");
        assert_eq!(of("requirement.r.quantity"), None);
        assert_eq!(of("requirement.times.quantity"), None);
        assert_eq!(of("item.times.needs.times"), None);
    }

    #[test]
    fn what_stands_at_a_place_hangs_on_the_place_alone() {
        let at = |place: &str| Slot::at(place.split('.'));
        assert!(matches!(at("requirement.r"), Slot::Table(_)));
        assert!(matches!(at("requirement.value.value"), Slot::Figure(true)));
        assert!(matches!(at("line.value"), Slot::Table(_)));
        assert!(matches!(at("line.value.capacity.2027-01"), Slot::Step));
        assert!(matches!(at("item.a.needs.value"), Slot::Figure(false)));
        assert!(matches!(at("item.a.needs.2027"), Slot::Figure(false)));
        assert!(matches!(
            at("line.a.expansion.hall.opening.2.share"),
            Slot::Figure(false)
        ));
        assert!(matches!(at("line.a.expansion.hall.from"), Slot::Other(_)));
        assert!(matches!(at("line.a.makes.b.pace"), Slot::Figure(false)));
        assert!(matches!(at("supplier.s.tiers.1.cost"), Slot::Figure(true)));
        assert!(matches!(at("macro.exchange.USD"), Slot::Figure(true)));
        assert!(matches!(at("fund.f.loan.rate"), Slot::Figure(false)));
        assert!(matches!(at("gift.g.from"), Slot::Other(_)));
        assert!(matches!(at("line.a.cost.low"), Slot::Nothing));
        assert!(matches!(at("line.a.cost.times.two"), Slot::Figure(false)));
        assert!(matches!(at("nothing.at.all"), Slot::Nothing));
        let lists = TABLES.iter().flat_map(|spec| spec.fields);
        let lists = lists.filter(|field| matches!(of(field), Slot::List(_)));
        assert!(lists.map(|field| field.key).all(is_list));
    }
}
