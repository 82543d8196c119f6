//! The fields of a table, one after another, each in its unit and with its source.

use super::Writer;
use super::number::number;
use super::text::{Piece, Table};
use crate::calendar::Month;
use crate::document::figure::{Expect, OWN_UNIT};
use crate::document::schema::{Holds, Over, Spec};
use crate::dotted::in_quotes;
use crate::ids::CurrencyId;
use crate::model::Price;
use crate::path::Path;
use crate::problem::Place;
use crate::units::Amount;

/// A table that is being filled: the counterpart of the reader's.
pub(super) struct Fields<'w> {
    writer: &'w Writer<'w>,
    spec: &'static Spec,
    pub(super) place: Place,
    written: Vec<(&'static str, Piece)>,
}

impl<'w> Fields<'w> {
    pub(super) fn new(writer: &'w Writer<'w>, spec: &'static Spec, place: Place) -> Self {
        let written = Vec::with_capacity(spec.fields.len());
        Self {
            writer,
            spec,
            place,
            written,
        }
    }

    /// The table, all of its fields filled.
    pub(super) fn done(self) -> Table {
        Table::new(self.spec, self.written)
    }

    pub(super) fn put(&mut self, key: &'static str, piece: Piece) {
        self.written.push((key, piece));
    }

    /// Fields that are left out.
    pub(super) fn without(&mut self, keys: &[&'static str]) {
        for key in keys {
            self.put(key, Piece::Nothing);
        }
    }

    /// A text; left out where it says nothing new.
    pub(super) fn text(&mut self, key: &'static str, text: &str, default: &str) {
        let piece = if text == default {
            Piece::Nothing
        } else {
            plain(text)
        };
        self.put(key, piece);
    }

    /// A name, if there is one.
    pub(super) fn name(&mut self, key: &'static str, name: Option<&str>) {
        self.put(key, name.map_or(Piece::Nothing, plain));
    }

    /// A list of names, if there are any.
    pub(super) fn names<'n>(
        &mut self,
        key: &'static str,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        let names: Vec<_> = names.into_iter().map(in_quotes).collect();
        let piece = if names.is_empty() {
            Piece::Nothing
        } else {
            Piece::Plain(format!("[{}]", names.join(", ")))
        };
        self.put(key, piece);
    }

    /// One of a few words; left out where it says nothing new.
    pub(super) fn choice<T: PartialEq>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        value: &T,
        default: Option<&T>,
    ) {
        let mut words = words.iter().filter(|(_, choice)| choice == value);
        let word = words.next().filter(|_| default != Some(value));
        self.name(key, word.map(|(word, _)| *word));
    }

    /// A month, if there is one.
    pub(super) fn month(&mut self, key: &'static str, month: Option<Month>) {
        let text = month.map(|month| within(month).to_string());
        self.name(key, text.as_deref());
    }

    /// One figure, if there is one; what holds without it is left out.
    pub(super) fn amount<U>(
        &mut self,
        key: &'static str,
        unit: &str,
        amount: Option<Amount<U>>,
        default: Option<Amount<U>>,
    ) {
        let place = self.place.then(key);
        let is_default = amount == default;
        let amount = amount.map(Amount::value);
        let amount = amount.filter(|&value| !is_default || self.writer.knows(&place, value));
        let expect = self.expect(key, unit).0;
        let figure = amount.map(|value| self.writer.figure(&place, &expect, None, value));
        self.put(key, figure.map_or(Piece::Nothing, Piece::Figure));
    }

    /// A figure over time, if there is one; what holds without it is left out.
    pub(super) fn path<U>(
        &mut self,
        key: &'static str,
        unit: &str,
        path: Option<&Path<U>>,
        default: Option<Amount<U>>,
    ) {
        let piece = path.map_or(Piece::Nothing, |path| {
            self.over_time(key, &self.place.then(key), unit, path, None, default)
        });
        self.put(key, piece);
    }

    /// A price, if there is one.
    pub(super) fn price<U>(&mut self, key: &'static str, unit: &str, price: Option<&Price<U>>) {
        let piece = price.map_or(Piece::Nothing, |price| self.price_at(key, key, unit, price));
        self.put(key, piece);
    }

    /// A price of a field, whose source may stand under another key.
    pub(super) fn price_at<U>(
        &self,
        key: &str,
        stands: &str,
        unit: &str,
        price: &Price<U>,
    ) -> Piece {
        let place = self.place.then(stands);
        self.over_time(key, &place, unit, &price.amount, Some(price.currency), None)
    }

    /// Money over time in a currency.
    pub(super) fn paid<U>(&mut self, key: &'static str, path: &Path<U>, currency: CurrencyId) {
        let place = self.place.then(key);
        let piece = self.over_time(key, &place, OWN_UNIT, path, Some(currency), None);
        self.put(key, piece);
    }

    /// What a currency is worth over time.
    pub(super) fn worth<U>(&self, key: &str, code: &str, path: &Path<U>) -> Piece {
        self.over_time(
            key,
            &self.place.then(key).then(code),
            code,
            path,
            None,
            None,
        )
    }

    fn over_time<U>(
        &self,
        key: &str,
        place: &Place,
        unit: &str,
        path: &Path<U>,
        currency: Option<CurrencyId>,
        default: Option<Amount<U>>,
    ) -> Piece {
        let (expect, over) = self.expect(key, unit);
        let one = |place: &Place, amount: Amount<U>| {
            self.writer.figure(place, &expect, currency, amount.value())
        };
        let first = path.values().next().unwrap_or_default();
        if path.is_constant() || over == Over::Never {
            let is_default = default == Some(first) && !self.writer.knows(place, first.value());
            return if is_default {
                Piece::Nothing
            } else {
                Piece::Figure(one(place, first))
            };
        }
        let steps = steps(path, over == Over::TimeFromNothing);
        let steps = steps.into_iter().map(|(month, amount)| {
            let month = month.to_string();
            let figure = one(&place.then(&month), amount);
            let year = month.strip_suffix("-01").map(str::to_owned);
            (year.unwrap_or(month), figure)
        });
        Piece::Steps(steps.collect())
    }

    /// Figures by name, if there are any, each in a unit of its own.
    pub(super) fn figures<'n>(
        &mut self,
        key: &'static str,
        all: impl IntoIterator<Item = (&'n str, String, f64)>,
    ) {
        let figures = all.into_iter().map(|(name, unit, value)| {
            let expect = self.expect(key, &unit).0;
            let place = self.place.then(key).then(name);
            let figure = self.writer.figure(&place, &expect, None, value);
            (name.to_owned(), Piece::Figure(figure))
        });
        let figures: Vec<_> = figures.collect();
        let piece = if figures.is_empty() {
            Piece::Nothing
        } else {
            Piece::Named(figures)
        };
        self.put(key, piece);
    }

    /// A pure number that is a choice unless a source is known for it.
    pub(super) fn count(&mut self, key: &'static str, value: f64, default: f64) {
        let piece = self.counted(&self.place.then(key), value);
        let is_default = value == default && matches!(piece, Piece::Plain(_));
        self.put(key, if is_default { Piece::Nothing } else { piece });
    }

    /// The same, wherever it stands.
    pub(super) fn counted(&self, place: &Place, value: f64) -> Piece {
        if self.writer.knows(place, value) {
            Piece::Figure(self.writer.figure(place, &Expect::factor(), None, value))
        } else {
            Piece::Plain(number(value))
        }
    }

    /// A table of its own, unless nothing stands in it.
    pub(super) fn table(&mut self, key: &'static str, table: Table) {
        let piece = if table.is_empty() {
            Piece::Nothing
        } else {
            Piece::Table(table)
        };
        self.put(key, piece);
    }

    /// Whether a source is known for a figure below a key.
    pub(super) fn knows_below(&self, key: &str) -> bool {
        let place = self.place.then(key);
        self.writer.knows_below(&place)
    }

    fn expect(&self, key: &str, unit: &str) -> (Expect, Over) {
        let field = self.spec.field(key);
        match field
            .expect("what is written is a field of the format")
            .holds
        {
            Holds::Figure(measure, over) | Holds::Figures(_, measure, over) => (
                Expect::of(measure, over, unit, &self.writer.draft.money),
                over,
            ),
            holds => unreachable!("`{key}` holds a {holds}, which is no figure"),
        }
    }
}

/// A text of TOML.
pub(super) fn plain(text: &str) -> Piece {
    Piece::Plain(in_quotes(text))
}

/// The steps of a figure over time as a file has them, each month once: a file has nothing before the first step of some
/// figures, and its value before that of others.
pub(super) fn steps<U>(path: &Path<U>, from_nothing: bool) -> Vec<(Month, Amount<U>)> {
    let mut steps: Vec<(Month, Amount<U>)> = Vec::new();
    let first = path.values().next().unwrap_or_default();
    match (path.is_from_nothing(), from_nothing) {
        (true, false) => steps.push((Month::FIRST, Amount::ZERO)),
        (false, true) => steps.push((Month::FIRST, first)),
        (true, true) | (false, false) => {}
    }
    for (month, amount) in path.iter() {
        let month = within(month);
        steps.retain(|&(earlier, _)| earlier != month);
        steps.push((month, amount));
    }
    steps
}

/// The nearest month that can be written.
fn within(month: Month) -> Month {
    month.clamp(Month::FIRST, Month::LAST)
}
