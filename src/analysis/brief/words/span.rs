//! Sentences that know what their numbers are about.

use serde::Serialize;

/// A heading and what stands under it, with what each number is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The heading: one or two words.
    pub heading: &'static str,
    /// What stands under it, a thought each, in pieces that follow each other.
    pub lines: Vec<Vec<Span>>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its text.
    pub text: String,
    /// What its numbers are about: a name that [`explain`](crate::analysis::explain) knows, such as `requirement.KEY`;
    /// or `tier.NUMBER`, `money`, `decisions`, `samples`, `evidence`, or `figure.` and a place in the file. `None`: it
    /// has no numbers, or they need no explanation.
    pub about: Option<String>,
}

/// The text of a thought.
pub(super) fn text(spans: Vec<Span>) -> String {
    spans.into_iter().map(|span| span.text).collect()
}

/// A thought that is being put into words.
#[derive(Default)]
pub(super) struct Line(Vec<Span>);

impl Line {
    pub(super) fn new(text: impl Into<String>) -> Self {
        let mut line = Self::default();
        line.add(&text.into(), None);
        line
    }

    /// Say more, with no number in it that needs an explanation.
    pub(super) fn say(&mut self, text: &str) {
        self.add(text, None);
    }

    /// Say more about something.
    pub(super) fn about(&mut self, what: impl Into<String>, text: &str) {
        self.add(text, Some(what.into()));
    }

    /// The same, all of it about something.
    pub(super) fn all_about(mut self, what: impl Into<String>) -> Self {
        let what = what.into();
        for span in &mut self.0 {
            span.about = Some(what.clone());
        }
        self
    }

    pub(super) fn spans(self) -> Vec<Span> {
        self.0
    }

    fn add(&mut self, text: &str, about: Option<String>) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut().filter(|last| last.about == about) {
            Some(last) => last.text.push_str(text),
            None => self.0.push(Span {
                text: text.into(),
                about,
            }),
        }
    }
}
