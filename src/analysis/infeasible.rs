//! Which rules cannot hold together? The smallest sets that clash, where they stand, and what restores
//! them.
//!
//! A rule is what the file says in one place: a minimum rate, a capacity, a closing stock. A set of rules
//! clashes if no plan keeps all of them, and is smallest if without any one of them some plan keeps the
//! rest. `docs/analyses/infeasible.md` has the mathematics and its limits.

mod rule;

pub use rule::Rule;

use super::{Findings, Trouble};
use crate::document::Document;
use crate::model::Model;
use crate::program::Program;
use crate::solve::{Failure, Keep, Options, Slacks, slacks};
use crate::table::{Cell, Table};
use std::collections::BTreeMap;

/// Rules that clash.
#[derive(Clone, Debug, PartialEq)]
pub struct Clashes {
    /// Smallest sets of rules that cannot hold together; no two share a rule.
    pub clashes: Vec<Clash>,
    /// The least by which rules have to give way for all to hold, each by its share of the limit.
    pub relaxation: Vec<Relaxed>,
    /// How many rules there are.
    pub rules: usize,
}

/// A smallest set of rules that cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The rules, in the order of their places; of each, how far it alone would have to give way for
    /// the set to hold.
    pub rules: Vec<Relaxed>,
}

/// A rule and how far it gives way.
#[derive(Clone, Debug, PartialEq)]
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
}

/// More clashes than this are not looked for.
const MOST_CLASHES: usize = 8;

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
pub fn infeasible(document: &Document, options: &Options) -> Result<Clashes, Trouble> {
    let model = document.model()?;
    let kind = options.objective.unwrap_or(model.objective.kind);
    let search = Search::new(document, &model, Program::of(&model, kind), options);
    let everything: Vec<usize> = (0..search.rules.len()).collect();
    let all = search.try_all(&everything)?;
    let mut found = Clashes {
        clashes: Vec::new(),
        relaxation: Vec::new(),
        rules: everything.len(),
    };
    if all.hold() {
        return Ok(found);
    }
    found.relaxation = search.relaxed(&everything, &all.by);
    let mut left = everything;
    while found.clashes.len() < MOST_CLASHES {
        let Some(smallest) = search.smallest(&left)? else {
            break;
        };
        left.retain(|rule| !smallest.contains(rule));
        found.clashes.push(search.clash(&smallest)?);
    }
    Ok(found)
}

/// The rules of a program, and what is tried with them.
struct Search<'a> {
    document: &'a Document,
    model: &'a Model,
    program: Program,
    options: &'a Options,
    /// Each rule and its rows.
    rules: Vec<(Rule, Vec<usize>)>,
}

impl<'a> Search<'a> {
    fn new(
        document: &'a Document,
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

    /// A smallest set of rules among some that clashes: from those that prove it, leave out one after
    /// another for as long as the rest clashes.
    fn smallest(&self, among: &[usize]) -> Result<Option<Vec<usize>>, Failure> {
        let all = self.try_all(among)?;
        if all.hold() {
            return Ok(None);
        }
        let proves = |rule: &usize| self.rules[*rule].1.iter().any(|&n| all.proves[n]);
        let mut set: Vec<usize> = among.iter().copied().filter(proves).collect();
        if self.try_all(&set)?.hold() {
            set = among.to_vec();
        }
        for rule in set.clone() {
            let without: Vec<usize> = set.iter().copied().filter(|&other| other != rule).collect();
            if !self.try_all(&without)?.hold() {
                set = without;
            }
        }
        Ok(Some(set))
    }

    /// A smallest set, and how far each rule alone would have to give way for it to hold.
    fn clash(&self, set: &[usize]) -> Result<Clash, Failure> {
        let mut rules = Vec::new();
        for &rule in set {
            let found = self.attempt(set, |other| other == rule)?;
            let mut relaxed = self.relaxed(&[rule], &found.by);
            rules.append(&mut relaxed);
        }
        Ok(Clash { rules })
    }

    /// The rules among some that give way.
    fn relaxed(&self, among: &[usize], by: &[f64]) -> Vec<Relaxed> {
        let rows = self.program.rows();
        let relaxed = among.iter().filter_map(|&rule| {
            let (rule, own) = &self.rules[rule];
            let given = own.iter().filter(|&&n| by[n] > 1e-5);
            let most = given.clone().max_by(|a, b| by[**a].total_cmp(&by[**b]))?;
            Some(Relaxed {
                position: rule.position(self.document),
                by: given.map(|&n| by[n] * rows.unit(n)).sum(),
                unit: rule::unit(self.model, &self.program, rows.name(*most)),
                most: self.program.describe(self.model, rows.name(*most)),
                rule: rule.clone(),
            })
        });
        relaxed.collect()
    }
}

impl Clashes {
    fn table<'a>(
        key: &str,
        title: &str,
        note: &str,
        rules: impl Iterator<Item = (usize, &'a Relaxed)>,
    ) -> Table {
        let words = ["clash", "rule", "where it stands", "gives way most", "unit"];
        let mut table = Table::new(key, title, note, &words).columns(["by"]);
        for (n, relaxed) in rules {
            let number = if n == 0 { String::new() } else { n.to_string() };
            table.push(vec![
                number.into(),
                relaxed.rule.to_string().into(),
                relaxed.position.clone().unwrap_or_default().into(),
                relaxed.most.clone().into(),
                relaxed.unit.clone().into(),
                Cell::Quantity(relaxed.by),
            ]);
        }
        table
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
        let all = self.clashes.iter().enumerate();
        let all = all.flat_map(|(n, clash)| clash.rules.iter().map(move |rule| (n + 1, rule)));
        let clashes = Self::table(
            "clashes",
            "Rules that cannot hold together",
            "Without any one rule of a clash the others of it hold. By: how far that rule alone would \
             have to give way, added up over time.",
            all,
        );
        let relaxation = Self::table(
            "relaxation",
            "The least that restores every rule",
            "Each rule's part as a share of its limit, added up, is as small as can be.",
            self.relaxation.iter().map(|rule| (0, rule)),
        );
        vec![clashes, relaxation]
    }
}
