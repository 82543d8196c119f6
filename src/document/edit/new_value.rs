//! What a field is set to.

use toml_edit::Value;

/// What a field is set to: a text with its unit, a number, or a list of names; of a figure also its range and its note.
///
/// ```
/// use sinews::document::NewValue;
///
/// let figure = NewValue::from("120 round/year").range("100 round/year", "150 round/year");
/// let figure = figure.note("The company's own forecast");
/// # assert_eq!(figure, figure.clone());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NewValue {
    value: Given,
    pub(super) range: Option<[String; 2]>,
    pub(super) note: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Given {
    Text(String),
    Number(f64),
    Names(Vec<String>),
}

impl NewValue {
    fn of(value: Given) -> Self {
        Self {
            value,
            range: None,
            note: None,
        }
    }

    /// The same figure with a lower and an upper end.
    #[must_use]
    pub fn range(self, low: impl Into<String>, high: impl Into<String>) -> Self {
        let range = Some([low.into(), high.into()]);
        Self { range, ..self }
    }

    /// The same figure with why it may be assumed.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        let note = Some(note.into());
        Self { note, ..self }
    }

    pub(super) fn value(&self) -> Value {
        match &self.value {
            Given::Text(text) => text.into(),
            Given::Number(number) => (*number).into(),
            Given::Names(names) => names.iter().collect(),
        }
    }
}

impl From<&str> for NewValue {
    fn from(text: &str) -> Self {
        Self::of(Given::Text(text.into()))
    }
}

impl From<String> for NewValue {
    fn from(text: String) -> Self {
        Self::of(Given::Text(text))
    }
}

impl From<f64> for NewValue {
    fn from(number: f64) -> Self {
        Self::of(Given::Number(number))
    }
}

impl<const N: usize> From<[&str; N]> for NewValue {
    fn from(names: [&str; N]) -> Self {
        Self::of(Given::Names(names.map(str::to_owned).to_vec()))
    }
}

impl From<Vec<String>> for NewValue {
    fn from(names: Vec<String>) -> Self {
        Self::of(Given::Names(names))
    }
}
