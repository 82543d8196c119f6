//! What is wrong, as the page shows it.

use serde::Serialize;
use serde_json::{Value, json};
use sinews::analysis::Trouble;
use sinews::problem::{At, Problem, Problems};
use sinews::solve::Failure;

/// Why there is no answer.
#[derive(Debug)]
pub enum Fault {
    /// The texts have faults.
    Input(Problems),
    /// There is no plan, or the request is none.
    Words(String),
}

impl From<Problems> for Fault {
    fn from(problems: Problems) -> Self {
        Self::Input(problems)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Self::Words(failure.to_string())
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Input(problems) => Self::Input(problems),
            other => Self::Words(other.to_string()),
        }
    }
}

/// A fault of a text and where it stands.
#[derive(Serialize)]
struct Positioned<'a> {
    message: &'a str,
    label: &'a str,
    help: &'a str,
    /// The name of the text, if the fault stands in one.
    file: Option<&'a str>,
    /// The line, from 1.
    line: Option<usize>,
}

impl Fault {
    /// The whole reply.
    pub fn reply(&self) -> Value {
        match self {
            Self::Words(words) => json!({ "error": words }),
            Self::Input(problems) => {
                let list = problems.list().iter();
                let list: Vec<_> = list.map(|problem| positioned(problems, problem)).collect();
                json!({ "faults": list, "text": problems.to_string() })
            }
        }
    }
}

fn positioned<'a>(problems: &'a Problems, problem: &'a Problem) -> Positioned<'a> {
    let text = match &problem.at {
        At::Spot(spot) => problems.sources().get(spot.source).map(|text| (text, spot)),
        At::Place(_) => None,
    };
    let before = text.and_then(|(text, spot)| text.text.get(..spot.range.start));
    Positioned {
        message: &problem.message,
        label: &problem.label,
        help: &problem.help,
        file: text.map(|(text, _)| text.name.as_str()),
        line: before.map(|before| 1 + before.matches('\n').count()),
    }
}
