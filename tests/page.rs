//! The HTML report: what is in it, and that nothing in a model can become anything but text.
#![allow(clippy::unwrap_used)]

mod common;

use base64::Engine;
use common::pages::{data, leave};
use common::{solved, text};
use expect_test::expect_file;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sinews::model::Model;
use sinews::report::page::{
    Band, Bar, Bars, Branch, Cell, Chart, Curve, Lines, Mark, Picture, Point, Section, Series,
    Table, Tornado, Tree,
};
use sinews::report::{Case, comparison_html, csv, html, html_with, plots, plots_of};
use std::fmt::Write;

fn titles(sections: &Value) -> Vec<&str> {
    let all = sections.as_array().unwrap().iter();
    all.map(|section| section["title"].as_str().unwrap())
        .collect()
}

/// One line, one holder, one requirement, whatever they are called.
fn small(name: &str, capacity: &str) -> Model {
    let name = serde_json::to_string(name).unwrap();
    text(&format!(
        r#"
[model]
name = {name}
note = {name}
[calendar]
start = "2026-01"
end = "2026-12"
period = "year"
[country.XX]
name = {name}
[item.round]
unit = "round"
name = {name}
[item.powder]
unit = "t"
name = {name}
[line.mill]
name = {name}
makes = "powder"
capacity = "1_000 t/year"
[line.plant]
name = {name}
country = "XX"
company = {name}
makes = "round"
capacity = "{capacity} round/year"
cost = "100 EUR/round"
expansion.hall = {{ name = {name}, adds = "10 round/year", cost = "1 M EUR", lead_time = "0 months" }}
[holder.ua]
name = {name}
stock.round = {{ opening = "5 round", floor = "1 round" }}
[requirement.rounds]
name = {name}
holder = "ua"
item = "round"
quantity = "100 round/year"
[fund.aid]
name = {name}
amount = "1 bn EUR/year"
"#
    ))
}

#[test]
fn the_scripts_are_those_that_the_page_lets_run() {
    let hash = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        format!(
            "sha256-{}\n",
            base64::engine::general_purpose::STANDARD.encode(digest)
        )
    };
    let page = html(&small("plain", "50"), &solved(&small("plain", "50")));
    let scripts = page.split("<script>").skip(1);
    let scripts = scripts.map(|rest| rest.split_once("</script>").unwrap().0);
    let [library, script] = scripts.collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(library, include_str!("../assets/echarts/echarts.js"));
    let hashes = hash(library) + &hash(script);
    expect_file!["../assets/page/script-hashes.txt"].assert_eq(&hashes);
    for script in [library, script] {
        assert!(!script.contains("<!--"));
        assert!(!script.contains('\r'), "a browser would hash it without");
    }
    for hash in hashes.lines() {
        assert!(page.contains(&format!("'{hash}'")), "{hash}");
    }
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-eval"));
}

#[test]
fn every_part_of_the_script_is_in_the_page_once() {
    let page = html(&small("plain", "50"), &solved(&small("plain", "50")));
    for folder in ["assets/page", "assets/page/kinds"] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "js") {
                let part = std::fs::read_to_string(&path).unwrap();
                assert_eq!(page.matches(&part).count(), 1, "{}", path.display());
            }
        }
    }
}

/// Names that would be markup, script, formula or the end of something.
const EVIL: [&str; 8] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "<!--<script>",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1:A9)",
    "]]> &amp; {{7*7}} ${7*7} \u{2028}",
];

#[test]
fn no_name_becomes_markup() {
    for (n, name) in EVIL.into_iter().enumerate() {
        let model = small(name, "50");
        let page = html(&model, &solved(&model));
        assert_eq!(page.matches("<script").count(), 3, "{name}");
        assert_eq!(page.matches("</script").count(), 3, "{name}");
        for markup in ["<img", "<svg o", "<!--"] {
            let own = include_str!("../assets/echarts/echarts.js");
            assert_eq!(
                page.matches(markup).count(),
                own.matches(markup).count(),
                "{name}"
            );
        }
        let data = data(&page);
        assert_eq!(data["title"], name);
        assert_eq!(
            data["cases"][0]["sections"][0]["charts"][0]["views"][0]["rows"][0],
            name
        );
        leave(&format!("evil-{n}.html"), &page);
    }
}

#[test]
fn no_name_becomes_a_formula() {
    for name in EVIL {
        let model = small(name, "50");
        for (file, text) in csv(&model, &solved(&model)) {
            let mut rows = ::csv::ReaderBuilder::new();
            let mut rows = rows.has_headers(false).from_reader(text.as_bytes());
            for row in rows.records() {
                for cell in &row.unwrap() {
                    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    assert!(!formula || cell.parse::<f64>().is_ok(), "{file}: {cell}");
                }
            }
        }
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn no_name_becomes_a_formula_in_excel() {
    // A sheet holds a formula as `<f>`, a link as `<hyperlink>`; words lie in a table of their own.
    for name in EVIL {
        let model = small(name, "50");
        let solution = solved(&model);
        let book = || sinews::report::xlsx(&model, &solution).unwrap();
        assert_eq!(book(), book());
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(book())).unwrap();
        let mut sheets = 0;
        for n in 0..book.len() {
            let mut file = book.by_index(n).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut file, &mut text).unwrap();
            if file.name().unwrap().starts_with("xl/worksheets/sheet") {
                sheets += 1;
                assert!(
                    !text.contains("<f>") && !text.contains("<hyperlink"),
                    "{name}"
                );
            }
        }
        assert_eq!(sheets, 12);
    }
}

#[test]
fn no_name_becomes_markup_in_a_picture() {
    for name in EVIL {
        let model = small(name, "50");
        let pictures = plots(&model, &solved(&model));
        assert!(pictures.len() > 8, "{}", pictures.len());
        for picture in pictures {
            let tags = picture.text().unwrap().split('<').skip(1);
            let tag = |text: &str| {
                let word = text.split([' ', '>', '\n']).next();
                word.unwrap_or_default().trim_matches('/').to_owned()
            };
            for tag in tags.map(tag) {
                let known = ["svg", "title", "rect", "text", "g", "polyline", "polygon"];
                assert!(known.contains(&tag.as_str()), "{}: <{tag}", picture.name);
            }
        }
    }
}

#[test]
fn analyses_are_drawn_without_a_browser() {
    let names: Vec<_> = plots_of(&[analysis()])
        .into_iter()
        .map(|file| file.name)
        .collect();
    let wanted = [
        "frontier.svg",
        "draws.svg",
        "tornado.svg",
        "causes.svg",
        "bars.svg",
    ];
    assert_eq!(names, wanted);
}

#[test]
fn only_addresses_of_the_web_become_links() {
    let link = |address: &str| Cell::Link {
        text: "source".into(),
        address: address.into(),
    };
    let mut table = Table::new("sources", "sources", "", &["where"]);
    for address in [
        "https://example.org/a",
        "javascript:alert(1)",
        "data:text/html,x",
    ] {
        table.rows.push(vec![link(address)]);
    }
    let model = small("plain", "50");
    let more = [Section::new("More").table(table)];
    let page = html_with(&model, &solved(&model), &more);
    let data = data(&page);
    let rows = &data["cases"][0]["sections"][1]["tables"][0]["rows"];
    let wanted = serde_json::json!([
        [["source", "https://example.org/a"]],
        ["source"],
        ["source"]
    ]);
    assert_eq!(*rows, wanted);
}

#[test]
fn a_plan_without_a_shortfall_says_so() {
    let model = small("enough", "500");
    let page = html(&model, &solved(&model));
    let data = data(&page);
    assert_eq!(data["cases"][0]["findings"][0]["figure"], "Nothing");
    let titles = titles(&data["cases"][0]["sections"]);
    assert_eq!(titles[0], "What falls short");
    leave("enough.html", &page);
}

#[test]
fn the_findings_are_those_of_the_plan() {
    // 50 made, 4 drawn from the stock, 10 from the expansion: 64 of 100.
    let model = small("short", "50");
    let page = data(&html(&model, &solved(&model)));
    let findings = page["cases"][0]["findings"].as_array().unwrap();
    let figures: Vec<_> = findings
        .iter()
        .map(|f| f["figure"].as_str().unwrap())
        .collect();
    assert_eq!(figures[0], "1 of 1");
    assert_eq!(
        findings[0]["text"][0],
        "64 % of all that is required, by value, is met."
    );
    assert_eq!(findings[0]["text"][2], "short: 64 % met, 36 rounds short");
    assert_eq!(findings[3]["figure"], "1");
    let coverage = &page["cases"][0]["sections"][0]["charts"][0]["views"][0];
    assert_eq!(coverage["kind"], "heat");
    assert_eq!(coverage["values"], serde_json::json!([[0.64, 0.64]]));
}

#[test]
fn names_of_every_alphabet_stay_as_they_are() {
    for (file, name) in [
        (
            "ukrainian.html",
            "Снаряди калібру 155 мм для України та її «Бригад»",
        ),
        (
            "polish.html",
            "Zakłady w Skarżysku-Kamiennej: łuski, pociski, żołnierz",
        ),
    ] {
        let model = small(name, "50");
        let page = html(&model, &solved(&model));
        assert_eq!(data(&page)["title"], name);
        assert!(page.contains(&format!("<title>{name}</title>")));
        leave(file, &page);
    }
}

#[test]
fn many_requirements_are_shown_in_parts() {
    let mut more = String::new();
    for n in 0..200 {
        let quantity = 100 + n;
        writeln!(
            more,
            "[requirement.need-{n}]\nname = \"requirement number {n}\"\nholder = \"{}\"\nitem = \"round\"\nquantity = \"{quantity} round/year\"\ntier = {}",
            ["ua", "pl"][n % 2],
            1 + n % 3
        )
        .unwrap();
    }
    let model = common::toy(&format!(
        "[line.plant]\nmakes = \"round\"\ncapacity = \"9_000 round/year\"\n[holder.pl]\n{more}"
    ));
    let page = html(&model, &solved(&model));
    let data = data(&page);
    let views = data["cases"][0]["sections"][0]["charts"][0]["views"]
        .as_array()
        .unwrap();
    let sizes: Vec<_> = views
        .iter()
        .map(|view| {
            (
                view["name"].as_str().unwrap(),
                view["rows"].as_array().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(
        sizes,
        [
            ("The 30 widest gaps by value", 30),
            ("ua", 100),
            ("pl", 100),
            ("All 200 requirements", 200)
        ]
    );
    assert!(page.len() < 1_500_000, "{}", page.len());
    leave("many.html", &page);
}

/// A section with every kind of picture that analyses hand over.
fn analysis() -> Section {
    let steps: Vec<String> = (2026..2031).map(|year| year.to_string()).collect();
    let band = |name: &str, wide: f64| Band {
        name: name.into(),
        low: (0..5).map(|n| 0.5 + 0.05 * f64::from(n) - wide).collect(),
        high: (0..5).map(|n| 0.5 + 0.05 * f64::from(n) + wide).collect(),
    };
    let lines = Lines {
        steps: steps.clone(),
        series: vec![Series::of(
            "median",
            Mark::Line,
            [0.5, 0.55, 0.6, 0.65, 0.7],
        )],
        bands: vec![band("90 % of draws", 0.12), band("half of draws", 0.05)],
    };
    let bars = Bars {
        categories: vec!["one".into(), "two".into()],
        series: vec![
            Series::of("now", Mark::Bar, [3.0, 4.0]),
            Series::of("then", Mark::Bar, [5.0, 2.0]),
        ],
        ..Bars::default()
    };
    let point = |x, y, detail: &str| Point {
        x,
        y,
        detail: detail.into(),
    };
    let curve = Curve {
        across: "money (bn EUR of the day)".into(),
        height: "shortfall".into(),
        points: vec![
            point(0.0, 100.0, "one more bn avoids 4"),
            point(10.0, 60.0, "one more bn avoids 1"),
            point(30.0, 40.0, ""),
        ],
        marker: Some(12.0),
    };
    let leaf = |name: &str, value| Branch {
        name: name.into(),
        value: Some(value),
        ..Branch::default()
    };
    let tree = Tree {
        root: Branch {
            children: vec![
                leaf("too little powder", 24.0),
                leaf("too little money", 12.0),
            ],
            ..leaf("36 rounds short", 36.0)
        },
    };
    let tornado = Tornado {
        base: 36.0,
        bars: vec![
            Bar::new("capacity", 46.0, 26.0),
            Bar::new("stock", 38.0, 35.0),
        ],
    };
    Section::new("What the analyses say")
        .say("Each kind of picture once.")
        .chart(
            Chart::new("Frontier", "Least shortfall for the money.", "rounds")
                .view("", Picture::Curve(curve)),
        )
        .chart(Chart::new("Draws", "What inputs spread.", "%").view("", Picture::Lines(lines)))
        .chart(
            Chart::new("Tornado", "One input at a time.", "rounds")
                .view("", Picture::Tornado(tornado)),
        )
        .chart(Chart::new("Causes", "Why it is short.", "rounds").view("", Picture::Tree(tree)))
        .chart(Chart::new("Bars", "Side by side.", "bn EUR of 2026").view("", Picture::Bars(bars)))
}

#[test]
fn an_analysis_adds_its_section_after_the_shortfalls() {
    let model = small("short", "50");
    let solution = solved(&model);
    let page = html_with(&model, &solution, &[analysis(), Section::new("empty")]);
    let data = data(&page);
    let titles = titles(&data["cases"][0]["sections"]);
    assert_eq!(titles[..2], ["What falls short", "What the analyses say"]);
    assert!(!titles.contains(&"empty"));
    let charts = data["cases"][0]["sections"][1]["charts"]
        .as_array()
        .unwrap();
    let kinds: Vec<_> = charts
        .iter()
        .map(|c| c["views"][0]["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["curve", "lines", "tornado", "tree", "bars"]);
    leave("analysis.html", &page);
}

#[test]
fn several_plans_stand_side_by_side() {
    let (less, more) = (small("less", "20"), small("more", "80"));
    let (with_less, with_more) = (solved(&less), solved(&more));
    let cases = [
        Case {
            name: "as it is",
            model: &less,
            solution: &with_less,
        },
        Case {
            name: "<b>more</b> capacity",
            model: &more,
            solution: &with_more,
        },
    ];
    let page = comparison_html("Two plans", &cases);
    let data = data(&page);
    assert_eq!(data["cases"].as_array().unwrap().len(), 2);
    // Tier by tier first: nothing in full, and the lowest.
    let tiers = &data["comparison"][0]["charts"][0]["views"];
    assert_eq!(tiers[0]["rows"], serde_json::json!(["Tier 1, less"]));
    assert_eq!(tiers[0]["values"], serde_json::json!([[0, 0]]));
    assert_eq!(tiers[1]["values"], serde_json::json!([[0.34, 0.94]]));
    let words = &data["comparison"][0]["tables"][1]["rows"][0];
    assert_eq!(words[1], "0 of 1; lowest: less 34 %");
    let chart = &data["comparison"][0]["charts"][1]["views"][0];
    assert_eq!(
        chart["columns"],
        serde_json::json!(["as it is", "<b>more</b> capacity"])
    );
    assert_eq!(chart["values"], serde_json::json!([[0.34, 0.94]]));
    assert!(!page.contains("<b>"));
    leave("comparison.html", &page);
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let model = sinews::read("models/shells.toml").unwrap();
    let page = || html(&model, &solved(&model));
    assert_eq!(page(), page());
}
