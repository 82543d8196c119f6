//! Which rules cannot hold together? The smallest sets that clash, where they stand, and what restores
//! them.
//!
//! A rule is what the file says in one place: a minimum rate, a capacity, a closing stock. A set of rules
//! clashes if no plan keeps all of them, and is smallest if without any one of them some plan keeps the
//! rest. Every step asks only whether some rules hold together, which is certified either way: which sets are
//! found hangs on no solver. `docs/analyses/infeasible.md` has the mathematics and its limits.

mod rule;

pub use rule::Rule;

use super::{Findings, Trouble};
use crate::document::Vary;
use crate::model::Model;
use crate::program::Program;
use crate::solve::{Failure, Keep, Options, Slacks, held, slacks};
use crate::table::{Cell, Table};
use std::collections::BTreeMap;

/// Rules that clash.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Clashes {
    /// Smallest sets of rules that cannot hold together. Without one rule of each all others hold, unless there
    /// are [`more`](Self::more).
    pub clashes: Vec<Clash>,
    /// Whether rules still clash beyond these sets: no more were looked for.
    pub more: bool,
    /// The least by which rules have to give way for all to hold, each by its share of the limit.
    pub relaxation: Vec<Relaxed>,
    /// How many rules there are.
    pub rules: usize,
}

/// A smallest set of rules that cannot hold together.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Clash {
    /// The rules, in the order of their places; of each, how far it alone would have to give way for
    /// the set to hold.
    pub rules: Vec<Relaxed>,
}

/// A rule and how far it gives way.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Relaxed {
    /// The rule.
    pub rule: Rule,
    /// File and line, if it is written.
    pub position: Option<String>,
    /// By how much it gives way in all, in its unit.
    pub by: f64,
    /// Its unit.
    pub unit: String,
    /// Where it gives way most, in words: "the minimum rate of line `plant` in 2027".
    pub most: String,
    /// Whether all other rules of the model hold together once this one is lifted.
    pub enough: bool,
}

/// More clashes than this are not looked for.
const MOST_CLASHES: usize = 32;
/// What a rule gives way by is nothing below this share of what all give way by.
const NOTHING: f64 = 1e-4;

/// Find the smallest sets of rules of a document that cannot hold together. None: some plan keeps all.
///
/// Whole blocks and minimum orders count as if they could be broken.
///
/// # Errors
/// A fault of the document, or no answer that stands up.
///
/// ```
/// # use sinews::{analysis::infeasible::infeasible, document::Document};
/// let document = Document::open("models/tiny.toml")?;
/// let found = infeasible(&document, &Default::default())?;
/// assert!(found.clashes.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn infeasible(document: &dyn Vary, options: &Options) -> Result<Clashes, Trouble> {
    let model = document.model()?;
    let kind = options.objective.unwrap_or(model.objective.kind);
    let program = Program::of(&model, kind);
    // Rules that clash before decisions are free leave no history, on which all else stands.
    let program = match (held(&model, program.clone(), options), program.history()) {
        (Err(Failure::Infeasible { .. }), Some(history)) => history,
        (held, _) => held?,
    };
    let search = Search::new(document, &model, program, options);
    let everything: Vec<usize> = (0..search.rules.len()).collect();
    let all = search.try_all(&everything)?;
    let mut found = Clashes {
        clashes: Vec::new(),
        more: false,
        relaxation: Vec::new(),
        rules: everything.len(),
    };
    if all.hold() {
        return Ok(found);
    }
    found.relaxation = search.relaxed(&everything, &all);
    let mut left = everything;
    while let Some(smallest) = search.smallest(&left)? {
        if found.clashes.len() == MOST_CLASHES {
            found.more = true;
            break;
        }
        let (clash, lifted) = search.clash(&smallest)?;
        left.retain(|&rule| rule != lifted);
        found.clashes.push(clash);
    }
    Ok(found)
}

/// The rules of a program, and what is tried with them.
struct Search<'a> {
    document: &'a dyn Vary,
    model: &'a Model,
    program: Program,
    options: &'a Options,
    /// Each rule and its rows.
    rules: Vec<(Rule, Vec<usize>)>,
}

impl<'a> Search<'a> {
    fn new(
        document: &'a dyn Vary,
        model: &'a Model,
        program: Program,
        options: &'a Options,
    ) -> Self {
        let mut rules: BTreeMap<Rule, Vec<usize>> = BTreeMap::new();
        for n in 0..program.rows().len() {
            if let Some(rule) = Rule::of(model, &program, program.rows().name(n)) {
                rules.entry(rule).or_default().push(n);
            }
        }
        Self {
            document,
            model,
            program,
            options,
            rules: rules.into_iter().collect(),
        }
    }

    /// How far rules have to give way if only these are kept, and only `soft` of them may.
    fn attempt(&self, kept: &[usize], soft: impl Fn(usize) -> bool) -> Result<Slacks, Failure> {
        let mut keep = vec![Keep::Hard; self.program.rows().len()];
        for (rule, (_, rows)) in self.rules.iter().enumerate() {
            let becomes = match kept.binary_search(&rule) {
                Err(_) => Keep::Dropped,
                Ok(_) if soft(rule) => Keep::Soft,
                Ok(_) => Keep::Hard,
            };
            for &n in rows {
                keep[n] = becomes;
            }
        }
        slacks(&self.program, &keep, self.options)
    }

    fn try_all(&self, kept: &[usize]) -> Result<Slacks, Failure> {
        self.attempt(kept, |_| true)
    }

    fn hold(&self, kept: &[usize]) -> Result<bool, Failure> {
        let mut kept = kept.to_vec();
        kept.sort_unstable();
        Ok(self.try_all(&kept)?.hold())
    }

    /// A smallest set of rules among some that clashes; of several, that of the rules that come last.
    fn smallest(&self, among: &[usize]) -> Result<Option<Vec<usize>>, Failure> {
        if self.hold(among)? {
            return Ok(None);
        }
        let last_first: Vec<usize> = among.iter().rev().copied().collect();
        let mut set = self.needed(&[], false, &last_first)?;
        set.sort_unstable();
        Ok(Some(set))
    }

    /// Which of some rules it needs, beside those that are kept, for a clash: none if what is kept clashes by
    /// itself, else by halves, the second as far as it is needed beside the first (`QuickXplain`, Junker 2004).
    fn needed(&self, kept: &[usize], ask: bool, among: &[usize]) -> Result<Vec<usize>, Failure> {
        if ask && !self.hold(kept)? {
            return Ok(Vec::new());
        }
        if among.len() <= 1 {
            return Ok(among.to_vec());
        }
        let (first, second) = among.split_at(among.len() / 2);
        let mut found = self.needed(&[kept, first].concat(), true, second)?;
        let beside = [kept, &found].concat();
        let more = self.needed(&beside, !found.is_empty(), first)?;
        found.extend(more);
        Ok(found)
    }

    /// A smallest set, and how far each rule alone would have to give way for it to hold; and the rule to lift
    /// before the next is looked for: one that is not enough alone, so that what else clashes comes to light.
    fn clash(&self, set: &[usize]) -> Result<(Clash, usize), Failure> {
        let mut rules = Vec::new();
        let mut lifted = None;
        for &rule in set {
            let found = self.attempt(set, |other| other == rule)?;
            let rest: Vec<usize> = (0..self.rules.len()).filter(|&n| n != rule).collect();
            let enough = self.hold(&rest)?;
            lifted = lifted.or((!enough).then_some(rule));
            let relaxed = self.relaxed(&[rule], &found).into_iter();
            rules.extend(relaxed.map(|relaxed| Relaxed { enough, ..relaxed }));
        }
        Ok((Clash { rules }, lifted.unwrap_or(set[0])))
    }

    /// The rules among some that give way.
    fn relaxed(&self, among: &[usize], found: &Slacks) -> Vec<Relaxed> {
        let rows = self.program.rows();
        // Each limit's slack as a share of it, against all shares together.
        let gives =
            |&&n: &&usize| found.by[n] > NOTHING * found.total * (1.0 + rows.right(n).abs());
        let relaxed = among.iter().filter_map(|&rule| {
            let (rule, own) = &self.rules[rule];
            let given = own.iter().filter(gives);
            let most = given
                .clone()
                .max_by(|a, b| found.by[**a].total_cmp(&found.by[**b]))?;
            Some(Relaxed {
                position: rule.position(self.document),
                by: given.map(|&n| found.by[n] * rows.unit(n)).sum(),
                unit: self.program.unit_of(self.model, rows.name(*most)),
                most: self.program.describe(self.model, rows.name(*most)),
                rule: rule.clone(),
                enough: false,
            })
        });
        relaxed.collect()
    }
}

impl Clashes {
    fn clashing(&self) -> Table {
        let more = if self.more {
            " More rules clash beyond these."
        } else {
            ""
        };
        let note = format!(
            "Without any one rule of a clash the others of it hold. By: how far that rule alone would have to give way for the clash, added up over time.{more}"
        );
        let words = [
            "clash",
            "rule",
            "where it stands",
            "gives way most",
            "unit",
            "lifted",
        ];
        let title = "Rules that cannot hold together";
        let mut table = Table::new("clashes", title, note, &words).columns(["by"]);
        for (n, clash) in self.clashes.iter().enumerate() {
            for rule in &clash.rules {
                let lifted = if rule.enough {
                    "lifting this alone is enough"
                } else {
                    "lifting this alone is not enough"
                };
                let [place, position, most, unit] = rule.words();
                let number = (n + 1).to_string().into();
                let by = Cell::Quantity(rule.by);
                table.push(vec![number, place, position, most, unit, lifted.into(), by]);
            }
        }
        table
    }

    fn restoring(&self) -> Table {
        let note = "Each rule's part as a share of its limit, added up, is as small as can be.";
        let words = ["rule", "where it stands", "gives way most", "unit"];
        let title = "The least that restores every rule";
        let mut table = Table::new("relaxation", title, note, &words).columns(["by"]);
        for rule in &self.relaxation {
            let by = Cell::Quantity(rule.by);
            table.push(rule.words().into_iter().chain([by]).collect());
        }
        table
    }
}

impl Relaxed {
    fn words(&self) -> [Cell; 4] {
        [
            self.rule.to_string().into(),
            self.position.clone().unwrap_or_default().into(),
            self.most.clone().into(),
            self.unit.clone().into(),
        ]
    }
}

impl Findings for Clashes {
    fn tables(&self) -> Vec<Table> {
        if self.clashes.is_empty() {
            let note = "Some plan keeps every rule.";
            let mut table =
                Table::new("clashes", "No clash", note, &["what"]).columns(["how many"]);
            table.push(vec!["rules".into(), Cell::from(self.rules)]);
            return vec![table];
        }
        vec![self.clashing(), self.restoring()]
    }
}
