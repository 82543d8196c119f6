//! A brief in sentences, as one would read it to a minister.

use super::{Brief, Decisions, Gap, Money, Standing, Waiting};
use crate::solution::whose;
use crate::table::number::{counted, met_and_short, money, plural, quantity, share, three};
use crate::table::plain::plain;
use std::fmt::Write;

/// Writing to a string.
const SAFE: &str = "writing to a string cannot fail";

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The heading: one or two words.
    pub heading: &'static str,
    /// What stands under it, a thought each.
    pub lines: Vec<String>,
}

/// The longest name, in letters.
const NAME: usize = 60;
/// The longest cause or lever, in letters.
const PHRASE: usize = 120;
/// How much a brief may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// How many gaps it names at most.
    pub gaps: usize,
    /// How many causes of each.
    pub causes: usize,
    /// How many payers, expansions, purchases and assumptions.
    pub named: usize,
}

impl Room {
    /// All that a brief holds.
    pub const ALL: Self = Self {
        gaps: usize::MAX,
        causes: 2,
        named: 3,
    };
}

fn name(text: &str) -> String {
    plain(text, NAME)
}

impl Brief {
    /// Its title: the model, and the scenario.
    pub fn title(&self) -> String {
        match &self.scenario {
            Some(scenario) => format!("{}: {}", name(&self.model), name(scenario)),
            None => name(&self.model),
        }
    }

    /// It in sentences, as far as there is room.
    pub fn paragraphs(&self, room: Room) -> Vec<Paragraph> {
        let all = [
            ("Plan", vec![self.what()]),
            ("Standing", self.standing()),
            ("Missing", self.missing(room)),
            ("Money", vec![self.money.words(self, room)]),
            ("Decide", self.decisions.words(&self.currency, room)),
            ("Basis", vec![self.rests_on(room)]),
            ("Ask", vec![self.further()]),
        ];
        let all = all.into_iter().filter(|(_, lines)| !lines.is_empty());
        all.map(|(heading, lines)| Paragraph { heading, lines })
            .collect()
    }

    fn what(&self) -> String {
        let free = if self.has_history {
            format!(
                "; decisions are free, and numbers count, from {} on",
                self.decide_from
            )
        } else {
            String::new()
        };
        let likely = if self.without_friction {
            " It is what could be done, not what is likely."
        } else {
            ""
        };
        format!(
            "The best for {} to {}, by the {}{free}.{likely} Money: {} of the day.",
            self.start, self.end, self.period, self.currency
        )
    }

    fn standing(&self) -> Vec<String> {
        if self.tiers.is_empty() {
            return vec!["Nothing is required.".into()];
        }
        let tiers = self.tiers.iter().enumerate();
        tiers.map(|(n, tier)| tier.words(n == 0)).collect()
    }

    fn missing(&self, room: Room) -> Vec<String> {
        if self.tiers.is_empty() {
            return Vec::new();
        }
        if self.gaps.is_empty() {
            return vec!["Nothing: every requirement is met in full.".into()];
        }
        let shown = self.gaps.iter().take(room.gaps);
        let mut lines: Vec<String> = shown.map(|gap| gap.words(room)).collect();
        let others = self.other_gaps + self.gaps.len().saturating_sub(room.gaps);
        let mut last = Vec::new();
        if others > 0 {
            let words = count(others, "more is", "more are");
            last.push(format!("{words} not met in full."));
        }
        if self.solves.left_out > 0 {
            last.push(format!(
                "After {} {} left untried.",
                count(self.solves.made, "further plan", "further plans"),
                count(self.solves.left_out, "lever is", "levers are")
            ));
        }
        if !last.is_empty() {
            lines.push(last.join(" "));
        }
        lines
    }

    fn rests_on(&self, room: Room) -> String {
        let own = &self.basis;
        let mut text = format!(
            "{} as published, {} derived, {} assumed.",
            count(own.published, "figure", "figures"),
            own.derived,
            own.assumed
        );
        if !own.weightiest.is_empty() {
            let named = own.weightiest.iter().take(room.named).map(|figure| {
                let [low, high] = figure.range;
                format!(
                    "{} ({}, {} to {})",
                    name(&figure.figure),
                    plain(&figure.unit_of(figure.value), NAME),
                    quantity(low),
                    quantity(high)
                )
            });
            text.push_str(" Weightiest, as prices tell: ");
            text.push_str(&named.collect::<Vec<_>>().join("; "));
            text.push('.');
        }
        text
    }

    fn further(&self) -> String {
        let mut asked = Vec::new();
        if !self.gaps.is_empty() {
            asked.extend(["bottleneck", "deadline"]);
        }
        if self.tiers.iter().all(|tier| tier.sampled.is_empty()) {
            asked.push("outlook --samples 100");
        }
        if self.money.funds > 0 {
            asked.extend(["frontier", "funding"]);
        }
        if self.basis.assumed > 0 {
            asked.push("sensitivity");
        }
        if asked.is_empty() {
            asked.push("disruption");
        }
        format!("{} (examples).", asked.join(", "))
    }
}

impl super::Assumption {
    fn unit_of(&self, value: f64) -> String {
        format!("{} {}", quantity(value), self.unit)
            .trim_end()
            .to_owned()
    }
}

impl Standing {
    fn words(&self, first: bool) -> String {
        let holders = self.holders.iter();
        let holders = holders.map(|own| (name(&own.name), own.in_full, own.requirements));
        let holders: Vec<_> = holders.collect();
        let holders = holders
            .iter()
            .map(|(name, met, of)| (name.as_str(), *met, *of));
        let whose = whose(&holders.collect::<Vec<_>>());
        let all = self.requirements;
        let head = format!(
            "Tier {}, {whose}: {} of {all}{} met in full",
            self.tier,
            self.in_full,
            if first { " requirements" } else { "" }
        );
        let every = if self.every_year == all {
            ", in every year".to_owned()
        } else if self.every_year == self.in_full {
            String::new()
        } else {
            format!(" ({} in every year)", self.every_year)
        };
        let when = match self.all_from {
            Some(year) if self.every_year < all => format!(", all from {year}"),
            _ => String::new(),
        };
        let lowest = self.lowest.as_ref().filter(|_| self.in_full < all);
        let lowest = lowest.map_or(String::new(), |own| {
            format!("; lowest: {} {}", name(&own.name), share(own.coverage))
        });
        let sampled = self.sampled.iter().filter_map(|own| {
            let ([few, many], [low, high]) = (own.in_full?, own.lowest?);
            Some(format!(
                " {}, in eight of ten samples: {} to {} in full, lowest {} to {}.",
                capital(own.side),
                quantity(few),
                quantity(many),
                share(low),
                share(high)
            ))
        });
        format!(
            "{head}{every}{when}{lowest}.{}",
            sampled.collect::<String>()
        )
    }
}

impl Gap {
    fn words(&self, room: Room) -> String {
        let [required, _, short] = met_and_short([self.required, self.met, self.short], &self.unit);
        let level = if self.level { " in store" } else { "" };
        let years = match self.years {
            [first, last] if first == last => format!("in {first}"),
            [first, last] => format!("{first} to {last}"),
        };
        let mut text = format!(
            "{} (tier {}): {short} of {required} {}{level} missing, {years}",
            name(&self.name),
            self.tier,
            plural(&self.unit)
        );
        text.push_str(&self.why(room));
        text.push_str(&self.what_helps());
        text
    }

    fn why(&self, room: Room) -> String {
        if self.met_by_weights {
            return ": a plan that weighs all tiers against each other would meet it".into();
        }
        let named = self.waits_for.iter().take(room.causes);
        let named: Vec<String> = named
            .map(|own| {
                format!(
                    "{} wait for {}",
                    share(own.share),
                    plain(&own.cause, PHRASE)
                )
            })
            .collect();
        if named.is_empty() {
            String::new()
        } else {
            format!("; {}", named.join(", "))
        }
    }

    fn what_helps(&self) -> String {
        match &self.helps {
            Some(help) => format!(
                "; {} would bring {}.",
                plain(&help.lever, PHRASE),
                brought(help.brings, &self.unit)
            ),
            None if self.tried > 0 && self.untried == 0 => {
                format!(
                    "; {} nothing.",
                    count(self.tried, "lever brings", "levers bring")
                )
            }
            None => ".".into(),
        }
    }
}

/// What a lever brings, in three digits at most.
fn brought(units: f64, unit: &str) -> String {
    counted(three(units), unit)
}

impl Money {
    fn words(&self, brief: &Brief, room: Room) -> String {
        let money = |value: f64| money(value, &brief.currency);
        let mut text = format!("Needed: {}", money(self.needed));
        if self.owed > 0.5 {
            write!(text, ", {} of it due after the end", money(self.owed)).expect(SAFE);
        }
        if self.funds == 0 {
            text.push_str("; the model has no funds, so that money limits nothing.");
            return text;
        }
        write!(
            text,
            ". The funds have {}, spend {} and leave {}.",
            money(self.available),
            money(self.spent),
            money(self.unspent)
        )
        .expect(SAFE);
        if !self.payers.is_empty() {
            let others = self.payers.len().saturating_sub(room.named) + self.other_payers;
            let named = self.payers.iter().take(room.named);
            let named = named.map(|own| format!("{} {}", name(&own.fund), money(own.spent)));
            write!(
                text,
                " Who pays: {}{}.",
                named.collect::<Vec<_>>().join("; "),
                more(others)
            )
            .expect(SAFE);
        }
        text
    }
}

impl Decisions {
    fn words(&self, currency: &str, room: Room) -> Vec<String> {
        let mut parts = Vec::new();
        if self.all_builds > 0 {
            let named = self.builds.iter().take(room.named).map(|build| {
                let much = match build.taken {
                    taken if (taken - 1.0).abs() < 5e-3 => String::new(),
                    taken if taken < 1.0 => format!(", {} of it", share(taken)),
                    taken => format!(", {} times", quantity(taken)),
                };
                let opens = build.opens.as_deref().unwrap_or("later");
                format!(
                    "{}: {}{much} ({}, {}, opens {opens})",
                    name(&build.line),
                    name(&build.expansion),
                    build.ordered,
                    money(build.cost, currency)
                )
            });
            parts.push(format!(
                "Build by {}: {} for {}: {}{}.",
                self.until,
                count(self.all_builds, "expansion", "expansions"),
                money(self.builds_cost, currency),
                named.collect::<Vec<_>>().join("; "),
                more(self.all_builds - self.builds.len().min(room.named))
            ));
        }
        if self.all_orders > 0 {
            let named = self.orders.iter().take(room.named).map(|order| {
                format!(
                    "{} from {}, {} {}",
                    name(&order.item),
                    name(&order.from),
                    counted(three(order.quantity), &order.unit),
                    plural(&order.unit)
                )
            });
            parts.push(format!(
                "Sign by {}: {}: {}{}.",
                self.until,
                count(self.all_orders, "purchase", "purchases"),
                named.collect::<Vec<_>>().join("; "),
                more(self.all_orders - self.orders.len().min(room.named))
            ));
        }
        if parts.is_empty() {
            parts.push(format!("Nothing needs to be ordered by {}.", self.until));
        }
        parts.extend(self.waiting.as_ref().map(Waiting::words));
        parts
    }
}

impl Waiting {
    fn words(&self) -> String {
        let fewer = self
            .in_full
            .iter()
            .filter(|(_, before, after)| after != before);
        let fewer: Vec<String> = fewer
            .map(|(tier, before, after)| {
                format!("in tier {tier} {after} instead of {before} met in full")
            })
            .collect();
        let loses = self.loses.as_ref().map(|loss| {
            format!(
                "{} (tier {}) misses {} {} more",
                name(&loss.name),
                loss.tier,
                counted(three(loss.units), &loss.unit),
                plural(&loss.unit)
            )
        });
        let parts: Vec<String> = loses.into_iter().chain(fewer).collect();
        if parts.is_empty() {
            return format!("To wait until {}: no requirement loses by it.", self.until);
        }
        format!("To wait until {}: {}.", self.until, parts.join("; "))
    }
}

/// So many of something.
fn count(number: usize, one: &str, several: &str) -> String {
    let words = if number == 1 { one } else { several };
    format!("{number} {words}")
}

/// That there are others.
fn more(number: usize) -> String {
    if number == 0 {
        String::new()
    } else {
        format!("; {number} more")
    }
}

/// A text with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
