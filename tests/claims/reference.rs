//! The tables of the page about the reference model.

use super::common::basket;
use super::{Answer, mean, percent};
use sinews::document::Document;
use sinews::model::{Line, Model};
use sinews::program::Column;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A number with its thousands apart.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Ukraine's basket, requirement by requirement, and what it adds up to.
pub(crate) fn basket(m: &Model) -> String {
    let all = basket::basket(m);
    let mut text = "| requirement | a year | M USD |\n|---|--:|--:|\n".to_owned();
    for entry in &all {
        let millions = grouped((entry.dollars / 1e7).round() * 10.0);
        let quantity = grouped(entry.quantity);
        writeln!(text, "| {} | {quantity} | {millions} |", entry.name).unwrap();
    }
    let sum: f64 = all.iter().map(|entry| entry.dollars).sum();
    let missiles = all.iter().filter(|entry| entry.missiles);
    let missiles: f64 = missiles.map(|entry| entry.quantity).sum();
    writeln!(
        text,
        "\nIn all **{:.1} bn USD a year**. Interceptors of all kinds but drones: some {} a year.",
        sum / 1e9,
        grouped((missiles / 100.0).round() * 100.0)
    )
    .unwrap();
    text
}

impl Answer {
    /// What lines make of an item in a year.
    fn made(&self, item: &str, year: i32, which: impl Fn(&Line) -> bool) -> f64 {
        let m = &self.model;
        let y = m.calendar.year(year).unwrap();
        let lines = self.solution.lines.iter();
        let own = lines.filter(|made| m.items[made.item].key == item && which(&m.lines[made.line]));
        own.map(|made| made.years[y].output).sum()
    }

    /// What suppliers deliver of an item in a year.
    fn bought(&self, item: &str, year: i32) -> f64 {
        let m = &self.model;
        let y = m.calendar.year(year).unwrap();
        let orders = &self.solution.program().network().orders;
        let own = orders
            .iter()
            .filter(|(_, order)| m.items[m.suppliers[order.supplier].item].key == item);
        let periods = |o| m.calendar.periods_of(y).map(move |t| Column::Order(o, t));
        own.flat_map(|(o, _)| periods(o))
            .map(|column| self.solution.value(column))
            .sum()
    }

    fn all_of(&self, item: &str, year: i32) -> f64 {
        self.made(item, year, |_| true) + self.bought(item, year)
    }

    /// What some funds spend in a year and what they have, in bn EUR.
    fn money(&self, funds: &[&str], year: i32) -> (f64, f64) {
        let m = &self.model;
        let y = m.calendar.year(year).unwrap();
        let own = self.solution.funds.iter().filter(|money| {
            let key = &m.funds[money.fund].key;
            let named = |name: &&&str| match name.strip_suffix('*') {
                Some(start) => {
                    key.starts_with(start) && !funds.contains(&format!("!{key}").as_str())
                }
                None => *name == key,
            };
            money.year == y && funds.iter().any(|name| named(&name))
        });
        let (spent, there): (Vec<f64>, Vec<f64>) =
            own.map(|money| (money.spent, money.available)).unzip();
        (
            spent.iter().sum::<f64>() / 1e9,
            there.iter().sum::<f64>() / 1e9,
        )
    }
}

/// Funds by what they are for; `!` takes a fund out.
const FUNDS: [(&str, &[&str]); 9] = [
    ("EU loan to Ukraine", &["eu-loan*"]),
    ("national aid", &["aid-*", "uk-asset-loan"]),
    (
        "US arms (PURL), Czech initiative, Danish model",
        &["us-arms", "czech-initiative", "danish-model"],
    ),
    (
        "SAFE for Ukraine, Peace Facility",
        &["safe-ukraine", "peace-facility", "edip-ukraine"],
    ),
    ("Ukraine's own budget", &["ukraine"]),
    ("SAFE for own stores", &["safe-*", "!safe-ukraine"]),
    ("own budgets for stores", &["stocks-*"]),
    ("training, export", &["training-and-export"]),
    (
        "plants: states, EU, makers",
        &["industry-*", "edip", "asap", "makers"],
    ),
];

const YEARS: [i32; 6] = [2026, 2027, 2028, 2029, 2030, 2031];

/// What each kind of fund spends, of what it has.
pub(crate) fn spending(base: &Answer) -> String {
    let mut text =
        "| funds | 2026 (history) | 2027 | 2028 | 2029 | 2030 | 2031 |\n|---|--:|--:|--:|--:|--:|--:|\n"
            .to_owned();
    for (name, funds) in FUNDS {
        let cells = YEARS.map(|year| match base.money(funds, year) {
            (_, there) if there < 0.05 => "–".into(),
            (spent, there) => format!("{spent:.1} of {there:.1}"),
        });
        writeln!(text, "| {name} | {} |", cells.join(" | ")).unwrap();
    }
    text
}

/// How every scenario ends.
pub(crate) fn scenarios(all: &BTreeMap<String, Answer>) -> String {
    let mut text = "| scenario | laid over | by value | Ukraine | 2027 | 2031 | Europe | cost |\n|---|---|--:|--:|--:|--:|--:|--:|\n".to_owned();
    for scenario in Document::open("models/europe.toml").unwrap().scenarios() {
        let answer = &all[&scenario.key];
        let over = match scenario.extends.as_slice() {
            [] => "–".into(),
            names => format!("`{}`", names.join("`, `")),
        };
        let europe = answer
            .coverages()
            .filter(|(key, _)| !key.starts_with("ua-"));
        let shares = [
            answer.by_value(),
            mean(answer.ukraine().map(|(_, share)| share)),
            answer.mean_in(2027),
            answer.mean_in(2031),
            mean(europe.map(|(_, share)| share)),
        ];
        let shares = shares.map(|share| percent(&[share])).join(" | ");
        writeln!(
            text,
            "| `{}` | {over} | {shares} | {:.0} |",
            scenario.key,
            answer.cost()
        )
        .unwrap();
    }
    text
}

/// The scenarios that say how far the basket can be met.
const LEVELS: [&str; 8] = [
    "likely",
    "needs_low",
    "needs_reference",
    "needs_high",
    "half_the_money",
    "us_patriot_freeze",
    "us_supplies_cut",
    "war_goes_on",
];

/// Ukraine's requirements by tier: how many are met in full, in the mean, and the one that fares worst.
pub(crate) fn tiers(all: &BTreeMap<String, Answer>) -> String {
    let mut text =
        "| scenario | tier | met in full | mean | lowest |\n|---|--:|--:|--:|---|\n".to_owned();
    for key in LEVELS {
        let answer = &all[key];
        let requirements = &answer.model.requirements;
        for tier in [1, 2] {
            let own: Vec<(&str, f64)> = answer
                .ukraine()
                .filter(|(key, _)| {
                    let found = requirements.values().find(|r| r.key == *key);
                    found.is_some_and(|r| r.tier == tier)
                })
                .collect();
            let full = own.iter().filter(|(_, share)| *share > 0.995).count();
            let worst = own.iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            let name = requirements.values().find(|r| r.key == worst.0);
            writeln!(
                text,
                "| `{key}` | {tier} | {full} of {} | {} | {}, {} |",
                own.len(),
                percent(&[mean(own.iter().map(|(_, share)| *share))]),
                name.map_or("", |r| r.name.as_str()),
                percent(&[worst.1])
            )
            .unwrap();
        }
    }
    text
}

/// What of Ukraine's requirements is short, year by year: what could be done, and what is likely.
pub(crate) fn short(all: &BTreeMap<String, Answer>) -> String {
    let mut text = "| scenario | tier | requirement | 2027 | 2028 | 2029 | 2030 | 2031 | in all |\n|---|--:|---|--:|--:|--:|--:|--:|--:|\n".to_owned();
    for key in ["armed_neutrality", "likely"] {
        let answer = &all[key];
        let short: Vec<_> = answer
            .ukraine()
            .filter(|(_, share)| *share <= 0.995)
            .collect();
        let requirements = answer.model.requirements.values();
        for requirement in requirements {
            let Some((own, share)) = short.iter().find(|(own, _)| *own == requirement.key) else {
                continue;
            };
            let years = YEARS[1..].iter();
            let years = years.map(|&year| percent(&[answer.in_year(own, year)]));
            writeln!(
                text,
                "| `{key}` | {} | {} | {} | {} |",
                requirement.tier,
                requirement.name,
                years.collect::<Vec<_>>().join(" | "),
                percent(&[*share])
            )
            .unwrap();
        }
    }
    text
}

/// The plan's figures beside published ones.
#[expect(clippy::too_many_lines, reason = "a line a figure")]
pub(crate) fn figures(base: &Answer) -> String {
    let m = &base.model;
    let home = |line: &Line| line.country.is_none_or(|c| m.regions[c].key != "UA");
    let millions = |number: f64| format!("{:.2} M", number / 1e6);
    let hundreds = |number: f64| grouped((number / 100.0).round() * 100.0);
    let rounds = |year| base.made("round-155", year, home);
    let y = m.calendar.year(2026).unwrap();
    let (r, _) = m
        .requirements
        .iter()
        .find(|(_, r)| r.key == "ua-round-155")
        .unwrap();
    let to_ukraine = base.solution.requirements[r].years[y].met;
    let spent = |groups: std::ops::Range<usize>, year| -> f64 {
        FUNDS[groups]
            .iter()
            .map(|(_, funds)| base.money(funds, year).0)
            .sum()
    };
    let of_ukraine = YEARS[1..]
        .iter()
        .map(|&year| format!("{:.1}", spent(0..5, year)));
    let of_ukraine = of_ukraine.collect::<Vec<_>>().join(", ");
    let rows = [
        (
            "155 mm made in Europe without Ukraine, 2026 (history: with friction)",
            millions(rounds(2026)),
            "just short of 1 M early in 2025 (The Economist), 1.0–1.4 M in 2025 (sum of makers); officials: 2 M rate at the end of 2025",
            "output is calibrated on what was made, not on officials' capacity",
        ),
        (
            "the same, 2028 and 2030",
            format!("{}, {}", millions(rounds(2028)), millions(rounds(2030))),
            "Rheinmetall 1.5 M by 2030 (group), Poland 0.15–0.18 M by 2028, Nammo 0.2 M, KNDS France 0.1 M by 2027",
            "announced ends are reached later than announced",
        ),
        (
            "155 mm to Ukraine, 2026",
            millions(to_ukraine),
            "2025: about 0.6 M through the Czech initiative, and EU deliveries of all large calibres of 1–2 M",
            "2026 asks for what war does; what others have on order is theirs",
        ),
        (
            "TNT made and bought, 2026",
            format!(
                "{} t, {} t of it European",
                hundreds(base.all_of("tnt", 2026)),
                hundreds(base.made("tnt", 2026, |_| true))
            ),
            "need for shells 20,000 t for 2 M rounds; 6,000 t left in Europe",
            "closes with 6.0 kg a round; the rest is imported or comes out of magazines",
        ),
        (
            "powder, 2026",
            format!(
                "{} t made, {} t bought",
                hundreds(base.made("powder", 2026, |_| true)),
                hundreds(base.bought("powder", 2026))
            ),
            "no total is public; Rheinmetall 10,500–11,000 t with all calibres and South Africa",
            "7.2 kg a round",
        ),
        (
            "charges, 2026",
            format!("{:.1} M modules", base.all_of("module", 2026) / 1e6),
            "Rheinmetall 1.5 M, Bergerac 1.0–1.2 M, Pionki 0.1 M, others unknown",
            "binds in 2026 and 2027",
        ),
        (
            "PAC-3 for Europe and Ukraine, 2026",
            grouped(base.all_of("pac3-mse", 2026)),
            "620 made in 2025 for 17 users; Ukraine had fewer than 800 Patriot missiles of all kinds in four years",
            "a twelfth of the world's output is taken to be left while the US refills",
        ),
        (
            "GEM-T, 2026 and 2028",
            format!(
                "{}, {}",
                grouped(base.all_of("gem-t", 2026)),
                grouped(base.all_of("gem-t", 2028))
            ),
            "240 a year world-wide in 2024, 380–480 expected for 2027; 1,000 on order at COMLOG, first in 2027–28",
            "a quarter of the American output, and the German line",
        ),
        (
            "Aster 30, 2026 and 2028",
            format!(
                "{}, {}",
                grouped(base.all_of("aster-30", 2026)),
                grouped(base.all_of("aster-30", 2028))
            ),
            "918 on joint order from 2025 on, five times the first plan in 2025, no rate published",
            "",
        ),
        (
            "IRIS-T SLM, 2026",
            grouped(base.all_of("irist-slm", 2026)),
            "800–1,000 planned for 2025",
            "15 % go elsewhere, start-up",
        ),
        (
            "Mistral, Piorun, 2026",
            format!(
                "{}, {}",
                grouped(base.all_of("mistral", 2026)),
                grouped(base.all_of("piorun", 2026))
            ),
            "40 a month; 1,200–1,300",
            "",
        ),
        (
            "howitzers, 2026",
            grouped(base.all_of("howitzer", 2026)),
            "more than 400 with Ukraine (Kiel)",
            "half of the makers' output has other buyers",
        ),
        (
            "FPV drones, 2026",
            millions(base.all_of("strike-drone", 2026)),
            "3.0 M delivered in 2025, capacity 8 M",
            "orders of 2025 are taken to go on",
        ),
        (
            "spending for Ukraine, 2027 to 2031",
            format!("{of_ukraine} bn EUR"),
            "basket of 20 bn USD; 33–35 bn EUR of military aid of Europe in 2025",
            "what the basket costs, plants and advances included",
        ),
        (
            "spending for own stores",
            format!(
                "{:.1} bn EUR in 2027, {:.1} in 2028",
                spent(5..7, 2027),
                spent(5..7, 2028)
            ),
            "100 bn EUR of equipment of the EU's 27 in 2025",
            "a part of the kinds, and of the goals",
        ),
    ];
    let mut text = "| figure | plan | published | what it shows |\n|---|---|---|---|\n".to_owned();
    for (figure, plan, published, shows) in rows {
        writeln!(text, "| {figure} | {plan} | {published} | {shows} |").unwrap();
    }
    text
}

/// The rules of who pays, the model's own first.
const RULES: [(&str, &str); 4] = [
    ("armed_neutrality", "pro rata (the model's)"),
    ("financing_grants_first", "grants first"),
    ("financing_by_gdp", "by GDP"),
    ("financing_cheapest", "cheapest"),
];

/// What each kind of fund pays from 2027 on under each rule, and what is met.
pub(crate) fn payers(all: &BTreeMap<String, Answer>) -> String {
    let names = RULES.map(|(_, name)| name).join(" | ");
    let mut text = format!("| bn EUR, 2027 to 2031 | {names} |\n|---|--:|--:|--:|--:|\n");
    for (name, funds) in FUNDS {
        let cells = RULES.map(|(key, _)| {
            let years = YEARS[1..].iter();
            let spent: f64 = years.map(|&year| all[key].money(funds, year).0).sum();
            format!("{spent:.1}")
        });
        writeln!(text, "| {name} | {} |", cells.join(" | ")).unwrap();
    }
    let met = RULES.map(|(key, _)| percent(&[all[key].by_value()]));
    writeln!(text, "| coverage by value | {} |", met.join(" | ")).unwrap();
    text
}
