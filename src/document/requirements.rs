//! `[requirement]` and `[cap]`.

use super::figure::OWN_UNIT;
use super::names::{NO_UNIT, Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{CAP, REQUIREMENT};
use super::tree::{Node, Value};
use super::windows::WINDOWS;
use crate::ids::ItemId;
use crate::model::{Acceptance, Cap, CapRule, Draft, Need, Requirement, Unmet};
use crate::problem::{Kind, Place, Problem};
use crate::units::{PiecesPerYear, Share};

/// The words for what becomes of what is not met.
pub(super) const UNMET: [(&str, Unmet); 2] = [("lost", Unmet::Lost), ("waits", Unmet::Waits)];

impl<'a> Reader<'a> {
    pub(super) fn requirements(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        for entry in entries(root, "requirement") {
            let fields = self.open(
                &REQUIREMENT,
                &entry.node,
                Place::new(["requirement", &entry.key]),
                "",
            );
            if let Some(requirement) = self.requirement(&fields, &entry.key, names) {
                draft.requirements.push(requirement);
            }
        }
        for entry in entries(root, "cap") {
            let fields = self.open(&CAP, &entry.node, Place::new(["cap", &entry.key]), "");
            let name = self
                .text(&fields, "name")
                .unwrap_or_else(|| entry.key.clone());
            if let Some(rule) = self.cap(&fields, names) {
                draft.caps.push(Cap {
                    key: entry.key.clone(),
                    name,
                    rule,
                });
            }
        }
    }

    fn requirement(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        names: &Names,
    ) -> Option<Requirement> {
        let name = self.text(fields, "name");
        let holder = self.name(fields, "holder", "holder", &names.holders);
        let meets = self.accepted(fields, names);
        let unit = meets
            .first()
            .map_or(NO_UNIT, |accepted| names.unit(accepted.item))
            .to_owned();
        let need = self.need(fields, &unit);
        let value = self.price(fields, "value", &unit);
        let tier = self.tier(fields);
        let weight = self.count(fields, "weight").unwrap_or(1.0);
        let window = self.choice(fields, "window", &WINDOWS).unwrap_or_default();
        let unmet = self.choice(fields, "unmet", &UNMET).unwrap_or_default();
        let first = meets.first()?.item;
        let mut requirement = Requirement::new(key, holder?, first, PiecesPerYear::ZERO);
        requirement.name = name.unwrap_or(requirement.name);
        requirement.meets = meets;
        requirement.need = need?;
        requirement.value = value;
        requirement.weight = weight;
        requirement.window = window;
        requirement.unmet = unmet;
        requirement.tier = tier;
        Some(requirement)
    }

    fn tier(&mut self, fields: &Fields<'a>) -> u32 {
        let Some(tier) = self.number(fields, "tier") else {
            return 1;
        };
        if let Some(whole) = (1..=9_u32).find(|&whole| f64::from(whole) == tier) {
            return whole;
        }
        let problem = Problem::new(
            Kind::NotATier,
            fields.at("tier"),
            format!("{tier} is not a tier"),
        )
        .label("must be a whole number from 1 to 9")
        .help("write 1 for what comes first, up to 9 for what comes last");
        self.push(problem);
        1
    }

    fn accepted(&mut self, fields: &Fields<'a>, names: &Names) -> Vec<Acceptance> {
        if fields.has("item") && fields.has("meets") {
            self.both(fields, "item", "meets");
        }
        if !fields.has("item") && !fields.has("meets") {
            self.neither(fields, "item", "meets", "item = \"round-155\"");
        }
        let one = Share::new(1.0);
        let mut accepted = Vec::new();
        if let Some(item) = self.name(fields, "item", "item", &names.items) {
            accepted.push(Acceptance { item, factor: one });
        }
        for entry in self.keyed(fields, "meets") {
            let Some(item) = self.refer(&entry.key, &entry.key_spot, "item", &names.items) else {
                continue;
            };
            // At 1 an item simply meets the requirement: no figure that wants a source.
            let plain = matches!(entry.node.value, Value::Number(number) if number == 1.0);
            let place = fields.at("meets").then(&entry.key);
            let factor = if plain {
                Some(self.choice_of(&entry.node, &place, 1.0))
            } else {
                let reading = self.named_figure(fields, "meets", entry, OWN_UNIT);
                reading.map(|reading| reading.number)
            };
            let factor = factor.map(Share::new);
            accepted.extend(factor.map(|factor| Acceptance { item, factor }));
        }
        accepted
    }

    fn need(&mut self, fields: &Fields<'a>, unit: &str) -> Option<Need> {
        match (fields.has("quantity"), fields.has("level")) {
            (true, true) => self.both(fields, "quantity", "level"),
            (false, false) => {
                self.neither(
                    fields,
                    "quantity",
                    "level",
                    &format!("quantity = \"1_000 {unit}/year\""),
                );
            }
            _ => {}
        }
        let quantity = self.path(fields, "quantity", unit);
        let level = self.path(fields, "level", unit);
        quantity.map(Need::Flow).or(level.map(Need::Level))
    }

    fn cap(&mut self, fields: &Fields<'a>, names: &Names) -> Option<CapRule> {
        if fields.has("region") && fields.has("item") {
            self.both(fields, "region", "item");
        }
        let region = self.name(fields, "region", "country", &names.regions);
        let item = self.name(fields, "item", "item", &names.items);
        let lines = self.name_list(fields, "lines", "line", &names.lines);
        let suppliers = self.name_list(fields, "suppliers", "supplier", &names.suppliers);
        let share = self.path(fields, "share", OWN_UNIT);
        let unit = names.unit(item.unwrap_or(ItemId::FIRST));
        let quantity = self.path(fields, "quantity", unit);
        let amount = self.paid(fields, "amount", OWN_UNIT);
        let most: Vec<&str> = ["share", "quantity", "amount"]
            .into_iter()
            .filter(|most| fields.has(most))
            .collect();
        match *most {
            [one, other, ..] => self.both(fields, one, other),
            [] => {
                let other = if fields.has("region") {
                    "amount"
                } else {
                    "quantity"
                };
                self.neither(fields, "share", other, "share = \"30 %\"");
            }
            [_] => {}
        }
        if let (Some(region), Some((most, currency))) = (region, amount) {
            return Some(CapRule::Spending {
                region,
                most,
                currency,
            });
        }
        match (region, item, share, quantity) {
            (Some(region), None, Some(most), None) => Some(CapRule::Content { region, most }),
            (None, Some(item), Some(most), None) => Some(CapRule::SourceShare {
                item,
                lines,
                suppliers,
                most,
            }),
            (None, Some(item), None, Some(most)) => Some(CapRule::Quantity {
                item,
                lines,
                suppliers,
                most,
            }),
            (None, None, ..) if !fields.has("region") && !fields.has("item") => {
                self.neither(fields, "region", "item", "region = \"US\"");
                None
            }
            (Some(_), None, None, Some(_)) => {
                let message = format!("`{}` caps a region by `quantity`", fields.place);
                let problem = Problem::new(Kind::Ambiguous, fields.at("quantity"), message)
                    .label("a region has a share of value, or an amount of money")
                    .help("write `share = \"30 %\"` or `amount = \"3 bn EUR/year\"`, or cap an `item`");
                self.push(problem);
                None
            }
            (None, Some(_), ..) if fields.has("amount") => {
                let message = format!("`{}` caps an item by `amount`", fields.place);
                let problem = Problem::new(Kind::Ambiguous, fields.at("amount"), message)
                    .label("an item has a share of supply, or a quantity")
                    .help("write `share = \"30 %\"` or `quantity`, or cap a `region`");
                self.push(problem);
                None
            }
            _ => None,
        }
    }

    /// Two fields of which one is meant.
    pub(super) fn both(&mut self, fields: &Fields<'_>, one: &str, other: &str) {
        let message = format!("`{}` has both `{one}` and `{other}`", fields.place);
        let problem = Problem::new(Kind::Ambiguous, fields.at(other), message)
            .label("or this")
            .also(fields.at(one), "either this")
            .help("keep one of the two");
        self.push(problem);
    }

    /// Two fields of which one is missing.
    pub(super) fn neither(&mut self, fields: &Fields<'_>, one: &str, other: &str, example: &str) {
        let message = format!("`{}` has neither `{one}` nor `{other}`", fields.place);
        let problem = Problem::new(Kind::MissingField, fields.spot.clone(), message)
            .label("one of them is missing")
            .help(format!("write `{example}`"));
        self.push(problem);
    }
}
