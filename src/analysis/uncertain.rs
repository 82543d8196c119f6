//! What is uncertain in a model: figures with a range, and which of them move together.
//!
//! The steps of one figure over time move together, and so do the same figures of a list's items (the
//! price steps of a supplier), figures that cite the same fact, and those of a [`Group`]; inputs of a group that is not
//! wholly correlated are drawn apart, and tend the same way.

use super::Trouble;
use crate::document::{Change, How, Pattern, triangular, whole};
use crate::dotted;
use crate::evidence::{Basis, Figure};
use crate::model::Model;
use crate::problem::Place;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Figures that move together, because a request says so: `all prices`.
///
/// ```
/// use sinews::analysis::Group;
///
/// // Deliveries from abroad come or stay away together.
/// let group = Group::new("abroad", vec!["supplier.*.rate".parse()?]);
/// assert_eq!(group.correlation, 1.0);
/// # Ok::<(), sinews::document::NotAPattern>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they are called.
    pub name: String,
    /// Which they are.
    pub figures: Vec<Pattern>,
    /// How closely, as the correlation of the ranks of any two of them: 1 wholly, so that they are one input; above 0 and
    /// below 1 each is an input of its own.
    pub correlation: f64,
}

impl Group {
    /// Figures that move as one.
    pub fn new(name: impl Into<String>, figures: Vec<Pattern>) -> Self {
        Self {
            name: name.into(),
            figures,
            correlation: 1.0,
        }
    }
}

impl FromStr for Group {
    type Err = Trouble;

    /// `all prices=line.*.cost,supplier.*.cost`; `all prices~0.6=…`: with a correlation of 0.6.
    fn from_str(text: &str) -> Result<Self, Trouble> {
        let help = "write a name and its figures: `all prices=line.*.cost,supplier.*.cost`; with a correlation above 0 and up to 1: `all prices~0.6=…`";
        let wrong = || Trouble::request(format!("`{text}` is no group of figures"), help);
        let (name, figures) = text.split_once('=').ok_or_else(wrong)?;
        let figures = dotted::parts(figures, ',').into_iter().map(str::parse);
        let figures: Vec<Pattern> = figures.collect::<Result<_, _>>().map_err(|_| wrong())?;
        let (name, correlation) = match name.rsplit_once('~') {
            Some((name, correlation)) => (
                name,
                correlation.trim().parse::<f64>().map_err(|_| wrong())?,
            ),
            None => (name, 1.0),
        };
        let name = name.trim().to_owned();
        if name.is_empty() || !(correlation > 0.0 && correlation <= 1.0) {
            return Err(wrong());
        }
        Ok(Self {
            name,
            figures,
            correlation,
        })
    }
}

/// How far figures without a range of their own may lie from their value, as a share of it; `None`: they
/// are certain.
///
/// ```
/// use sinews::analysis::Spread;
///
/// // Figures without a range: assumptions within 20 %, cited facts as they are.
/// let spread = Spread {
///     assumptions: Some(0.2),
///     facts: None,
/// };
/// # let _ = spread;
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Assumptions.
    pub assumptions: Option<f64>,
    /// Facts.
    pub facts: Option<f64>,
}

impl Spread {
    pub(super) fn of(self, basis: &Basis) -> Option<f64> {
        match basis {
            Basis::Fact(_) => self.facts,
            Basis::Assumption(_) => self.assumptions,
        }
    }

    /// # Errors
    /// A share that is not between 0 and 1.
    pub(super) fn check(self) -> Result<(), Trouble> {
        for share in [self.assumptions, self.facts].into_iter().flatten() {
            if !(share > 0.0 && share <= 1.0) {
                let help = "write a share between 0 and 1: `0.2` is 20 % down and up";
                return Err(Trouble::request(format!("`{share}` is no spread"), help));
            }
        }
        Ok(())
    }
}

/// Figures that move together, from the low end of their ranges to the high end.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Input {
    /// What it is called: the group, the figure's place, or the first place of several.
    pub name: String,
    /// Its figures, over all time.
    pub figures: Vec<Uncertain>,
    /// The group with whose other inputs it is drawn the same way, and the correlation of their ranks. `None`: it is drawn
    /// by itself.
    pub tends_with: Option<(String, f64)>,
}

/// A figure over all time that is uncertain.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Uncertain {
    /// Where it stands.
    pub place: Place,
    /// Its first step in the model.
    pub first: Figure,
    /// The spread that it is given for want of a range of its own.
    pub spread: Option<f64>,
}

impl Input {
    /// The changes that bring its figures to the value below which a share of their range lies.
    pub fn at(&self, share: f64) -> Vec<Change> {
        let change = |figure: &Uncertain| {
            let how = match figure.spread {
                None => How::Quantile(share),
                Some(spread) => How::Scale(triangular(1.0 - spread, 1.0, 1.0 + spread, share)),
            };
            Change::new(Pattern::from(&figure.place), how)
        };
        self.figures.iter().map(change).collect()
    }

    /// The value of its first figure below which a share of its range lies, in the figure's unit.
    pub fn value(&self, share: f64) -> Option<f64> {
        let Uncertain { first, spread, .. } = self.figures.first()?;
        let value = first.value;
        match (spread, first.range) {
            (Some(spread), _) => Some(value * triangular(1.0 - spread, 1.0, 1.0 + spread, share)),
            (None, Some((low, high))) => Some(triangular(low, value, high, share)),
            (None, None) => Some(value),
        }
    }

    /// Whether one of its figures has a range of its own.
    pub fn has_range(&self) -> bool {
        self.figures.iter().any(|figure| figure.spread.is_none())
    }
}

/// Every uncertain input of a model, in the order of its file.
///
/// # Errors
/// A group that names no uncertain figure, or a figure in two groups.
pub fn inputs(model: &Model, groups: &[Group], spread: Spread) -> Result<Vec<Input>, Trouble> {
    spread.check()?;
    let mut all: Vec<Uncertain> = Vec::new();
    let mut facts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, steps) in steps(model) {
        let ranged = |figure: &&&Figure| figure.range.is_some_and(|(low, high)| low < high);
        let own = steps.iter().find(ranged);
        let first = own.or(steps.first());
        let Some(&first) = first else { continue };
        let wide = own.is_none().then(|| spread.of(&first.basis));
        // The shares of an opening rise to the whole: none of them moves but by a range of its own.
        if wide.is_some() && is_of_an_opening(&place) {
            continue;
        }
        // What is zero stays zero, however wide.
        if wide == Some(None) || (wide.is_some() && steps.iter().all(|f| f.value == 0.0)) {
            continue;
        }
        for figure in &steps {
            if let Basis::Fact(id) = &figure.basis {
                facts.entry(id).or_default().push(all.len());
            }
        }
        let (first, spread) = (first.clone(), wide.flatten());
        all.push(Uncertain {
            place,
            first,
            spread,
        });
    }
    let mut together = Together((0..all.len()).collect());
    for members in facts.values() {
        for &n in members {
            together.join(members[0], n);
        }
    }
    let mut named: BTreeMap<usize, &Group> = BTreeMap::new();
    for group in groups {
        let member = |n: &usize| group.figures.iter().any(|p| p.matches(&all[*n].place));
        let members: Vec<usize> = (0..all.len()).filter(member).collect();
        let Some(&first) = members.first() else {
            let message = format!("group `{}` names no uncertain figure", group.name);
            let help = "name figures that have a range: facts with `low` and `high`, or values with them; or give a spread";
            return Err(Trouble::request(message, help));
        };
        for &n in &members {
            if let Some(other) = named.insert(n, group)
                && other != group
            {
                let (place, name, other) = (&all[n].place, &group.name, &other.name);
                let message = format!("`{place}` is in the groups `{other}` and `{name}`");
                return Err(Trouble::request(message, "name each figure in one group"));
            }
            if group.correlation >= 1.0 {
                together.join(first, n);
            }
        }
    }
    let mut inputs: BTreeMap<usize, Input> = BTreeMap::new();
    for (n, figure) in all.into_iter().enumerate() {
        let group = named.get(&n);
        let input = inputs.entry(together.root(n)).or_insert_with(|| Input {
            name: figure.place.to_string(),
            figures: Vec::new(),
            tends_with: None,
        });
        match group {
            Some(group) if group.correlation >= 1.0 => input.name.clone_from(&group.name),
            Some(group) => {
                let own = (group.name.clone(), group.correlation);
                if let Some((other, _)) = input.tends_with.replace(own)
                    && other != group.name
                {
                    let (input, name) = (&input.name, &group.name);
                    let message = format!("`{input}` is in the groups `{other}` and `{name}`");
                    let help = "figures that rest on one fact are one input: name all of them in one group";
                    return Err(Trouble::request(message, help));
                }
            }
            None => {}
        }
        input.figures.push(figure);
    }
    Ok(inputs.into_values().collect())
}

/// Whether a figure is a share in which an expansion opens.
fn is_of_an_opening(place: &Place) -> bool {
    let keys = place.keys().iter().map(|key| &**key);
    matches!(
        keys.collect::<Vec<&str>>()[..],
        ["line", _, "expansion", _, "opening", .., "share"]
    )
}

/// Every figure over all time and its steps, in the order of the file.
pub(super) fn steps(model: &Model) -> Vec<(Place, Vec<&Figure>)> {
    let mut all: Vec<(Place, Vec<&Figure>)> = Vec::new();
    let mut number: BTreeMap<Place, usize> = BTreeMap::new();
    for figure in &model.evidence.figures {
        let place = whole(&figure.place);
        let n = *number.entry(place.clone()).or_insert(all.len());
        if n == all.len() {
            all.push((place, Vec::new()));
        }
        all[n].1.push(figure);
    }
    all
}

/// Numbers that belong together: each points towards the least of its set.
struct Together(Vec<usize>);

impl Together {
    fn root(&self, mut n: usize) -> usize {
        while self.0[n] != n {
            n = self.0[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (least, most) = (a.min(b), a.max(b));
        self.0[most] = least;
    }
}
