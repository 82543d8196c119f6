//! `[fund]` and `[burden]`.

use super::Writer;
use super::fields::Fields;
use super::text::{Piece, Table};
use crate::document::figure::OWN_UNIT;
use crate::document::funds::OF;
use crate::document::schema::{BURDEN, BUYS, CONTENT, FUND, LOAN};
use crate::model::{Burden, BurdenRule, Buys, ContentRule, EvenBy, Fund, Loan};
use crate::problem::Place;
use crate::units::{Months, Share};

impl Writer<'_> {
    pub(super) fn funds(&self) -> Vec<(Vec<String>, Table)> {
        let funds = self.draft.funds.values();
        let funds = Self::keyed("fund", funds, |x| &x.key, |x, at| self.fund(x, at));
        let burdens = self.draft.burdens.values();
        let burdens = Self::keyed("burden", burdens, |x| &x.key, |x, at| self.burden(x, at));
        funds.into_iter().chain(burdens).collect()
    }

    fn burden(&self, burden: &Burden, place: Place) -> Table {
        let mut fields = Fields::new(self, &BURDEN, place);
        fields.text("name", &burden.name, &burden.key);
        fields.names("countries", self.regions(&burden.countries));
        match &burden.rule {
            BurdenRule::OfGdp { most } => {
                fields.path("gdp", OWN_UNIT, Some(most), None);
                fields.without(&["share", "by"]);
            }
            BurdenRule::EvenShare { most, by } => {
                fields.path("share", OWN_UNIT, Some(most), None);
                fields.choice("by", &EvenBy::WORDS, by, Some(&EvenBy::default()));
                fields.without(&["gdp"]);
            }
        }
        fields.done()
    }

    fn fund(&self, fund: &Fund, place: Place) -> Table {
        let mut fields = Fields::new(self, &FUND, place);
        fields.text("name", &fund.name, &fund.key);
        fields.paid("amount", &fund.amount, fund.currency);
        fields.table("buys", self.buys(&fund.buys, fields.place.then("buys")));
        fields.amount(
            "carry_over",
            OWN_UNIT,
            Some(fund.carry_over),
            Some(Share::ZERO),
        );
        fields.amount("fulfilled", OWN_UNIT, fund.fulfilled, None);
        fields.amount("late", OWN_UNIT, fund.late, None);
        let loan = fund.loan.as_ref();
        let loan = loan.map(|loan| self.loan(loan, fields.place.then("loan")));
        fields.put("loan", loan.map_or(Piece::Nothing, Piece::Table));
        let content = fund.content.as_ref();
        let content = content.map(|rule| self.content_rule(rule, fields.place.then("content")));
        fields.put("content", content.map_or(Piece::Nothing, Piece::Table));
        fields.names("given_by", self.regions(&fund.given_by));
        fields.done()
    }

    fn buys(&self, buys: &Buys, place: Place) -> Table {
        let mut fields = Fields::new(self, &BUYS, place);
        fields.names("holders", self.holder_keys(&buys.holders));
        fields.names("items", self.item_keys(&buys.items));
        fields.names("lines", self.line_keys(&buys.lines));
        fields.names("suppliers", self.supplier_keys(&buys.suppliers));
        fields.names("origins", self.regions(&buys.origins));
        match (buys.production, buys.expansion) {
            (true, true) => fields.without(&["pays_for"]),
            (true, false) => fields.names("pays_for", ["production"]),
            (false, true) => fields.names("pays_for", ["expansion"]),
            (false, false) => fields.put("pays_for", Piece::Plain("[]".into())),
        }
        fields.done()
    }

    fn loan(&self, loan: &Loan, place: Place) -> Table {
        let mut fields = Fields::new(self, &LOAN, place);
        fields.amount("rate", OWN_UNIT, Some(loan.rate), None);
        fields.amount("grace", OWN_UNIT, Some(loan.grace), Some(Months::ZERO));
        fields.amount("maturity", OWN_UNIT, Some(loan.maturity), None);
        fields.done()
    }

    fn content_rule(&self, rule: &ContentRule, place: Place) -> Table {
        let mut fields = Fields::new(self, &CONTENT, place);
        fields.name("region", self.region(Some(rule.region)));
        fields.amount("share", OWN_UNIT, Some(rule.share), None);
        fields.choice("of", &OF, &rule.each, Some(&true));
        fields.done()
    }
}
