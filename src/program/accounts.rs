//! Purses and accounts: funds that are alike, and expenses that the same funds may pay.
//!
//! Funds that may buy the same things on the same terms differ only in their amounts. They are one
//! *purse*: which of them pays is open, and shared out afterwards in proportion to what each has.
//!
//! What a plan spends is paid account by account, not expense by expense: all expenses with the same set
//! of eligible purses (and the same content, where a fund has a rule on it) add up to one row a year.
//! Components that funds for some holders may pay for are kept apart by what they are and what they cost, so
//! that money can be counted in units of them.
//!
//! Both are exact, and keep money to a few hundred columns.

use crate::ids::{
    AccountId, ExpansionId, FundId, HolderId, ItemId, PayId, PurseId, RegionId, RouteId, Table,
};
use crate::model::{Fund, Model, UnitPrice};
use crate::units::Share;
use std::ops::Index;

/// Expenses that the same purses may pay.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Account {
    /// The purses that may pay. Empty in a model without funds: then money is no object.
    pub purses: Vec<PurseId>,
    /// For each purse with a rule on the content of a year's purchases: the share that counts.
    pub content: Vec<(PurseId, f64)>,
    /// By region that a rule counts payments of one of the purses to: the share of the value that comes from there.
    pub origins: Vec<(RegionId, f64)>,
    /// The holder that receives what it holds, where a rule counts what one of the purses pays for that holder.
    pub holder: Option<HolderId>,
    /// Whether it holds components, which no single holder receives.
    pub component: bool,
    /// The component that it pays for, where a fund that buys for some holders only may pay.
    pub article: Option<Article>,
}

/// A component as it is paid for: bought at a price, or moved along a route at a cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// What it is.
    pub item: ItemId,
    /// The route along which it moves, if that is what is paid for.
    pub route: Option<RouteId>,
    /// What one costs.
    pub price: Option<UnitPrice>,
}

/// What is paid for, beside what it is made of: a component, and the one holder that receives it.
#[derive(Clone, Debug, Default)]
pub(super) struct Bought {
    pub(super) article: Option<Article>,
    pub(super) whose: Option<HolderId>,
}

impl Account {
    /// The share of the value that comes from a region, as a rule counts it.
    pub(super) fn share_from(&self, region: RegionId) -> f64 {
        let own = self.origins.iter().find(|(origin, _)| *origin == region);
        own.map_or(0.0, |&(_, share)| share)
    }
}

/// What a purse pays into an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pay {
    /// The account.
    pub account: AccountId,
    /// The purse. `None`: a model without funds.
    pub purse: Option<PurseId>,
}

/// Who pays for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// It costs nothing.
    Free,
    /// The purses of an account.
    Account(AccountId),
    /// No fund may: it cannot be had.
    Nobody,
}

/// Every purse, every account, and who may pay into which.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    purses: Table<PurseId, Vec<FundId>>,
    purse_of: Table<FundId, PurseId>,
    all: Table<AccountId, Account>,
    pays: Table<PayId, Pay>,
    /// Who pays for each expansion.
    expansions: Table<ExpansionId, Payer>,
}

impl Accounts {
    /// The purses, and the accounts of expansions; those of goods and transport come as the network
    /// grows.
    pub(super) fn new(m: &Model) -> Self {
        let mut new = Self::default();
        for (f, fund) in m.funds.iter() {
            // What a fund pays is to be seen if a rule counts it.
            let counted = |f| m.rules.values().any(|rule| rule.counts_payments_of(f));
            // So is who bears it, if that is limited.
            let borne_alike =
                |other: &Fund| m.burdens.is_empty() || other.given_by == fund.given_by;
            let alike = |&purse: &PurseId| {
                let first = new.purses[purse][0];
                let alike = fund.is_like(&m.funds[first]) && borne_alike(&m.funds[first]);
                alike && !counted(f) && !counted(first)
            };
            let found = new.purses.ids().find(alike);
            let purse = found.unwrap_or_else(|| new.purses.push(Vec::new()));
            new.purses[purse].push(f);
            new.purse_of.push(purse);
        }
        for (e, expansion) in m.expansions.iter() {
            let paid = expansion
                .cost
                .as_ref()
                .is_some_and(|c| c.amount.most().value() > 0.0);
            let funds: Vec<_> = m
                .funds
                .ids()
                .filter(|&f| m.may_expand(&m.funds[f], e))
                .collect();
            let line = &m.lines[expansion.line];
            let payer = if paid {
                let bought = Bought::default();
                new.of_goods(m, &funds, (&line.content, line.country), bought)
            } else {
                Payer::Free
            };
            new.expansions.push(payer);
        }
        new
    }

    /// The account of goods with some content that some funds may pay for.
    pub(super) fn of_goods(
        &mut self,
        m: &Model,
        funds: &[FundId],
        (content, home): (&[(RegionId, Share)], Option<RegionId>),
        bought: Bought,
    ) -> Payer {
        let own = |region| m.content_share(content, home, region);
        self.of(m, funds, (own, own), bought)
    }

    /// The account of moving an item to some holders, or, if it is a component, for the industry.
    pub(super) fn of_transport(
        &mut self,
        m: &Model,
        item: ItemId,
        holders: &[HolderId],
        bought: Bought,
    ) -> Payer {
        let may = |&f: &FundId| {
            let fund = &m.funds[f];
            let to = holders.iter().all(|&holder| m.may_buy_for(fund, holder));
            fund.buys.production && to && m.may_buy_goods(fund, item)
        };
        let funds: Vec<_> = m.funds.ids().filter(may).collect();
        self.of(m, &funds, (|_| 1.0, |_| 0.0), bought)
    }

    /// The account of some funds, given the share of the value that counts as from a region, and that which is paid
    /// for goods from there.
    fn of(
        &mut self,
        m: &Model,
        funds: &[FundId],
        (own, paid): (impl Fn(RegionId) -> f64, impl Fn(RegionId) -> f64),
        Bought { article, whose }: Bought,
    ) -> Payer {
        if funds.is_empty() && !m.funds.is_empty() {
            return Payer::Nobody;
        }
        let mut purses: Vec<PurseId> = funds.iter().map(|&f| self.purse_of[f]).collect();
        purses.sort_unstable();
        purses.dedup();
        let ruled = purses.iter().filter_map(|&purse| {
            let rule = m.funds[self.purses[purse][0]]
                .content
                .filter(|rule| !rule.each)?;
            Some((purse, own(rule.region)))
        });
        let content = ruled.collect();
        let rules = m.rules.values();
        let counted = rules.flat_map(|rule| rule.regions_paid_by(funds));
        let mut counted: Vec<RegionId> = counted.collect();
        counted.sort_unstable();
        counted.dedup();
        let told = |holder: HolderId| {
            let mut rules = m.rules.values();
            rules.any(|rule| rule.counts_payments_for(holder, funds))
        };
        let origins = counted.into_iter().map(|region| (region, paid(region)));
        let holders = |&g: &PurseId| !m.funds[self.purses[g][0]].buys.holders.is_empty();
        Payer::Account(self.find(Account {
            content,
            origins: origins.collect(),
            holder: whose.filter(|&holder| told(holder)),
            component: article.is_some(),
            article: article.filter(|_| purses.iter().any(holders)),
            purses,
        }))
    }

    fn find(&mut self, account: Account) -> AccountId {
        if let Some((found, _)) = self.all.iter().find(|(_, other)| **other == account) {
            return found;
        }
        let purses = account.purses.clone();
        let account = self.all.push(account);
        for &purse in &purses {
            self.pays.push(Pay {
                account,
                purse: Some(purse),
            });
        }
        if purses.is_empty() {
            self.pays.push(Pay {
                account,
                purse: None,
            });
        }
        account
    }

    /// Every account.
    pub fn accounts(&self) -> &Table<AccountId, Account> {
        &self.all
    }

    /// Every purse: the funds that are alike.
    pub fn purses(&self) -> &Table<PurseId, Vec<FundId>> {
        &self.purses
    }

    /// The purse a fund belongs to.
    pub fn purse_of(&self, f: FundId) -> PurseId {
        self.purse_of[f]
    }

    /// Every pair of a purse and an account it may pay.
    pub fn pays(&self) -> &Table<PayId, Pay> {
        &self.pays
    }

    /// Who pays for an expansion.
    pub fn of_expansion(&self, e: ExpansionId) -> Payer {
        self.expansions[e]
    }
}

impl Index<AccountId> for Accounts {
    type Output = Account;

    fn index(&self, account: AccountId) -> &Account {
        &self.all[account]
    }
}
