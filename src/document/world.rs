//! `[model]`, `[calendar]`, `[objective]`, `[macro]`, `[country]`.

use super::figure::OWN_UNIT;
use super::names::{Names, entries};
use super::reader::Reader;
use super::schema::{CALENDAR, COUNTRY, FRICTION, MACRO, MODEL, OBJECTIVE};
use super::tree::Node;
use crate::calendar::{Calendar, NoCalendar, PeriodLength};
use crate::model::{
    Currency, Draft, Financing, Friction, Measure, Money, Objective, ObjectiveKind, Region,
};
use crate::problem::{Kind, Place, Problem};
use crate::units::Share;

/// The words for how long a period is.
pub(super) const PERIODS: [(&str, PeriodLength); 3] = [
    ("month", PeriodLength::Month),
    ("quarter", PeriodLength::Quarter),
    ("year", PeriodLength::Year),
];

/// The words for how shortfalls add up.
pub(super) const MEASURES: [(&str, Measure); 2] =
    [("share", Measure::Share), ("value", Measure::Value)];

/// The words for whether friction acts on what is planned.
pub(super) const ONWARD: [(&str, bool); 2] = [("no", false), ("yes", true)];

impl<'a> Reader<'a> {
    /// `[model]`; gives its name.
    pub(super) fn world_model(&mut self, node: &'a Node) -> Option<String> {
        let fields = self.open(&MODEL, node, Place::new(["model"]), "");
        self.note.clone_from(&fields.note);
        for key in ["seeds", "include"] {
            for file in self.list(&fields, key) {
                self.text_of(file, &fields.at(key));
            }
        }
        self.text(&fields, "name")
    }

    /// `[calendar]`.
    pub(super) fn world_calendar(&mut self, root: &'a Node) -> Option<Calendar> {
        let Some(node) = root.get("calendar") else {
            let spot = crate::problem::Spot {
                source: root.spot.source,
                range: 0..0,
            };
            let problem = Problem::new(Kind::MissingTable, spot, "there is no `[calendar]`")
                .label("when is all this?")
                .help("write `[calendar]`, `start = \"2026-01\"`, `end = \"2030-12\"`");
            self.push(problem);
            return None;
        };
        let fields = self.open(&CALENDAR, node, Place::new(["calendar"]), "");
        let period = self.choice(&fields, "period", &PERIODS);
        let period = period.or((!fields.has("period")).then_some(PeriodLength::Quarter));
        let start = self.month(&fields, "start");
        let end = self.month(&fields, "end");
        let decide_from = self.month(&fields, "decide_from");
        let calendar = Calendar::new(start?, end?, period?);
        match calendar.and_then(|c| decide_from.map_or(Ok(c), |month| c.deciding_from(month))) {
            Ok(calendar) => Some(calendar),
            Err(fault) => {
                let (key, help) = match fault {
                    NoCalendar::Backwards { .. } => ("end", "write an `end` after `start`"),
                    NoCalendar::Straddles { .. } => (
                        "start",
                        "start quarters in January, April, July or October, years in January",
                    ),
                    NoCalendar::Partial { .. } => {
                        ("end", "end with a whole period, such as in December")
                    }
                    NoCalendar::NoDecision { .. } => (
                        "decide_from",
                        "write the January of a year of the calendar, such as `\"2027-01\"`, or leave it out",
                    ),
                    NoCalendar::TooLong { .. } => ("end", "end earlier, or use longer periods"),
                };
                let problem = Problem::new(Kind::NoCalendar, fields.at(key), fault.to_string());
                self.push(problem.label("here").help(help));
                None
            }
        }
    }

    /// Everything else that the rest of the model stands on.
    pub(super) fn world(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        if let Some(node) = root.get("objective") {
            draft.objective = self.objective(node);
        }
        if let Some(node) = root.get("friction") {
            draft.friction = self.friction(node);
        }
        self.money = draft.money.clone();
        if let Some(node) = root.get("macro") {
            self.macros(node, draft);
        }
        draft.money = self.money.clone();
        for entry in entries(root, "country") {
            let fields = self.open(
                &COUNTRY,
                &entry.node,
                Place::new(["country", &entry.key]),
                "",
            );
            let mut region = Region::new(&entry.key);
            region.name = self.text(&fields, "name").unwrap_or(region.name);
            region.blocs = self.name_list(&fields, "blocs", "country", &names.regions);
            region.gdp = self.price(&fields, "gdp", OWN_UNIT);
            region.population = self.amount(&fields, "population", OWN_UNIT);
            draft.regions.push(region);
        }
        for bloc in &names.blocs {
            draft.regions.push(Region::new(bloc));
        }
    }

    fn objective(&mut self, node: &'a Node) -> Objective {
        let fields = self.open(&OBJECTIVE, node, Place::new(["objective"]), "");
        let default = Objective::default();
        Objective {
            kind: self
                .choice(&fields, "kind", &ObjectiveKind::WORDS)
                .unwrap_or(default.kind),
            measure: self
                .choice(&fields, "measure", &MEASURES)
                .unwrap_or(default.measure),
            shortfall_value: self
                .count(&fields, "shortfall_value")
                .map_or(default.shortfall_value, Share::new),
            financing: self
                .choice(&fields, "financing", &Financing::WORDS)
                .unwrap_or(default.financing),
            cost_of_funds: self
                .count(&fields, "cost_of_funds")
                .map_or(default.cost_of_funds, Share::new),
        }
    }

    fn friction(&mut self, node: &'a Node) -> Friction {
        let fields = self.open(&FRICTION, node, Place::new(["friction"]), "");
        let default = Friction::default();
        Friction {
            output: self
                .amount(&fields, "output", OWN_UNIT)
                .unwrap_or(default.output),
            money: self
                .amount(&fields, "money", OWN_UNIT)
                .unwrap_or(default.money),
            late: self
                .amount(&fields, "late", OWN_UNIT)
                .unwrap_or(default.late),
            delay: self
                .amount(&fields, "delay", OWN_UNIT)
                .unwrap_or(default.delay),
            onward: self.choice(&fields, "onward", &ONWARD).unwrap_or(false),
        }
    }

    fn macros(&mut self, node: &'a Node, draft: &Draft) {
        let fields = self.open(&MACRO, node, Place::new(["macro"]), "");
        let code = self
            .text(&fields, "currency")
            .unwrap_or_else(|| "EUR".into());
        if !self.is_code(&code, &fields.at("currency")) {
            return;
        }
        let year = self.number(&fields, "price_year");
        #[expect(clippy::cast_possible_truncation, reason = "checked to be a year")]
        let price_year = match year {
            Some(year) if (1900.0..=2200.0).contains(&year) && year.fract() == 0.0 => year as i32,
            Some(year) => {
                let problem = Problem::new(
                    Kind::NotAYear,
                    fields.at("price_year"),
                    format!("{year} is not a year"),
                );
                self.push(
                    problem
                        .label("not a year")
                        .help("write a year such as `2026`"),
                );
                draft.calendar.start().year()
            }
            None => draft.calendar.start().year(),
        };
        self.money = Money::new(code, price_year);
        if let Some(inflation) = self.path(&fields, "inflation", OWN_UNIT) {
            self.money.inflation = inflation;
        }
        self.money.arms_inflation = self.path(&fields, "arms_inflation", OWN_UNIT);
        if let Some(discount) = self.amount(&fields, "discount", OWN_UNIT) {
            self.money.discount = discount;
        }
        for entry in self.keyed(&fields, "exchange") {
            let place = fields.at("exchange").then(&entry.key);
            if !self.is_code(&entry.key, &place) {
                continue;
            }
            // A rate is the only figure that names a currency before it is known.
            self.units.insert(entry.key.clone());
            let (rate, _) = self.expect(&fields, "exchange", &entry.key);
            let worth = self.path_of(&entry.node, &place, &rate, &fields.note);
            self.units.remove(&entry.key);
            if let Some((worth, _)) = worth {
                self.money.currencies.push(Currency {
                    code: entry.key.clone(),
                    worth,
                });
            }
        }
    }

    fn is_code(&mut self, code: &str, place: &Place) -> bool {
        let capitals = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !capitals {
            let message = format!("`{code}` is not a currency code");
            let problem = Problem::new(Kind::NotACurrency, place.clone(), message)
                .label("not three capitals")
                .help("write a code such as `EUR`, `USD` or `GBP`");
            self.push(problem);
        }
        capitals
    }
}
