//! What every family of rows looks things up in: model, network, internal units, who meets whom.

use super::Program;
use super::accounts::{Pay, Payer};
use super::network::{Move, Network};
use super::rates::Rates;
use super::size::Sizes;
use crate::ids::{
    AccountId, CurrencyId, DeliveryId, ExpansionId, FundId, GiveId, Id, LineId, MakeId, MarketId,
    MeetId, MoveId, OrderId, PayId, PeriodId, PurseId, RequirementId, ResourceId, StockId,
    SupplierId, Table, YearId,
};
use crate::model::{Fund, Model, Need, ObjectiveKind, Unmet, Window};
use crate::units::Share;

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

impl<'a> Scope<'a> {
    /// The scope of a model, measured as another program is, if there is one.
    pub(super) fn new(
        m: &'a Model,
        n: &'a Network,
        kind: ObjectiveKind,
        like: Option<&Program>,
    ) -> Self {
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
        x.counted = super::objective::counted(&x, kind);
        for (mine, &theirs) in x
            .counted
            .values_mut()
            .zip(like.iter().flat_map(|other| other.counted.values()))
        {
            if theirs > 0.0 {
                *mine = theirs;
            }
        }
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

    /// What a line has on order for a period. `None`: new orders can be delivered by then.
    pub(super) fn booked(&self, l: LineId, t: PeriodId) -> Option<f64> {
        let (line, c) = (&self.m.lines[l], &self.m.calendar);
        if t.position() >= c.lag(line.lead_time) {
            return None;
        }
        let booked = line.booked.as_ref();
        let booked = booked.map_or(0.0, |path| (path.mean(c, t) * c.length()).value());
        Some(booked / self.size.line(l))
    }

    /// The share of capacity that a line can use in a period.
    pub(super) fn utilisation(&self, l: LineId, t: PeriodId) -> f64 {
        self.m.lines[l]
            .utilisation
            .mean(&self.m.calendar, t)
            .value()
    }

    fn first_opening(&self, l: LineId) -> Option<PeriodId> {
        let options = self.m.expansions.iter().filter(|(_, e)| e.line == l);
        let opens = options.filter_map(|(e, expansion)| {
            let first = self.m.calendar.periods().find(|&t| self.can_build(e, t))?;
            self.m
                .calendar
                .after(first, self.m.calendar.lag(expansion.lead_time))
        });
        opens.min()
    }

    pub(super) fn can_make(&self, l: LineId, t: PeriodId) -> bool {
        let opened = self.opening[l].is_some_and(|first| t >= first);
        let booked = self.booked(l, t).is_none_or(|booked| booked > 0.0);
        booked && self.utilisation(l, t) > 0.0 && (opened || self.financed(l, t) > 0.0)
    }

    /// Whether an expansion may be ordered in a period, and would open within the calendar.
    pub(super) fn can_build(&self, e: ExpansionId, t: PeriodId) -> bool {
        let (expansion, c) = (&self.m.expansions[e], &self.m.calendar);
        let month = c.first_month(t);
        let opens = c.after(t, c.lag(expansion.lead_time)).is_some();
        let payable = self.n.accounts.of_expansion(e) != Payer::Nobody;
        let after = expansion
            .from
            .is_none_or(|from| c.from_month(from).is_some_and(|first| t >= first));
        opens && payable && after && expansion.until.is_none_or(|until| month <= until)
    }

    /// Whether a supplier may deliver in a period.
    pub(super) fn can_deliver(&self, q: SupplierId, t: PeriodId) -> bool {
        self.deliverable(q, t) > 0.0
    }

    /// How an expansion's capacity grows: periods after it opens, and the share that is new then.
    pub(super) fn opening_steps(&self, e: ExpansionId) -> Vec<(usize, f64)> {
        let opening = &self.m.expansions[e].opening;
        let mut running = 0.0;
        let steps = opening.iter().map(|&(after, share)| {
            let growth = share.value() - running;
            running = share.value();
            (self.m.calendar.lag(after), growth)
        });
        if opening.is_empty() {
            vec![(0, 1.0)]
        } else {
            steps.collect()
        }
    }

    /// What a supplier's rate is over a period.
    pub(super) fn available(&self, q: SupplierId, t: PeriodId) -> f64 {
        let (supplier, c) = (&self.m.suppliers[q], &self.m.calendar);
        (supplier.rate.mean(c, t) * c.length()).value() / self.size.item(supplier.item)
    }

    /// What a supplier has on order for a period. `None`: queue and lead time have passed by then.
    pub(super) fn on_order(&self, q: SupplierId, t: PeriodId) -> Option<f64> {
        let (supplier, c) = (&self.m.suppliers[q], &self.m.calendar);
        if t.position() >= c.lag(supplier.queue + supplier.lead_time) {
            return None;
        }
        let booked = supplier.booked.as_ref();
        let booked = booked.map_or(0.0, |path| (path.mean(c, t) * c.length()).value());
        Some(booked / self.size.item(supplier.item))
    }

    /// The most that a supplier can deliver in a period.
    pub(super) fn deliverable(&self, q: SupplierId, t: PeriodId) -> f64 {
        let rate = self.available(q, t);
        self.on_order(q, t).map_or(rate, |booked| booked.min(rate))
    }

    /// Whether makers may keep anything of a market's item: only of what the industry uses up.
    pub(super) fn may_keep(&self, k: MarketId, t: PeriodId) -> bool {
        let market = &self.n.markets[k];
        let stock = self.m.items[market.item].stock.as_ref();
        let most = stock.and_then(|stock| stock.most.as_ref());
        market.industry && most.is_none_or(|most| most.closing(&self.m.calendar, t).value() > 0.0)
    }

    /// Whether what leaves along a route arrives within the calendar.
    pub(super) fn arrives(&self, along: Move, t: PeriodId) -> bool {
        let c = &self.m.calendar;
        c.after(t, c.lag(self.m.routes[along.route].lag)).is_some()
    }

    /// For how many periods what arrives can be used, the first included. `None`: beyond the calendar.
    pub(super) fn life(&self, s: StockId) -> Option<usize> {
        let c = &self.m.calendar;
        let life = self.m.items[self.m.stocks[s].item].shelf_life?;
        let months = f64::from(c.period().months());
        let periods = c.periods().take_while(|t| {
            crate::units::months(months).value() * (to_f64(t.position()) + 1.0)
                <= life.value() + 1e-9
        });
        let periods = periods.count().max(1);
        (periods < c.periods().len()).then_some(periods)
    }

    /// Whether anything in a stock can expire within the calendar.
    pub(super) fn ages(&self, s: StockId) -> bool {
        let last = self.m.calendar.end();
        let stock = &self.m.stocks[s];
        let reached = self.is_reached(s);
        self.life(s).is_some() && reached || stock.surviving(last) < stock.total()
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
        match self.m.requirements[r].window {
            Window::Period => true,
            Window::Year => self.m.calendar.ends_year(t),
        }
    }

    /// The periods of the window that ends with `t`.
    pub(super) fn window(&self, r: RequirementId, t: PeriodId) -> Vec<PeriodId> {
        let c = &self.m.calendar;
        match self.m.requirements[r].window {
            Window::Period => vec![t],
            Window::Year => c.periods_of(c.year_of(t)).collect(),
        }
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

    /// Whether anything may fall due after the last year.
    pub(super) fn may_owe(&self) -> bool {
        let mut lines = self.m.lines.values().map(|line| line.payment);
        let mut suppliers = self.m.suppliers.values().map(|supplier| supplier.payment);
        let late =
            |terms: crate::model::Payment| terms.after.value() > 0.0 && terms.advance.value() < 1.0;
        lines.any(late) || suppliers.any(late)
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

/// A small count as a number.
pub(super) fn to_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
