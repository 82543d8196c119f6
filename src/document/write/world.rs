//! `[model]`, `[calendar]`, `[objective]`, `[friction]`, `[macro]`, `[country]`.

use super::Writer;
use super::fields::{Fields, plain};
use super::text::{Piece, Table};
use crate::document::figure::OWN_UNIT;
use crate::document::schema::{CALENDAR, COUNTRY, FRICTION, MACRO, MODEL, OBJECTIVE};
use crate::document::world::{MEASURES, ONWARD, PERIODS};
use crate::ids::RegionId;
use crate::model::{Financing, Friction, Money, Objective, ObjectiveKind, Region};
use crate::problem::Place;

impl Writer<'_> {
    /// What the model is called, and the note that covers it.
    pub(super) fn model(&self, note: &str) -> Table {
        let mut fields = Fields::new(self, &MODEL, Place::new(["model"]));
        fields.put("name", plain(&self.draft.name));
        fields.put("note", plain(note));
        fields.without(&["seeds", "include"]);
        fields.done()
    }

    pub(super) fn world(&self) -> Vec<(Vec<String>, Table)> {
        let tables = [
            ("calendar", self.calendar()),
            ("objective", self.objective()),
            ("friction", self.friction()),
            ("macro", self.macros()),
        ];
        let written = tables.into_iter().filter(|(_, table)| !table.is_empty());
        let mut tables: Vec<_> = written
            .map(|(top, table)| (vec![top.into()], table))
            .collect();
        let regions = self.draft.regions.iter().take(self.declared());
        let regions = regions.map(|(_, region)| region);
        tables.extend(Self::keyed(
            "country",
            regions,
            |r| &r.key,
            |r, place| self.country(r, place),
        ));
        tables
    }

    fn calendar(&self) -> Table {
        let calendar = &self.draft.calendar;
        let mut fields = Fields::new(self, &CALENDAR, Place::new(["calendar"]));
        let (start, decide_from) = (calendar.start(), calendar.decide_from());
        fields.month("start", Some(start));
        fields.month(
            "decide_from",
            Some(decide_from).filter(|month| *month != start),
        );
        fields.month("end", Some(calendar.end().plus(-1)));
        fields.choice("period", &PERIODS, &calendar.period(), None);
        fields.done()
    }

    fn objective(&self) -> Table {
        let (objective, default) = (&self.draft.objective, Objective::default());
        let mut fields = Fields::new(self, &OBJECTIVE, Place::new(["objective"]));
        fields.choice(
            "kind",
            &ObjectiveKind::WORDS,
            &objective.kind,
            Some(&default.kind),
        );
        fields.choice(
            "measure",
            &MEASURES,
            &objective.measure,
            Some(&default.measure),
        );
        let (value, usual) = (objective.shortfall_value, default.shortfall_value);
        fields.count("shortfall_value", value.value(), usual.value());
        let usual = &default.financing;
        fields.choice(
            "financing",
            &Financing::WORDS,
            &objective.financing,
            Some(usual),
        );
        let (cost, usual) = (objective.cost_of_funds, default.cost_of_funds);
        fields.count("cost_of_funds", cost.value(), usual.value());
        fields.done()
    }

    fn friction(&self) -> Table {
        let (friction, default) = (&self.draft.friction, Friction::default());
        let mut fields = Fields::new(self, &FRICTION, Place::new(["friction"]));
        fields.amount(
            "output",
            OWN_UNIT,
            Some(friction.output),
            Some(default.output),
        );
        fields.amount("money", OWN_UNIT, Some(friction.money), Some(default.money));
        fields.amount("late", OWN_UNIT, Some(friction.late), Some(default.late));
        fields.amount("delay", OWN_UNIT, Some(friction.delay), Some(default.delay));
        fields.choice("onward", &ONWARD, &friction.onward, Some(&default.onward));
        fields.done()
    }

    fn macros(&self) -> Table {
        let money = &self.draft.money;
        let default = Money::new("", money.price_year);
        let mut fields = Fields::new(self, &MACRO, Place::new(["macro"]));
        fields.put("currency", plain(money.base()));
        fields.put("price_year", Piece::Plain(money.price_year.to_string()));
        let usual = default.inflation.values().next();
        fields.path("inflation", OWN_UNIT, Some(&money.inflation), usual);
        let arms = money.arms_inflation.as_ref();
        fields.path("arms_inflation", OWN_UNIT, arms, None);
        fields.amount(
            "discount",
            OWN_UNIT,
            Some(money.discount),
            Some(default.discount),
        );
        let others = money.currencies.values().skip(1);
        let rates = others.map(|other| {
            let rate = fields.worth("exchange", &other.code, &other.worth);
            (other.code.clone(), rate)
        });
        let rates: Vec<_> = rates.collect();
        let rates = if rates.is_empty() {
            Piece::Nothing
        } else {
            Piece::Named(rates)
        };
        fields.put("exchange", rates);
        fields.done()
    }

    /// How many regions have tables: the last are blocs that are known from their countries alone, in the order in
    /// which these name them.
    fn declared(&self) -> usize {
        let regions = &self.draft.regions;
        let named = |declared: usize| {
            let mut named: Vec<RegionId> = Vec::new();
            for bloc in regions
                .values()
                .take(declared)
                .flat_map(|region| &region.blocs)
            {
                let position = regions.ids().position(|id| id == *bloc);
                if position >= Some(declared) && !named.contains(bloc) {
                    named.push(*bloc);
                }
            }
            named
        };
        let is_plain = |id: &RegionId| regions[*id] == Region::new(&regions[*id].key);
        let blocs = regions.ids().rev().take_while(is_plain).count();
        let first = regions.len() - blocs;
        let known = |declared: &usize| {
            named(*declared)
                .into_iter()
                .eq(regions.ids().skip(*declared))
        };
        (first..regions.len()).find(known).unwrap_or(regions.len())
    }

    fn country(&self, region: &Region, place: Place) -> Table {
        let mut fields = Fields::new(self, &COUNTRY, place);
        fields.text("name", &region.name, &region.key);
        fields.names("blocs", self.regions(&region.blocs));
        fields.price("gdp", OWN_UNIT, region.gdp.as_ref());
        fields.amount("population", OWN_UNIT, region.population, None);
        fields.done()
    }

    /// The keys of some regions.
    pub(super) fn regions<'r>(&'r self, ids: &'r [RegionId]) -> impl Iterator<Item = &'r str> {
        ids.iter().map(|&id| self.draft.regions[id].key.as_str())
    }
}
