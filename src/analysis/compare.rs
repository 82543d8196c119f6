//! What if? Scenarios side by side: what they change, and what comes of it.
//!
//! Every scenario is solved as a whole, measured as the first is: in the same units, with a shortfall
//! counting the same, so that the columns compare.

use super::measure::price_of;
use super::{Findings, Trouble, Work};
use crate::document::{Scenario, Vary};
use crate::ids::{ItemId, RequirementId};
use crate::model::Model;
use crate::program::Program;
use crate::solution::{Solution, TierCoverage};
use crate::solve::{Options, solve_program};
use crate::table::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet};

/// The word that stands for the model without any scenario.
pub const BASE: &str = "base";

/// Scenarios and their plans.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Comparison {
    /// In the order asked for; the others are compared with the first.
    pub scenarios: Vec<Compared>,
    /// Every figure that is not the same in all of them.
    pub inputs: Vec<Input>,
}

/// A scenario and its plan.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Compared {
    /// The scenario as the file declares it.
    pub scenario: Scenario,
    /// The model it makes.
    pub model: Model,
    /// Its best plan.
    pub solution: Solution,
}

/// A figure that differs between scenarios.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Input {
    /// Where it stands.
    pub place: String,
    /// Its unit.
    pub unit: String,
    /// Its value in each scenario; `None` where there is no such figure.
    pub values: Vec<Option<f64>>,
}

/// Solve scenarios of a model and set them side by side: those of its file, or [`Versions`](crate::document::Versions)
/// built in Rust.
///
/// # Errors
/// An unknown scenario, a fault in one, or one that has no plan.
///
/// ```
/// # use sinews::{analysis::{Findings, Work, compare}, document::Document};
/// let document = Document::open("models/shells.toml")?;
/// let found = compare::compare(&document, &["base"], &Default::default(), &Work::default())?;
/// assert_eq!(found.scenarios.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    document: &dyn Vary,
    scenarios: &[&str],
    options: &Options,
    work: &Work,
) -> Result<Comparison, Trouble> {
    let [first, rest @ ..] = scenarios else {
        let help = format!("name at least one scenario; `{BASE}` is the model as it stands");
        return Err(Trouble::request("no scenario to compare", help));
    };
    let (scenario, model) = open(document, first)?;
    let kind = options.objective.unwrap_or(model.objective.kind);
    let like = Program::of(&model, kind);
    let others = work.all(
        rest.len() + 1,
        || (),
        |(), n| {
            let (scenario, model, program) = if n == 0 {
                (scenario.clone(), model.clone(), like.clone())
            } else {
                let (scenario, model) = open(document, rest[n - 1])?;
                let program = Program::like(&model, &like);
                (scenario, model, program)
            };
            let solution = solve_program(&model, program, options)?;
            Ok(Compared {
                scenario,
                model,
                solution,
            })
        },
    );
    let scenarios = others?;
    let inputs = inputs(&scenarios);
    Ok(Comparison { scenarios, inputs })
}

/// A scenario, or the model as it stands.
pub(crate) fn open(document: &dyn Vary, key: &str) -> Result<(Scenario, Model), Trouble> {
    let (scenario, model, _) = opened(document, key)?;
    Ok((scenario, model))
}

/// The same, with what can be varied of it.
pub(crate) fn opened(
    document: &dyn Vary,
    key: &str,
) -> Result<(Scenario, Model, Box<dyn Vary>), Trouble> {
    if key == BASE && document.scenarios().iter().all(|s| s.key != BASE) {
        let model = document.model()?;
        let scenario = Scenario {
            key: BASE.into(),
            name: model.name.clone(),
            note: String::new(),
            extends: Vec::new(),
        };
        return Ok((scenario, model, document.copied()));
    }
    let document = document.scenario(key)?;
    let scenario = document.applied().cloned();
    let scenario = scenario.expect("a scenario was applied");
    Ok((scenario, document.model()?, document))
}

fn inputs(scenarios: &[Compared]) -> Vec<Input> {
    // What is written in another unit or currency is another row.
    let mut all: BTreeMap<(String, String), Input> = BTreeMap::new();
    for (n, compared) in scenarios.iter().enumerate() {
        for figure in &compared.model.evidence.figures {
            let (place, unit) = (figure.place.to_string(), figure.unit.clone());
            let key = (place.clone(), unit.clone());
            let input = all.entry(key).or_insert_with(|| Input {
                place,
                unit,
                values: vec![None; scenarios.len()],
            });
            input.values[n] = Some(figure.value);
        }
    }
    let differs = |input: &Input| input.values.iter().any(|value| *value != input.values[0]);
    all.into_values().filter(differs).collect()
}

impl Comparison {
    fn heads(&self) -> impl Iterator<Item = String> {
        self.scenarios.iter().map(|s| s.scenario.key.clone())
    }

    fn row(words: Vec<Cell>, of: impl Fn(&Compared) -> Cell, all: &[Compared]) -> Vec<Cell> {
        words.into_iter().chain(all.iter().map(of)).collect()
    }

    fn summary(&self) -> Table {
        let first = &self.scenarios[0].model;
        let note = format!(
            "Money in M {} of the day, discounted in prices of {}.",
            first.money.base(),
            first.money.price_year
        );
        let title = "Scenarios side by side";
        let mut table =
            Table::new("summary", title, note, &["what"]).across("scenario", self.heads());
        let mut line = |what: &str, of: &dyn Fn(&Compared) -> Cell| {
            table.push(Self::row(vec![what.into()], of, &self.scenarios));
        };
        line("coverage, by value", &|c| {
            Cell::Share(c.solution.mean_coverage(&c.model))
        });
        line("missing, at its value", &|c| {
            Cell::Money(c.solution.missing_value(&c.model))
        });
        line("cost in all", &|c| Cell::Money(c.solution.cost.total));
        line("cost, discounted", &|c| {
            Cell::Money(c.solution.cost.discounted)
        });
        line("of it for expansions", &|c| Cell::Money(expansions(c)));
        line("requirements met in full", &|c| {
            let met = c.solution.requirements.values();
            Cell::from(met.filter(|met| met.is_in_full()).count())
        });
        line("requirements", &|c| Cell::from(c.model.requirements.len()));
        table
    }

    /// Tier by tier: how many requirements are met in full, and the lowest coverage.
    fn tiers(&self) -> Table {
        let note = "Requirements met in full from when decisions are free, and the lowest coverage among them.";
        let words = ["tier", "whose", "what"];
        let title = "Tiers side by side";
        let mut table = Table::new("tiers", title, note, &words).across("scenario", self.heads());
        let tier_of = |c: &Compared, tier: u32| -> Option<TierCoverage> {
            let tiers = c.solution.tiers(&c.model).into_iter();
            tiers
                .filter(|own| own.requirements > 0)
                .find(|own| own.tier == tier)
        };
        let tiers: BTreeSet<u32> = self
            .scenarios
            .iter()
            .flat_map(|c| c.model.requirements.values().map(|r| r.tier))
            .collect();
        for tier in tiers {
            let whose = self.scenarios.iter().find_map(|c| {
                let found = tier_of(c, tier)?;
                Some(match &found.holders[..] {
                    [one] => c.model.holders[one.holder].name.clone(),
                    all => format!("{} holders", all.len()),
                })
            });
            let Some(whose) = whose else { continue };
            let mut line = |what: &str, of: &dyn Fn(TierCoverage) -> Cell| {
                let words = vec![tier.to_string().into(), whose.as_str().into(), what.into()];
                let cell = |c: &Compared| tier_of(c, tier).map_or(Cell::Empty, of);
                table.push(Self::row(words, cell, &self.scenarios));
            };
            line("met in full", &|own| {
                let words = format!("{} of {}", own.in_full, own.requirements);
                Cell::from(own.in_full).shown(words)
            });
            line("lowest coverage", &|own| {
                own.lowest
                    .map_or(Cell::Empty, |(_, lowest)| Cell::Share(lowest))
            });
        }
        table
    }

    fn coverage(&self) -> Table {
        let note = "Share of what is required over the whole calendar that is met.";
        let words = ["requirement", "tier"];
        let title = "Coverage by requirement";
        let mut table =
            Table::new("coverage", title, note, &words).across("scenario", self.heads());
        for (key, name, tier) in self.requirements() {
            let of = |c: &Compared| {
                let found = by_key(&c.model, &key);
                let met = found.map(|r| &c.solution.requirements[r]);
                met.filter(|met| met.required > 0.0)
                    .map_or(Cell::Empty, |met| Cell::Share(met.coverage()))
            };
            let words = vec![name.into(), tier.to_string().into()];
            table.push(Self::row(words, of, &self.scenarios));
        }
        table
    }

    /// Every requirement of any scenario: key, name, tier.
    fn requirements(&self) -> Vec<(String, String, u32)> {
        let mut all: Vec<(String, String, u32)> = Vec::new();
        for compared in &self.scenarios {
            for requirement in compared.model.requirements.values() {
                if all.iter().all(|(key, ..)| *key != requirement.key) {
                    let (key, name) = (requirement.key.clone(), requirement.name.clone());
                    all.push((key, name, requirement.tier));
                }
            }
        }
        // A stable sort: within a tier the order of the model.
        all.sort_by_key(|&(_, _, tier)| tier);
        all
    }

    fn supply(&self) -> Table {
        let note = "Units made by lines and bought from outside over the whole calendar.";
        let words = ["item", "unit", "from"];
        let title = "What is made and what is bought";
        let mut table = Table::new("supply", title, note, &words).across("scenario", self.heads());
        let first = &self.scenarios[0].model;
        for (i, item) in first.items.iter() {
            for (from, of) in [("lines", made as Amount), ("outside", bought)] {
                let cells = |c: &Compared| Cell::Quantity(of(c, i));
                let words = vec![
                    item.name.clone().into(),
                    item.unit.clone().into(),
                    from.into(),
                ];
                let row = Self::row(words, cells, &self.scenarios);
                if row
                    .iter()
                    .any(|cell| cell.number().is_some_and(|n| n > 0.0))
                {
                    table.push(row);
                }
            }
        }
        table
    }

    fn changed(&self) -> Table {
        let note = "Figures that are not the same in all scenarios.";
        let words = ["figure", "unit"];
        let title = "What the scenarios change";
        let mut table = Table::new("inputs", title, note, &words).across("scenario", self.heads());
        for input in &self.inputs {
            let cells = input.values.iter();
            let cells = cells.map(|value| value.map_or(Cell::Empty, Cell::Quantity));
            let words = [input.place.clone().into(), input.unit.clone().into()];
            table.push(words.into_iter().chain(cells).collect());
        }
        table
    }
}

impl Findings for Comparison {
    fn tables(&self) -> Vec<Table> {
        let tables = vec![
            self.summary(),
            self.tiers(),
            self.coverage(),
            self.supply(),
            self.changed(),
        ];
        tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect()
    }
}

/// How much of an item a plan has from some source.
type Amount = fn(&Compared, ItemId) -> f64;

fn made(c: &Compared, item: ItemId) -> f64 {
    let lines = c.solution.lines.iter().filter(|made| made.item == item);
    lines.map(|made| made.output).sum()
}

fn bought(c: &Compared, item: ItemId) -> f64 {
    let supply = c.solution.supply.iter();
    let own = supply.filter(|(q, _)| c.model.suppliers[*q].item == item);
    own.map(|(_, flow)| flow.total).sum()
}

/// What expansions cost, at the prices of the base year.
fn expansions(c: &Compared) -> f64 {
    let all = c.model.expansions.ids();
    all.map(|e| price_of(&c.solution, e)).sum()
}

/// The requirement with a key.
fn by_key(m: &Model, key: &str) -> Option<RequirementId> {
    let mut all = m.requirements.iter();
    all.find(|(_, requirement)| requirement.key == key)
        .map(|(r, _)| r)
}
