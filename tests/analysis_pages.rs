//! Pages of analyses: what their charts show, and that no name in a model can become anything but text.
#![allow(clippy::unwrap_used)]

mod common;

use common::pages::{data, leave};
use common::{cheap_and_dear, same};
use serde_json::Value;
use sinews::analysis::alternatives::{self, alternatives};
use sinews::analysis::bottleneck::{Question, bottleneck};
use sinews::analysis::compare::{BASE, compare};
use sinews::analysis::deadline::{self, deadline};
use sinews::analysis::dependence::{self, dependence};
use sinews::analysis::disruption::{Request as Losses, disruption};
use sinews::analysis::frontier::{self, frontier};
use sinews::analysis::funding::{self, funding};
use sinews::analysis::futures::{Ask, futures};
use sinews::analysis::investments::investments;
use sinews::analysis::monte_carlo::{self, monte_carlo};
use sinews::analysis::outlook::{self, outlook};
use sinews::analysis::rolling::{self, rolling};
use sinews::analysis::sensitivity::{self, sensitivity};
use sinews::analysis::sweep::{self, sweep};
use sinews::analysis::{Outcome, Work};
use sinews::document::Document;
use sinews::model::Model;
use sinews::report::page::{Branch, Picture};
use sinews::report::{File, Illustrated, plots_of};
use sinews::solve::Options;

/// Ten rounds are required in 2026 and in 2027, worth 100 EUR each. The plant makes four a year, and a hall
/// that opens after a year adds two; a supplier abroad sells one a year. There is money for all of it.
fn document(name: &str) -> Document {
    let less = serde_json::to_string(&format!("{name}, halved")).unwrap();
    let name = serde_json::to_string(name).unwrap();
    let text = format!(
        r#"
[model]
name = {name}
note = {name}
[calendar]
start = "2026-01"
end = "2027-12"
period = "year"
[country.XX]
name = {name}
[country.YY]
name = {name}
[item.round]
unit = "round"
name = {name}
value = "100 EUR/round"
needs = {{ powder = "1 t/round" }}
[item.powder]
unit = "t"
name = {name}
value = "10 EUR/t"
[line.mill]
name = {name}
country = "XX"
makes = "powder"
capacity = "100 t/year"
[line.plant]
name = {name}
country = "XX"
company = {name}
makes = "round"
capacity = {{ value = "4 round/year", low = "3 round/year", high = "6 round/year" }}
cost = {{ value = "10 EUR/round", low = "8 EUR/round", high = "15 EUR/round" }}
expansion.hall = {{ name = {name}, adds = "2 round/year", cost = "50 EUR", lead_time = "12 months" }}
[supplier.abroad]
name = {name}
country = "YY"
item = "round"
rate = "1 round/year"
cost = "20 EUR/round"
[holder.ua]
name = {name}
[requirement.rounds]
name = {name}
holder = "ua"
item = "round"
quantity = "10 round/year"
[fund.aid]
name = {name}
amount = "1_000 EUR/year"
[scenario.less]
name = {less}
note = {name}
scale = {{ "line.plant.capacity" = 0.5 }}
"#
    );
    Document::parse("toy.toml", &text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What every analysis finds in a model, by name.
#[expect(clippy::too_many_lines, reason = "an entry an analysis")]
fn all(document: &Document) -> Vec<(&'static str, Box<dyn Illustrated>)> {
    let (options, work) = (Options::default(), Work::default());
    let model = document.model().unwrap();
    let question = Question::default();
    let less = dependence::Question {
        less: Some("YY".into()),
        ..dependence::Question::default()
    };
    let draws = monte_carlo::Request {
        samples: 20,
        scenarios: vec![BASE.into(), "less".into()],
        ..monte_carlo::Request::default()
    };
    let grid = |axes: &[&str]| sweep::Request {
        axes: axes.iter().map(|axis| axis.parse().unwrap()).collect(),
        ..sweep::Request::default()
    };
    let one = grid(&["line.plant.capacity=x0.5,x1,x1.5"]);
    let two = grid(&["line.plant.capacity=x0.5,x1", "fund.aid.amount=x0,x0.05,x1"]);
    let ask = Ask::new("2027-01".parse().unwrap())
        .future(BASE, 0.5)
        .future("less", 0.5);
    let look = outlook::Request {
        samples: 5,
        seed: 1,
    };
    let see = rolling::Ask::default();
    let losses = Losses {
        elements: Vec::new(),
        from: None,
        months: None,
        worst: 3,
        ..Losses::default()
    };
    let curve = frontier::Request::default();
    let moves = sensitivity::Request::default();
    let near = alternatives::Request::default();
    let money = funding::Request::default();
    let dates = deadline::Request::default();
    vec![
        (
            "bottleneck",
            Box::new(bottleneck(document, &question, &options, &work).unwrap()),
        ),
        (
            "compare",
            Box::new(compare(document, &[BASE, "less"], &options, &work).unwrap()),
        ),
        (
            "frontier",
            Box::new(frontier(&model, &curve, &options, &work).unwrap()),
        ),
        (
            "cost",
            Box::new(frontier::cost(&model, 20, &options, &work).unwrap()),
        ),
        (
            "sensitivity",
            Box::new(sensitivity(document, &moves, &options, &work).unwrap()),
        ),
        (
            "monte_carlo",
            Box::new(monte_carlo(document, &draws, &options, &work).unwrap()),
        ),
        (
            "disruption",
            Box::new(disruption(document, &losses, &options, &work).unwrap()),
        ),
        (
            "dependence",
            Box::new(dependence(document, &less, &options, &work).unwrap()),
        ),
        (
            "deadline",
            Box::new(deadline(document, &dates, &options, &work).unwrap()),
        ),
        (
            "investments",
            Box::new(investments(&model, &[0.0, 1.0], &options, &work).unwrap()),
        ),
        (
            "alternatives",
            Box::new(alternatives(&model, &near, &options, &work).unwrap()),
        ),
        (
            "outlook",
            Box::new(outlook(document, &look, &options, &work).unwrap()),
        ),
        (
            "rolling",
            Box::new(rolling(&model, &see, &options, &work).unwrap()),
        ),
        (
            "futures",
            Box::new(futures(document, &ask, &options, &work).unwrap()),
        ),
        (
            "sweep",
            Box::new(sweep(document, &one, &options, &work).unwrap()),
        ),
        (
            "sweep-2",
            Box::new(sweep(document, &two, &options, &work).unwrap()),
        ),
        (
            "funding",
            Box::new(funding(&model, &money, &options, &work).unwrap()),
        ),
    ]
}

/// Names that would be markup, script, formula or the end of something.
const EVIL: [&str; 2] = [
    "</script><script>alert(1)</script><img src=x onerror=alert(1)><!--",
    "=cmd|' /C calc'!A0\"><svg onload=alert(1)>",
];

#[test]
fn no_name_becomes_markup_on_the_page_or_in_a_picture_of_any_analysis() {
    let own = include_str!("../assets/echarts/echarts.js");
    for (n, name) in EVIL.into_iter().enumerate() {
        let document = document(name);
        let model = document.model().unwrap();
        for (analysis, found) in all(&document) {
            let page = found.page(&model);
            assert_eq!(page.matches("<script").count(), 3, "{analysis}: {name}");
            for markup in ["<img", "<svg o", "<!--"] {
                let (here, there) = (page.matches(markup).count(), own.matches(markup).count());
                assert_eq!(here, there, "{analysis}: {markup} of {name}");
            }
            assert!(
                data(&page)["title"].as_str().unwrap().contains(name),
                "{analysis}"
            );
            leave(&format!("{analysis}-evil-{n}.html"), &page);
            let pictures = plots_of(&found.sections(&model));
            assert!(!pictures.is_empty(), "{analysis}");
            pictures.iter().for_each(plain);
        }
    }
}

/// A picture is made of shapes and words alone.
fn plain(picture: &File) {
    let tags = picture.text().unwrap().split('<').skip(1);
    for tag in tags {
        let word = tag
            .split([' ', '>', '\n'])
            .next()
            .unwrap()
            .trim_matches('/');
        let known = ["svg", "title", "rect", "text", "g", "polyline", "polygon"];
        assert!(known.contains(&word), "{}: <{word}", picture.name);
    }
}

#[test]
fn every_analysis_has_charts_and_a_table_behind_each_section() {
    let document = document("Завод «Łuska»");
    let model = document.model().unwrap();
    for (analysis, found) in all(&document) {
        let page = data(&found.page(&model));
        let case = &page["cases"][0];
        let of = |sections: &Value, what: &str| {
            let sections = sections.as_array().unwrap().iter();
            sections
                .map(|s| s[what].as_array().unwrap().len())
                .sum::<usize>()
        };
        let shown = if analysis == "compare" {
            &page["comparison"]
        } else {
            &case["sections"]
        };
        assert!(of(shown, "charts") > 0, "{analysis}");
        assert!(of(shown, "tables") > 0, "{analysis}");
        leave(&format!("{analysis}-named.html"), &found.page(&model));
    }
}

/// The first view of a chart.
fn picture(found: &dyn Illustrated, model: &Model, title: &str) -> Picture {
    let sections = found.sections(model);
    let mut charts = sections.into_iter().flat_map(|section| section.charts);
    let chart = charts.find(|chart| chart.title == title).unwrap();
    chart.views.into_iter().next().unwrap().picture
}

#[test]
fn the_frontier_has_its_corners_and_the_price_between_them() {
    // Of ten rounds four cost 10 EUR and three more 20 EUR; the fund has 100 EUR.
    let model = cheap_and_dear();
    let request = frontier::Request::default();
    let found = frontier(&model, &request, &Options::default(), &Work::default()).unwrap();
    let Picture::Curve(curve) = picture(&found, &model, "What money buys") else {
        panic!("no curve");
    };
    let corners: Vec<_> = curve
        .points
        .iter()
        .map(|p| (1e6 * p.x, 1e6 * p.y))
        .collect();
    let wanted = [
        (0.0, 1_000.0),
        (40.0, 600.0),
        (100.0, 300.0),
        (200.0, 300.0),
    ];
    assert_eq!(corners.len(), wanted.len());
    for ((x, y), (wanted_x, wanted_y)) in corners.into_iter().zip(wanted) {
        assert!((x - wanted_x).abs() < 1e-2, "{x}");
        assert!((y - wanted_y).abs() < 1e-2, "{y}");
    }
    same(1e6 * curve.marker.unwrap(), 100.0);
    assert!(
        curve.points[0]
            .detail
            .starts_with("One more EUR avoids 10 EUR.")
    );
    let second = &curve.points[1].detail;
    assert!(second.starts_with("One more EUR avoids 5 EUR."), "{second}");
    assert!(
        second.contains("capacity of line the cheap one"),
        "{second}"
    );
}

/// The parts of every branch add up to it, but for twigs that are not drawn.
fn adds_up(branch: &Branch) {
    let sum: f64 = branch.children.iter().filter_map(|child| child.value).sum();
    if !branch.children.is_empty() {
        assert!((sum - branch.value.unwrap()).abs() < 0.02, "{branch:?}");
    }
    branch.children.iter().for_each(adds_up);
}

#[test]
fn a_tree_leads_from_what_is_missing_to_what_binds() {
    let document = document("Plant");
    let model = document.model().unwrap();
    let work = Work::default();
    let found = bottleneck(&document, &Question::default(), &Options::default(), &work).unwrap();
    let Picture::Tree(tree) = picture(&found, &model, "From the missing units to what binds")
    else {
        panic!("no tree");
    };
    assert!(
        tree.root.name.starts_with("Plant, 202"),
        "{}",
        tree.root.name
    );
    same(tree.root.value.unwrap(), 1.0);
    adds_up(&tree.root);
    let first = &tree.root.children[0].name;
    assert!(first.contains("Plant"), "{first}");
}

#[test]
fn a_tornado_has_both_ends_of_each_input() {
    let document = document("Plant");
    let model = document.model().unwrap();
    let request = sensitivity::Request::default();
    let found = sensitivity(&document, &request, &Options::default(), &Work::default()).unwrap();
    let Picture::Tornado(tornado) = picture(&found, &model, "What moves the answer") else {
        panic!("no tornado");
    };
    let capacity = &tornado.bars[0];
    assert_eq!(capacity.name, "Plant: capacity");
    assert_eq!(capacity.low_input, "3 round/year");
    assert_eq!(capacity.high_input, "6 round/year");
    // One round a year less is worse, two more are better.
    assert!(capacity.low > 0.0 && capacity.high < 0.0, "{capacity:?}");
}

#[test]
fn bands_hold_the_median() {
    let document = document("Plant");
    let model = document.model().unwrap();
    let request = monte_carlo::Request {
        samples: 40,
        ..monte_carlo::Request::default()
    };
    let work = Work::default();
    let found = monte_carlo(&document, &request, &Options::default(), &work).unwrap();
    let Picture::Lines(lines) = picture(&found, &model, "Coverage by year over the samples") else {
        panic!("no lines");
    };
    assert_eq!(lines.steps, ["2026", "2027"]);
    let number = |outcome| found.outcomes.iter().position(|o| *o == outcome).unwrap();
    let first = found.statistics(0, number(Outcome::CoverageIn(2026)));
    same(lines.bands[0].low[0], first.quantile(0.05).unwrap());
    for (k, median) in lines.series[0].values.iter().enumerate() {
        let median = median.unwrap();
        let [wide, narrow] = [&lines.bands[0], &lines.bands[1]];
        let ends = [
            wide.low[k],
            narrow.low[k],
            median,
            narrow.high[k],
            wide.high[k],
        ];
        assert!(ends.is_sorted(), "{ends:?}");
        // At most six rounds of the plant and one bought, of ten; the hall adds two. Of equal plans, some keep
        // rounds of the first year for the second.
        let most = [0.7, 1.0][k];
        assert!(
            wide.low[k] >= 0.0 && wide.high[k] <= most + 1e-6,
            "{ends:?}"
        );
    }
}
