//! Who pays: settled by the model's rule of financing once all else is, where a rule other than `cheapest` is set.
//!
//! ```text
//! min  Σ_{g,y} | Σ_a f[g,a,y] − paid[g,y] |  +  50 · Σ f of loans (grants-first)  +  small preferences by name
//!      on the rows that hold who pays, with all that is made, bought and moved as the stages left it
//! ```
//!
//! `paid[g,y]` is the [division](super::shares) of each year's expenses among those who may pay them, by the weights of
//! [`financing`](crate::program): year by year, as each fund has its money. Where money that is paid so is missing
//! later, or content rules and earmarks forbid it, the least is paid otherwise. Value, shortfall and cost stay what they
//! are: under these rules an expense counts the same whoever pays it, and what history carries over is held.

use super::certificate::Checked;
use super::linear::{Bounds, Linear, missed};
use super::shares::Division;
use super::{Certificate, Failure, Limits, Worker};
use crate::ids::{AccountId, FundId, Grid, Id, PayId, PurseId, Table, YearId};
use crate::program::{Column, Part, Payers, Program, Sense, Stage, filled};

/// What a unit of money counts that is not paid as it should be: preferences are thousandths of it.
const AMISS: f64 = 10.0;
/// How much more a unit of a loan counts that is drawn where grants come first.
const LOAN: f64 = 50.0 * AMISS;

/// What was found.
pub(super) struct Settled {
    pub(super) columns: Vec<f64>,
    pub(super) certificate: Certificate,
    pub(super) iterations: u64,
    pub(super) solver: &'static str,
}

/// Settle who pays in a plan. `None`: what was found does not stand up.
pub(super) fn settled(
    program: &Program,
    worker: Worker,
    limits: &Limits,
    aims: &[(Stage, f64)],
    columns: &[f64],
) -> Result<Option<Settled>, Failure> {
    let Some(payers) = program.settled_payers() else {
        return Ok(None);
    };
    let bill = Bill::of(program, payers, columns);
    if bill.is_empty() {
        return Ok(Some(Settled {
            columns: columns.to_vec(),
            certificate: Certificate::default(),
            iterations: 0,
            solver: worker.name(),
        }));
    }
    let mut open = Money::of(program, columns);
    for (aim, _) in aims.iter().filter(|(stage, _)| stage.priced) {
        open.hold(program, &aim.aim, columns);
    }
    open.near(program, payers, &bill);
    let Checked { found, certificate } = match worker.run(&open.linear, limits, false) {
        Ok(checked) => checked,
        Err(failure @ (Failure::TimeLimit | Failure::Cancelled)) => return Err(failure),
        Err(_) => return Ok(None),
    };
    let mut all = columns.to_vec();
    for (&j, &value) in open.numbers.iter().zip(&found.columns) {
        all[j as usize] = value;
    }
    Ok(certificate.holds().then_some(Settled {
        columns: all,
        certificate,
        iterations: found.iterations,
        solver: found.solver,
    }))
}

/// What each purse should pay in each year.
struct Bill(Grid<PurseId, YearId, f64>);

impl Bill {
    /// Year by year, given what a plan spends; what is held is paid as it is.
    fn of(program: &Program, payers: &Payers, columns: &[f64]) -> Self {
        let accounts = &program.network().accounts;
        let purses = accounts.purses();
        let (plan, years) = (program.plan(), years(program));
        let value = |j: u32| columns[j as usize];
        let new = |f: FundId, y| plan.money[(f, y)].map_or(0.0, value);
        let funds = purses.values().map(Vec::len).sum::<usize>();
        let mut left: Table<FundId, f64> = std::iter::repeat_n(0.0, funds).collect();
        let mut bill = Grid::from_fn(purses.len(), years, |_: PurseId, _: YearId| 0.0);
        for y in (0..years).map(YearId::at) {
            let new: Table<FundId, f64> = left.ids().map(|f| new(f, y)).collect();
            let have = payers.have(&new, &left);
            let parts = payers.parts(y, &have);
            let parts_of = |g: PurseId| purses[g].iter().map(|&f| parts[f]);
            let mut expenses = vec![0.0; accounts.accounts().len()];
            let mut may: Vec<Vec<usize>> = vec![Vec::new(); expenses.len()];
            let mut held = vec![0.0; purses.len()];
            for (p, pay) in accounts.pays().iter() {
                let (Some(j), Some(g)) = (plan.pay[(p, y)], pay.purse) else {
                    continue;
                };
                if is_open(program, j) {
                    expenses[pay.account.position()] += value(j).max(0.0);
                    may[pay.account.position()].push(g.position());
                } else {
                    held[g.position()] += value(j);
                }
            }
            let of_purses = |some: &[usize], total: f64| {
                let groups = some
                    .iter()
                    .map(|&g| parts_of(PurseId::at(g)).collect::<Vec<Part>>());
                let groups: Vec<Vec<Part>> = groups.collect();
                let mut paid = filled(&groups.concat(), total).into_iter();
                groups
                    .iter()
                    .map(|group| paid.by_ref().take(group.len()).sum())
                    .collect::<Vec<f64>>()
            };
            let division = Division {
                expenses: &expenses,
                may: &may,
                filled: &of_purses,
            };
            let paid = division.of(purses.len());
            for (g, funds) in purses.iter() {
                let total = paid[g.position()] + held[g.position()];
                bill[(g, y)] = total;
                let each = filled(&parts_of(g).collect::<Vec<_>>(), total);
                for (&f, paid) in funds.iter().zip(each) {
                    left[f] = have[f] - paid;
                }
            }
        }
        Self(bill)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|(.., &paid)| paid <= 0.0)
    }
}

/// How many years the calendar has.
fn years(program: &Program) -> usize {
    let all = program.plan().money.iter();
    all.map(|(_, y, _)| y.position() + 1).max().unwrap_or(0)
}

fn is_open(program: &Program, j: u32) -> bool {
    let column = &program.columns()[j as usize];
    column.lower < column.upper
}

/// The program of who pays: the columns of money, and the rows that they stand in.
struct Money {
    linear: Linear,
    /// The program's number of each column that it has.
    numbers: Vec<u32>,
    /// The number here of each column of the program.
    own: Vec<Option<u32>>,
}

impl Money {
    fn of(program: &Program, columns: &[f64]) -> Self {
        let mut new = Self {
            linear: Linear {
                starts: vec![0],
                fine: true,
                ..Linear::default()
            },
            numbers: Vec::new(),
            own: vec![None; program.columns().len()],
        };
        for (n, column) in program.columns().iter().enumerate() {
            let is_money = matches!(
                column.name,
                Column::Pay(..) | Column::Carry(..) | Column::Ahead(..) | Column::Allot(..)
            );
            let j = u32::try_from(n).expect("fewer than 2^32 columns");
            if is_money && is_open(program, j) {
                new.numbers.push(j);
                new.own[n] = Some(new.column(column.lower, column.upper));
            }
        }
        let rows = program.rows();
        for n in 0..rows.len() {
            if rows
                .row(n)
                .iter()
                .any(|&(j, _)| new.own[j as usize].is_some())
            {
                new.row(rows.row(n), rows.sense(n), rows.right(n), columns);
            }
        }
        new
    }

    fn column(&mut self, lower: f64, upper: f64) -> u32 {
        let number = u32::try_from(self.linear.columns.len()).expect("fewer than 2^32 columns");
        self.linear.columns.push(Bounds {
            lower,
            upper,
            whole: false,
        });
        self.linear.aim.push(0.0);
        number
    }

    /// A row of the program, with its other columns where the plan has them; no plan misses it by more than this one.
    fn row(&mut self, row: &[(u32, f64)], sense: Sense, right: f64, columns: &[f64]) {
        let (mut left, mut right) = (0.0, right);
        for &(j, factor) in row {
            let value = factor * columns[j as usize];
            match self.own[j as usize] {
                Some(own) => {
                    self.linear.terms.push((own, factor));
                    left += value;
                }
                None => right -= value,
            }
        }
        let excess = left - right;
        let miss = missed(sense, excess);
        self.end(
            sense,
            if miss > 0.0 {
                right + excess.signum() * miss
            } else {
                right
            },
        );
    }

    fn end(&mut self, sense: Sense, right: f64) {
        self.linear.starts.push(self.linear.terms.len());
        self.linear.senses.push(sense);
        self.linear.rights.push(right);
    }

    /// Keep an aim where it is, if it hangs on who pays.
    fn hold(&mut self, program: &Program, aim: &[(u32, f64)], columns: &[f64]) {
        let mut factors = vec![0.0; program.columns().len()];
        for &(j, factor) in aim {
            factors[j as usize] = factor;
        }
        let mut of_account: Grid<AccountId, YearId, Option<f64>> = Grid::from_fn(
            program.network().accounts.accounts().len(),
            years(program),
            |_, _| None,
        );
        let mut hangs = false;
        for &j in &self.numbers {
            let factor = factors[j as usize];
            if let Column::Pay(p, y) = program.columns()[j as usize].name {
                let p: PayId = p;
                let first = &mut of_account[(program.network().accounts.pays()[p].account, y)];
                hangs |= *first.get_or_insert(factor) != factor;
            } else {
                hangs |= factor != 0.0;
            }
        }
        if hangs {
            let own = aim.iter().filter(|(j, _)| self.own[*j as usize].is_some());
            let own: Vec<(u32, f64)> = own.copied().collect();
            let value: f64 = own
                .iter()
                .map(|&(j, factor)| factor * columns[j as usize])
                .sum();
            let terms = own
                .iter()
                .filter_map(|&(j, factor)| Some((self.own[j as usize]?, factor)));
            self.linear.terms.extend(terms);
            self.end(Sense::Equal, value);
        }
    }

    /// What is made least: what is paid otherwise than it should be.
    fn near(&mut self, program: &Program, payers: &Payers, bill: &Bill) {
        let accounts = &program.network().accounts;
        for &(j, preference) in program.preferred_payers() {
            if let Some(own) = self.own[j as usize] {
                self.linear.aim[own as usize] += preference;
            }
        }
        for (g, y, &wanted) in bill.0.iter() {
            let pays = accounts
                .pays()
                .iter()
                .filter(|(_, pay)| pay.purse == Some(g));
            let columns = pays.filter_map(|(p, _)| program.plan().pay[(p, y)]);
            let (open, held): (Vec<u32>, Vec<u32>) = columns.partition(|&j| is_open(program, j));
            let own: Vec<u32> = open.iter().filter_map(|&j| self.own[j as usize]).collect();
            if own.is_empty() {
                continue;
            }
            let held: f64 = held
                .iter()
                .map(|&j| program.columns()[j as usize].lower)
                .sum();
            let last = accounts.purses()[g].iter().any(|&f| payers.comes_last(f));
            for &own in &own {
                if last && payers.puts_grants_first() {
                    self.linear.aim[own as usize] += LOAN;
                }
            }
            self.linear.terms.extend(own.iter().map(|&own| (own, 1.0)));
            for sign in [-1.0, 1.0] {
                let amiss = self.column(0.0, f64::INFINITY);
                self.linear.aim[amiss as usize] = AMISS;
                self.linear.terms.push((amiss, sign));
            }
            self.end(Sense::Equal, wanted - held);
        }
    }
}
