//! Names that programs of different models share: what `futures` matches columns and rows by.
//!
//! Numbers of markets, accounts and purses differ from model to model; these names are made of the
//! keys of the file alone, so that the same decision has the same name wherever it can be taken.

use super::display::row_named;
use super::thing::Thing;
use super::{Column, Program, Row};
use crate::ids::{AccountId, Id, PurseId};
use crate::model::Model;
use std::collections::HashMap;

impl Program {
    /// The name of each column, its own within the program.
    pub(crate) fn column_keys(&self, m: &Model) -> Vec<String> {
        let accounts: Vec<String> = self.account_keys(m);
        let name = |column: Column| {
            if let Column::Pay(p, y) = column {
                let pay = self.network.accounts.pays()[p];
                let purse = pay.purse.map_or("any".into(), |g| self.purse_key(m, g));
                let account = &accounts[pay.account.position()];
                return format!("pay.{purse}.{account}.{}", m.calendar.year_number(y));
            }
            if let Column::Owed(a, y) = column {
                let account = &accounts[a.position()];
                return format!("owed.{account}.{}", m.calendar.year_number(y));
            }
            let name = self.column_name(m, column);
            if let Column::Make(k, _) = column {
                return format!("{name}.{}", self.network.makes[k].product);
            }
            name
        };
        distinct(self.columns.iter().map(|column| name(column.name)))
    }

    /// The name of each row, its own within the program.
    pub(crate) fn row_keys(&self, m: &Model) -> Vec<String> {
        let accounts: Vec<String> = self.account_keys(m);
        let name = |row: Row| {
            if let Thing::Account(a) = row.thing() {
                row_named(m, row, &accounts[a.position()])
            } else {
                self.row_name(m, row)
            }
        };
        distinct((0..self.rows.len()).map(|n| name(self.rows.name(n))))
    }

    /// The name of each account: who may pay, and for what.
    pub(crate) fn account_keys(&self, m: &Model) -> Vec<String> {
        let all = self.network.accounts.accounts();
        all.ids().map(|a| self.account_key(m, a)).collect()
    }

    fn account_key(&self, m: &Model, a: AccountId) -> String {
        let account = &self.network.accounts[a];
        let purses = account.purses.iter().map(|&g| self.purse_key(m, g));
        let purses: Vec<String> = purses.collect();
        let content = account.content.iter();
        let content = content.map(|&(g, share)| format!("{}={share}", self.purse_key(m, g)));
        let origins = account.origins.iter();
        let origins = origins.map(|&(region, share)| format!("{}={share}", m.regions[region].key));
        let holder = account.holder.iter();
        let holder = holder.map(|&holder| format!("for={}", m.holders[holder].key));
        let content: Vec<String> = content.chain(origins).chain(holder).collect();
        let kind = match (&account.article, account.component) {
            (Some(article), _) => {
                let route = article.route.map(|route| m.routes[route].key.as_str());
                format!("{}.{}", m.items[article.item].key, route.unwrap_or(""))
            }
            (None, true) => "inputs".to_owned(),
            (None, false) => "goods".to_owned(),
        };
        format!("{kind}({})({})", purses.join(","), content.join(","))
    }

    /// A purse by its first fund: no fund is in two.
    fn purse_key(&self, m: &Model, g: PurseId) -> String {
        let funds = &self.network.accounts.purses()[g];
        m.funds[funds[0]].key.clone()
    }
}

/// Names, each its own: what is named twice is numbered.
fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let number = |name: String| {
        let times = seen.entry(name.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            format!("{name}#{times}")
        } else {
            name
        }
    };
    names.map(number).collect()
}
