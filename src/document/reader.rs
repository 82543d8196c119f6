//! From the tree to typed values: every fault is noted at its place, and reading goes on.

use super::change::Changes;
use super::overlay::Laid;
use super::quantity::{NotAQuantity, Quantity, Unit};
use super::schema::{Holds, Spec, in_words};
use super::tree::{Entry, Node, Value};
use crate::calendar::Month;
use crate::evidence::{Figure, Registry};
use crate::ids::Id;
use crate::model::Money;
use crate::problem::{Kind, Place, Problem, Problems, Spot, nearest};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reads the tree of a document and keeps what it comes across.
pub(super) struct Reader<'a> {
    pub(super) registry: &'a Registry,
    pub(super) found: Problems,
    /// Where every value stands.
    pub(super) spots: HashMap<Place, Spot>,
    /// Whether [`spots`](Self::spots) are kept: only problems need them.
    pub(super) locating: bool,
    /// Every figure read.
    pub(super) figures: Vec<Figure>,
    /// The facts cited.
    pub(super) cited: BTreeSet<String>,
    /// The currencies and the price index, once they are read.
    pub(super) money: Money,
    /// Every name of a unit that quantities may use.
    pub(super) units: BTreeSet<String>,
    /// The note that covers the whole model.
    pub(super) note: String,
    /// Whether a name was not found: then what hangs on names is not judged.
    pub(super) lost_names: bool,
    /// Whether a unit could not be read: then units are not judged.
    pub(super) lost_units: bool,
    /// What happens to figures as they are read.
    pub(super) changes: Changes,
    /// What scenarios have set.
    pub(super) laid: Option<&'a Laid>,
    /// The first month of the calendar, once it is read.
    pub(super) start: Option<Month>,
    /// The month after its last.
    pub(super) end: Option<Month>,
}

/// An opened table: its values by field.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    /// What the format has there; without it, nothing is known of what its fields hold.
    spec: Option<&'static Spec>,
    pub(super) place: Place,
    pub(super) spot: Spot,
    /// The note that covers its figures.
    pub(super) note: String,
}

impl<'a> Fields<'a> {
    /// The value of a field, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// The fields of a table, unchecked; none if it is no table.
    pub(super) fn peek(node: &'a Node, place: Place, note: &str) -> Self {
        Self {
            entries: node.entries(),
            spec: None,
            place,
            spot: node.spot.clone(),
            note: note.to_owned(),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// What the format has in a field.
    pub(super) fn holds(&self, key: &str) -> Holds {
        let field = self.spec.and_then(|spec| spec.field(key));
        field.expect("what is read is a field of the format").holds
    }

    /// Where a field stands.
    pub(super) fn at(&self, key: &str) -> Place {
        self.place.then(key)
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(registry: &'a Registry) -> Self {
        Self {
            registry,
            found: Problems::default(),
            spots: HashMap::new(),
            locating: true,
            figures: Vec::new(),
            cited: BTreeSet::new(),
            money: Money::new("EUR", 2026),
            units: BTreeSet::new(),
            note: String::new(),
            lost_names: false,
            lost_units: false,
            changes: Changes::default(),
            laid: None,
            start: None,
            end: None,
        }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        self.found.push(problem);
    }

    /// Keep where a value stands.
    pub(super) fn stands(&mut self, place: impl FnOnce() -> Place, spot: &Spot) {
        if self.locating {
            self.spots.insert(place(), spot.clone());
        }
    }

    /// Let a place, and all below it, be found where another stands.
    pub(super) fn alias(&mut self, stands: &Place, place: &Place) {
        if !self.locating {
            return;
        }
        let depth = stands.keys().len();
        let below: Vec<_> = self
            .spots
            .iter()
            .filter(|(other, _)| other.keys().starts_with(stands.keys()))
            .map(|(other, spot)| {
                let keys = place.keys().iter().chain(&other.keys()[depth..]);
                (Place::new(keys), spot.clone())
            })
            .collect();
        self.spots.extend(below);
    }

    /// A value of the wrong type.
    pub(super) fn wrong_type(&mut self, node: &Node, place: &Place, wanted: &str, example: &str) {
        let message = format!(
            "`{place}` is {}, where {wanted} is wanted",
            node.value.noun()
        );
        let problem = Problem::new(Kind::WrongType, node.spot.clone(), message)
            .label(format!("not {wanted}"))
            .help(format!("write {example}"));
        self.push(problem);
    }

    /// Open a table: unknown fields and missing ones are noted.
    pub(super) fn open(
        &mut self,
        spec: &'static Spec,
        node: &'a Node,
        place: Place,
        note: &str,
    ) -> Fields<'a> {
        let mut fields = Fields {
            spec: Some(spec),
            ..Fields::peek(node, place, note)
        };
        let place = fields.place.clone();
        if self.locating {
            self.spots
                .entry(place.clone())
                .or_insert_with(|| node.spot.clone());
        }
        if !matches!(node.value, Value::Table(_)) {
            self.wrong_type(
                node,
                &place,
                "a table",
                &format!("`[{place}]` and its fields below it"),
            );
            return fields;
        }
        for entry in fields.entries {
            self.stands(|| place.then(entry.key.as_str()), &entry.node.spot);
            if spec.field(&entry.key).is_none() {
                self.unknown_field(spec, entry, &place);
            }
        }
        for field in spec.fields.iter().filter(|field| field.default.is_none()) {
            if fields.get(field.key).is_none() {
                let message = format!("`{place}` has no `{}`", field.key);
                let problem = Problem::new(Kind::MissingField, node.spot.clone(), message)
                    .label(format!("`{}` is missing", field.key))
                    .help(format!("write `{}`", field.example));
                self.push(problem);
            }
        }
        if let Some(note) = fields.get("note").filter(|_| spec.field("note").is_some()) {
            fields.note = self.text_of(note, &place.then("note")).unwrap_or_default();
        }
        fields
    }

    fn unknown_field(&mut self, spec: &Spec, entry: &Entry, place: &Place) {
        let known = spec.fields.iter().map(|field| field.key);
        let (label, help) = if let Some(near) = nearest(&entry.key, known.clone()) {
            (format!("did you mean `{near}`?"), format!("write `{near}`"))
        } else {
            let known: Vec<_> = known.collect();
            (
                "no such field".into(),
                format!("`{}` has the fields `{}`", spec.path, known.join("`, `")),
            )
        };
        let message = format!("unknown field `{}` in `{place}`", entry.key);
        let problem = Problem::new(Kind::UnknownField, entry.key_spot.clone(), message);
        self.push(problem.label(label).help(help));
    }

    /// The text of a value.
    pub(super) fn text_of(&mut self, node: &Node, place: &Place) -> Option<String> {
        if let Value::Text(text) = &node.value {
            return Some(text.clone());
        }
        self.wrong_type(node, place, "a text", "it in quotes, such as `\"text\"`");
        None
    }

    /// A field that holds a text.
    pub(super) fn text(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        let node = fields.get(key)?;
        self.text_of(node, &fields.at(key))
    }

    /// A field that holds one of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let node = fields.get(key)?;
        if let Holds::Choice(known) = fields.holds(key) {
            let read = words.iter().all(|(word, _)| known.contains(word));
            debug_assert!(read && known.len() == words.len(), "the words of `{key}`");
        }
        let text = self.text_of(node, &fields.at(key))?;
        if let Some((_, choice)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*choice);
        }
        let all: Vec<_> = words
            .iter()
            .map(|(word, _)| format!("`\"{word}\"`"))
            .collect();
        let message = format!("`{}` cannot be `{text}`", fields.at(key));
        let label = match nearest(&text, words.iter().map(|(word, _)| *word)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "no such choice".into(),
        };
        let problem = Problem::new(Kind::UnknownChoice, node.spot.clone(), message)
            .label(label)
            .help(format!("write {}", in_words(&all, "or")));
        self.push(problem);
        None
    }

    /// A field that holds a bare number.
    pub(super) fn number(&mut self, fields: &Fields<'_>, key: &str) -> Option<f64> {
        let node = fields.get(key)?;
        if let Value::Number(number) = node.value
            && number.is_finite()
        {
            return Some(number);
        }
        self.wrong_type(
            node,
            &fields.at(key),
            "a number",
            "a number without quotes, such as `2`",
        );
        None
    }

    /// A field that holds a month.
    pub(super) fn month(&mut self, fields: &Fields<'_>, key: &str) -> Option<Month> {
        let node = fields.get(key)?;
        self.month_of(node, &fields.at(key))
    }

    fn month_of(&mut self, node: &Node, place: &Place) -> Option<Month> {
        let text = match &node.value {
            Value::Text(text) | Value::Date(text) => text.clone(),
            _ => {
                self.wrong_type(node, place, "a month", "it as `\"2026-07\"`");
                return None;
            }
        };
        let month = text.parse().ok();
        if month.is_none() {
            let message = format!("`{text}` is not a month");
            let problem = Problem::new(Kind::NotAMonth, node.spot.clone(), message)
                .label("not a month")
                .help("write year and month, such as `\"2026-07\"`");
            self.push(problem);
        }
        month
    }

    /// A field that holds a list.
    pub(super) fn list(&mut self, fields: &Fields<'a>, key: &str) -> &'a [Node] {
        let Some(node) = fields.get(key) else {
            return &[];
        };
        let Value::List(list) = &node.value else {
            self.wrong_type(
                node,
                &fields.at(key),
                "a list",
                "it in brackets, such as `[\"a\", \"b\"]`",
            );
            return &[];
        };
        if list.is_empty() {
            let message = format!("`{}` is an empty list", fields.at(key));
            let problem = Problem::new(Kind::EmptyList, node.spot.clone(), message)
                .label("nothing in it")
                .help(format!("name something, or leave `{key}` out"));
            self.push(problem);
        }
        list
    }

    /// A field that holds a list of tables, each with its place: they are counted from 1.
    pub(super) fn items(&mut self, fields: &Fields<'a>, key: &str) -> Vec<(Place, &'a Node)> {
        let place = fields.at(key);
        let items = (1..).zip(self.list(fields, key));
        let items = items.map(|(n, node): (usize, _)| (place.then(n.to_string()), node));
        items.collect()
    }

    /// A field that holds a table whose keys are names.
    pub(super) fn keyed(&mut self, fields: &Fields<'a>, key: &str) -> &'a [Entry] {
        let Some(node) = fields.get(key) else {
            return &[];
        };
        if let Value::Table(entries) = &node.value {
            let place = fields.at(key);
            for entry in entries {
                self.stands(|| place.then(entry.key.as_str()), &entry.node.spot);
            }
            return entries;
        }
        self.wrong_type(
            node,
            &fields.at(key),
            "a table",
            "it in braces, such as `{ tnt = \"8 kg/round\" }`",
        );
        &[]
    }

    /// A name as the id it stands for.
    pub(super) fn refer<I: Id>(
        &mut self,
        name: &str,
        spot: &Spot,
        what: &str,
        names: &BTreeMap<String, I>,
    ) -> Option<I> {
        if let Some(&id) = names.get(name) {
            return Some(id);
        }
        self.lost_names = true;
        let (label, help) = match nearest(name, names.keys().map(String::as_str)) {
            Some(near) => (
                format!("did you mean `{near}`?"),
                format!("write `{near}`, or declare `[{what}.{name}]`"),
            ),
            None => (
                format!("no {what} has this name"),
                format!("declare it under `[{what}.{name}]`"),
            ),
        };
        let problem = Problem::new(
            Kind::UnknownName,
            spot.clone(),
            format!("unknown {what} `{name}`"),
        );
        self.push(problem.label(label).help(help));
        None
    }

    /// A field that holds a name.
    pub(super) fn name<I: Id>(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        what: &str,
        names: &BTreeMap<String, I>,
    ) -> Option<I> {
        let node = fields.get(key)?;
        let name = self.text_of(node, &fields.at(key))?;
        self.refer(&name, &node.spot, what, names)
    }

    /// A field that holds a list of names.
    pub(super) fn name_list<I: Id>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        what: &str,
        names: &BTreeMap<String, I>,
    ) -> Vec<I> {
        let mut ids = Vec::new();
        for node in self.list(fields, key) {
            let Some(name) = self.text_of(node, &fields.at(key)) else {
                continue;
            };
            let Some(id) = self.refer(&name, &node.spot, what, names) else {
                continue;
            };
            if ids.contains(&id) {
                let message = format!("`{}` names `{name}` twice", fields.at(key));
                let problem = Problem::new(Kind::Repeated, node.spot.clone(), message);
                self.push(problem.label("again").help("name each once"));
            } else {
                ids.push(id);
            }
        }
        ids
    }

    /// A text as a quantity in a unit that the model knows.
    pub(super) fn quantity_of(
        &mut self,
        text: &str,
        spot: &Spot,
        example: &str,
    ) -> Option<Quantity> {
        let quantity = self.any_quantity(text, spot, example)?;
        self.units_known(&quantity.unit, spot).then_some(quantity)
    }

    /// A text as a quantity in whatever unit.
    pub(super) fn any_quantity(
        &mut self,
        text: &str,
        spot: &Spot,
        example: &str,
    ) -> Option<Quantity> {
        let (kind, message, label) = match Quantity::read(text) {
            Ok(quantity) => return Some(quantity),
            Err(NotAQuantity::NoNumber) => (
                Kind::NotAQuantity,
                format!("`{text}` does not start with a number"),
                "no number",
            ),
            Err(NotAQuantity::NotFinite) => (
                Kind::NotFinite,
                format!("`{text}` is too large a number"),
                "not finite",
            ),
            Err(NotAQuantity::BadUnit) => (
                Kind::NotAQuantity,
                format!("`{text}` has no unit that can be read"),
                "not a unit",
            ),
        };
        let problem = Problem::new(kind, spot.clone(), message).label(label);
        self.push(problem.help(format!("write a number and its unit, such as `{example}`")));
        None
    }

    /// Every name in a unit must be known.
    fn units_known(&mut self, unit: &Unit, spot: &Spot) -> bool {
        if self.lost_units {
            return true;
        }
        let names: Vec<_> = unit.names().map(str::to_owned).collect();
        for name in names {
            let time_or_mass = name == "year" || name == "t";
            if time_or_mass || self.units.contains(&name) || self.money.currency(&name).is_some() {
                continue;
            }
            let capitals = name.len() == 3 && name.bytes().all(|b| b.is_ascii_uppercase());
            let problem = if capitals {
                let base = self.money.base();
                let help = format!(
                    "write `exchange = {{ {name} = \"… {base}/{name}\" }}` under `[macro]`"
                );
                Problem::new(
                    Kind::UnknownCurrency,
                    spot.clone(),
                    format!("no exchange rate for `{name}`"),
                )
                .label("what is it worth?")
                .help(help)
            } else {
                let known = self
                    .units
                    .iter()
                    .map(String::as_str)
                    .chain(["year", "month", "t", "kg"]);
                let label = match nearest(&name, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "nothing counts in this".into(),
                };
                Problem::new(Kind::UnknownUnit, spot.clone(), format!("unknown unit `{name}`"))
                    .label(label)
                    .help("use the `unit` of an item or a resource, a unit of time or mass, `%`, or a currency")
            };
            self.push(problem);
            return false;
        }
        true
    }
}
