//! `[fund]` and `[burden]`.

use super::figure::OWN_UNIT;
use super::names::{Names, entries};
use super::reader::{Fields, Reader};
use super::schema::{BURDEN, BUYS, CONTENT, FUND, LOAN};
use super::tree::Node;
use crate::model::{Burden, BurdenRule, Buys, ContentRule, Draft, EvenBy, Fund, Loan, Money};
use crate::path::Path;
use crate::problem::{Kind, Place, Problem};
use crate::units::MoneyPerYear;

/// The words for what must keep a rule on content: each purchase, or all of a year together.
pub(super) const OF: [(&str, bool); 2] = [("each", true), ("all", false)];

impl<'a> Reader<'a> {
    pub(super) fn funds(&mut self, root: &'a Node, names: &Names, draft: &mut Draft) {
        for entry in entries(root, "fund") {
            let fields = self.open(&FUND, &entry.node, Place::new(["fund", &entry.key]), "");
            let fund = self.fund(&fields, &entry.key, names);
            draft.funds.push(fund);
        }
        for entry in entries(root, "burden") {
            let place = Place::new(["burden", &entry.key]);
            let fields = self.open(&BURDEN, &entry.node, place, "");
            let name = self.text(&fields, "name");
            let countries = self.name_list(&fields, "countries", "country", &names.regions);
            if let Some(rule) = self.burden_rule(&fields) {
                let mut burden = Burden::new(&entry.key, countries, rule);
                burden.name = name.unwrap_or(burden.name);
                draft.burdens.push(burden);
            }
        }
    }

    fn burden_rule(&mut self, fields: &Fields<'a>) -> Option<BurdenRule> {
        let gdp = self.path(fields, "gdp", OWN_UNIT);
        let share = self.path(fields, "share", OWN_UNIT);
        let by = self.choice(fields, "by", &EvenBy::WORDS);
        match (fields.has("gdp"), fields.has("share")) {
            (true, true) => {
                self.both(fields, "gdp", "share");
                None
            }
            (false, false) => {
                self.neither(fields, "gdp", "share", "gdp = \"0.25 %\"");
                None
            }
            (true, false) => {
                if fields.has("by") {
                    let message = format!("`{}` counts for a `share` only", fields.at("by"));
                    let problem = Problem::new(Kind::NeverMatters, fields.at("by"), message)
                        .label("there is no even share")
                        .also(fields.at("gdp"), "the limit is of each by itself")
                        .help("leave it out, or write `share` in place of `gdp`");
                    self.push(problem);
                }
                Some(BurdenRule::OfGdp { most: gdp? })
            }
            (false, true) => Some(BurdenRule::EvenShare {
                most: share?,
                by: by.unwrap_or_default(),
            }),
        }
    }

    fn fund(&mut self, fields: &Fields<'a>, key: &str, names: &Names) -> Fund {
        let amount = self.paid(fields, "amount", OWN_UNIT);
        let (amount, currency) =
            amount.unwrap_or_else(|| (Path::constant(MoneyPerYear::new(1.0)), Money::BASE));
        let mut fund = Fund::new(key, amount);
        fund.currency = currency;
        fund.name = self.text(fields, "name").unwrap_or(fund.name);
        if let Some(node) = fields.get("buys") {
            let buys = self.open(&BUYS, node, fields.at("buys"), "");
            fund.buys = self.buys(&buys, names);
        }
        fund.carry_over = self
            .amount(fields, "carry_over", OWN_UNIT)
            .unwrap_or_default();
        fund.fulfilled = self.amount(fields, "fulfilled", OWN_UNIT);
        fund.late = self.amount(fields, "late", OWN_UNIT);
        if let Some(node) = fields.get("loan") {
            let loan = self.open(&LOAN, node, fields.at("loan"), &fields.note);
            fund.loan = self.loan(&loan);
        }
        if let Some(node) = fields.get("content") {
            let rule = self.open(&CONTENT, node, fields.at("content"), &fields.note);
            fund.content = self.content_rule(&rule, names);
        }
        fund.given_by = self.name_list(fields, "given_by", "country", &names.regions);
        fund
    }

    fn buys(&mut self, fields: &Fields<'a>, names: &Names) -> Buys {
        let mut buys = Buys {
            holders: self.name_list(fields, "holders", "holder", &names.holders),
            items: self.name_list(fields, "items", "item", &names.items),
            lines: self.name_list(fields, "lines", "line", &names.lines),
            suppliers: self.name_list(fields, "suppliers", "supplier", &names.suppliers),
            origins: self.name_list(fields, "origins", "country", &names.regions),
            ..Buys::default()
        };
        if fields.has("pays_for") {
            (buys.production, buys.expansion) = (false, false);
            for node in self.list(fields, "pays_for") {
                match self.text_of(node, &fields.at("pays_for")).as_deref() {
                    Some("production") => buys.production = true,
                    Some("expansion") => buys.expansion = true,
                    Some(other) => {
                        let message = format!("`{}` cannot be `{other}`", fields.at("pays_for"));
                        let problem = Problem::new(Kind::UnknownChoice, node.spot.clone(), message)
                            .label("no such choice")
                            .help("write `\"production\"`, `\"expansion\"` or both");
                        self.push(problem);
                    }
                    None => {}
                }
            }
        }
        buys
    }

    fn loan(&mut self, fields: &Fields<'a>) -> Option<Loan> {
        let rate = self.amount(fields, "rate", OWN_UNIT);
        let grace = self.amount(fields, "grace", OWN_UNIT);
        let maturity = self.amount(fields, "maturity", OWN_UNIT);
        Some(Loan {
            rate: rate?,
            grace: grace.unwrap_or_default(),
            maturity: maturity?,
        })
    }

    fn content_rule(&mut self, fields: &Fields<'a>, names: &Names) -> Option<ContentRule> {
        let region = self.name(fields, "region", "country", &names.regions);
        let share = self.amount(fields, "share", OWN_UNIT);
        let of = self.choice(fields, "of", &OF);
        Some(ContentRule {
            region: region?,
            share: share?,
            each: of.unwrap_or(true),
        })
    }
}
