//! `[requirement]` and `[cap]`.

use super::Writer;
use super::fields::{Fields, plain};
use super::number::number;
use super::text::{Piece, Table};
use crate::document::figure::{Expect, OWN_UNIT};
use crate::document::requirements::UNMET;
use crate::document::schema::{CAP, REQUIREMENT};
use crate::document::windows::WINDOWS;
use crate::ids::{LineId, SupplierId};
use crate::model::{Acceptance, Cap, CapRule, Need, Requirement, Unmet, Window};
use crate::problem::Place;
use crate::units::Share;

impl Writer<'_> {
    pub(super) fn needs(&self) -> Vec<(Vec<String>, Table)> {
        let needs = self.draft.requirements.values();
        let needs = Self::keyed(
            "requirement",
            needs,
            |x| &x.key,
            |x, at| self.requirement(x, at),
        );
        let caps = self.draft.caps.values();
        let caps = Self::keyed("cap", caps, |x| &x.key, |x, at| self.cap(x, at));
        needs.into_iter().chain(caps).collect()
    }

    fn requirement(&self, requirement: &Requirement, place: Place) -> Table {
        let first = requirement.meets.first();
        let unit = first.map_or("", |accepted| self.unit(accepted.item));
        let mut fields = Fields::new(self, &REQUIREMENT, place);
        fields.text("name", &requirement.name, &requirement.key);
        fields.put("holder", plain(&self.draft.holders[requirement.holder].key));
        self.meets(&mut fields, &requirement.meets);
        let (quantity, level) = match &requirement.need {
            Need::Flow(quantity) => (Some(quantity), None),
            Need::Level(level) => (None, Some(level)),
        };
        fields.path("quantity", unit, quantity, None);
        fields.path("level", unit, level, None);
        let tier = requirement.tier;
        let tier = if tier == 1 {
            Piece::Nothing
        } else {
            Piece::Plain(tier.to_string())
        };
        fields.put("tier", tier);
        fields.count("weight", requirement.weight, 1.0);
        fields.choice(
            "window",
            &WINDOWS,
            &requirement.window,
            Some(&Window::default()),
        );
        fields.choice("unmet", &UNMET, &requirement.unmet, Some(&Unmet::default()));
        fields.price("value", unit, requirement.value.as_ref());
        fields.done()
    }

    /// One item, or a table of all that meets a requirement.
    fn meets(&self, fields: &mut Fields<'_>, meets: &[Acceptance]) {
        let key = |accepted: &Acceptance| self.draft.items[accepted.item].key.as_str();
        let one = Share::new(1.0);
        if let [only] = meets
            && only.factor == one
            && !fields.knows_below("meets")
        {
            fields.put("item", plain(key(only)));
            fields.without(&["meets"]);
            return;
        }
        let all = meets.iter().map(|accepted| {
            let place = fields.place.then("meets").then(key(accepted));
            let factor = accepted.factor.value();
            let piece = if accepted.factor == one && !self.knows(&place, factor) {
                Piece::Plain(number(factor))
            } else {
                Piece::Figure(self.figure(&place, &Expect::factor(), None, factor))
            };
            (key(accepted).to_owned(), piece)
        });
        let all = Piece::Named(all.collect());
        fields.without(&["item"]);
        fields.put("meets", all);
    }

    fn cap(&self, cap: &Cap, place: Place) -> Table {
        let mut fields = Fields::new(self, &CAP, place);
        fields.text("name", &cap.name, &cap.key);
        match &cap.rule {
            CapRule::Content { region, most } => {
                fields.name("region", self.region(Some(*region)));
                fields.path("share", OWN_UNIT, Some(most), None);
                fields.without(&["item", "lines", "suppliers", "amount", "quantity"]);
            }
            CapRule::Spending {
                region,
                most,
                currency,
            } => {
                fields.name("region", self.region(Some(*region)));
                fields.paid("amount", most, *currency);
                fields.without(&["item", "lines", "suppliers", "share", "quantity"]);
            }
            CapRule::SourceShare {
                item,
                lines,
                suppliers,
                most,
            } => {
                fields.names("lines", self.line_keys(lines));
                fields.names("suppliers", self.supplier_keys(suppliers));
                fields.put("item", plain(&self.draft.items[*item].key));
                fields.path("share", OWN_UNIT, Some(most), None);
                fields.without(&["region", "amount", "quantity"]);
            }
            CapRule::Quantity {
                item,
                lines,
                suppliers,
                most,
            } => {
                fields.names("lines", self.line_keys(lines));
                fields.names("suppliers", self.supplier_keys(suppliers));
                fields.put("item", plain(&self.draft.items[*item].key));
                fields.path("quantity", self.unit(*item), Some(most), None);
                fields.without(&["region", "amount", "share"]);
            }
        }
        fields.done()
    }

    /// The keys of some lines.
    pub(super) fn line_keys<'r>(&'r self, ids: &'r [LineId]) -> impl Iterator<Item = &'r str> {
        ids.iter().map(|&id| self.draft.lines[id].key.as_str())
    }

    /// The keys of some suppliers.
    pub(super) fn supplier_keys<'r>(
        &'r self,
        ids: &'r [SupplierId],
    ) -> impl Iterator<Item = &'r str> {
        ids.iter().map(|&id| self.draft.suppliers[id].key.as_str())
    }
}
