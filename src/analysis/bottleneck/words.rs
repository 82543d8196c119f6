//! What was found, in sentences and tables.

use super::waits::is_short;
use super::{Bottlenecks, Branch, Cause, Label, Remedy, Share, Shortfall};
use crate::analysis::Findings;
use crate::analysis::measure::orders_of;
use crate::ids::{ExpansionId, LineId, RequirementId};
use crate::model::Need;
use crate::names::Words;
use crate::solution::Build;
use crate::table::number::{plural, quantity, share};
use crate::table::{Cell, Table};

/// A share below this is not spoken of.
const SMALL: f64 = 0.02;
/// More urgent uses that offer no more than this many times as much are not spoken of.
const OUTBID: f64 = 1.05;
/// A part of a price below this is not shown.
const TWIG: f64 = 2e-3;
/// A gain below this share of what is required is not shown.
const NOT_FELT: f64 = 2e-3;
/// A range wider than this is spoken of.
const WIDE: f64 = 0.02;

impl Bottlenecks {
    fn year(&self, shortfall: &Shortfall) -> i32 {
        self.model.calendar.year_number(shortfall.year)
    }

    fn unit(&self, r: RequirementId) -> &str {
        let item = self.model.requirements[r].meets[0].item;
        &self.model.items[item].unit
    }

    fn units(&self, r: RequirementId) -> String {
        plural(self.unit(r))
    }

    fn words(&self, cause: Cause) -> Words {
        cause.words(&self.model, self.solution.program())
    }

    /// What a part of a price goes back to, in words.
    pub fn label(&self, label: Label) -> Words {
        match label {
            Label::Item(i) => Words::new(&self.model.items[i].name),
            Label::Spending => Words::new("spending"),
            Label::Building(e) => {
                let option = &self.model.expansions[e];
                Words::new("building ").thing(&option.key, &option.name)
            }
            Label::Leaf(cause, None) => self.words(cause),
            Label::Leaf(cause, Some(year)) => self.words(cause).text(format!(", {year}")),
        }
    }

    /// A shortfall in a sentence or two, as one would tell a minister.
    pub fn sentence(&self, shortfall: &Shortfall) -> String {
        let requirement = &self.model.requirements[shortfall.requirement];
        let (year, unit) = (self.year(shortfall), self.units(shortfall.requirement));
        let mut text = format!(
            "In {year}, {} of the {} {unit} of “{}” are missing.",
            spoken(shortfall.short),
            spoken(shortfall.required),
            requirement.name
        );
        let named = shortfall.causes.iter().filter(|own| own.share >= SMALL);
        let causes: Vec<String> = named.map(|own| self.waits(shortfall, own)).collect();
        if shortfall.value == 0.0 {
            text.push_str(" They count nothing: the requirement has no value, or no weight.");
        } else if causes.is_empty() {
            text.push_str(" Nothing binds: to make them costs more than they count.");
        } else {
            text.push_str(" Of these, ");
            text.push_str(&causes.join("; "));
            text.push('.');
        }
        if shortfall.outbid > OUTBID {
            let times = spoken(shortfall.outbid);
            text.push_str(" More urgent uses come first: what it lacks is worth ");
            text.push_str(&times);
            text.push_str(" times as much there.");
        }
        if let Some(best) = self.best(shortfall) {
            text.push(' ');
            text.push_str(&best);
        }
        text
    }

    fn waits(&self, shortfall: &Shortfall, own: &Share) -> String {
        let (low, high) = own.range;
        let range = if high - low > WIDE {
            format!(", {} to {} as one looks at it", share(low), share(high))
        } else {
            String::new()
        };
        format!(
            "{} ({}{range}) wait for {}",
            spoken(own.share * shortfall.short),
            share(own.share),
            self.words(own.cause).in_quotes()
        )
    }

    /// The remedy that brings a requirement most in the year of its shortfall or after.
    fn best(&self, shortfall: &Shortfall) -> Option<String> {
        let r = shortfall.requirement;
        let level = matches!(self.model.requirements[r].need, Need::Level(_));
        let all = if level { "on average" } else { "by the end" };
        let from = |remedy: &Remedy| -> f64 {
            let years = remedy.met[r].iter().filter(|(y, _)| *y >= shortfall.year);
            let coverage = &self.solution.requirements[r];
            let part = |y| {
                if level {
                    coverage.part(&self.model, y)
                } else {
                    1.0
                }
            };
            years.map(|(y, gained)| gained * part(y)).sum()
        };
        let concerns = |remedy: &&Remedy| {
            let mut causes = shortfall.causes.iter();
            causes.any(|own| own.cause == remedy.lever.cause && own.share >= SMALL)
        };
        let best = self.remedies.iter().filter(concerns);
        let best = best.max_by(|a, b| from(a).total_cmp(&from(b)))?;
        let total = from(best);
        if total <= 1e-3 * shortfall.short {
            return None;
        }
        let (now, unit) = (best.met[r][shortfall.year], self.units(r));
        let words = capital(&best.lever.words.in_quotes());
        let year = self.year(shortfall);
        Some(if now > 1e-3 * shortfall.short {
            let part = share(now / shortfall.short);
            let now = spoken(now);
            let total = spoken(total);
            format!("{words} would bring {now} {unit} in {year} ({part} of these), {total} {all}.")
        } else {
            let total = spoken(total);
            format!("{words} would bring nothing yet in {year}, and {total} {unit} {all}.")
        })
    }

    /// What the plan does about a cause.
    fn outlook(&self, cause: Cause) -> String {
        let of_capacity =
            |l: &LineId| matches!(cause, Cause::Opening(_)) || cause == Cause::capacity(*l);
        let line = cause.thing().and_then(|thing| thing.line(&self.model));
        let Some(l) = line.filter(of_capacity) else {
            return String::new();
        };
        let options = self.model.expansions.iter().filter(|(_, e)| e.line == l);
        let words: Vec<String> = options.map(|(e, _)| self.option(e, l)).collect();
        if words.is_empty() {
            "no expansion is on offer".into()
        } else {
            words.join("; ")
        }
    }

    fn option(&self, e: ExpansionId, l: LineId) -> String {
        let (m, c) = (&self.model, &self.model.calendar);
        let expansion = &m.expansions[e];
        debug_assert_eq!(expansion.line, l);
        let orders = || orders_of(&self.solution, e).filter(|build| build.taken > Build::TRACE);
        let name = &expansion.key;
        let Some(first) = orders().next().map(|build| build.ordered) else {
            return format!("`{name}` is not ordered");
        };
        let built: f64 = orders().map(|build| build.taken).sum();
        let all = built > (1.0 - 1e-3) * expansion.at_most.value();
        let much = if all {
            "all of it".into()
        } else {
            share(built / expansion.at_most.value())
        };
        let opens = expansion.opens(c, first);
        let opens = opens.map_or_else(|| "after the end".into(), |t| c.label(t));
        format!(
            "`{name}` is ordered from {} ({much}) and opens in {opens}",
            c.label(first)
        )
    }

    /// That nothing of what was asked for falls short, if that is so.
    fn nothing(&self) -> Option<String> {
        let c = &self.model.calendar;
        let asked = self.solution.requirements.iter();
        let asked = asked.filter(|(r, _)| self.of.is_none_or(|of| of == *r));
        let mut years = asked.flat_map(|(_, own)| own.years.iter());
        if years.any(|(y, met)| !c.is_past_year(y) && is_short(met)) {
            return None;
        }
        let of = self.of.map_or_else(String::new, |of| {
            format!(" of “{}”", self.model.requirements[of].name)
        });
        Some(format!(
            "Nothing{of} falls short from {} on.",
            c.decide_from()
        ))
    }

    fn sentences(&self) -> Table {
        if let Some(nothing) = self.nothing() {
            let mut table = Table::new("sentences", "Nothing falls short", "", &["in words"]);
            table.push(vec![nothing.into()]);
            return table;
        }
        let note = "Each shortfall and what it waits for, the weightiest first. Shares split the price of \
                    one more unit; the remedies are new plans.";
        let mut table = Table::new("sentences", "Why it falls short", note, &["in words"]);
        for shortfall in &self.shortfalls {
            table.push(vec![self.sentence(shortfall).into()]);
        }
        table
    }

    fn causes(&self) -> Table {
        let note = "Shares of what is missing, summing to 100 %, and the units that wait. Least and most: \
                    where several prices prove the same plan, the shares that they give.";
        let words = ["requirement", "unit", "waits for"];
        let heads = ["year", "share", "least", "most", "units"];
        let title = "What each shortfall waits for";
        let mut table = Table::new("causes", title, note, &words).columns(heads);
        for shortfall in &self.shortfalls {
            for own in &shortfall.causes {
                if own.share.abs() < 1e-3 && own.range.1 < 1e-3 {
                    continue;
                }
                table.push(vec![
                    self.model.requirements[shortfall.requirement]
                        .name
                        .clone()
                        .into(),
                    self.unit(shortfall.requirement).into(),
                    self.words(own.cause).to_string().into(),
                    self.year(shortfall).into(),
                    Cell::Share(own.share),
                    Cell::Share(own.range.0),
                    Cell::Share(own.range.1),
                    Cell::Quantity(own.share * shortfall.short),
                ]);
            }
        }
        table
    }

    fn victims(&self) -> Table {
        let note = "Share of everything that is missing, by value; the units missing because of it over the \
                    calendar (of a level on average, of what waits at the end), the weightiest three.";
        let words = [
            "bottleneck",
            "who lacks what because of it",
            "what the plan does about it",
        ];
        let title = "Bottlenecks and their victims";
        let mut table = Table::new("bottlenecks", title, note, &words).columns(["share"]);
        for bottleneck in self.bottlenecks.iter().filter(|b| b.share >= 1e-3) {
            let felt = bottleneck.victims.iter().filter(|(_, units)| *units > 0.0);
            let victims = felt.take(3).map(|&(r, units)| {
                let name = &self.model.requirements[r].name;
                format!("{name}: {} {}", spoken(units), self.units(r))
            });
            let victims: Vec<String> = victims.collect();
            table.push(vec![
                self.words(bottleneck.cause).to_string().into(),
                victims.join("; ").into(),
                self.outlook(bottleneck.cause).into(),
                Cell::Share(bottleneck.share),
            ]);
        }
        table
    }

    fn helps(&self) -> Table {
        let base = self.model.money.base();
        let note = format!(
            "Each in a new plan of its own, in M {base}, shortfalls at what they count: what the prices of \
             this plan promise (where a limit moves), and what the new plan is better by."
        );
        let words = ["change", "against"];
        let heads = ["promised", "gained"];
        let mut table = Table::new("remedies", "What would help", note, &words).columns(heads);
        for remedy in &self.remedies {
            table.push(vec![
                remedy.lever.words.to_string().into(),
                self.words(remedy.lever.cause).to_string().into(),
                remedy.promised.map_or(Cell::Empty, Cell::Money),
                Cell::Money(remedy.gained),
            ]);
        }
        table
    }

    fn gained(&self) -> Table {
        let c = &self.model.calendar;
        let years: Vec<String> = c.years().map(|y| c.year_number(y).to_string()).collect();
        let note = "What each requirement is less short of in the new plan, in its unit.";
        let title = "Who gains by it, and when";
        let words = ["change", "requirement", "unit"];
        let mut table = Table::new("gained", title, note, &words).across("year", years);
        for remedy in &self.remedies {
            for (r, gained) in remedy.met.iter() {
                let required = &self.solution.requirements[r];
                let felt = gained
                    .values()
                    .any(|g| g.abs() > NOT_FELT * required.required.max(1.0));
                if !felt {
                    continue;
                }
                let mut row: Vec<Cell> = vec![
                    remedy.lever.words.to_string().into(),
                    self.model.requirements[r].name.clone().into(),
                    self.unit(r).into(),
                ];
                row.extend(gained.values().map(|&gained| Cell::Quantity(gained)));
                table.push(row);
            }
        }
        table
    }

    fn trees(&self) -> Table {
        let note = "What one more unit would cost, split down the bill of materials: the parts under a line \
                    sum to it, but for those below 0.2 %. What is negative is what more urgent uses offer, \
                    or what else a unit does.";
        let title = "From the missing units to what binds";
        let mut table = Table::new("tree", title, note, &["chain"]).columns(["share"]);
        for shortfall in self.shortfalls.iter().filter(|s| s.value != 0.0) {
            let requirement = &self.model.requirements[shortfall.requirement];
            let root = format!("{} in {}", requirement.name, self.year(shortfall));
            table.push(vec![root.into(), Cell::Share(1.0)]);
            self.branches(&mut table, &shortfall.tree, shortfall.value, 1);
        }
        table
    }

    fn branches(&self, table: &mut Table, branch: &Branch, whole: f64, depth: usize) {
        let mut parts: Vec<_> = branch.parts.iter().collect();
        parts.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(b.0)));
        for (label, part) in parts {
            let words = self.label(*label);
            let rounding = part.value.abs() < TWIG * whole.abs();
            if rounding {
                continue;
            }
            let words = format!("{}{words}", "· ".repeat(depth));
            table.push(vec![words.into(), Cell::Share(part.value / whole)]);
            self.branches(table, part, whole, depth + 1);
        }
    }
}

/// A quantity to three digits, as it is spoken.
fn spoken(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return quantity(value);
    }
    let unit = 10_f64.powf(value.abs().log10().floor() - 2.0);
    quantity((value / unit).round() * unit)
}

/// A text with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

impl Findings for Bottlenecks {
    fn tables(&self) -> Vec<Table> {
        let tables = [
            self.sentences(),
            self.victims(),
            self.helps(),
            self.gained(),
            self.causes(),
            self.trees(),
        ];
        let shown = tables.into_iter().filter(|table| !table.rows.is_empty());
        shown.collect()
    }
}
