//! HTML: one self-contained page with charts, for a plan, for several side by side, or for an analysis.
//!
//! The page makes no request: the chart library and the script lie inside it, and its own policy
//! forbids everything else. Text from a model reaches it as data and is shown as text: here it is
//! escaped, in the page it becomes text nodes.

mod compare;
mod escape;
mod explained;
mod fallback;
mod script;

use super::findings::{self, Finding};
use super::page::Section;
use super::{Report, Style, sections, summary};
use crate::analysis::brief::{Brief, Group, Passage, Room};
use crate::document::Vary;
use crate::ids::HolderId;
use crate::model::Model;
use crate::solution::Solution;
use escape::{escaped, in_script};
use explained::Explained;
use script::SCRIPT;
use serde::Serialize;

pub use compare::Case;

/// The chart library, Apache `ECharts`, made by `scripts/echarts`.
const LIBRARY: &str = include_str!("../../assets/echarts/echarts.js");
/// What it looks like.
const STYLE: &str = include_str!("../../assets/page/page.css");
/// The two scripts' hashes, which are all that the page lets run.
const HASHES: &str = include_str!("../../assets/page/script-hashes.txt");

/// A page under way.
#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    subtitle: String,
    cases: Vec<CaseData>,
    /// Whether the cases are to be compared.
    compared: bool,
    /// What compares the cases.
    comparison: Vec<Section>,
    /// How the page came about.
    foot: Vec<(String, String)>,
    /// What is behind the numbers.
    explained: Explained,
}

/// A plan on a page.
#[derive(Serialize)]
struct CaseData {
    name: String,
    /// The brief, paragraph by paragraph.
    brief: Vec<Passage>,
    findings: Vec<Finding>,
    sections: Vec<Section>,
    /// What differs if only some holders are looked at.
    groups: Vec<GroupData>,
}

/// Some holders by themselves: what stands in the place of what is said of all.
#[derive(Serialize)]
struct GroupData {
    name: String,
    /// Whether it is one holder.
    single: bool,
    brief: Vec<Passage>,
    finding: Finding,
    section: Section,
}

/// What a brief tells, all of it.
fn told(brief: Option<&Brief>) -> Vec<Passage> {
    brief.map_or_else(Vec::new, |brief| brief.passages(Room::ALL))
}

/// Groups of holders, each by itself.
fn groups(m: &Model, s: &Solution, brief: Option<&Brief>) -> Vec<GroupData> {
    let all = brief.map_or(&[][..], |brief| &brief.groups);
    let group = |group: &Group| {
        let holders = m.holders.iter();
        let holders = holders.filter(|(_, holder)| group.has(&holder.key));
        let holders: Vec<HolderId> = holders.map(|(h, _)| h).collect();
        let of = |r| holders.contains(&m.requirements[r].holder);
        GroupData {
            name: group.name.clone(),
            single: group.holders.len() == 1,
            brief: group.passages(Room::ALL),
            finding: findings::shortfall(m, s, of),
            section: sections::lacking(m, s, &holders),
        }
    };
    all.iter().map(group).collect()
}

/// The plan as one HTML file that needs nothing else.
pub fn html(m: &Model, s: &Solution) -> String {
    let m = s.own(m);
    html_with(m, s, &[])
}

/// The same, with sections that analyses add; they stand after what the plan falls short of.
pub fn html_with(m: &Model, s: &Solution, more: &[Section]) -> String {
    let m = s.own(m);
    let report = Report {
        model: m,
        solution: s,
        brief: None,
        style: Style::default(),
    };
    self::report(&report, m, more)
}

/// A plan as one HTML file, its brief first, with sections that analyses add; the document says where figures stand.
pub(super) fn report(report: &Report<'_>, document: &dyn Vary, more: &[Section]) -> String {
    let (m, s) = (report.solution.own(report.model), report.solution);
    let mut sections = sections::of(m, s);
    let place = sections.len().min(1);
    let more = more.iter().filter(|section| !section.is_empty()).cloned();
    sections.splice(place..place, more);
    let page = Page {
        title: &m.name,
        subtitle: subtitle(m),
        cases: vec![CaseData {
            name: m.name.clone(),
            brief: told(report.brief),
            findings: findings::all(m, s),
            sections,
            groups: groups(m, s, report.brief),
        }],
        compared: false,
        comparison: Vec::new(),
        foot: summary::summary(m, s),
        explained: Explained::of(document, m, s, report.brief),
    };
    let plain = fallback::brief(&page.cases[0].brief) + &fallback::plan(m, s);
    written(&page, &plain)
}

/// What an analysis found as one HTML file that needs nothing else.
pub(super) fn analysis(m: &Model, sections: &[Section]) -> String {
    let question = sections.first().map(|section| section.title.as_str());
    let title = question.map_or_else(|| m.name.clone(), |q| format!("{q}: {}", m.name));
    let page = Page {
        title: &title,
        subtitle: subtitle(m),
        cases: vec![CaseData {
            name: m.name.clone(),
            brief: Vec::new(),
            findings: Vec::new(),
            sections: sections.to_vec(),
            groups: Vec::new(),
        }],
        compared: false,
        comparison: Vec::new(),
        foot: Vec::new(),
        explained: Explained::default(),
    };
    let plain: String = sections.iter().map(fallback::section).collect();
    written(&page, &plain)
}

/// Several plans side by side as one HTML file, each also on its own behind a switch. The first is
/// the one the others are compared with.
pub fn comparison_html(title: &str, cases: &[Case<'_>]) -> String {
    comparison(title, cases, compare::sections(cases))
}

/// What compares plans.
pub(super) fn compared(cases: &[Case<'_>]) -> Vec<Section> {
    compare::sections(cases)
}

/// Several plans side by side, with the sections that compare them.
pub(super) fn comparison(title: &str, cases: &[Case<'_>], comparison: Vec<Section>) -> String {
    let data = |case: &Case<'_>| CaseData {
        name: case.name.to_owned(),
        brief: Vec::new(),
        findings: findings::all(case.model, case.solution),
        sections: sections::brief(case.model, case.solution),
        groups: Vec::new(),
    };
    let foot = |case: &Case<'_>| {
        let mut lines = summary::summary(case.model, case.solution).into_iter();
        let certificate = lines.find(|(name, _)| name == "certificate");
        certificate.map(|(_, value)| (format!("certificate: {}", case.name), value))
    };
    let page = Page {
        title,
        subtitle: cases
            .first()
            .map_or_else(String::new, |case| subtitle(case.model)),
        cases: cases.iter().map(data).collect(),
        compared: true,
        comparison,
        foot: cases.iter().filter_map(foot).collect(),
        explained: Explained::default(),
    };
    let plain: String = cases.iter().map(|case| fallback::case(case)).collect();
    written(&page, &plain)
}

fn subtitle(m: &Model) -> String {
    let c = &m.calendar;
    format!(
        "{} to {}, by the {} · prices of {} in {} unless they are of the day",
        c.start(),
        c.end().plus(-1),
        c.period().word(),
        m.money.price_year,
        m.money.base()
    )
}

/// The file: what is always the same, the data, and what is shown where no script runs.
fn written(page: &Page<'_>, plain: &str) -> String {
    let json = serde_json::to_string(page).expect("every key is a text");
    let hashes: Vec<_> = HASHES
        .split_whitespace()
        .map(|hash| format!("'{hash}'"))
        .collect();
    let policy = format!(
        "default-src 'none'; script-src {}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'",
        hashes.join(" ")
    );
    let title = escaped(page.title);
    let subtitle = escaped(&page.subtitle);
    let parts = [
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"",
        &policy,
        "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"sinews\">\n<title>",
        &title,
        "</title>\n<style>\n",
        STYLE,
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<header class=\"top\">\n<h1>",
        &title,
        "</h1>\n<p class=\"subtitle\">",
        &subtitle,
        "</p>\n</header>\n<div id=\"controls\"></div>\n<main id=\"report\"></main>\n<noscript>\n<p>The charts of this page need JavaScript. These are its main tables.</p>\n",
        plain,
        "</noscript>\n<footer id=\"foot\"></footer>\n<script type=\"application/json\" id=\"data\">",
        &in_script(&json),
        "</script>\n<script>",
        LIBRARY,
        "</script>\n<script>",
        SCRIPT,
        "</script>\n</body>\n</html>\n",
    ];
    parts.concat()
}
