//! The findings as tables.

use super::{Decision, Futures, Judged, Kind, Tried};
use crate::analysis::Findings;
use crate::analysis::measure::beyond;
use crate::analysis::monte_carlo::Statistics;
use crate::table::{Cell, Table};
use std::fmt::Write as _;

/// Output and gifts that differ between plans by less than this share are not shown.
const ALIKE: f64 = 0.01;

impl Findings for Futures {
    fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.summary()];
        tables.extend(self.fresh.as_ref().map(|fresh| self.fresh_table(fresh)));
        tables.extend([self.now(), self.by_future(), self.coverage(), self.alone()]);
        tables
    }
}

impl Futures {
    fn heads(&self) -> impl Iterator<Item = String> {
        self.futures.iter().map(|f| f.scenario.key.clone())
    }

    fn value_note(&self) -> String {
        format!(
            "Shortfalls at their value and discounted cost, M {} at prices of {}; less is better.",
            self.money.0, self.money.1
        )
    }

    fn summary(&self) -> Table {
        let title = format!(
            "Planning before {}, when it shows which future comes",
            self.date
        );
        let mut table =
            Table::new("summary", title, self.value_note(), &["what"]).columns(["value"]);
        let mut line = |what: &str, value: Option<f64>| {
            table.push(vec![what.into(), value.map_or(Cell::Empty, Cell::Money)]);
        };
        let (together, known) = (Some(self.together), Some(self.wait_and_see));
        line("plan for all futures together, expected (RP)", together);
        if let Some(fresh) = &self.fresh {
            let mut of = format!(
                "the same out of sample: mean of {} fresh draws",
                fresh.together.values.count
            );
            let (cut, lost) = (fresh.together.cut, fresh.together.lost);
            if lost > 0 {
                let _ = write!(of, ", without {lost} in which it cannot be kept to");
            }
            if cut > 0 {
                let _ = write!(of, "; at least, as in {cut} not all of it can be");
            }
            line(&of, Some(fresh.together.values.mean));
        }
        line("if it were known which future comes, expected (WS)", known);
        let reason = self.no_mean_plan.as_deref();
        let why = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        let what = format!("plan for mean figures, expected (EEV){why}");
        line(&what, self.mean_plan);
        if let Some((risk, value)) = self.risk {
            let worst = format!("the worst {:.0} % of futures", 100.0 * (1.0 - risk.level));
            let what = format!("plan for all futures, mean of {worst}");
            line(&what, Some(value));
            let by = format!("{worst} counting with weight {}", risk.weight);
            let own = self.measured;
            line(&format!("RP, {by}"), Some(own.together));
            line(&format!("WS, {by}"), Some(own.wait_and_see));
            line(&format!("EEV, {by}{why}"), own.mean_plan);
        }
        let measure = match self.risk {
            None => "",
            Some(_) => ", as the worst count",
        };
        let information = format!("value of perfect information (RP − WS{measure})");
        line(&information, Some(self.perfect_information()));
        let solution = format!("value of the stochastic solution (EEV − RP{measure}){why}");
        line(&solution, self.stochastic_solution());
        for (n, future) in self.futures.iter().enumerate() {
            let what = format!("plan for `{}` alone, expected", future.scenario.key);
            let least = ": at least, as not all of it can be kept to";
            let least = if self.is_in_full(n) { "" } else { least };
            line(&format!("{what}{least}"), self.planned_for(n));
        }
        let regret = "highest regret of the plan for all in any future";
        line(regret, Some(self.worst_regret()));
        table
    }

    /// What a fresh sample says of the plans.
    fn fresh_table(&self, fresh: &Judged) -> Table {
        let note = format!(
            "{} draws of {} uncertain inputs in the futures, each future as often as it is likely, seed {}; what is decided before {} stands, all else is planned for the draw. In sample: what the plan comes to in the futures that it was made for. Where fewer draws are kept to in full than there are draws, a plan comes to so much at least; the value of the stochastic solution is of draws in which both plans are kept to in full. {}",
            fresh.samples,
            fresh.inputs,
            fresh.seed,
            self.date,
            self.value_note()
        );
        let heads = [
            "in sample",
            "mean",
            "error",
            "5 %",
            "50 %",
            "95 %",
            "draws",
            "in full",
        ];
        let title = "In sample and out of sample: a fresh sample judges the plan";
        let mut table = Table::new("fresh", title, note, &["what"]).columns(heads);
        let mut line = |what: &str, inside: Option<f64>, found: &Statistics, full: usize| {
            let cell = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Money);
            let mut row: Vec<Cell> = vec![what.into(), cell(inside)];
            row.extend([found.mean, found.error].map(Cell::Money));
            row.extend([0.05, 0.5, 0.95].map(|share| cell(found.quantile(share))));
            row.extend([found.count, full].map(Cell::from));
            table.push(row);
        };
        let plan = |tried: &Tried| tried.values.count - tried.cut;
        let together = &fresh.together;
        line(
            "plan for all futures",
            Some(self.together),
            &together.values,
            plan(together),
        );
        if let Some(found) = &fresh.mean_plan {
            line(
                "plan for mean figures",
                self.mean_plan,
                &found.values,
                plan(found),
            );
        }
        if let Some(found) = &fresh.stochastic_solution {
            let inside = self.mean_plan.map(|mean| mean - self.together);
            line(
                "value of the stochastic solution",
                inside,
                found,
                found.count,
            );
        }
        table
    }

    fn now(&self) -> Table {
        let title = "What to build and order now";
        let note = format!(
            "Decided before {}, whenever it arrives: in the plan for all futures, for mean figures, and for each future alone. Output and gifts only where plans differ.",
            self.date
        );
        let words = ["decide", "what", "unit"];
        let mut table = Table::new("now", title, note, &words)
            .across("planned_for", ["all futures", "mean figures"])
            .across("planned_for", self.heads());
        let shown =
            |d: &&Decision| matches!(d.kind, Kind::Expansion | Kind::Order) || d.spread() > ALIKE;
        for decision in self.decisions.iter().filter(shown) {
            let words = [
                decision.kind.word().into(),
                decision.what.clone(),
                decision.unit.clone(),
            ];
            let numbers = [decision.together, decision.mean];
            let numbers = numbers.iter().chain(&decision.alone);
            let cells = words.into_iter().map(Cell::Text);
            table.push(cells.chain(numbers.map(|&n| Cell::Quantity(n))).collect());
        }
        table
    }

    fn by_future(&self) -> Table {
        let mut table = Table::new(
            "futures",
            "What comes of it in each future",
            self.value_note(),
            &["what"],
        )
        .across("future", self.heads());
        let mut line = |what: &str, of: &dyn Fn(&super::Future) -> Cell| {
            let cells = self.futures.iter().map(of);
            table.push([what.into()].into_iter().chain(cells).collect());
        };
        let money = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Money);
        line("probability", &|f| Cell::Share(f.probability));
        line("planned for all futures", &|f| Cell::Money(f.together));
        line("known beforehand", &|f| Cell::Money(f.known));
        line("regret of the plan for all", &|f| Cell::Money(f.regret()));
        line("planned for mean figures", &|f| money(f.planned_for_mean));
        line("coverage, by value", &|f| {
            Cell::Share(f.solution.mean_coverage(&f.model))
        });
        line("cost in all, money of the day", &|f| {
            Cell::Money(f.solution.cost.total)
        });
        table
    }

    fn coverage(&self) -> Table {
        let note = "Share of what is required over the whole calendar that the plan for all futures meets in each.";
        let words = ["requirement", "tier"];
        let mut table = Table::new("coverage", "Coverage in each future", note, &words)
            .across("future", self.heads());
        for requirement in self.futures[0].model.requirements.values() {
            let cells = self.futures.iter().map(|f| {
                let mut own = f.model.requirements.iter();
                let found = own.find(|(_, other)| other.key == requirement.key);
                let met = found.map(|(r, _)| &f.solution.requirements[r]);
                met.filter(|met| met.required > 0.0)
                    .map_or(Cell::Empty, |met| Cell::Share(met.coverage()))
            });
            let words = [
                requirement.name.clone().into(),
                requirement.tier.to_string().into(),
            ];
            table.push(words.into_iter().chain(cells).collect());
        }
        table
    }

    fn alone(&self) -> Table {
        let note = format!(
            "What planning for the future of the row costs if that of the column comes, beyond what it had to cost, M {} at prices of {}.{} Empty: it cannot be kept to.",
            self.money.0,
            self.money.1,
            match self.cut {
                0 => String::new(),
                cut => format!(
                    " In {cut} cells only its expansions and orders are kept to, as what it makes cannot be made there{}: at least so much.",
                    match self.given_up {
                        0 => String::new(),
                        given_up =>
                            format!(", and in {given_up} of these not all, for want of money"),
                    }
                ),
            }
        );
        let title = "Planning for one future alone: regret if another comes";
        let mut table = Table::new("regret", title, note, &["planned for"])
            .across("future", self.heads())
            .columns(["expected", "worst"]);
        let mut line = |what: String, regrets: Vec<Option<f64>>| {
            let pairs = self.futures.iter().zip(&regrets);
            let expected: Option<f64> = pairs
                .map(|(f, regret)| Some(f.probability * (*regret)?))
                .sum();
            let worst = regrets.iter().copied().collect::<Option<Vec<f64>>>();
            let worst = worst.map(|all| all.into_iter().fold(0.0, f64::max));
            let cells = regrets.into_iter().chain([expected, worst]);
            let cells = cells.map(|regret| regret.map_or(Cell::Empty, Cell::Money));
            table.push([what.into()].into_iter().chain(cells).collect());
        };
        let all = self.futures.iter();
        line(
            "all futures".into(),
            all.clone().map(|f| Some(f.regret())).collect(),
        );
        let mean = |f: &super::Future| Some(beyond(f.planned_for_mean?, f.known));
        line("mean figures".into(), all.clone().map(mean).collect());
        for (n, planned) in self.futures.iter().enumerate() {
            let regret = |f: &super::Future| Some(beyond(f.planned_for[n]?, f.known));
            line(
                planned.scenario.key.clone(),
                all.clone().map(regret).collect(),
            );
        }
        table
    }
}
