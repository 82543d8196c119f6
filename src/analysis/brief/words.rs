//! A brief in sentences, as one would read it to a minister.

mod span;

pub use span::{Passage, Span};

use super::{Assumption, Brief, Build, Decisions, Gap, Group, Money, Order, Standing, Waiting};
use crate::dotted::joined;
use crate::plain::plain;
use crate::solution::{Why, whose};
use crate::table::number::{counted, met_and_short, money, plural, quantity, share, three};
use span::Line;

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

/// What the numbers of some tier are about.
fn tier(number: u32) -> String {
    joined(["tier", &number.to_string()])
}

fn requirement(key: &str) -> String {
    joined(["requirement", key])
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
        let all = self.passages(room).into_iter();
        all.map(|passage| Paragraph {
            heading: passage.heading,
            lines: passage.lines.into_iter().map(span::text).collect(),
        })
        .collect()
    }

    /// The same, with what each number is about.
    ///
    /// ```
    /// # use sinews::{analysis::{Work, brief::{Room, brief}}, document::Document};
    /// let document = Document::open("models/tiny.toml")?;
    /// let (model, options) = (document.model()?, Default::default());
    /// let plan = sinews::solve(&model, &options)?;
    /// let found = brief(&document, (&model, &plan), &Default::default(), &options, &Work::default())?;
    /// let missing = found.passages(Room::ALL).into_iter().find(|part| part.heading == "Missing");
    /// assert_eq!(missing.expect("a gap").lines[0][0].about.as_deref(), Some("requirement.shells"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn passages(&self, room: Room) -> Vec<Passage> {
        let all = [
            ("Plan", vec![self.what()]),
            ("Standing", standing(&self.tiers)),
            ("Missing", self.missing(room)),
            ("Money", vec![self.money.words(&self.currency, room)]),
            ("Decide", self.decisions.words(&self.currency, room)),
            ("Basis", vec![self.rests_on(room)]),
            ("Ask", vec![self.further()]),
        ];
        passages(all)
    }

    fn what(&self) -> Line {
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
        Line::new(format!(
            "The best for {} to {}, by the {}{free}.{likely} Money: {} of the day.",
            self.start, self.end, self.period, self.currency
        ))
    }

    fn missing(&self, room: Room) -> Vec<Line> {
        if self.tiers.is_empty() {
            return Vec::new();
        }
        let mut last = Vec::new();
        if self.solves.left_out > 0 {
            let plans = count(self.solves.made, "further plan", "further plans");
            let ran_out = if self.solves.out_of_time {
                " time ran out, and"
            } else {
                ""
            };
            last.push(format!(
                "After {plans}{ran_out} {} left untried.",
                count(self.solves.left_out, "lever is", "levers are")
            ));
        } else if self.solves.out_of_time {
            last.push("Time ran out before all further plans were made.".into());
        }
        gaps((&self.gaps, self.other_gaps), room, last)
    }

    fn rests_on(&self, room: Room) -> Line {
        let own = &self.basis;
        let mut line = Line::new(format!(
            "{} as published, {} derived, {} assumed.",
            count(own.published, "figure", "figures"),
            own.derived,
            own.assumed
        ))
        .all_about("evidence");
        if self.samples > 0 {
            let words = format!(
                " Intervals of {}.",
                count(self.samples, "sample", "samples")
            );
            line.about("samples", &words);
        }
        if own.weightiest.is_empty() {
            return line;
        }
        line.say(" Weightiest, as prices tell: ");
        for (n, figure) in own.weightiest.iter().take(room.named).enumerate() {
            line.say(if n > 0 { "; " } else { "" });
            line.about(format!("figure.{}", figure.place), &figure.words());
        }
        line.say(".");
        line
    }

    fn further(&self) -> Line {
        let mut asked = Vec::new();
        if !self.gaps.is_empty() || self.other_gaps > 0 {
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
        Line::new(format!("{} (examples).", asked.join(", ")))
    }
}

impl Group {
    /// How it stands and what is missing, in sentences.
    pub fn passages(&self, room: Room) -> Vec<Passage> {
        let missing = gaps((&self.gaps, self.other_gaps), room, Vec::new());
        passages([("Standing", standing(&self.tiers)), ("Missing", missing)])
    }
}

/// Parts under their headings; those that say nothing are left out.
fn passages<const N: usize>(all: [(&'static str, Vec<Line>); N]) -> Vec<Passage> {
    let all = all.into_iter().filter(|(_, lines)| !lines.is_empty());
    all.map(|(heading, lines)| Passage {
        heading,
        lines: lines.into_iter().map(Line::spans).collect(),
    })
    .collect()
}

fn standing(tiers: &[Standing]) -> Vec<Line> {
    if tiers.is_empty() {
        return vec![Line::new("Nothing is required.")];
    }
    let tiers = tiers.iter().enumerate();
    tiers.map(|(n, tier)| tier.words(n == 0)).collect()
}

/// Gaps and how many others there are, then what else is to be said.
fn gaps((all, others): (&[Gap], usize), room: Room, mut more: Vec<String>) -> Vec<Line> {
    if all.is_empty() && others == 0 {
        more.insert(0, "Nothing: every requirement is met in full.".into());
        return vec![Line::new(more.join(" "))];
    }
    let mut lines: Vec<Line> = all
        .iter()
        .take(room.gaps)
        .map(|gap| gap.words(room))
        .collect();
    let others = others + all.len().saturating_sub(room.gaps);
    if others > 0 {
        let words = if lines.is_empty() {
            count(others, "requirement is", "requirements are")
        } else {
            count(others, "more is", "more are")
        };
        more.insert(0, format!("{words} not met in full."));
    }
    if !more.is_empty() {
        lines.push(Line::new(more.join(" ")));
    }
    lines
}

impl Assumption {
    fn words(&self) -> String {
        let [low, high] = self.range;
        let value = format!("{} {}", quantity(self.value), self.unit);
        format!(
            "{} ({}, {} to {})",
            name(&self.figure),
            plain(value.trim_end(), NAME),
            quantity(low),
            quantity(high)
        )
    }
}

impl Standing {
    fn words(&self, first: bool) -> Line {
        let holders = self.holders.iter();
        let holders = holders.map(|own| (name(&own.name), own.in_full, own.requirements));
        let holders: Vec<_> = holders.collect();
        let holders = holders
            .iter()
            .map(|(name, met, of)| (name.as_str(), *met, *of));
        let whose = whose(&holders.collect::<Vec<_>>());
        let all = self.requirements;
        let mut line = Line::new(format!("Tier {}, {whose}: ", self.tier));
        let head = format!(
            "{} of {all}{} met in full",
            self.in_full,
            if first { " requirements" } else { "" }
        );
        line.about(tier(self.tier), &head);
        if self.every_year == all {
            line.say(", in every year");
        } else if self.every_year != self.in_full {
            let every = format!(" ({} in every year)", self.every_year);
            line.about(tier(self.tier), &every);
        }
        match self.all_from {
            Some(year) if self.every_year < all => line.say(&format!(", all from {year}")),
            _ => {}
        }
        if let Some(own) = self.lowest.as_ref().filter(|_| self.in_full < all) {
            line.say("; lowest: ");
            let words = format!("{} {}", name(&own.name), share(own.coverage));
            line.about(requirement(&own.requirement), &words);
        }
        line.say(".");
        for (n, own) in self.sampled.iter().enumerate() {
            let [[few, many], [low, high]] = [own.in_full, own.lowest];
            let [few, many] = [few, many].map(quantity);
            let [low, high] = [low, high].map(share);
            // The first side is that of the plan of record.
            let words = if n == 0 {
                let fewer = share(own.below);
                format!(
                    " Eight of ten samples: {few} to {many} in full, lowest {low} to {high}; {fewer} have fewer in full."
                )
            } else {
                format!(" {}: {few} to {many}, {low} to {high}.", capital(&own.side))
            };
            line.about("samples", &words);
        }
        line
    }
}

impl Gap {
    fn words(&self, room: Room) -> Line {
        let [required, _, short] = met_and_short([self.required, self.met, self.short], &self.unit);
        let level = if self.level { " in store" } else { "" };
        let years = match self.years {
            [first, last] if first == last => format!("in {first}"),
            [first, last] => format!("{first} to {last}"),
        };
        let text = format!(
            "{} (tier {}): {short} of {required} {}{level} missing, {years}{}{}",
            name(&self.name),
            self.tier,
            plural(&self.unit),
            self.why(room),
            self.what_helps()
        );
        Line::new(text).all_about(requirement(&self.requirement))
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

/// Why money is left, in words that go on from a sum.
fn left(why: Why) -> &'static str {
    match why {
        Why::Lapsed => "lapsed before it was wanted",
        Why::Earmarked => "tied to other ends",
        Why::Limited => "for want of goods, not of money",
        Why::Nobody => "that nothing may be paid from",
        Why::NotNeeded => "not needed",
    }
}

impl Money {
    fn words(&self, currency: &str, room: Room) -> Line {
        let money = |value: f64| money(value, currency);
        let mut line = Line::new("Needed: ");
        line.about("money", &money(self.needed));
        if self.owed > 0.5 {
            let owed = format!(", {} of it due after the end", money(self.owed));
            line.about("money", &owed);
        }
        if self.funds == 0 {
            line.say("; the model has no funds, so that money limits nothing.");
            return line;
        }
        let sums = format!(
            ". The funds have {}, spend {} and leave {}",
            money(self.available),
            money(self.spent),
            money(self.unspent)
        );
        line.about("money", &sums);
        let why = self.left.iter().take(room.named);
        let why = why.map(|own| format!("{} {}", money(own.amount), left(own.why)));
        let mut why: Vec<String> = why.collect();
        let others = self.left.len() - why.len();
        if others > 0 {
            why.push(format!(
                "the rest for {}",
                count(others, "other reason", "other reasons")
            ));
        }
        // One reason for all of it needs no sum of its own.
        match &self.left[..] {
            [] => {}
            [only] => line.say(&format!(", {}", left(only.why))),
            _ => line.about("money", &format!(": {}", why.join(", "))),
        }
        line.say(".");
        if !self.payers.is_empty() {
            line.say(" Who pays: ");
            for (n, own) in self.payers.iter().take(room.named).enumerate() {
                line.say(if n > 0 { "; " } else { "" });
                let words = format!("{} {}", name(&own.fund), money(own.spent));
                line.about(own.key.clone(), &words);
            }
            let others = self.payers.len().saturating_sub(room.named) + self.other_payers;
            line.about("money", &format!("{}.", more(others)));
        }
        line
    }
}

impl Build {
    fn words(&self, currency: &str) -> String {
        let much = match self.taken {
            taken if (taken - 1.0).abs() < 5e-3 => String::new(),
            taken if taken < 1.0 => format!(", {} of it", share(taken)),
            taken => format!(", {} times", quantity(taken)),
        };
        let opens = self.opens.as_deref().unwrap_or("later");
        format!(
            "{}: {}{much} ({}, {}, opens {opens})",
            name(&self.line),
            name(&self.expansion),
            self.ordered,
            money(self.cost, currency)
        )
    }
}

impl Order {
    fn words(&self) -> String {
        let when = match &self.signed {
            [first, last] if first == last => first.clone(),
            [first, last] => format!("{first} to {last}"),
        };
        format!(
            "{} from {}, {} {} ({when})",
            name(&self.item),
            name(&self.from),
            counted(three(self.quantity), &self.unit),
            plural(&self.unit)
        )
    }
}

impl Decisions {
    fn words(&self, currency: &str, room: Room) -> Vec<Line> {
        let mut parts = Vec::new();
        if self.all_builds > 0 {
            let mut line = Line::new(format!("Build by {}: ", self.until));
            let all = format!(
                "{} for {}: ",
                count(self.all_builds, "expansion", "expansions"),
                money(self.builds_cost, currency)
            );
            line.about("decisions", &all);
            for (n, build) in self.builds.iter().take(room.named).enumerate() {
                line.say(if n > 0 { "; " } else { "" });
                line.about(build.key.clone(), &build.words(currency));
            }
            let others = self.all_builds - self.builds.len().min(room.named);
            line.about("decisions", &format!("{}.", more(others)));
            parts.push(line);
        }
        if self.all_orders > 0 {
            let mut line = Line::new(format!("Sign by {}: ", self.until));
            let all = count(self.all_orders, "purchase", "purchases");
            line.about("decisions", &format!("{all}: "));
            for (n, order) in self.orders.iter().take(room.named).enumerate() {
                line.say(if n > 0 { "; " } else { "" });
                line.about(order.key.clone(), &order.words());
            }
            let others = self.all_orders - self.orders.len().min(room.named);
            line.about("decisions", &format!("{}.", more(others)));
            parts.push(line);
        }
        if parts.is_empty() {
            let words = format!("Nothing needs to be ordered by {}.", self.until);
            parts.push(Line::new(words));
        }
        parts.extend(self.waiting.as_ref().map(Waiting::words));
        parts
    }
}

impl Waiting {
    fn words(&self) -> Line {
        let mut line = Line::new(format!("To wait until {}: ", self.until));
        let mut first = true;
        if let Some(loss) = &self.loses {
            let words = format!(
                "{} (tier {}) misses {} {} more",
                name(&loss.name),
                loss.tier,
                counted(three(loss.units), &loss.unit),
                plural(&loss.unit)
            );
            line.about(requirement(&loss.requirement), &words);
            first = false;
        }
        for (number, before, after) in &self.in_full {
            if before == after {
                continue;
            }
            line.say(if first { "" } else { "; " });
            let words = format!("in tier {number} {after} instead of {before} met in full");
            line.about(tier(*number), &words);
            first = false;
        }
        line.say(if first {
            "no requirement loses by it."
        } else {
            "."
        });
        line
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
