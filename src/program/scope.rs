//! What every family of rows looks things up in: model, network, internal units, who meets whom.

use super::Program;
use super::accounts::{Pay, Payer};
use super::network::Network;
use super::rates::Rates;
use super::size::Sizes;
use crate::calendar::Stretch;
use crate::ids::{
    AccountId, CurrencyId, DeliveryId, ExpansionId, FundId, GiveId, Id, LineId, MakeId, MarketId,
    MeetId, MoveId, OrderId, PayId, PeriodId, PurseId, RequirementId, ResourceId, StockId,
    SupplierId, Table, YearId,
};
use crate::model::{Fund, Model, Need, Unmet};
use crate::units::{Months, PiecesPerYear, Share, months};

/// A model, its network, its internal units, and what stands on which side of each row.
pub(super) struct Scope<'a> {
    pub(super) m: &'a Model,
    pub(super) n: &'a Network,
    pub(super) size: Sizes,
    rates: Rates,
    /// By requirement: what a unit short counts if shortfalls count as shares.
    pub(super) counted: Table<RequirementId, f64>,
    /// By market: what supplies it, what leaves it.
    pub(super) market: Table<MarketId, AtMarket>,
    /// By stock: what reaches it, what leaves it.
    pub(super) stock: Table<StockId, AtStock>,
    /// By line: what it makes.
    pub(super) makes: Table<LineId, Vec<MakeId>>,
    /// By supplier: what it delivers.
    pub(super) orders: Table<SupplierId, Vec<OrderId>>,
    /// By requirement: what meets it.
    pub(super) meets: Table<RequirementId, Vec<MeetId>>,
    /// By purse: what it may pay.
    pub(super) by_purse: Table<PurseId, Vec<PayId>>,
    /// By account: who may pay.
    pub(super) by_account: Table<AccountId, Vec<PayId>>,
    /// By line: the first period in which an expansion of it may have opened.
    pub(super) opening: Table<LineId, Option<PeriodId>>,
}

/// What supplies a market and what leaves it.
#[derive(Clone, Debug, Default)]
pub(super) struct AtMarket {
    pub(super) makes: Vec<MakeId>,
    pub(super) orders: Vec<OrderId>,
    pub(super) deliveries: Vec<DeliveryId>,
    pub(super) moves_in: Vec<MoveId>,
    pub(super) moves_out: Vec<MoveId>,
    /// Production that uses the item up here, with the amount per unit made.
    pub(super) users: Vec<(MakeId, f64)>,
    /// Expansions that use the item up here, with the amount for all of it.
    pub(super) builders: Vec<(ExpansionId, f64)>,
}

/// What reaches a stock and what leaves it.
#[derive(Clone, Debug, Default)]
pub(super) struct AtStock {
    /// The market that serves it alone, if there is one.
    pub(super) direct: Vec<MarketId>,
    pub(super) deliveries: Vec<DeliveryId>,
    pub(super) gives_in: Vec<GiveId>,
    pub(super) gives_out: Vec<GiveId>,
    pub(super) meets: Vec<MeetId>,
}

/// What a line may make in a period within which its lead time passes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Booked {
    /// What was on order at the start.
    pub(super) most: f64,
    /// The share of its financed capacity that is free for new orders.
    pub(super) financed: f64,
    /// The same share of its added capacity.
    pub(super) added: f64,
}

/// How many periods after it arrives something expires, and what share of it.
pub(super) type Expiry = Vec<(usize, f64)>;

impl<'a> Scope<'a> {
    /// The scope of a model, measured as another program is, if there is one.
    pub(super) fn new(m: &'a Model, n: &'a Network, like: Option<&Program>) -> Self {
        let size = match like {
            None => Sizes::of(m),
            Some(other) => Sizes::like(m, &other.size),
        };
        let mut x = Self {
            m,
            n,
            size,
            rates: Rates::of(m),
            counted: Table::new(),
            market: n.markets.map(|_| AtMarket::default()),
            stock: m.stocks.map(|_| AtStock::default()),
            makes: m.lines.map(|_| Vec::new()),
            orders: m.suppliers.map(|_| Vec::new()),
            meets: m.requirements.map(|_| Vec::new()),
            by_purse: n.accounts.purses().map(|_| Vec::new()),
            by_account: n.accounts.accounts().map(|_| Vec::new()),
            opening: m.lines.map(|_| None),
        };
        for (p, pay) in n.accounts.pays().iter() {
            x.by_account[pay.account].push(p);
            if let Some(purse) = pay.purse {
                x.by_purse[purse].push(p);
            }
        }
        x.opening = m.lines.ids().map(|l| x.first_opening(l)).collect();
        x.link_sources();
        x.link_flows();
        x.link_users();
        x
    }

    fn link_sources(&mut self) {
        for (k, make) in self.n.makes.iter() {
            self.makes[make.line].push(k);
            self.market[make.market].makes.push(k);
        }
        for (o, order) in self.n.orders.iter() {
            self.orders[order.supplier].push(o);
            self.market[order.market].orders.push(o);
        }
    }

    fn link_flows(&mut self) {
        for k in self.n.markets.ids() {
            if let Some(stock) = self.n.is_direct(k) {
                self.stock[stock].direct.push(k);
            }
        }
        for (d, delivery) in self.n.deliveries.iter() {
            self.market[delivery.market].deliveries.push(d);
            self.stock[delivery.stock].deliveries.push(d);
        }
        for (v, along) in self.n.moves.iter() {
            self.market[along.from].moves_out.push(v);
            self.market[along.to].moves_in.push(v);
        }
        for (g, give) in self.n.gives.iter() {
            self.stock[give.from].gives_out.push(g);
            self.stock[give.to].gives_in.push(g);
        }
        for (e, meet) in self.n.meets.iter() {
            self.stock[meet.stock].meets.push(e);
            self.meets[meet.requirement].push(e);
        }
    }

    fn link_users(&mut self) {
        let (m, n) = (self.m, self.n);
        for (k, make) in n.makes.iter() {
            let line = &m.lines[make.line];
            for need in &m.items[line.products[make.product].item].needs {
                if let Some(market) = n.industry_market(m, need.item, line.country) {
                    let amount = need.amount.value() / line.yield_share.value();
                    self.market[market].users.push((k, amount));
                }
            }
        }
        for (e, expansion) in m.expansions.iter() {
            for &(item, amount) in &expansion.uses {
                let country = m.lines[expansion.line].country;
                if let Some(market) = n.industry_market(m, item, country) {
                    self.market[market].builders.push((e, amount.value()));
                }
            }
        }
    }

    /// Natural units in one internal unit of what is made.
    pub(super) fn make_size(&self, k: MakeId) -> f64 {
        let make = self.n.makes[k];
        self.size
            .item(self.m.lines[make.line].products[make.product].item)
    }

    /// The line's time that one internal unit takes, in internal units of its first product.
    pub(super) fn time(&self, k: MakeId) -> f64 {
        let make = self.n.makes[k];
        let pace = self.m.lines[make.line].products[make.product].pace.value();
        self.make_size(k) / self.size.line(make.line) / pace
    }

    /// Whether a market is where the makers' own stock of its item lies: the first that serves
    /// industry.
    pub(super) fn keeps_pool(&self, k: MarketId) -> bool {
        let item = self.n.markets[k].item;
        let first = self
            .n
            .markets
            .iter()
            .find(|(_, market)| market.item == item && market.industry);
        first.is_some_and(|(first, _)| first == k)
    }

    /// The makers' opening stock in a market.
    pub(super) fn pool_opening(&self, k: MarketId) -> f64 {
        let item = self.n.markets[k].item;
        let opening = self.m.items[item]
            .stock
            .as_ref()
            .map_or(0.0, |stock| stock.opening.value());
        if opening > 0.0 && self.keeps_pool(k) {
            opening / self.size.item(item)
        } else {
            0.0
        }
    }

    /// Financed capacity over a period.
    pub(super) fn financed(&self, l: LineId, t: PeriodId) -> f64 {
        let line = &self.m.lines[l];
        let made = line.capacity.mean(&self.m.calendar, t) * self.m.calendar.length();
        made.value() / self.size.line(l)
    }

    /// What a line has on order for a period, and what of it is free for new orders. `None`: all of it.
    pub(super) fn booked(&self, l: LineId, t: PeriodId) -> Option<Booked> {
        let (line, c) = (&self.m.lines[l], &self.m.calendar);
        let (period, passed) = (c.stretch(t), c.bound_until(line.bound_for())?);
        let bound = period.until(passed)?;
        let share = period.before(passed);
        let booked = line.booked.as_ref();
        let booked = booked.map_or(0.0, |path| (path.over(c, bound) * c.length()).value());
        // Of capacity that is financed for a part of the period, what lies in the free part.
        let mean = line.capacity.mean(c, t).value();
        let later = period.since(passed).filter(|_| mean > 0.0);
        let financed = later.map_or(0.0, |free| {
            (1.0 - share) * line.capacity.over(c, free).value() / mean
        });
        Some(Booked {
            most: share * booked * self.m.done(t) / self.size.line(l),
            financed,
            added: 1.0 - share,
        })
    }

    /// The share of capacity that a line can use in a period.
    pub(super) fn utilisation(&self, l: LineId, t: PeriodId) -> f64 {
        self.m.usable(l, t).value()
    }

    fn first_opening(&self, l: LineId) -> Option<PeriodId> {
        let options = self.m.expansions.iter().filter(|(_, e)| e.line == l);
        let opens = options.filter_map(|(e, expansion)| {
            let first = self.m.calendar.periods().find(|&t| self.can_build(e, t))?;
            expansion.opens(&self.m.calendar, first)
        });
        opens.min()
    }

    pub(super) fn can_make(&self, l: LineId, t: PeriodId) -> bool {
        let opened = self.opening[l].is_some_and(|first| t >= first);
        let booked = self.booked(l, t);
        let booked = booked.is_none_or(|booked| booked.most > 0.0 || booked.added > 0.0);
        booked && self.utilisation(l, t) > 0.0 && (opened || self.financed(l, t) > 0.0)
    }

    /// Whether an expansion may be ordered in a period, and would open within the calendar; of what is under way,
    /// whether it was, whenever it opens.
    pub(super) fn can_build(&self, e: ExpansionId, t: PeriodId) -> bool {
        let (expansion, c) = (&self.m.expansions[e], &self.m.calendar);
        if expansion.ordered.is_some() {
            // It is under way and paid for, whenever it opens.
            return expansion.order_date(c, t).is_some();
        }
        let opens = expansion.opens(c, t).is_some();
        opens && self.n.accounts.of_expansion(e) != Payer::Nobody
    }

    /// Whether a supplier may deliver in a period.
    pub(super) fn can_deliver(&self, q: SupplierId, t: PeriodId) -> bool {
        self.deliverable(q, t) > 0.0
    }

    /// What a supplier's rate is over a period.
    pub(super) fn available(&self, q: SupplierId, t: PeriodId) -> f64 {
        let (supplier, c) = (&self.m.suppliers[q], &self.m.calendar);
        (self.m.rate(q, t) * c.length()).value() / self.size.item(supplier.item)
    }

    /// What a supplier has on order for a period, and the share of its rate that is free for new orders. `None`:
    /// queue and lead time have passed by then.
    pub(super) fn on_order(&self, q: SupplierId, t: PeriodId) -> Option<(f64, f64)> {
        let (supplier, c) = (&self.m.suppliers[q], &self.m.calendar);
        let (booked, free) = supplier.on_order(c, t)?;
        let booked = PiecesPerYear::new(booked) * self.m.done(t) * c.length();
        Some((booked.value() / self.size.item(supplier.item), free))
    }

    /// The most that a supplier can deliver in a period.
    pub(super) fn deliverable(&self, q: SupplierId, t: PeriodId) -> f64 {
        let rate = self.available(q, t);
        let on_order = self.on_order(q, t);
        on_order.map_or(rate, |(booked, free)| rate.min(booked + free * rate))
    }

    /// Whether makers may keep anything of a market's item: only of what the industry uses up.
    pub(super) fn may_keep(&self, k: MarketId, t: PeriodId) -> bool {
        let market = &self.n.markets[k];
        let stock = self.m.items[market.item].stock.as_ref();
        let most = stock.and_then(|stock| stock.most.as_ref());
        market.industry && most.is_none_or(|most| most.closing(&self.m.calendar, t).value() > 0.0)
    }

    /// Whether any of what leaves in a period arrives within the calendar after a lag.
    pub(super) fn arrives(&self, t: PeriodId, lag: Months) -> bool {
        let c = &self.m.calendar;
        c.parts(c.stretch(t).later(lag)).next().is_some()
    }

    /// After how many periods what arrives expires, and the share of it: what arrives counts as arrived at the start of
    /// its period, and a life within a period as a period. `None`: nothing expires by the end of the calendar.
    pub(super) fn expiry(&self, s: StockId) -> Option<Expiry> {
        let c = &self.m.calendar;
        let life = self.m.items[self.m.stocks[s].item].shelf_life?;
        let length = f64::from(c.period().months());
        let life = life.max(months(length));
        // The periods in which what arrives in the first can be used for the last time: it expires as they end.
        let last_used = c.parts(Stretch::between(life - months(length), life));
        let parts: Vec<_> = last_used
            .map(|(t, share)| (t.position() + 1, share))
            .collect();
        (!parts.is_empty()).then_some(parts)
    }

    /// Whether anything in a stock can expire within the calendar.
    pub(super) fn ages(&self, s: StockId) -> bool {
        let last = self.m.calendar.last();
        let stock = &self.m.stocks[s];
        let reached = self.is_reached(s);
        self.expiry(s).is_some() && reached
            || stock.usable_after(&self.m.calendar, last) < stock.total()
    }

    /// Whether something of an opening stock can still be used when the first of what arrives has expired.
    pub(super) fn outlasts(&self, s: StockId) -> bool {
        let first = self.expiry(s).and_then(|expiry| Some(expiry.first()?.0));
        // It arrived so many periods before the one after its last.
        let last_used = first.map(|after| PeriodId::at(after - 1));
        let left = |t| self.m.stocks[s].usable_after(&self.m.calendar, t).value();
        self.is_reached(s) && last_used.is_some_and(|t| left(t) > 0.0)
    }

    /// Whether a stock can only fall, and nothing but its floor minds how far: then it needs no column.
    pub(super) fn only_falls(&self, s: StockId) -> bool {
        let stock = &self.m.stocks[s];
        let free =
            self.m.items[stock.item].storage_cost.is_none() && stock.closing_value == Share::ZERO;
        let flows = |&e: &MeetId| self.is_flow(self.n.meets[e].requirement);
        let used_up = self.stock[s].meets.iter().all(flows);
        free && used_up && !self.is_reached(s) && !self.ages(s)
    }

    /// Whether anything can reach a stock after the start.
    pub(super) fn is_reached(&self, s: StockId) -> bool {
        let at = &self.stock[s];
        !(at.direct.is_empty() && at.deliveries.is_empty() && at.gives_in.is_empty())
    }

    pub(super) fn is_flow(&self, r: RequirementId) -> bool {
        matches!(self.m.requirements[r].need, Need::Flow(_))
    }

    pub(super) fn waits(&self, r: RequirementId) -> bool {
        self.is_flow(r) && self.m.requirements[r].unmet == Unmet::Waits
    }

    /// Whether a requirement's window ends with a period.
    pub(super) fn ends_window(&self, r: RequirementId, t: PeriodId) -> bool {
        self.m.requirements[r].window.ends(&self.m.calendar, t)
    }

    /// The periods of the window that ends with `t`.
    pub(super) fn window(&self, r: RequirementId, t: PeriodId) -> Vec<PeriodId> {
        self.m.requirements[r].window.periods(&self.m.calendar, t)
    }

    /// What is required in the window that ends with `t`.
    pub(super) fn required(&self, r: RequirementId, t: PeriodId) -> f64 {
        let c = &self.m.calendar;
        let amount = match &self.m.requirements[r].need {
            Need::Level(level) => level.closing(c, t).value(),
            Need::Flow(flow) => {
                let window = self.window(r, t);
                window
                    .iter()
                    .map(|&t| (flow.mean(c, t) * c.length()).value())
                    .sum()
            }
        };
        amount / self.size.requirement(self.m, r)
    }

    /// A fund's money in a year.
    pub(super) fn money(&self, f: FundId, y: YearId) -> f64 {
        self.m.fund_money(f, y) / self.size.money
    }

    /// What a price stated in the base year is when paid in a year, in the base currency.
    pub(super) fn nominal(&self, currency: CurrencyId, year: i32) -> f64 {
        self.rates.nominal(self.m, currency, year)
    }

    /// How many internal units of base-year money, at the start, one unit paid in a year is worth.
    pub(super) fn present_value(&self, year: i32) -> f64 {
        self.rates.present_value(self.m, year)
    }

    /// The first fund of a purse: the terms of all.
    pub(super) fn fund_of(&self, g: PurseId) -> &Fund {
        &self.m.funds[self.n.accounts.purses()[g][0]]
    }

    /// Whether a purse may have money in a year.
    pub(super) fn can_pay(&self, p: PayId, y: YearId) -> bool {
        let Pay { purse, .. } = self.n.accounts.pays()[p];
        let Some(g) = purse else { return true };
        let carries = self.fund_of(g).carry_over.value() > 0.0;
        let years = (0..=y.position()).map(YearId::at);
        let funds = &self.n.accounts.purses()[g];
        years
            .filter(|&earlier| earlier == y || carries)
            .any(|earlier| funds.iter().any(|&f| self.money(f, earlier) > 0.0))
    }

    /// The last year in which anything may fall due.
    pub(super) fn last_due(&self) -> YearId {
        let c = &self.m.calendar;
        let lines = self.m.lines.values().map(|line| line.payment);
        let suppliers = self.m.suppliers.values().map(|supplier| supplier.payment);
        let late = lines
            .chain(suppliers)
            .filter(|terms| terms.advance.value() < 1.0);
        let after = late
            .map(|terms| terms.after)
            .fold(Months::ZERO, Months::max);
        // What is under way is paid for until it opens.
        let under_way = self.m.expansions.values().filter(|e| e.ordered.is_some());
        let building = under_way.flat_map(|e| c.periods().filter_map(|t| e.building(c, t)));
        let stretches = building.chain([c.stretch(c.last()).later(after)]);
        let years = stretches.filter_map(|stretch| c.year_parts(stretch).last().map(|(y, _)| y));
        years.max().unwrap_or(YearId::FIRST)
    }

    /// What a line draws on a resource for each unit of its first product.
    pub(super) fn draws(&self, l: LineId, resource: ResourceId) -> f64 {
        let draws = self.m.lines[l]
            .draws
            .iter()
            .filter(|&&(other, _)| other == resource);
        draws.map(|(_, amount)| amount.value()).sum()
    }
}
