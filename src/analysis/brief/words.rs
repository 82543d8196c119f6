//! A brief in sentences, as one would read it to a minister.

use super::{Brief, Gap, Money, Standing, Waiting};
use crate::table::number::{counted, met_and_short, money, plural, quantity, share, three};
use crate::table::plain::plain;

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
/// How many causes a gap names.
const CAUSES: usize = 2;

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

    /// All of it in sentences, with so many gaps at most.
    pub fn paragraphs(&self, gaps: usize) -> Vec<Paragraph> {
        let all = [
            ("What it is", vec![self.what()]),
            ("How it stands", self.standing()),
            ("What is missing", self.missing(gaps)),
            ("Money", vec![self.money.words(self)]),
            ("To decide", self.to_decide()),
            ("It rests on", vec![self.rests_on()]),
            ("Ask further", vec![self.further()]),
        ];
        let all = all.into_iter().filter(|(_, lines)| !lines.is_empty());
        all.map(|(heading, lines)| Paragraph { heading, lines })
            .collect()
    }

    fn what(&self) -> String {
        let history = if self.has_history {
            format!(
                " Decisions are free from {} on, and all numbers count from there: what lies before is history.",
                self.decide_from
            )
        } else {
            String::new()
        };
        let kind = if self.without_friction {
            "What could be done, not what is likely: the best"
        } else {
            "The best"
        };
        format!(
            "{kind} plan for {} to {}, by the {}.{history} Money is in {} of the day.",
            self.start, self.end, self.period, self.currency
        )
    }

    fn standing(&self) -> Vec<String> {
        if self.tiers.is_empty() {
            return vec!["Nothing is required.".into()];
        }
        let first = self.first_year();
        self.tiers.iter().map(|tier| tier.words(first)).collect()
    }

    /// The year in which decisions become free.
    fn first_year(&self) -> i32 {
        let year = self.decide_from.split('-').next();
        year.and_then(|year| year.parse().ok()).unwrap_or_default()
    }

    fn missing(&self, gaps: usize) -> Vec<String> {
        if self.tiers.is_empty() {
            return Vec::new();
        }
        if self.gaps.is_empty() {
            return vec!["Nothing: every requirement is met in full.".into()];
        }
        let shown = self.gaps.iter().take(gaps);
        let mut lines: Vec<String> = shown.map(Gap::words).collect();
        let others = self.other_gaps + self.gaps.len().saturating_sub(gaps);
        let mut last = Vec::new();
        if others > 0 {
            last.push(format!("{others} more are not met in full."));
        }
        if self.solves.left_out > 0 {
            last.push(format!(
                "{} made for this brief; {} against these gaps left untried.",
                count(self.solves.made, "further plan was", "further plans were"),
                count(self.solves.left_out, "lever was", "levers were")
            ));
        }
        if !last.is_empty() {
            lines.push(last.join(" "));
        }
        lines
    }

    fn to_decide(&self) -> Vec<String> {
        let own = &self.decisions;
        let mut parts = Vec::new();
        if own.all_builds > 0 {
            let named = own.builds.iter().map(|build| {
                let much = if (build.taken - 1.0).abs() < 5e-3 {
                    String::new()
                } else {
                    format!(", {} of it", share(build.taken))
                };
                let opens = build.opens.as_deref().unwrap_or("later");
                format!(
                    "{}: {}{much} ({}, order {}, opens {opens})",
                    name(&build.line),
                    name(&build.expansion),
                    money(build.cost, &self.currency),
                    build.ordered
                )
            });
            parts.push(format!(
                "By {} order {} for {}: {}{}.",
                own.until,
                count(own.all_builds, "expansion", "expansions"),
                money(own.builds_cost, &self.currency),
                named.collect::<Vec<_>>().join("; "),
                more(own.all_builds - own.builds.len())
            ));
        }
        if own.all_orders > 0 {
            let named = own.orders.iter().map(|order| {
                format!(
                    "{} {} {} from {}",
                    counted(three(order.quantity), &order.unit),
                    plural(&order.unit),
                    name(&order.item),
                    name(&order.from)
                )
            });
            parts.push(format!(
                "{} to sign by {}, by value: {}{}.",
                count(own.all_orders, "purchase", "purchases"),
                own.until,
                named.collect::<Vec<_>>().join("; "),
                more(own.all_orders - own.orders.len())
            ));
        }
        if parts.is_empty() {
            parts.push(format!("Nothing needs to be ordered by {}.", own.until));
        }
        parts.extend(own.waiting.as_ref().map(Waiting::words));
        parts
    }

    fn rests_on(&self) -> String {
        let own = &self.basis;
        let mut text = format!(
            "{} as published and {} derived from them, of {}; {}.",
            count(own.published, "figure", "figures"),
            own.derived,
            count(own.facts, "public fact", "public facts"),
            count(own.assumed, "is assumed", "are assumed")
        );
        if !own.weightiest.is_empty() {
            let named = own.weightiest.iter().map(|figure| {
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
            asked.push("`bottleneck` (why it is short, what helps)");
            asked.push("`deadline` (when it can be met)");
        }
        if self.tiers.iter().all(|tier| tier.sampled.is_empty()) {
            asked.push("`outlook --samples 100` (how sure it is)");
        }
        if self.money.funds > 0 {
            asked.push("`frontier` (what more money buys)");
            asked.push("`funding` (what delay costs)");
        }
        if self.basis.assumed > 0 {
            asked.push("`sensitivity` (what it hangs on)");
        }
        if asked.is_empty() {
            asked.push("`disruption` (what if something is lost)");
        }
        format!("With the examples {}.", asked.join(", "))
    }
}

impl super::Assumption {
    fn unit_of(&self, value: f64) -> String {
        format!("{} {}", quantity(value), self.unit).trim_end().to_owned()
    }
}

impl Standing {
    fn words(&self, first: i32) -> String {
        let whose = match &self.holders[..] {
            [one] => name(one),
            [one, two] => format!("{} and {}", name(one), name(two)),
            all => format!("{} holders", all.len()),
        };
        let all = self.requirements;
        let head = format!(
            "Tier {}, {whose}: {} of {} met in full",
            self.tier,
            self.in_full,
            count(all, "requirement", "requirements")
        );
        let when = match self.all_from {
            _ if self.every_year == all => ", in every year".to_owned(),
            Some(year) if year > first => {
                format!(" ({} in every year, all from {year} on)", self.every_year)
            }
            _ => format!(" ({} in every year, all in none)", self.every_year),
        };
        let lowest = self.lowest.as_ref().filter(|_| self.in_full < all);
        let lowest = lowest.map_or(String::new(), |own| {
            format!("; lowest: {}, {}", name(&own.name), share(own.coverage))
        });
        let sampled = self.sampled.iter().filter_map(|own| {
            let ([few, many], [low, high]) = (own.in_full?, own.lowest?);
            Some(format!(
                " {}, nine samples in ten above and nine below: {} to {} in full, lowest {} to {}.",
                capital(own.side),
                quantity(few),
                quantity(many),
                share(low),
                share(high)
            ))
        });
        format!("{head}{when}{lowest}.{}", sampled.collect::<String>())
    }
}

impl Gap {
    fn words(&self) -> String {
        let [required, _, short] =
            met_and_short([self.required, self.met, self.short], &self.unit);
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
        text.push_str(&self.why());
        text.push_str(&self.what_helps());
        text
    }

    fn why(&self) -> String {
        if self.met_by_weights {
            return ": a plan that weighs all tiers against each other would meet it".into();
        }
        let named = self.waits_for.iter().take(CAUSES);
        let named: Vec<String> = named
            .map(|own| format!("{} wait for {}", share(own.share), plain(&own.cause, PHRASE)))
            .collect();
        match named.is_empty() {
            false => format!("; {}", named.join(", ")),
            true => String::new(),
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
                format!("; none of {} brings any.", count(self.tried, "lever tried", "levers tried"))
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
    fn words(&self, brief: &Brief) -> String {
        let money = |value: f64| money(value, &brief.currency);
        let mut text = format!("Needed: {}", money(self.needed));
        if self.owed > 0.5 {
            text.push_str(&format!(", {} of it due after the end", money(self.owed)));
        }
        if self.funds == 0 {
            text.push_str("; the model has no funds, so that money limits nothing.");
            return text;
        }
        text.push_str(&format!(
            ". The funds have {}, {} is spent and {} left.",
            money(self.available),
            money(self.spent),
            money(self.unspent)
        ));
        if !self.payers.is_empty() {
            let named = self.payers.iter();
            let named = named.map(|own| format!("{} {}", name(&own.fund), money(own.spent)));
            text.push_str(&format!(
                " Who pays: {}{}.",
                named.collect::<Vec<_>>().join("; "),
                more(self.other_payers)
            ));
        }
        text
    }
}

impl Waiting {
    fn words(&self) -> String {
        let fewer = self.in_full.iter().filter(|(_, before, after)| after != before);
        let fewer: Vec<String> = fewer
            .map(|(tier, before, after)| format!("{after} instead of {before} of tier {tier} in full"))
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
        match parts.is_empty() {
            true => format!("Nothing signed until {}: no requirement loses by it.", self.until),
            false => format!("Nothing signed until {}: {}.", self.until, parts.join("; ")),
        }
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
