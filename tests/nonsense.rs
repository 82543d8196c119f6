//! Ids of other drafts, numbers that are none, orders of calls that make no sense: all of it is a problem, an error or
//! nothing, and never a panic.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use sinews::analysis::{Findings, Work, bottleneck, explain, infeasible, sweep};
use sinews::calendar::{Calendar, Month, PeriodLength};
use sinews::document::{Change, How, Vary};
use sinews::evidence::Basis;
use sinews::ids::{
    CurrencyId, HolderId, Id, ItemId, LineId, PeriodId, RegionId, RequirementId, YearId,
};
use sinews::model::{
    Acceptance, Batch, Draft, Expansion, Fund, Gift, Holder, Hub, Input, Item, Line, Loan,
    Measured, Model, Need, ObjectiveKind, Region, Requirement, Resource, Route, Rule, Stock,
    Supplier, Tier, Window,
};
use sinews::path::Path;
use sinews::problem::{Kind, Place};
use sinews::program::{Column, Goal, Program, Row, Sense};
use sinews::report;
use sinews::solve::{Composed, Failure, Options, Session, solve, solve_program};
use sinews::units::{Amount, per_piece, per_year};
use std::time::Duration;

/// Numbers that a caller may hand over by mistake, and some that make sense.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0..100.0,
        1 => Just(0.0),
        1 => Just(-1.0),
        1 => Just(1e30),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
    ]
}

/// Positions, most of them in a small draft.
fn position() -> impl Strategy<Value = usize> {
    prop_oneof![6 => 0_usize..3, 1 => 3_usize..6, 1 => Just(u32::MAX as usize)]
}

/// A supply of numbers and positions, in the order drawn.
#[derive(Clone, Debug)]
struct Supply {
    numbers: Vec<f64>,
    positions: Vec<usize>,
    n: usize,
}

impl Supply {
    fn number(&mut self) -> f64 {
        self.n += 1;
        self.numbers[self.n % self.numbers.len()]
    }

    fn amount<U>(&mut self) -> Amount<U> {
        Amount::new(self.number())
    }

    fn id<I: Id>(&mut self) -> I {
        self.n += 1;
        I::at(self.positions[self.n % self.positions.len()])
    }

    fn maybe<I: Id>(&mut self) -> Option<I> {
        self.n += 1;
        let some = self.positions[self.n % self.positions.len()] != 1;
        some.then(|| self.id())
    }

    fn path<U>(&mut self) -> Path<U> {
        let value = self.amount();
        match self.n % 3 {
            0 => Path::constant(value),
            1 => Path::steps([]),
            _ => Path::steps([("2026-07".parse::<Month>().unwrap(), value)]).from_nothing(),
        }
    }
}

fn supply() -> impl Strategy<Value = Supply> {
    let numbers = proptest::collection::vec(number(), 5..40);
    let positions = proptest::collection::vec(position(), 5..40);
    (numbers, positions).prop_map(|(numbers, positions)| Supply {
        numbers,
        positions,
        n: 0,
    })
}

fn calendar() -> Calendar {
    let month = |text: &str| text.parse().unwrap();
    Calendar::new(month("2026-01"), month("2027-12"), PeriodLength::Year).unwrap()
}

/// A draft of two of everything, in which nothing need fit.
fn draft(s: &mut Supply) -> Draft {
    let mut draft = Draft::new(calendar());
    for n in 0..2 {
        let mut region = Region::new(format!("region{n}"));
        region.blocs.extend(s.maybe::<RegionId>());
        draft.regions.push(region);
        let mut item = Item::new(format!("item{n}"), "piece");
        if let Some(input) = s.maybe() {
            item.needs.push(Input {
                item: input,
                amount: s.amount(),
            });
        }
        item.shelf_life = (s.number() > 50.0).then(|| s.amount());
        draft.items.push(item);
        let mut resource = Resource::new(format!("resource{n}"), "hour", s.path());
        resource.window = Window::Year;
        draft.resources.push(resource);
        let mut line = Line::new(format!("line{n}"), s.id()).cost(per_piece(s.number()));
        line.capacity = s.path();
        line.country = s.maybe();
        line.lead_time = s.amount();
        line.draws.push((s.id(), s.amount()));
        if s.number() > 90.0 {
            line.products.clear();
        }
        draft.lines.push(line);
        let expansion = Expansion::new(format!("hall{n}"), s.id(), s.amount(), s.amount());
        draft.expansions.push(expansion);
        let mut supplier =
            Supplier::new(format!("s{n}"), s.id(), s.amount(), per_piece(1.0).into());
        supplier
            .tiers
            .push(Tier::all(per_piece(s.number()).into()).up_to(s.amount()));
        supplier.tiers[0].cost.currency = s.maybe().unwrap_or(CurrencyId::FIRST);
        draft.suppliers.push(supplier);
        people(&mut draft, s, n);
        demand(&mut draft, s, n);
    }
    if s.number() > 98.0 {
        draft.money.currencies = sinews::ids::Table::new();
    }
    draft
}

/// Who keeps and moves what.
fn people(draft: &mut Draft, s: &mut Supply, n: usize) {
    let mut holder = Holder::new(format!("holder{n}"));
    holder.country = s.maybe();
    draft.holders.push(holder);
    let mut stock = Stock::new(s.id(), s.id());
    stock.opening.push(Batch {
        quantity: s.amount(),
        expires: None,
    });
    draft.stocks.push(stock);
    draft.hubs.push(Hub::new(format!("hub{n}"), s.path()));
    let mut gift = Gift::new(format!("gift{n}"), vec![s.id()], s.id(), vec![s.id()]);
    gift.lag = s.amount();
    gift.hub = s.maybe();
    draft.gifts.push(gift);
    let mut route = Route::new(format!("route{n}"), s.id(), s.id(), vec![s.id()]);
    route.lag = s.amount();
    route.hub = s.maybe();
    draft.routes.push(route);
}

/// What is required, who pays, by which rules.
fn demand(draft: &mut Draft, s: &mut Supply, n: usize) {
    let mut requirement = Requirement::new(format!("r{n}"), s.id(), s.id(), s.amount());
    requirement.meets.push(Acceptance {
        item: s.id(),
        factor: s.amount(),
    });
    requirement.weight = s.number();
    if s.number() > 50.0 {
        requirement.need = Need::Level(s.path());
    }
    draft.requirements.push(requirement);
    let mut fund = Fund::new(format!("fund{n}"), s.path());
    fund.buys.holders.extend(s.maybe::<HolderId>());
    fund.carry_over = s.amount();
    fund.loan = (s.number() > 70.0).then(|| {
        let mut loan = Loan::new(s.amount(), s.amount());
        loan.grace = s.amount();
        loan
    });
    draft.funds.push(fund);
    let rule = Rule::at_most(format!("rule{n}"), s.number(), "piece")
        .with(
            s.number(),
            Measured::Output {
                line: s.maybe(),
                item: s.maybe(),
            },
        )
        .with(
            s.number(),
            Measured::Spending {
                fund: s.maybe(),
                region: s.maybe(),
            },
        )
        .with(
            s.number(),
            Measured::SpentFor {
                holder: s.id(),
                fund: s.maybe(),
                region: s.maybe(),
            },
        )
        .with(s.number(), Measured::Carried(s.id()))
        .with(
            s.number(),
            Measured::Moved {
                route: s.maybe(),
                item: s.maybe(),
            },
        );
    draft.rules.push(rule);
}

/// Seconds, not minutes, for what no solver should have to bear.
fn options() -> Options {
    Options {
        time_limit: Some(Duration::from_secs(2)),
        ..Options::default()
    }
}

fn tiny() -> Model {
    sinews::read("models/tiny.toml").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever is in a draft, what it is asked before and in its check is answered.
    #[test]
    fn drafts_of_nonsense_are_problems(mut s in supply()) {
        let mut draft = draft(&mut s);
        let (product, item): (ItemId, ItemId) = (s.id(), s.id());
        let _ = draft.contains(product, item);
        let _ = draft.lines.called("nowhere");
        let place = Place::new(["line", "line0", "capacity"]);
        let _ = draft.rests_on(&place, Basis::Assumption(String::new()), Some((s.number(), s.number())));
        if let Ok(model) = draft.check() {
            let _ = solve(&model, &options());
        }
    }

    /// Changes of nonsense make problems.
    #[test]
    fn changes_of_nonsense_are_problems(factor in number(), months in any::<i32>(), share in number()) {
        let model = tiny();
        let pattern = || "*.*.*".parse().unwrap();
        for how in [How::Scale(factor), How::Set(factor), How::Shift(months), How::Quantile(share)] {
            let change = [Change::new(pattern(), how)];
            let _ = Vary::changed(&model, &change);
            let document = sinews::document::Document::open("models/tiny.toml").unwrap();
            let _ = document.changed(&change);
        }
    }

    /// A composed program says what in it means nothing.
    #[test]
    fn composed_programs_of_nonsense_are_refused(mut s in supply(), columns in 0_usize..4) {
        let mut program = Composed::default();
        for _ in 0..columns {
            program.column(s.number(), s.number(), s.number() > 50.0);
        }
        for sense in [Sense::AtMost, Sense::AtLeast, Sense::Equal] {
            let column = |s: &mut Supply| u32::try_from(s.id::<ItemId>().position()).unwrap();
            let terms = [(column(&mut s), s.number()), (column(&mut s), s.number())];
            program.row(terms, sense, s.number());
            let column = column(&mut s);
            program.aim(column, s.number());
        }
        let _ = program.solve(&options());
    }

    /// A program whose bounds and right sides are moved anywhere is solved, or refused.
    #[test]
    fn programs_moved_anywhere_are_answered(mut s in supply()) {
        let model = tiny();
        let mut program = Program::of(&model, ObjectiveKind::Weighted);
        let (line, t): (LineId, PeriodId) = (s.id(), s.id());
        program.move_right(Row::Capacity(line, t), s.number());
        program.limit(Column::Financed(line, t), s.number());
        program.fix(Column::Required(s.id(), t), s.number());
        let r: RequirementId = s.id();
        program.pursue(&model, Goal::Requirement(r));
        program.pursue_windows(&model, &[(r, t)]);
        let _ = program.describe(&model, Row::Capacity(line, t));
        let _ = (program.worth(&model, r), program.requirement_size(&model, r));
        let _ = (program.item_size(s.id()), program.item_value(s.id()));
        program.hold_within(s.number());
        let _ = solve_program(&model, program, &options());
    }

    /// A solution is asked for ids and rows that it does not have.
    #[test]
    fn solutions_know_what_they_do_not_have(mut s in supply()) {
        let solution = solve(&tiny(), &options()).unwrap();
        let (line, t, y): (LineId, PeriodId, YearId) = (s.id(), s.id(), s.id());
        let _ = (solution.price(Row::Capacity(line, t)), solution.dual(Row::Hub(s.id(), t)));
        let _ = (solution.value(Column::Stock(s.id(), t)), solution.fund(s.id(), y));
        let _ = (solution.prices(Row::Rule(s.id(), t)), solution.sides(&[Row::Floor(s.id(), t)]));
        let c = calendar();
        let _ = (c.label(t), c.year_of(t), c.ends_year(t), c.year_number(y), c.first_month(t));
        let _ = (c.after(t, usize::MAX), c.before(t, usize::MAX), c.is_past(t), c.has_year(y));
    }
}

/// A solution reports on its own model, whichever is given.
#[test]
fn a_solution_knows_its_model() {
    let (own, other) = (tiny(), sinews::read("models/shells.toml").unwrap());
    let solution = solve(&own, &Options::default()).unwrap();
    assert_eq!(
        report::text(&other, &solution),
        report::text(&own, &solution)
    );
    assert_eq!(
        report::json(&other, &solution),
        report::json(&own, &solution)
    );
    assert_eq!(
        report::html(&other, &solution),
        report::html(&own, &solution)
    );
    assert_eq!(
        report::markdown(&other, &solution),
        report::markdown(&own, &solution)
    );
    assert_eq!(report::csv(&other, &solution), report::csv(&own, &solution));
    assert_eq!(
        report::plots(&other, &solution),
        report::plots(&own, &solution)
    );
    assert_eq!(solution.missing_value(&other), solution.missing_value(&own));
    assert_eq!(solution.mean_coverage(&other), solution.mean_coverage(&own));
    let program = solution.program();
    assert_eq!(program.lp(&other), program.lp(&own));
    assert_eq!(program.mps(&other), program.mps(&own));
    let again = solve_program(&other, program.clone(), &Options::default()).unwrap();
    assert_eq!(again.missing_value(&own), solution.missing_value(&own));
}

#[test]
fn a_session_takes_another_model() {
    let (own, other) = (tiny(), sinews::read("models/shells.toml").unwrap());
    let session = Session::new(&own, &Options::default()).unwrap();
    let there = session.runner().solve(&other).unwrap();
    assert_eq!(there.requirements.len(), other.requirements.len());
}

#[test]
fn what_is_no_number_is_refused_in_words() {
    let model = tiny();
    let mut program = Program::of(&model, ObjectiveKind::Weighted);
    let plant = model.lines.called("plant").unwrap();
    assert!(program.move_right(Row::Capacity(plant, PeriodId::FIRST), f64::NAN));
    let failure = solve_program(&model, program, &Options::default()).unwrap_err();
    let message =
        "the right side of the capacity of line `plant` in 2026Q1 is not a number; move it to one";
    assert_eq!(
        failure,
        Failure::NotPossible {
            message: message.into()
        }
    );
}

#[test]
fn ids_of_another_draft_are_problems() {
    let mut draft = Draft::new(calendar());
    let round = draft.items.push(Item::new("round", "round"));
    let ua = draft.holders.push(Holder::new("ua"));
    draft
        .lines
        .push(Line::new("plant", ItemId::at(9)).capacity(per_year(1.0)));
    draft
        .requirements
        .push(Requirement::new("shells", ua, round, per_year(30.0)));
    let problems = draft.clone().check().unwrap_err();
    let list: Vec<_> = problems
        .list()
        .iter()
        .map(|p| (p.kind, p.message.as_str()))
        .collect();
    let message = "`line.plant` names an id that no item of this draft has";
    assert_eq!(list, [(Kind::UnknownName, message)]);
    draft.money.currencies = sinews::ids::Table::new();
    let problems = draft.check().unwrap_err();
    assert_eq!(problems.list()[0].message, "the draft has no currency");
}

#[test]
fn a_circle_asked_before_it_is_checked_is_answered() {
    let mut draft = Draft::new(calendar());
    let (a, b) = (ItemId::at(0), ItemId::at(1));
    draft.items.push(Item::new("a", "piece").needs(b, 1.0));
    draft.items.push(Item::new("b", "piece").needs(a, 1.0));
    assert!(draft.contains(a, a) && draft.contains(a, b));
    assert!(!draft.contains(a, ItemId::at(2)));
}

/// Analyses of a model without a plan, or of nonsense names, fail as results do.
#[test]
fn analyses_of_nonsense_are_refused() {
    let (model, work) = (tiny(), Work::default());
    let ask = bottleneck::Question {
        requirement: Some("nothing".into()),
        ..Default::default()
    };
    assert!(bottleneck::bottleneck(&model, &ask, &Options::default(), &work).is_err());
    assert!(explain::explain(&model, "..", &Options::default()).is_err());
    let never = Options {
        time_limit: Some(Duration::ZERO),
        ..Options::default()
    };
    assert!(infeasible::infeasible(&model, &never).is_err());
    let forever = Options {
        time_limit: Some(Duration::MAX),
        ..Options::default()
    };
    assert!(solve(&model, &forever).is_ok());
    let request = sweep::Request {
        axes: vec!["line.plant.capacity=3 t/year".parse().unwrap()],
        ..Default::default()
    };
    assert!(sweep::sweep(&model, &request, &Options::default(), &work).is_err());
    let found = bottleneck::bottleneck(
        &model,
        &bottleneck::Question::default(),
        &Options::default(),
        &work,
    );
    assert!(!found.unwrap().tables().is_empty());
}
