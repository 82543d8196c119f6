//! The answer in one screen: its numbers, its words, its size.
#![allow(clippy::unwrap_used, clippy::needless_raw_string_hashes)]

mod common;

use common::pages::{data, leave};
use common::solved;
use expect_test::{expect, expect_file};
use sinews::analysis::brief::{self, Brief, Request};
use sinews::analysis::{Findings, Work, sensitivity};
use sinews::document::Document;
use sinews::model::{Model, ObjectiveKind};
use sinews::report::{Format, Report, Style, brief_markdown, brief_text, text_with};
use sinews::solution::Solution;
use sinews::solve::{Options, Solver};
use std::fmt::Write;

/// Rounds: 100 of 150 a year, and 10 more with a tenth more capacity. Kits: all that is required. Money: 1 M EUR a
/// year, of which rounds take 0.1 and kits 0.01.
const TOY: &str = r#"
model = { name = "A toy", note = "Invented figures" }
calendar = { start = "2026-01", end = "2027-12", period = "quarter" }
item.round = { unit = "round" }
item.kit = { unit = "kit" }
holder.poland = { name = "Польща" }
holder.ukraine = { name = "Україна" }
fund.aid = { name = "Допомога", amount = "1 M EUR/year" }
line.plant = { name = "Żelazne Zakłady", makes = "round", capacity = "100 round/year", cost = "1_000 EUR/round" }
line.shop = { name = "Nähstube Köln", makes = "kit", capacity = "50 kit/year", cost = "500 EUR/kit" }
requirement.kits = { name = "Комплекти", holder = "poland", item = "kit", quantity = "20 kit/year", tier = 2 }
requirement.shells = { name = "Снаряди 155 мм", holder = "ukraine", item = "round", quantity = { value = "150 round/year", low = "120 round/year", high = "200 round/year", note = "A guess" }, tier = 1 }
objective.kind = "weighted"
"#;

fn document(text: &str) -> Document {
    Document::parse("toy.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
}

fn asked(document: &Document, request: &Request, options: &Options) -> (Model, Solution, Brief) {
    let model = document.model().unwrap();
    let plan = sinews::solve(&model, options).unwrap();
    let work = Work::default();
    let found = brief::brief(document, (&model, &plan), request, options, &work).unwrap();
    (model, plan, found)
}

fn of(text: &str) -> (Model, Solution, Brief) {
    asked(&document(text), &Request::default(), &Options::default())
}

#[test]
fn a_toy_worked_out_by_hand() {
    let (.., found) = of(TOY);
    let gap = &found.gaps[0];
    assert_eq!((gap.tier, gap.years), (1, [2026, 2027]));
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-3 * b.max(1.0), "{a} {b}");
    near(gap.short, 100.0);
    near(gap.required, 300.0);
    near(gap.waits_for[0].share, 1.0);
    near(gap.helps.as_ref().unwrap().brings, 20.0);
    let money = &found.money;
    near(money.needed, 2.0 * (100.0 * 1_000.0 + 20.0 * 500.0));
    near(money.available, 2e6);
    near(money.unspent, 2e6 - 220_000.0);
    assert_eq!((found.tiers[0].in_full, found.tiers[1].in_full), (0, 1));
    // Two capacities, two costs, two requirements, a fund.
    assert_eq!((found.basis.assumed, found.basis.published), (7, 0));
    // Nothing can be signed in the first quarter: 25 rounds.
    near(
        found
            .decisions
            .waiting
            .as_ref()
            .unwrap()
            .loses
            .as_ref()
            .unwrap()
            .units,
        25.0,
    );
    expect![[r#"
        A toy
        =====
        Plan     The best for 2026-01 to 2027-12, by the quarter. Money: EUR of the day.
        Standing Tier 1, Україна: 0 of 1 requirements met in full; lowest: Снаряди 155 мм 67 %.
                 Tier 2, Польща: 1 of 1 met in full, in every year.
        Missing  Снаряди 155 мм (tier 1): 100 of 300 rounds missing, 2026 to 2027; 100 % wait for the
                 capacity of line “Żelazne Zakłady”; 10 % more capacity of line “Żelazne Zakłady” would
                 bring 20.
        Money    Needed: 220,000 EUR. The funds have 2 M EUR, spend 220,000 EUR and leave 1.78 M EUR, for
                 want of goods, not of money. Who pays: Допомога 220,000 EUR.
        Decide   Sign by 2026-12: 2 purchases: round from Żelazne Zakłady, 100 rounds (2026Q1 to 2026Q4);
                   kit from Nähstube Köln, 40 kits (2026Q1 to 2026Q4).
                 To wait until 2026-04: Снаряди 155 мм (tier 1) misses 25 rounds more; in tier 2 0 instead
                   of 1 met in full.
        Basis    0 figures as published, 0 derived, 7 assumed. Weightiest, as prices tell: Снаряди 155 мм:
                 quantity (150 round/year, 120 to 200).
        Ask      bottleneck, deadline, outlook --samples 100, frontier, funding, sensitivity (examples).
    "#]].assert_eq(&brief_text(&found, Style::default()));
}

#[test]
fn the_brief_of_shells() {
    let document = Document::open("models/shells.toml").unwrap();
    let (.., found) = asked(&document, &Request::default(), &Options::default());
    expect_file!["cases/brief-shells.txt"].assert_eq(&brief_text(&found, Style::default()));
    expect_file!["cases/brief-shells.md"].assert_eq(&brief_markdown(&found));
}

#[test]
fn solvers_tell_one_story() {
    let told = |solver| {
        let options = Options {
            solver,
            ..Options::default()
        };
        let (.., found) = asked(&document(TOY), &Request::default(), &options);
        brief_text(&found, Style::default())
    };
    assert_eq!(told(Solver::Clarabel), told(Solver::Microlp));
    #[cfg(feature = "highs")]
    assert_eq!(told(Solver::Clarabel), told(Solver::Highs));
}

/// What text, JSON and CSV say of Europe is what its tables say, on one screen.
#[test]
fn the_brief_of_europe_fits_a_screen_and_agrees_with_the_tables() {
    let document = Document::open("models/europe.toml").unwrap();
    let request = Request {
        solves: 2,
        ..Request::default()
    };
    let (model, plan, found) = asked(&document, &request, &Options::default());
    assert!(found.solves.made <= 2 && found.solves.left_out > 0);
    let text = brief_text(&found, Style::default());
    assert!(text.lines().count() <= 30 && !text.contains('…'), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    // Every part is there, to the last.
    assert!(
        text.contains("\nDecide ") && text.contains("\nBasis ") && text.contains("\nAsk "),
        "{text}"
    );
    for (tier, own) in plan.tiers(&model).iter().zip(&found.tiers) {
        assert_eq!(
            (tier.in_full, tier.requirements),
            (own.in_full, own.requirements)
        );
    }
    assert_eq!(found.money.needed.to_bits(), plan.cost.total.to_bits());
    let whole = text_with(&model, &plan, Style::default());
    let tables = whole.split("Required, met and short").nth(1).unwrap();
    let mut tiers: Vec<u32> = Vec::new();
    for gap in &found.gaps {
        let (_, own) = model
            .requirements
            .iter()
            .zip(plan.requirements.values())
            .find(|((_, r), _)| r.key == gap.requirement)
            .unwrap();
        assert_eq!(gap.short.to_bits(), own.short.to_bits());
        let line = tables
            .lines()
            .find(|line| line.starts_with(&gap.name))
            .unwrap();
        let short = line.split_whitespace().last().unwrap();
        assert!(
            text.contains(&format!(": {short} of "))
                || !text.contains(&format!("{} (tier ", gap.name)),
            "{line}\n{text}"
        );
        tiers.push(gap.tier);
    }
    assert!(tiers.is_sorted());
    let report = Report {
        model: &model,
        solution: &plan,
        brief: Some(&found),
        style: Style::default(),
    };
    let json: serde_json::Value =
        serde_json::from_str(report.files(Format::Json, "x")[0].text().unwrap()).unwrap();
    let first = &json["brief"]["gaps"][0];
    let own = json["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|own| own["id"] == first["requirement"])
        .unwrap();
    assert_eq!(first["short"], own["short"]);
    let names: Vec<String> = report
        .files(Format::Csv, "x")
        .into_iter()
        .map(|file| file.name)
        .collect();
    assert_eq!(
        names[..4],
        [
            "brief.csv",
            "brief_tiers.csv",
            "brief_gaps.csv",
            "brief_decisions.csv"
        ]
    );
    let groups: Vec<&str> = found.groups.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(groups[..2], ["Ukraine", "Europe"]);
    // What two groups have is what all have.
    for (all, of) in found.tiers.iter().map(|own| (own.requirements, own.tier)) {
        let part = |group: &brief::Group| {
            let own = group.tiers.iter().find(|own| own.tier == of);
            own.map_or(0, |own| own.requirements)
        };
        assert_eq!(found.groups[..2].iter().map(part).sum::<usize>(), all);
    }
    let page = report.page(&document, &[]);
    assert!(page.len() < 3_000_000, "{}", page.len());
    numbers_lead_somewhere(&page);
    leave("europe-brief.html", &page);
    stand_by_tier(&model, &plan, &whole);
}

/// Every number of a brief that needs it is explained on its page, or by a section of it.
fn numbers_lead_somewhere(page: &str) {
    let data = data(page);
    let case = &data["cases"][0];
    let sections = case["sections"].as_array().unwrap().iter();
    let titles: Vec<&str> = sections.map(|own| own["title"].as_str().unwrap()).collect();
    let numbers = data["explained"]["numbers"].as_object().unwrap();
    let figures = data["explained"]["figures"].as_array().unwrap();
    let section = |about: &str| match about {
        "money" => Some("Who pays"),
        "decisions" => Some("What has to be decided"),
        "evidence" => Some("What this rests on"),
        "samples" => Some("How sure it is"),
        _ => None,
    };
    let groups = case["groups"].as_array().unwrap().iter();
    let briefs = groups.map(|own| &own["brief"]).chain([&case["brief"]]);
    let mut seen = 0;
    for passage in briefs.flat_map(|own| own.as_array().unwrap()) {
        let lines = passage["lines"].as_array().unwrap().iter();
        for span in lines.flat_map(|line| line.as_array().unwrap()) {
            let Some(about) = span["about"].as_str() else {
                continue;
            };
            seen += 1;
            let place = section(about);
            assert!(
                numbers.contains_key(about) || place.is_some_and(|own| titles.contains(&own)),
                "{about}"
            );
        }
    }
    assert!(seen > 3, "{seen}");
    for own in case["sections"].as_array().unwrap() {
        for about in own["explained"].as_object().into_iter().flatten() {
            assert!(numbers.contains_key(about.1.as_str().unwrap()), "{about:?}");
        }
    }
    for number in numbers.values() {
        for figure in number["figures"].as_array().unwrap() {
            let n = usize::try_from(figure.as_u64().unwrap()).unwrap();
            assert!(!figures[n]["basis"].as_str().unwrap().is_empty());
        }
    }
}

/// Requirements stand by tier, and what is met in every year is folded.
fn stand_by_tier(model: &Model, plan: &Solution, whole: &str) {
    let coverage = whole
        .split("Coverage by requirement and year")
        .nth(1)
        .unwrap();
    let coverage = coverage.split("\n\n").next().unwrap();
    let all: Vec<u32> = coverage
        .lines()
        .filter_map(|line| {
            let name = model
                .requirements
                .values()
                .find(|r| line.starts_with(&format!("{} ", r.name)))?;
            Some(name.tier)
        })
        .collect();
    assert!(all.len() > 80 && all.is_sorted(), "{all:?}");
    let folded = text_with(
        model,
        plan,
        Style {
            fold: true,
            rows: Some(5),
            ..Style::default()
        },
    );
    assert!(folded.contains(" met in full in every year\n") && folded.contains("`--full`"));
    assert!(folded.lines().count() < 200, "{}", folded.lines().count());
}

#[test]
fn what_prices_weigh_is_what_sensitivity_ranks() {
    let document = document(TOY);
    let (.., found) = asked(&document, &Request::default(), &Options::default());
    let request = sensitivity::Request::default();
    let all = sensitivity::sensitivity(&document, &request, &Options::default(), &Work::default());
    let first = &all.unwrap().moves[0];
    assert_eq!(found.basis.weightiest[0].place, first.input.name);
    let (low, high) = first.estimate.unwrap();
    let wide = low.max(high).max(0.0) - low.min(high).min(0.0);
    assert!((found.basis.weightiest[0].moves - wide).abs() <= 1e-6 * wide);
}

#[test]
fn other_objectives_take_one_more_plan() {
    for kind in [ObjectiveKind::Lexicographic, ObjectiveKind::MaxMin] {
        let options = Options {
            objective: Some(kind),
            ..Options::default()
        };
        let (.., found) = asked(&document(TOY), &Request::default(), &options);
        assert_eq!(found.solves.made, 3, "{kind:?}");
        assert!((found.gaps[0].helps.as_ref().unwrap().brings - 20.0).abs() < 0.1);
    }
}

#[test]
fn without_further_plans_it_says_less_and_takes_none() {
    let request = Request {
        solves: 0,
        ..Request::default()
    };
    let (.., found) = asked(&document(TOY), &request, &Options::default());
    assert_eq!((found.solves.made, found.solves.left_out), (0, 0));
    assert!(found.gaps[0].waits_for.is_empty() && found.decisions.waiting.is_none());
    assert!(found.basis.weightiest.is_empty());
}

#[test]
fn nothing_missing_no_money_one_period() {
    let plain = TOY
        .replace("100 round/year\"", "1_000 round/year\"")
        .replace(
            "fund.aid = { name = \"Допомога\", amount = \"1 M EUR/year\" }",
            "",
        )
        .replace(
            "end = \"2027-12\", period = \"quarter\"",
            "end = \"2026-12\", period = \"year\"",
        );
    let (.., found) = of(&plain);
    assert!(found.gaps.is_empty() && found.solves.made <= 1);
    let text = brief_text(&found, Style::default());
    for words in [
        "Nothing: every requirement is met in full.",
        "the model has no funds, so that money limits nothing.",
        "Tier 1, Україна: 1 of 1 requirements met in full, in every year.",
    ] {
        assert!(text.contains(words), "{text}");
    }
}

/// Three hundred requirements, half of them short, and names that no terminal should see.
#[test]
fn many_requirements_and_hostile_names() {
    let mut many = TOY.to_owned();
    for n in 0..300 {
        writeln!(
            many,
            "requirement.r{n} = {{ name = \"Nr {n} \\u001b[31m{}\", holder = \"poland\", item = \"round\", quantity = \"{} round/year\", tier = {} }}",
            "ü".repeat(if n == 7 { 100_000 } else { 30 }),
            1 + n % 7,
            1 + n % 3
        )
        .unwrap();
    }
    let request = Request {
        solves: 1,
        ..Request::default()
    };
    let (model, plan, found) = asked(&document(&many), &request, &Options::default());
    for width in [80, 120] {
        let style = Style {
            width,
            fold: true,
            rows: Some(12),
            ..Style::default()
        };
        let report = Report {
            model: &model,
            solution: &plan,
            brief: Some(&found),
            style,
        };
        let text = report.files(Format::Text, "x");
        let text = text[0].text().unwrap();
        assert!(!text.contains('\u{1b}'));
        for line in text.lines() {
            assert!(line.chars().count() <= usize::from(width), "{line}");
        }
    }
    assert!(brief_text(&found, Style::default()).lines().count() <= 30);
    assert!(brief_markdown(&found).len() < 10_000);
}

#[test]
fn whole_goods_sum_up_in_tables() {
    let model = document(TOY).model().unwrap();
    let plan = solved(&model);
    let text = text_with(&model, &plan, Style::default());
    assert!(text.contains("300   200     100"), "{text}");
    let order: Vec<usize> = ["Снаряди 155 мм", "Комплекти"]
        .iter()
        .map(|name| text.find(name).unwrap())
        .collect();
    assert!(order[0] < order[1], "tier 1 stands first");
}

#[test]
fn its_tables_have_every_number() {
    let (.., found) = of(TOY);
    let keys: Vec<String> = found.tables().into_iter().map(|table| table.key).collect();
    assert_eq!(
        keys,
        ["brief", "brief_tiers", "brief_gaps", "brief_decisions"]
    );
}

/// What is behind each number of a small brief, and holders by themselves.
#[test]
fn a_page_explains_its_numbers_and_shows_holders_by_themselves() {
    let toy = document(TOY);
    let (model, plan, found) = asked(&toy, &Request::default(), &Options::default());
    let report = Report {
        model: &model,
        solution: &plan,
        brief: Some(&found),
        style: Style::default(),
    };
    let page = report.page(&toy, &[]);
    numbers_lead_somewhere(&page);
    leave("brief.html", &page);
    let data = data(&page);
    let shells = &data["explained"]["numbers"]["requirement.shells"];
    assert_eq!(
        (&shells["value"], &shells["unit"]),
        (&"100".into(), &"round".into())
    );
    assert_eq!(
        shells["years"],
        serde_json::json!([[2026, "50"], [2027, "50"]])
    );
    // It waits for the capacity of the plant, and says which figure that is.
    assert_eq!(shells["waits"][0][1], "100 %");
    let figure = shells["waits"][0][2][0].as_u64().unwrap();
    let figure = &data["explained"]["figures"][usize::try_from(figure).unwrap()];
    assert_eq!(figure["place"], "line.plant.capacity");
    assert_eq!(figure["position"], "toy.toml:9");
    let groups = data["cases"][0]["groups"].as_array().unwrap();
    let names: Vec<_> = groups
        .iter()
        .map(|own| own["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Україна", "Польща"]);
    assert_eq!(groups[1]["finding"]["figure"], "Nothing");
    let rows = &groups[0]["section"]["charts"][0]["views"][0]["rows"];
    assert_eq!(*rows, serde_json::json!(["Снаряди 155 мм"]));
}

#[test]
fn money_that_is_left_has_a_reason() {
    // Rounds are short for want of capacity: what is left is not needed, or cannot help.
    let (.., found) = of(TOY);
    let left: f64 = found.money.left.iter().map(|own| own.amount).sum();
    assert!(
        (left - found.money.unspent).abs() < 1.0,
        "{:?}",
        found.money
    );
    assert_eq!(found.money.left.len(), 1);
    assert_eq!(found.money.left[0].why.word(), "other limit");
    let text = brief_text(&found, Style::default());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("leave 1.78 M EUR, for want of goods"),
        "{text}"
    );
}

#[test]
fn decisions_stand_on_a_calendar() {
    let (model, plan, found) = of(TOY);
    let all = brief::calendar(&model, &plan);
    // Two goods, signed for as they are delivered, in the four quarters of a year.
    assert_eq!(all.len(), 8);
    let rounds = all.iter().filter(|own| own.key == "line.plant");
    assert!((rounds.map(|own| own.quantity).sum::<f64>() - 100.0).abs() < 1e-3);
    assert_eq!(found.decisions.orders[0].signed, ["2026Q1", "2026Q4"]);
    let periods: Vec<_> = all
        .iter()
        .map(|own| model.calendar.label(own.period))
        .collect();
    assert!(periods.is_sorted());
}

#[test]
fn time_runs_out_and_the_brief_says_so() {
    let request = Request {
        time: Some(std::time::Duration::ZERO),
        ..Request::default()
    };
    let (.., found) = asked(&document(TOY), &request, &Options::default());
    assert_eq!((found.solves.made, found.solves.out_of_time), (0, true));
    assert!(found.solves.left_out > 0 && found.gaps[0].helps.is_none());
    let text = brief_text(&found, Style::default());
    let words = "time ran out, and 1 lever is left untried.";
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(words), "{text}");
}

/// The second gap of shells waits for the same mill as the first: a lever that both try takes one plan.
#[test]
fn a_lever_that_two_gaps_try_takes_one_plan() {
    let shells = Document::open("models/shells.toml").unwrap();
    let (.., found) = asked(&shells, &Request::default(), &Options::default());
    let tried: usize = found.gaps.iter().map(|gap| gap.tried).sum();
    // One plan is the weighted one, another of waiting.
    assert!(found.decisions.waiting.is_some());
    let levers = found.solves.made - 2;
    assert_eq!((tried, levers), (3, 2), "{:?}", found.solves);
    assert_eq!(found.solves.left_out, 0);
}

/// Nothing in the library knows Ukraine: a national planner's holders and tiers are what the model calls them.
#[test]
fn holders_and_tiers_are_the_models_own() {
    let national = TOY
        .replace("Україна", "Heer")
        .replace("Польща", "Marine")
        .replace("ukraine", "heer")
        .replace("tier = 1", "tier = 4");
    let (.., found) = of(&national);
    let text = brief_text(&found, Style::default());
    assert!(!text.to_lowercase().contains("ukrain"), "{text}");
    assert!(text.contains("Tier 2, Marine: 1 of 1") && text.contains("Tier 4, Heer: 0 of 1"));
    let names: Vec<&str> = found.groups.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["Marine", "Heer"]);
}
