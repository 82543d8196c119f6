//! Who pays how much, if each pays by its share as far as it may: the even division of expenses among payers.
//!
//! ```text
//! split(A, G):  paid[g] = cap[g](λ)  with  Σ_{g ∈ G} cap[g](λ) = Σ_{a ∈ A} E[a]      if the payers can serve all of A so;
//!               else a cut has X ⊂ A whose payers N(X) ⊂ G cannot: split(X, N(X)) and split(A ∖ X, G ∖ N(X))
//! ```
//!
//! `cap[g](λ)` grows with `λ`, the same for all: what a payer pays at a level. Payers of a cut that is short pay at a
//! higher level, and nothing for others. What comes out is the one division in which nobody pays at a higher level
//! where somebody at a lower one could pay instead (the lexicographically optimal base of a polymatroid: Fujishige
//! 1980, Groenevelt 1991). Each step is one maximal flow, by shortest augmenting paths.

use std::collections::VecDeque;

/// Expenses, and which payers may pay each.
pub(super) struct Division<'a> {
    pub(super) expenses: &'a [f64],
    /// By expense: the numbers of its payers.
    pub(super) may: &'a [Vec<usize>],
    /// What each of some payers pays at the level at which they pay so much in all, or all that they have.
    pub(super) filled: &'a dyn Fn(&[usize], f64) -> Vec<f64>,
}

impl Division<'_> {
    /// What each of so many payers pays.
    pub(super) fn of(&self, payers: usize) -> Vec<f64> {
        let mut paid = vec![0.0; payers];
        let all = (0..self.expenses.len()).filter(|&a| self.expenses[a] > 0.0);
        self.split(
            &all.collect::<Vec<_>>(),
            &(0..payers).collect::<Vec<_>>(),
            &mut paid,
        );
        paid
    }

    fn split(&self, expenses: &[usize], payers: &[usize], paid: &mut [f64]) {
        let wanted: f64 = expenses.iter().map(|&a| self.expenses[a]).sum();
        if wanted <= 0.0 || payers.is_empty() {
            return;
        }
        let caps = (self.filled)(payers, wanted);
        let flow = Flow::of(self, expenses, payers, &caps);
        let (short, rest) = flow.cut();
        let is_short = |&&a: &&usize| short[a];
        let (high, low): (Vec<usize>, Vec<usize>) = expenses.iter().partition(is_short);
        let (high_payers, low_payers): (Vec<usize>, Vec<usize>) =
            (0..payers.len()).partition(|&n| !rest[n]);
        let payer = |n: &usize| payers[*n];
        if high.is_empty() || low_payers.is_empty() {
            for (n, &g) in payers.iter().enumerate() {
                paid[g] = if high.is_empty() {
                    caps[n]
                } else {
                    flow.out_of(n)
                };
            }
            return;
        }
        self.split(
            &high,
            &high_payers.iter().map(payer).collect::<Vec<_>>(),
            paid,
        );
        self.split(
            &low,
            &low_payers.iter().map(payer).collect::<Vec<_>>(),
            paid,
        );
    }
}

/// How a payer was reached by payments that can be moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// It was not.
    Not,
    /// It has something to spare itself.
    First,
    /// By way of an expense that it pays.
    From(usize),
}

/// The largest flow from payers, each with a cap, to expenses.
struct Flow {
    expenses: Vec<usize>,
    /// By payer, in order: the expenses it may pay, by their order.
    may: Vec<Vec<usize>>,
    /// By payer: what it pays for each expense.
    paid: Vec<Vec<f64>>,
    spare: Vec<f64>,
    missing: Vec<f64>,
    /// What counts as nothing.
    nothing: f64,
}

impl Flow {
    fn of(division: &Division<'_>, expenses: &[usize], payers: &[usize], caps: &[f64]) -> Self {
        let may = |g: &usize| {
            let own = expenses.iter().enumerate();
            let own = own.filter(|(_, a)| division.may[**a].contains(g));
            own.map(|(n, _)| n).collect()
        };
        let wanted: f64 = expenses.iter().map(|&a| division.expenses[a]).sum();
        let mut new = Self {
            may: payers.iter().map(may).collect(),
            paid: vec![vec![0.0; expenses.len()]; payers.len()],
            spare: caps.to_vec(),
            missing: expenses.iter().map(|&a| division.expenses[a]).collect(),
            nothing: 1e-12 * (1.0 + wanted),
            expenses: expenses.to_vec(),
        };
        while new.augment() {}
        new
    }

    /// Which payers a payment can be moved to from those with something to spare, and by way of which expense; which
    /// expenses they reach, and by way of which payer.
    fn reached(&self) -> (Vec<Reached>, Vec<Option<usize>>) {
        let mut payers = vec![Reached::Not; self.may.len()];
        let mut expenses = vec![None; self.expenses.len()];
        let mut queue = VecDeque::new();
        for (g, &spare) in self.spare.iter().enumerate() {
            if spare > self.nothing {
                payers[g] = Reached::First;
                queue.push_back(g);
            }
        }
        while let Some(g) = queue.pop_front() {
            for &a in &self.may[g] {
                if expenses[a].is_some() {
                    continue;
                }
                expenses[a] = Some(g);
                for (other, paid) in self.paid.iter().enumerate() {
                    if payers[other] == Reached::Not && paid[a] > self.nothing {
                        payers[other] = Reached::From(a);
                        queue.push_back(other);
                    }
                }
            }
        }
        (payers, expenses)
    }

    /// Pay more for an expense that is not paid in full, if any path of payments leads there.
    fn augment(&mut self) -> bool {
        let (payers, expenses) = self.reached();
        let open = |&a: &usize| expenses[a].is_some() && self.missing[a] > self.nothing;
        let Some(end) = (0..self.expenses.len()).find(open) else {
            return false;
        };
        let (mut by, mut path, mut at) = (self.missing[end], Vec::new(), end);
        let first = loop {
            let g = expenses[at].expect("an expense on the way was reached");
            match payers[g] {
                Reached::Not => unreachable!("a payer on the way was reached"),
                Reached::First => {
                    path.push((g, at, None));
                    break g;
                }
                Reached::From(from) => {
                    path.push((g, at, Some(from)));
                    by = by.min(self.paid[g][from]);
                    at = from;
                }
            }
        };
        by = by.min(self.spare[first]);
        for (g, to, from) in path {
            self.paid[g][to] += by;
            if let Some(from) = from {
                self.paid[g][from] -= by;
            }
        }
        self.spare[first] -= by;
        self.missing[end] -= by;
        true
    }

    /// Which expenses, by their number, lie on the short side; and which payers do not.
    fn cut(&self) -> (Vec<bool>, Vec<bool>) {
        let (payers, expenses) = self.reached();
        let whole = self.missing.iter().all(|&missing| missing <= self.nothing);
        let numbers = self.expenses.iter().max().map_or(0, |most| most + 1);
        let mut short = vec![false; numbers];
        for (n, &a) in self.expenses.iter().enumerate() {
            short[a] = !whole && expenses[n].is_none();
        }
        (
            short,
            payers.iter().map(|&how| how != Reached::Not).collect(),
        )
    }

    fn out_of(&self, payer: usize) -> f64 {
        self.paid[payer].iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each payer pays the same share of what it has.
    fn divided(expenses: &[f64], may: &[Vec<usize>], have: &[f64]) -> Vec<f64> {
        let filled = |payers: &[usize], total: f64| {
            let all: f64 = payers.iter().map(|&g| have[g]).sum();
            let share = if all > 0.0 {
                (total / all).min(1.0)
            } else {
                0.0
            };
            payers.iter().map(|&g| share * have[g]).collect::<Vec<_>>()
        };
        let division = Division {
            expenses,
            may,
            filled: &filled,
        };
        division.of(have.len())
    }

    fn same(found: &[f64], wanted: &[f64]) {
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-12 * (1.0 + b.abs());
        assert!(
            found.iter().zip(wanted).all(near),
            "{found:?}, wanted {wanted:?}"
        );
    }

    #[test]
    fn payers_pay_the_same_share_if_they_may() {
        same(
            &divided(&[50.0], &[vec![0, 1]], &[60.0, 40.0]),
            &[30.0, 20.0],
        );
        // The second expense is the second payer's alone; the first payer makes up for it.
        let may = [vec![0, 1], vec![1]];
        same(&divided(&[10.0, 8.0], &may, &[10.0, 10.0]), &[9.0, 9.0]);
    }

    #[test]
    fn who_may_not_pay_more_leaves_it_to_the_others() {
        // Of 60 the second may pay 10 alone: the others pay five ninths of what they have.
        let may = [vec![0, 2], vec![0, 1, 2]];
        let paid = divided(&[50.0, 10.0], &may, &[60.0, 30.0, 30.0]);
        same(&paid, &[100.0 / 3.0, 10.0, 50.0 / 3.0]);
        // An expense that needs all of its payer is paid by nobody else, and its payer pays for nothing else.
        let paid = divided(&[9.0, 6.0], &[vec![0], vec![0, 1, 2]], &[10.0, 20.0, 40.0]);
        same(&paid, &[9.0, 2.0, 4.0]);
    }

    #[test]
    fn what_nobody_can_pay_is_left() {
        same(
            &divided(&[50.0, 5.0], &[vec![0], vec![]], &[30.0, 4.0]),
            &[30.0, 0.0],
        );
    }
}
