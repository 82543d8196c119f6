//! How sure the headline is: what could be done and what is likely, over samples of all that is uncertain.

use sinews::analysis::outlook::{Outlook, Request, Side, outlook};
use sinews::analysis::{Outcome, Work};
use sinews::document::Document;
use sinews::solve::Options;
use std::fmt::Write;

/// How many samples: enough for an interval, few enough for a test.
const SAMPLES: usize = 40;

/// The samples.
pub(crate) fn drawn(document: &Document) -> Outlook {
    let request = Request {
        samples: SAMPLES,
        ..Request::default()
    };
    outlook(document, &request, &Options::default(), &Work::default()).unwrap()
}

/// Tier by tier: what is met in full and the lowest coverage, by the plan and from one sample in ten to nine in ten.
pub(crate) fn table(found: &Outlook) -> String {
    let mut text = format!(
        "| tier | of {SAMPLES} samples | of | in full | interval | lowest | interval |\n|--:|---|--:|--:|---|---|---|\n"
    );
    for n in 0..found.sides[0].solution.tiers(&found.sides[0].model).len() {
        for side in &found.sides {
            row(&mut text, side, n);
        }
    }
    text
}

fn row(text: &mut String, side: &Side, n: usize) {
    let tiers = side.solution.tiers(&side.model);
    let tier = &tiers[n];
    let ends = |outcome: Outcome| {
        let spread = side.spread(&outcome).unwrap();
        [0.1, 0.9].map(|q| spread.quantile(q).unwrap())
    };
    let full = ends(Outcome::InFull(tier.tier));
    let least = ends(Outcome::Lowest(tier.tier)).map(|share| 100.0 * share);
    let (r, lowest) = tier.lowest.unwrap();
    writeln!(
        text,
        "| {} | {} | {} | {} | {:.0} to {:.0} | {}, {:.0} % | {:.0} to {:.0} % |",
        tier.tier,
        side.name,
        tier.requirements,
        tier.in_full,
        full[0],
        full[1],
        side.model.requirements[r].name,
        100.0 * lowest,
        least[0],
        least[1]
    )
    .unwrap();
}
