//! The columns: one struct used twice, with variables before the solve and numbers after it.

use super::scope::Scope;
use super::when::When;
use crate::ids::{
    AccountId, AllotId, DeliveryId, EarmarkId, ExpansionId, FundId, GiveId, Grid, Id, LineId,
    MakeId, MarketId, MeetId, MoveId, OrderId, PayId, PeriodId, PurseId, RequirementId, StockId,
    SupplierId, Table, TierId, YearId,
};

/// Declares the families of columns once: the struct, the column names, and the walks over both.
macro_rules! families {
    (
        grids { $($(#[$gdoc:meta])* $grid:ident $Grid:ident [$A:ident, $B:ident],)+ }
        tables { $($(#[$tdoc:meta])* $table:ident $Table:ident [$I:ident],)+ }
    ) => {
        /// The decisions of a plan. A cell is `None` where the column could only be zero.
        ///
        /// Quantities are in the program's internal units until a
        /// [`Solution`](crate::solution::Solution) gives them back.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Plan<T> {
            $($(#[$gdoc])* pub $grid: Grid<$A, $B, Option<T>>,)+
            $($(#[$tdoc])* pub $table: Table<$I, Option<T>>,)+
            /// The highest share short of any requirement not yet settled, when maximising the
            /// lowest coverage.
            pub level: Option<T>,
        }

        /// The name of a column.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
        #[non_exhaustive]
        pub enum Column {
            $($(#[$gdoc])* $Grid($A, $B),)+
            $($(#[$tdoc])* $Table($I),)+
            /// The highest share short of any requirement not yet settled.
            Level,
        }

        impl<T> Plan<T> {
            /// The same plan with every cell passed through `f`.
            pub fn map<S>(&self, mut f: impl FnMut(&T) -> S) -> Plan<S> {
                Plan {
                    $($grid: self.$grid.map(|cell| cell.as_ref().map(&mut f)),)+
                    $($table: self.$table.map(|cell| cell.as_ref().map(&mut f)),)+
                    level: self.level.as_ref().map(&mut f),
                }
            }

            /// Every column with its name.
            pub fn each(&self, mut f: impl FnMut(Column, &T)) {
                $(for (a, b, cell) in self.$grid.iter() {
                    if let Some(cell) = cell { f(Column::$Grid(a, b), cell) }
                })+
                $(for (i, cell) in self.$table.iter() {
                    if let Some(cell) = cell { f(Column::$Table(i), cell) }
                })+
                if let Some(cell) = &self.level { f(Column::Level, cell) }
            }

            /// The column with a name, if it exists.
            pub fn get(&self, column: Column) -> Option<&T> {
                match column {
                    $(Column::$Grid(a, b) => self.$grid.get((a, b))?.as_ref(),)+
                    $(Column::$Table(i) => self.$table.get(i)?.as_ref(),)+
                    Column::Level => self.level.as_ref(),
                }
            }
        }

        impl Column {
            /// The names of the families, in the order of the plan.
            pub const FAMILIES: &'static [&'static str] =
                &[$(stringify!($grid),)+ $(stringify!($table),)+ "level"];

            /// The name of its family.
            pub fn family(self) -> &'static str {
                match self {
                    $(Self::$Grid(..) => stringify!($grid),)+
                    $(Self::$Table(..) => stringify!($table),)+
                    Self::Level => "level",
                }
            }

            /// When what it stands for happens.
            pub fn when(self) -> When {
                match self {
                    $(Self::$Grid(_, at) => at.into(),)+
                    $(Self::$Table(_) => When::Always,)+
                    Self::Level => When::Always,
                }
            }

            /// The same column of the first period or year.
            #[must_use]
            pub fn timeless(self) -> Self {
                match self {
                    $(Self::$Grid(a, _) => Self::$Grid(a, $B::FIRST),)+
                    $(Self::$Table(i) => Self::$Table(i),)+
                    Self::Level => Self::Level,
                }
            }
        }
    };
}

families! {
    grids {
        /// `x[m,t]`: what a line makes for a market.
        make Make [MakeId, PeriodId],
        /// `q[o,t]`: what a supplier delivers to a market.
        order Order [OrderId, PeriodId],
        /// `z[q,t]`: whether a supplier with a minimum order delivers at all (0 or 1).
        placed Placed [SupplierId, PeriodId],
        /// `K⁰[l,t]`: financed capacity for a period; fixed.
        financed Financed [LineId, PeriodId],
        /// `K⁺[l,t]`: capacity added by expansions.
        added Added [LineId, PeriodId],
        /// `b[e,t]`: how much of an expansion is ordered.
        build Build [ExpansionId, PeriodId],
        /// `A[q,t]`: a supplier's rate; fixed.
        available Available [SupplierId, PeriodId],
        /// `p[k,t]`: the makers' stock in a market at the end of a period.
        pool Pool [MarketId, PeriodId],
        /// `d[d,t]`: what goes from a market to a stock.
        deliver Deliver [DeliveryId, PeriodId],
        /// `v[v,t]`: what leaves along a route.
        moved Moved [MoveId, PeriodId],
        /// `s[s,t]`: a holder's stock at the end of a period.
        stock Stock [StockId, PeriodId],
        /// `n[s,t]`: what has reached a stock since the start and has not expired.
        fresh Fresh [StockId, PeriodId],
        /// `o[s,t]`: what is left of the opening stock, where it outlasts what arrives.
        old Old [StockId, PeriodId],
        /// `w[s,t]`: what is scrapped because it expired.
        scrap Scrap [StockId, PeriodId],
        /// `g[g,t]`: what one holder gives to another.
        give Give [GiveId, PeriodId],
        /// `y[e,t]`: what of an item is used to meet a requirement.
        meet Meet [MeetId, PeriodId],
        /// `u[r,t]`: what is missing at the end of a window.
        short Short [RequirementId, PeriodId],
        /// `D[r,t]`: what is required in the window that ends here; fixed.
        required Required [RequirementId, PeriodId],
        /// `f[p,y]`: what a purse pays into an account.
        pay Pay [PayId, YearId],
        /// `c[g,y]`: what a purse carries over into the next year.
        carry Carry [PurseId, YearId],
        /// `E[e,y]`: units of a component for goods of a year or later that funds pay for before it.
        ahead Ahead [EarmarkId, YearId],
        /// `B[n,y]`: units of a component in one lot of goods that funds for several lots pay for.
        allot Allot [AllotId, YearId],
        /// `M[f,y]`: the money a fund gets; fixed.
        money Money [FundId, YearId],
        /// `o[a,y]`: what falls due in a year after the last.
        owed Owed [AccountId, YearId],
    }
    tables {
        /// `S[k]`: what the shortfalls of a tier count, in money.
        tier Tier [TierId],
        /// `h[r]`: the share of a requirement that is missing, when maximising the lowest coverage.
        share Share [RequirementId],
    }
}

/// The bounds of a column, and whether it is whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) whole: bool,
}

impl Bounds {
    const FREE: Self = Self {
        lower: 0.0,
        upper: f64::INFINITY,
        whole: false,
    };

    fn fixed(value: f64) -> Self {
        Self {
            lower: value,
            upper: value,
            whole: false,
        }
    }
}

impl Plan<Bounds> {
    /// The columns of a model: which exist, and between which bounds.
    pub(super) fn of(x: &Scope<'_>, max_min: bool) -> Self {
        let (m, n, c) = (x.m, x.n, &x.m.calendar);
        let (t, y) = (c.periods().len(), c.years().len());
        let due = y.max(x.last_due().position() + 1);
        let free = |exists: bool| exists.then_some(Bounds::FREE);
        Self {
            make: Grid::from_fn(n.makes.len(), t, |k, t| {
                free(x.can_make(n.makes[k].line, t))
            }),
            order: Grid::from_fn(n.orders.len(), t, |o, t| {
                free(x.can_deliver(n.orders[o].supplier, t))
            }),
            placed: Grid::from_fn(m.suppliers.len(), t, |q, t| {
                let choice = m.suppliers[q].minimum_order.is_some() && x.can_deliver(q, t);
                choice.then_some(Bounds {
                    lower: 0.0,
                    upper: 1.0,
                    whole: true,
                })
            }),
            financed: Grid::from_fn(m.lines.len(), t, |l, t| {
                Some(Bounds::fixed(x.financed(l, t)))
            }),
            added: Grid::from_fn(m.lines.len(), t, |l, t| {
                free(x.opening[l].is_some_and(|first| t >= first))
            }),
            build: Grid::from_fn(m.expansions.len(), t, |e, t| {
                if x.m.expansions[e].ordered.is_some() {
                    return x
                        .can_build(e, t)
                        .then(|| Bounds::fixed(m.expansions[e].at_most.value()));
                }
                // The row limits how often it is taken, so that the limit has one price; whole
                // columns are bounded as well, for the sake of branching.
                let whole = m.expansions[e].whole;
                let upper = if whole {
                    super::useful::blocks(m, e)
                } else {
                    f64::INFINITY
                };
                x.can_build(e, t).then_some(Bounds {
                    lower: 0.0,
                    upper,
                    whole,
                })
            }),
            available: Grid::from_fn(m.suppliers.len(), t, |q, t| {
                x.can_deliver(q, t)
                    .then(|| Bounds::fixed(x.available(q, t)))
            }),
            pool: Grid::from_fn(n.markets.len(), t, |k, t| free(x.may_keep(k, t))),
            deliver: Grid::from_fn(n.deliveries.len(), t, |_, _| free(true)),
            moved: Grid::from_fn(n.moves.len(), t, |v, t| {
                free(x.arrives(t, m.routes[n.moves[v].route].lag))
            }),
            stock: Grid::from_fn(m.stocks.len(), t, |s, _| free(!x.only_falls(s))),
            fresh: Grid::from_fn(m.stocks.len(), t, |s, _| free(x.ages(s))),
            old: Grid::from_fn(m.stocks.len(), t, |s, t| {
                let left = m.stocks[s].usable_after(c, t).value();
                let upper = left / x.size.item(m.stocks[s].item);
                (x.outlasts(s) && left > 0.0).then_some(Bounds {
                    upper,
                    ..Bounds::FREE
                })
            }),
            scrap: Grid::from_fn(m.stocks.len(), t, |s, _| free(x.ages(s))),
            give: Grid::from_fn(n.gives.len(), t, |g, t| {
                free(x.arrives(t, m.gifts[n.gives[g].gift].lag))
            }),
            meet: Grid::from_fn(n.meets.len(), t, |e, _| {
                free(x.is_flow(n.meets[e].requirement))
            }),
            short: Grid::from_fn(m.requirements.len(), t, |r, t| {
                free(x.ends_window(r, t) && (x.required(r, t) > 0.0 || x.waits(r)))
            }),
            required: Grid::from_fn(m.requirements.len(), t, |r, t| {
                x.ends_window(r, t).then(|| Bounds::fixed(x.required(r, t)))
            }),
            pay: Grid::from_fn(n.accounts.pays().len(), y, |p, y| free(x.can_pay(p, y))),
            carry: Grid::from_fn(n.accounts.purses().len(), y, |g, y: YearId| {
                let last = y.position() + 1 == c.years().len();
                free(x.fund_of(g).carry_over.value() > 0.0 && !last)
            }),
            ahead: Grid::from_fn(n.earmarks.len(), y, |e, y: YearId| {
                let earmark = &n.earmarks[e];
                free(earmark.lot && y.position() > 0 && x.may_pay_ahead(earmark.item))
            }),
            allot: Grid::from_fn(n.allots.len(), y, |_, _| free(true)),
            money: Grid::from_fn(m.funds.len(), y, |f, y| Some(Bounds::fixed(x.money(f, y)))),
            owed: Grid::from_fn(n.accounts.accounts().len(), due, |_, y: YearId| {
                free(!c.has_year(y))
            }),
            tier: n.tiers.map(|_| Some(Bounds::FREE)),
            share: m.requirements.map(|_| max_min.then_some(Bounds::FREE)),
            level: max_min.then_some(Bounds::FREE),
        }
    }
}

impl Scope<'_> {
    /// Natural units in one internal unit of a column.
    pub(super) fn unit(&self, column: Column) -> f64 {
        let (m, n, size) = (self.m, self.n, &self.size);
        let stock = |s: StockId| size.item(m.stocks[s].item);
        match column {
            Column::Make(k, _) => self.make_size(k),
            Column::Order(o, _) => size.item(m.suppliers[n.orders[o].supplier].item),
            Column::Available(q, _) => size.item(m.suppliers[q].item),
            Column::Financed(l, _) | Column::Added(l, _) => size.line(l),
            Column::Pool(k, _) => size.item(n.markets[k].item),
            Column::Deliver(d, _) => stock(n.deliveries[d].stock),
            Column::Moved(v, _) => size.item(n.markets[n.moves[v].from].item),
            Column::Stock(s, _) | Column::Fresh(s, _) | Column::Old(s, _) | Column::Scrap(s, _) => {
                stock(s)
            }
            Column::Ahead(e, _) => size.item(n.earmarks[e].item),
            Column::Allot(a, _) => size.item(n.earmarks[n.allots[a].to].item),
            Column::Give(g, _) => stock(n.gives[g].from),
            Column::Meet(e, _) => stock(n.meets[e].stock),
            Column::Short(r, _) | Column::Required(r, _) => size.requirement(m, r),
            Column::Pay(..)
            | Column::Carry(..)
            | Column::Money(..)
            | Column::Owed(..)
            | Column::Tier(_) => size.money,
            Column::Placed(..) | Column::Build(..) | Column::Share(_) | Column::Level => 1.0,
        }
    }
}
