//! The answer in one screen, drawn: how each tier stands, and the gaps.

use super::super::page::{Bars, Chart, Picture};
use super::drawing::series;
use super::{Illustrated, Placed};
use crate::analysis::brief::{Brief, Gap, Standing};
use crate::model::Model;
use crate::units::as_number;

impl Illustrated for Brief {
    fn charts(&self, _: &Model) -> Vec<Placed> {
        let tiers = self.tier_chart();
        let gaps = self.gap_chart();
        let gaps = gaps.map(|chart| ("brief_gaps", chart));
        [("brief_tiers", tiers)].into_iter().chain(gaps).collect()
    }
}

impl Brief {
    fn tier_chart(&self) -> Chart {
        let chart = Chart::new(
            "How each tier stands",
            "Share of its requirements that is met in full, and the lowest coverage among them.",
            "%",
        );
        if self.tiers.is_empty() {
            return chart;
        }
        let name = |tier: &Standing| match &tier.holders[..] {
            [one] => format!("Tier {}, {}", tier.tier, one.name),
            all => format!("Tier {}, {} holders", tier.tier, all.len()),
        };
        let in_full = |tier: &Standing| as_number(tier.in_full) / as_number(tier.requirements);
        let lowest = |tier: &Standing| tier.lowest.as_ref().map_or(1.0, |own| own.coverage);
        chart.view(
            "",
            Picture::Bars(Bars {
                categories: self.tiers.iter().map(name).collect(),
                details: Vec::new(),
                series: vec![
                    series("met in full", self.tiers.iter().map(in_full)),
                    series("lowest coverage", self.tiers.iter().map(lowest)),
                ],
                stacked: false,
                across: true,
            }),
        )
    }

    fn gap_chart(&self) -> Option<Chart> {
        let chart = Chart::new(
            "The gaps that matter most",
            "Share of what is required that is met, that the lever which helps would bring, and that is missing even so.",
            "%",
        );
        if self.gaps.is_empty() {
            return None;
        }
        let part = |gap: &Gap, units: f64| {
            if gap.required > 0.0 {
                units / gap.required
            } else {
                0.0
            }
        };
        let brings = |gap: &Gap| {
            let brings = gap.helps.as_ref().map_or(0.0, |own| own.brings);
            part(gap, brings.clamp(0.0, gap.short))
        };
        let met = |gap: &Gap| (1.0 - part(gap, gap.short)).max(0.0);
        let left = |gap: &Gap| part(gap, gap.short) - brings(gap);
        let name = |gap: &Gap| format!("{} (tier {})", gap.name, gap.tier);
        Some(chart.view(
            "",
            Picture::Bars(Bars {
                categories: self.gaps.iter().map(name).collect(),
                details: Vec::new(),
                series: vec![
                    series("met", self.gaps.iter().map(met)),
                    series("with the lever", self.gaps.iter().map(brings)),
                    series("missing", self.gaps.iter().map(left)),
                ],
                stacked: true,
                across: true,
            }),
        ))
    }
}
