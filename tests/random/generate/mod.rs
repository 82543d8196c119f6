//! Small random models from a seed: every table and field of the format, round figures more often than not.
//!
//! Faults live at edges, so equal capacities and demands, zeros, and huge numbers that mean "no limit" are drawn
//! often. The same seed gives the same model for ever on one version of this file.

mod earmarks;
mod figures;
mod financing;
mod goods;
mod history;
mod holders;
mod industry;
mod money;
mod public;
mod suppliers;

use crate::node::{Node, Written};
use crate::rng::Rng;

/// An item that was drawn.
#[derive(Clone, Debug)]
struct Item {
    key: String,
    unit: String,
    /// What flows of it in a year, roughly.
    flow: f64,
    /// What one costs, roughly.
    price: f64,
    /// Items it is made from.
    needs: Vec<usize>,
    /// Whether someone else is made from it.
    part: bool,
}

/// What has been drawn so far.
struct Draw {
    rng: Rng,
    written: Written,
    /// How often an optional feature is drawn.
    rich: f64,
    /// How often a figure is written in another way than as one text.
    fancy: f64,
    base: String,
    other: Option<String>,
    first: usize,
    years: usize,
    /// Months in a period.
    step: usize,
    lands: Vec<String>,
    blocs: Vec<String>,
    items: Vec<Item>,
    lines: Vec<String>,
    suppliers: Vec<String>,
    holders: Vec<String>,
    /// What each holder keeps.
    kept: Vec<Vec<Item>>,
    resources: Vec<(String, String)>,
    hubs: Vec<String>,
    /// Whether a limit was drawn that means "no limit".
    endless: bool,
}

/// The model of a seed. It may still break a rule of the format.
pub fn draw(seed: u64) -> Written {
    let mut rng = Rng::new(seed);
    let rich = *rng.pick(&[0.08, 0.2, 0.4]);
    let fancy = *rng.pick(&[0.0, 0.05, 0.3]);
    let mut draw = Draw {
        rng,
        written: Written {
            seed,
            tables: Vec::new(),
        },
        rich,
        fancy,
        base: "EUR".into(),
        other: None,
        first: 2026,
        years: 1,
        step: 12,
        lands: Vec::new(),
        blocs: Vec::new(),
        items: Vec::new(),
        lines: Vec::new(),
        suppliers: Vec::new(),
        holders: Vec::new(),
        kept: Vec::new(),
        resources: Vec::new(),
        hubs: Vec::new(),
        endless: false,
    };
    draw.world();
    draw.countries();
    draw.goods();
    draw.industry();
    draw.holders();
    draw.transport();
    draw.requirements();
    draw.funding();
    draw.scenarios();
    draw.history();
    draw.earmarks();
    draw.financing();
    draw.public_money();
    draw.factors();
    draw.written
}

impl Draw {
    fn add(&mut self, kind: &str, key: Option<&str>, node: Node) {
        let key = key.map(str::to_owned);
        self.written.tables.push((kind.into(), key, node));
    }

    /// Whether a feature is there.
    fn has(&mut self) -> bool {
        let rich = self.rich;
        self.rng.chance(rich)
    }

    /// Whether a rarer feature is there.
    fn rarely(&mut self) -> bool {
        let rich = self.rich * 0.4;
        self.rng.chance(rich)
    }

    fn world(&mut self) {
        let mut model = table();
        model.put("note", "Invented by a random number");
        if self.rarely() {
            model.put("name", "A random model");
        }
        if self.fancy > 0.1 {
            model.put("seeds", vec!["seeds".to_owned()]);
        }
        if self.fancy > 0.1 && self.has() {
            model.put("include", vec!["include/lands.toml".to_owned()]);
        }
        self.add("model", None, model);
        self.calendar();
        self.objective();
        self.macros();
    }

    fn calendar(&mut self) {
        self.years = *self.rng.pick(&[1, 1, 2, 2, 3]);
        self.step = match self.years {
            1 => *self.rng.pick(&[1, 3, 3, 12]),
            2 => *self.rng.pick(&[3, 12]),
            _ => *self.rng.pick(&[3, 12, 12]),
        };
        let mut calendar = table();
        // Now and then a part year.
        let from = if self.step == 3 && self.rarely() {
            "04"
        } else {
            "01"
        };
        calendar.put("start", Node::Text(format!("{}-{from}", self.first)));
        calendar.put(
            "end",
            Node::Text(format!("{}-12", self.first + self.years - 1)),
        );
        let word = match self.step {
            1 => "month",
            3 => "quarter",
            _ => "year",
        };
        if self.step != 3 || self.rng.chance(0.5) {
            calendar.put("period", word);
        }
        self.add("calendar", None, calendar);
    }

    fn objective(&mut self) {
        let mut objective = table();
        if self.rng.chance(0.6) {
            let kind = *self.rng.pick(&["lexicographic", "weighted", "max-min"]);
            objective.put("kind", kind);
        }
        if self.rng.chance(0.4) {
            let measure = *self.rng.pick(&["share", "value"]);
            objective.put("measure", measure);
        }
        if self.has() {
            let value = *self.rng.pick(&[1.0, 2.0, 10.0, 100.0, 0.5]);
            objective.put("shortfall_value", Node::Number(value));
        }
        if !objective.entries().is_empty() {
            self.add("objective", None, objective);
        }
    }

    fn macros(&mut self) {
        let mut macros = table();
        if self.rarely() {
            self.base = "PLN".into();
            macros.put("currency", "PLN");
        }
        if self.has() {
            let other = if self.base == "EUR" { "USD" } else { "EUR" };
            self.other = Some(other.into());
            let worth = *self.rng.pick(&[1.0, 0.88, 4.0, 0.2]);
            let unit = format!("{}/{other}", self.base);
            let (worth, unit) = if self.rng.chance(0.3) {
                (1.0 / worth, format!("{other}/{}", self.base))
            } else {
                (worth, unit)
            };
            let worth = self.over_time(worth, &unit);
            macros.put("exchange", Node::Table(vec![(other.into(), worth)]));
        }
        if self.has() {
            let inflation = *self.rng.pick(&[0.0, 2.0, 5.0, 20.0]);
            let inflation = self.over_time(inflation, "%/year");
            macros.put("inflation", inflation);
        }
        if self.has() {
            let discount = *self.rng.pick(&[0.0, 3.0, 10.0]);
            let discount = self.figure(discount, "%/year");
            macros.put("discount", discount);
        }
        if self.rarely() {
            let year = *self.rng.pick(&[2024.0, 2026.0, 2027.0]);
            macros.put("price_year", Node::Number(year));
        }
        self.noted("macro", None, macros);
    }

    fn countries(&mut self) {
        if !self.rng.chance(0.5) {
            return;
        }
        for (key, blocs) in [("DE", "EU"), ("FR", "EU"), ("US", "NATO")] {
            let mut land = table();
            if key != "US" || self.has() {
                land.put("blocs", vec![blocs.to_owned()]);
                if !self.blocs.contains(&blocs.to_owned()) {
                    self.blocs.push(blocs.into());
                }
            }
            if self.rarely() {
                land.put("name", Node::Text(format!("Land {key}")));
            }
            self.add("country", Some(key), land);
            self.lands.push(key.into());
        }
    }

    /// A country, if there are any.
    fn land(&mut self) -> Option<Node> {
        let some = !self.lands.is_empty() && self.rng.chance(0.8);
        some.then(|| Node::from(self.rng.pick(&self.lands)))
    }

    /// A country or a bloc.
    fn region(&mut self) -> String {
        if !self.blocs.is_empty() && self.rng.chance(0.5) {
            self.rng.pick(&self.blocs).clone()
        } else {
            self.rng.pick(&self.lands).clone()
        }
    }

    /// Add a table, now and then with a note of its own.
    fn noted(&mut self, kind: &str, key: Option<&str>, mut node: Node) {
        if node.entries().is_empty() && key.is_none() {
            return;
        }
        self.note(&mut node);
        self.add(kind, key, node);
    }

    fn note(&mut self, node: &mut Node) {
        let fancy = 0.3 * self.fancy;
        if self.rng.chance(fancy) {
            node.put("note", "Invented here");
        }
    }

    fn name(&mut self, node: &mut Node, key: &str) {
        let fancy = 0.3 * self.fancy;
        if self.rng.chance(fancy) {
            node.put("name", Node::Text(format!("the {key}")));
        }
    }

    /// Changes that a file may make to itself; they are tried apart from the plan.
    fn scenarios(&mut self) {
        if !self.rarely() {
            return;
        }
        let mut less = table();
        less.put("note", "Half as much");
        self.name(&mut less, "lean case");
        let line = self.lines[0].clone();
        let figure = format!("\"line.{line}.utilisation\"");
        less.put("scale", Node::Table(vec![(figure, Node::Number(0.5))]));
        let months = Node::Figure(6.0, "months".into());
        less.put(
            "shift",
            Node::Table(vec![("\"requirement.*.quantity\"".into(), months)]),
        );
        let set = self.figure(50.0, "%");
        let set = vec![("utilisation".to_owned(), set)];
        let set = Node::Table(vec![(line, Node::Table(set))]);
        less.put("set", Node::Table(vec![("line".into(), set)]));
        self.add("scenario", Some("lean"), less);
        let mut more = table();
        more.put("note", "The same once more");
        more.put("extends", "lean");
        self.add("scenario", Some("leaner"), more);
    }
}

/// An empty table.
fn table() -> Node {
    Node::Table(Vec::new())
}
