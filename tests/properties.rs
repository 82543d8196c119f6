//! What must hold for any input: the reader never panics, and plans behave as economics says.
#![allow(clippy::unwrap_used)]

mod common;

use common::{same, solved, text};
use proptest::prelude::*;
use sinews::model::Model;
use sinews::problem::Problems;
use sinews::program::Sense;

/// Read a text; what matters is that this returns.
fn read(text: &str) -> Result<Model, Problems> {
    let answer = sinews::document::parse("any.toml", text);
    if let Err(problems) = &answer {
        assert!(!problems.list().is_empty());
        assert!(problems.to_string().starts_with("error: "));
    }
    answer
}

const SHELLS: &str = include_str!("../models/shells.toml");

/// Pieces that often stand in a model, and some that never should.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "[",
        "]",
        "{",
        "}",
        "=",
        "\"",
        "'",
        ",",
        ".",
        "#",
        "\n",
        "[[fact]]\n",
        "[item.round]\n",
        "[line.x]\n",
        "\"1 round/year\"",
        "\"-1 t\"",
        "\"1e308 bn EUR\"",
        "nan",
        "inf",
        "-0.0",
        "0",
        "true",
        "2026-01-01",
        "\"\"",
        "\"85 %\"",
        "needs = { round = \"1 round/round\" }\n",
        "tier = 0\n",
        "\u{feff}",
        "\u{0}",
        "é",
        "漢",
        "\r\n",
        "makes = {}\n",
        "[[]]",
        "[{}]",
        "{ fact = \"x\" }",
        "{ low = 1, high = 0 }",
        "period = \"month\"\n",
        "9999999999999999999",
        "start = \"1900-01\"\n",
        "end = \"2200-12\"\n",
        "[route.a]\n",
        "[hub.b]\n",
        "[cap.c]\n",
        "[fund.d]\n",
        "[gift.e]\n",
    ];
    prop_oneof![
        prop::sample::select(PIECES).prop_map(str::to_owned),
        "\\PC{0,12}",
    ]
}

/// A model with some stretches cut out, put in twice, or replaced.
fn damaged() -> impl Strategy<Value = String> {
    let cut = (0..SHELLS.len(), 0_usize..60, piece());
    prop::collection::vec(cut, 1..6).prop_map(|cuts| {
        let mut text = SHELLS.to_owned();
        for (at, length, piece) in cuts {
            let from = floor(&text, at);
            let to = floor(&text, from + length);
            text.replace_range(from..to.max(from), &piece);
        }
        text
    })
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6_000, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_never_panics_on_a_damaged_model(text in damaged()) {
        let _ = read(&text);
    }

    #[test]
    fn the_reader_never_panics_on_any_pieces(pieces in prop::collection::vec(piece(), 0..40)) {
        let _ = read(&pieces.concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_reader_never_panics_on_arbitrary_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&String::from_utf8_lossy(&bytes));
        let _ = sinews::document::seeds_from("any.toml", &String::from_utf8_lossy(&bytes));
    }
}

/// The numbers of a small industry: powder, two plants, one expansion, two holders, two funds.
#[derive(Clone, Debug)]
struct Numbers {
    powder: u32,
    plants: [u32; 2],
    costs: [u32; 2],
    hall: u32,
    needs: [u32; 2],
    money: [u32; 2],
    stock: u32,
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let plants = [0..200_u32, 1..200];
    let costs = [10..90_u32, 10..90];
    let needs = [1..200_u32, 1..200];
    let money = [1..20_000_u32, 1..20_000];
    (
        1..2_000_u32,
        plants,
        costs,
        0..4_000_u32,
        needs,
        money,
        0..80_u32,
    )
        .prop_map(
            |(powder, plants, costs, hall, needs, money, stock)| Numbers {
                powder,
                plants,
                costs,
                hall,
                needs,
                money,
                stock,
            },
        )
}

impl Numbers {
    /// The tables of the model, each a text of its own.
    fn tables(&self) -> Vec<String> {
        let Self {
            powder,
            plants,
            costs,
            hall,
            needs,
            money,
            stock,
        } = self;
        vec![
            "[model]\nnote = \"a property\"\n".into(),
            "[calendar]\nstart = \"2026-01\"\nend = \"2028-12\"\nperiod = \"year\"\n".into(),
            "[macro]\ndiscount = \"3 %/year\"\n".into(),
            "[item.round]\nunit = \"round\"\nneeds = { powder = \"10 kg/round\" }\nvalue = \"100 EUR/round\"\n".into(),
            "[item.powder]\nunit = \"t\"\n".into(),
            format!("[line.mill]\nmakes = \"powder\"\ncapacity = \"{powder} kg/year\"\n"),
            format!("[line.mill.expansion.hall]\nadds = \"500 kg/year\"\ncost = \"{hall} EUR\"\nlead_time = \"1 year\"\n"),
            format!("[line.one]\nmakes = \"round\"\ncapacity = \"{} round/year\"\ncost = \"{} EUR/round\"\n", plants[0] + 1, costs[0]),
            format!("[line.two]\nmakes = \"round\"\ncapacity = \"{} round/year\"\ncost = \"{} EUR/round\"\n", plants[1], costs[1]),
            format!("[holder.ua]\nstock.round = {{ opening = \"{stock} round\" }}\n"),
            "[holder.other]\n".into(),
            format!("[requirement.ours]\nholder = \"ua\"\nitem = \"round\"\nquantity = \"{} round/year\"\n", needs[0]),
            format!("[requirement.theirs]\nholder = \"other\"\nitem = \"round\"\nquantity = \"{} round/year\"\ntier = 2\n", needs[1]),
            format!("[fund.aid]\namount = \"{} EUR/year\"\ncarry_over = \"100 %\"\nbuys = {{ holders = [\"ua\"] }}\n", money[0]),
            format!("[fund.budget]\namount = \"{} EUR/year\"\n", money[1]),
        ]
    }

    fn model(&self) -> Model {
        text(&self.tables().concat())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Money can be left unspent, so more of it never leaves tier 1 shorter.
    #[test]
    fn more_money_never_raises_the_shortfall(numbers in numbers(), more in 1..10_000_u32) {
        let before = solved(&numbers.model());
        let richer = Numbers { money: [numbers.money[0] + more, numbers.money[1]], ..numbers };
        let after = solved(&richer.model());
        let (before, after) = (before.stages[0].value, after.stages[0].value);
        prop_assert!(after <= before + 1e-6 * (1.0 + before), "{before} became {after}");
    }

    /// Prices and money ten times as high leave the plan as it is, and cost ten times as much.
    #[test]
    fn scaling_prices_scales_cost(numbers in numbers()) {
        let plain = solved(&numbers.model());
        let ten = Numbers {
            costs: numbers.costs.map(|c| 10 * c),
            hall: 10 * numbers.hall,
            money: numbers.money.map(|m| 10 * m),
            ..numbers.clone()
        };
        let scaled = solved(&ten.model());
        same(scaled.cost.total, 10.0 * plain.cost.total);
        same(scaled.cost.discounted, 10.0 * plain.cost.discounted);
        same(scaled.stages[0].value, plain.stages[0].value);
    }

    /// A plan keeps every row: recomputed from the program in natural units.
    #[test]
    fn a_plan_satisfies_its_rows(numbers in numbers()) {
        let solution = solved(&numbers.model());
        prop_assert!(solution.certificate.holds());
        let program = solution.program();
        let rows = program.rows();
        for n in 0..rows.len() {
            let terms = rows.row(n).iter().map(|&(j, factor)| {
                let column = &program.columns()[j as usize];
                factor * solution.value(column.name) / column.unit
            });
            let left: f64 = terms.sum();
            // A value below 1e-5 is shown as nothing, so each term may be off by as much of its factor.
            let rounding: f64 = rows.row(n).iter().map(|(_, factor)| 1e-5 * factor.abs()).sum();
            let slack = 1e-6 * (1.0 + left.abs()) + rounding;
            let holds = match rows.sense(n) {
                Sense::AtMost => left <= rows.right(n) + slack,
                Sense::AtLeast => left >= rows.right(n) - slack,
                Sense::Equal => (left - rows.right(n)).abs() <= slack,
            };
            prop_assert!(holds, "{:?}: {left} against {}", rows.name(n), rows.right(n));
        }
    }

    /// The order of the tables in a file changes nothing: not the optimum, not the plan.
    #[test]
    fn the_order_of_tables_changes_nothing(numbers in numbers(), turn in 1..14_usize) {
        let one = numbers.model();
        let mut tables = numbers.tables();
        tables.rotate_left(turn);
        tables.reverse();
        // An expansion's table must not come apart from nothing: TOML takes them in any order.
        let other = text(&tables.concat());
        let (first, second) = (solved(&one), solved(&other));
        same(first.cost.total, second.cost.total);
        for (r, requirement) in one.requirements.iter() {
            let twin = other.requirements.iter().find(|(_, o)| o.key == requirement.key).unwrap().0;
            let (a, b) = (first.requirements[r].met, second.requirements[twin].met);
            prop_assert!((a - b).abs() < 1e-3 * (1.0 + a), "{}: {a} and {b}", requirement.key);
        }
        for made in &first.lines {
            let key = &one.lines[made.line].key;
            let twin = second.lines.iter().find(|line| other.lines[line.line].key == *key).unwrap();
            prop_assert!((made.output - twin.output).abs() < 1e-3 * (1.0 + made.output), "{key}: {} and {}", made.output, twin.output);
        }
    }
}
