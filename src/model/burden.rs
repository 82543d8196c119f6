//! Burdens: what countries bear of what funds pay, and how much they may.

use super::{Draft, Fund};
use crate::ids::{RegionId, YearId};
use crate::path::Path;
use crate::units::{as_number, unit};

/// A limit on what countries bear, each by itself.
///
/// ```
/// use sinews::model::{Burden, BurdenRule};
/// use sinews::path::Path;
/// use sinews::units::Share;
///
/// let mut draft = sinews::read("models/shells.toml")?.into_draft();
/// let countries = draft.regions.ids().collect();
/// let most = Path::constant(Share::new(0.002));
/// draft.burdens.push(Burden::new("fiscal", countries, BurdenRule::OfGdp { most }));
/// # Ok::<(), sinews::problem::Problems>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Burden {
    /// Its key in the file.
    pub key: String,
    /// Its name in reports.
    pub name: String,
    /// Whom it limits: countries, and blocs for those that belong to them.
    pub countries: Vec<RegionId>,
    /// How much each may bear.
    pub rule: BurdenRule,
}

impl Burden {
    /// A limit on some countries.
    pub fn new(key: impl Into<String>, countries: Vec<RegionId>, rule: BurdenRule) -> Self {
        let key = key.into();
        Self {
            name: key.clone(),
            key,
            countries,
            rule,
        }
    }
}

/// How much a country may bear in a calendar year.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BurdenRule {
    /// A share of its gross domestic product: a fiscal limit.
    OfGdp {
        /// The largest share.
        most: Path<unit::One>,
    },
    /// So many times its even share of what all the countries of the limit bear.
    EvenShare {
        /// The largest multiple.
        most: Path<unit::One>,
        /// What an even share goes by.
        by: EvenBy,
    },
}

/// What an even share of a burden goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EvenBy {
    /// Gross domestic product.
    #[default]
    Gdp,
    /// The capacity to pay: gross domestic product, less four fifths of the part by which that per head lies below
    /// the mean of all together; what that relieves, those above the mean bear in proportion to theirs.
    Capacity,
}

impl EvenBy {
    /// Every measure, with the word for it.
    pub const WORDS: [(&'static str, Self); 2] = [("gdp", Self::Gdp), ("capacity", Self::Capacity)];
}

/// The share of what lies below the mean that the capacity to pay leaves out.
const RELIEF: f64 = 0.8;

impl Draft {
    /// The countries that some countries and blocs stand for, each once, in their order.
    pub(crate) fn countries_in(&self, regions: &[RegionId]) -> Vec<RegionId> {
        let all = regions.iter().flat_map(|&region| self.members_of(region));
        let mut all: Vec<RegionId> = all.collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What a country produces within the part of a year that the calendar has, in the base currency and money of the
    /// day. `None`: not stated.
    pub(crate) fn gdp_within(&self, region: RegionId, y: YearId) -> Option<f64> {
        let (gdp, c) = (self.regions[region].gdp.as_ref()?, &self.calendar);
        let periods = c.periods_of(y);
        let all = periods.map(|t| (gdp.amount.mean(c, t) * c.length()).value());
        Some(all.sum::<f64>() * self.money.exchange(gdp.currency, c.year_number(y)))
    }

    /// The share of what a fund pays in a year that each country bears: what its gross domestic product is of that of
    /// all that give it. Of countries that do not state theirs, an even part each.
    pub(crate) fn bearers(&self, fund: &Fund, y: YearId) -> Vec<(RegionId, f64)> {
        let givers = self.countries_in(&fund.given_by);
        let gdp: Option<Vec<f64>> = givers.iter().map(|&d| self.gdp_within(d, y)).collect();
        let weights = gdp.unwrap_or_else(|| vec![1.0; givers.len()]);
        let all: f64 = weights.iter().sum();
        let parts = weights.into_iter().map(|own| own / all);
        givers.into_iter().zip(parts).collect()
    }

    /// The even share of some countries in what all of them bear in a year. `None`: it cannot be told, as a country
    /// does not state what it goes by.
    pub(crate) fn even_shares(
        &self,
        countries: &[RegionId],
        by: EvenBy,
        y: YearId,
    ) -> Option<Vec<f64>> {
        let gdp = countries.iter().map(|&d| self.gdp_within(d, y));
        let gdp: Vec<f64> = gdp.collect::<Option<_>>()?;
        let all: f64 = gdp.iter().sum();
        if by == EvenBy::Gdp {
            return Some(gdp.iter().map(|own| own / all).collect());
        }
        let people = countries.iter().map(|&d| self.regions[d].population);
        let people: Vec<f64> = people
            .map(|people| people.map(crate::units::Amount::value))
            .collect::<Option<_>>()?;
        let mean = all / people.iter().sum::<f64>();
        let relief = |n: usize| gdp[n] * RELIEF * (1.0 - gdp[n] / people[n] / mean).max(0.0);
        let relieved: f64 = (0..gdp.len()).map(relief).sum();
        let is_above = |n: &usize| gdp[*n] / people[*n] >= mean;
        let above: f64 = (0..gdp.len()).filter(is_above).map(|n| gdp[n]).sum();
        let bears = |n: usize| {
            let more = if is_above(&n) && above > 0.0 {
                relieved * gdp[n] / above
            } else {
                0.0
            };
            (gdp[n] - relief(n) + more) / all
        };
        Some((0..gdp.len()).map(bears).collect())
    }

    /// The mean of a figure over the part of a year that the calendar has.
    pub(crate) fn mean_of_year(&self, y: YearId, path: &Path<unit::One>) -> f64 {
        let c = &self.calendar;
        let all: Vec<f64> = c.periods_of(y).map(|t| path.mean(c, t).value()).collect();
        all.iter().sum::<f64>() / as_number(all.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use approx::assert_relative_eq;

    /// A produces 300 with 3 people, B 100 with 3 and C 200 with 2: a mean of 75 each. B lies 5/9 below it and is
    /// relieved of 4/5 of that, 400/9; A and C bear that by 3 to 2.
    #[test]
    fn the_poor_are_relieved_of_four_fifths_of_what_they_lack() {
        let text = r#"
model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
country.A = { gdp = "300 EUR/year", population = 3, blocs = ["all"] }
country.B = { gdp = "100 EUR/year", population = 3, blocs = ["all"] }
country.C = { gdp = "200 EUR/year", population = 2, blocs = ["all"] }
item.round.unit = "round"
line.plant = { makes = "round", capacity = "10 round/year" }
holder.ua.name = "Ukraine"
requirement.shells = { holder = "ua", item = "round", quantity = "10 round/year" }
"#;
        let document = crate::document::Document::parse("toy.toml", text).expect("a document");
        let model = document.model().expect("a model");
        let bloc = model.regions.called("all").expect("the bloc");
        let all = model.countries_in(&[bloc]);
        let y = YearId::at(0);
        let even = model.even_shares(&all, EvenBy::Gdp, y).expect("stated");
        assert_relative_eq!(even[1], 1.0 / 6.0);
        let shares = model.even_shares(&all, EvenBy::Capacity, y);
        let shares = shares.expect("stated");
        assert_relative_eq!(shares[0], (300.0 + 400.0 / 9.0 * 0.6) / 600.0);
        assert_relative_eq!(shares[1], (100.0 - 400.0 / 9.0) / 600.0);
        assert_relative_eq!(shares[2], (200.0 + 400.0 / 9.0 * 0.4) / 600.0);
        assert_relative_eq!(shares.iter().sum::<f64>(), 1.0);
    }
}
