//! What is on the desk: an opened model, the changes to it, and the answer last found.

use crate::answer::Answer;
use crate::changes::Changes;
use crate::curve;
use crate::faults::Fault;
use crate::figures;
use serde::Deserialize;
use serde_json::{Value, json};
use sinews::document::{Document, Memory};
use sinews::model::Model;
use sinews::report::csv;
use sinews::solution::Solution;
use sinews::solve::Options;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What hears of progress.
pub type Heard = Arc<dyn Fn(&str) + Send + Sync>;

/// An opened model, and the answer last found.
#[derive(Debug, Default)]
pub struct Desk {
    opened: Option<Opened>,
    last: Option<(Model, Solution)>,
}

/// A model with all that it names.
#[derive(Debug)]
struct Opened {
    main: String,
    text: String,
    memory: Memory,
    document: Document,
}

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
enum Request {
    /// Open a model: texts by their names, and which of them it is.
    Open {
        texts: BTreeMap<String, String>,
        main: String,
    },
    /// Every figure after changes.
    Figures { changes: Changes },
    /// Whether changes can be made, and the scenario that makes them.
    Change { changes: Changes },
    /// The plan after changes.
    Solve { changes: Changes },
    /// The tables of the last plan.
    Tables,
    /// The figures that changes move.
    Compare { changes: Changes },
    /// The least shortfall against the money of all funds.
    Frontier {
        changes: Changes,
        from: f64,
        to: f64,
        solves: usize,
    },
    /// What each scenario moves.
    Levels,
}

impl Desk {
    /// Answer a request.
    pub fn ask(&mut self, request: &str, heard: &Heard) -> String {
        let request = serde_json::from_str::<Request>(request);
        let request = request.map_err(|error| Fault::Words(format!("no request: {error}")));
        let reply = request.and_then(|request| self.answer(request, heard));
        let reply = match reply {
            Ok(answer) => json!({ "ok": answer }),
            Err(fault) => fault.reply(),
        };
        reply.to_string()
    }

    fn answer(&mut self, request: Request, heard: &Heard) -> Result<Value, Fault> {
        match request {
            Request::Open { texts, main } => self.open(texts, main),
            Request::Figures { changes } => {
                let document = self.opened()?.changed(&changes)?;
                Ok(figures::all(&document, &document.model()?))
            }
            Request::Change { changes } => {
                self.opened()?.changed(&changes)?.model()?;
                Ok(json!({ "toml": changes.toml() }))
            }
            Request::Solve { changes } => self.solve(&changes, heard),
            Request::Tables => {
                let last = self.last.as_ref();
                let last = last.ok_or_else(|| Fault::Words("there is no plan yet".into()))?;
                let tables = csv(&last.0, &last.1).into_iter();
                let tables = tables.map(|(name, text)| json!({ "name": name, "text": text }));
                Ok(tables.collect())
            }
            Request::Compare { changes } => {
                let opened = self.opened()?;
                let before = opened.document.model()?;
                Ok(figures::moved(&before, &opened.changed(&changes)?.model()?))
            }
            Request::Frontier {
                changes,
                from,
                to,
                solves,
            } => {
                let model = self.opened()?.changed(&changes)?.model()?;
                curve::frontier(&model, from, to, solves, heard)
            }
            Request::Levels => {
                let document = &self.opened()?.document;
                Ok(figures::levels(document, &document.model()?))
            }
        }
    }

    fn opened(&self) -> Result<&Opened, Fault> {
        let opened = self.opened.as_ref();
        opened.ok_or_else(|| Fault::Words("no model is open".into()))
    }

    fn open(&mut self, texts: BTreeMap<String, String>, main: String) -> Result<Value, Fault> {
        (self.opened, self.last) = (None, None);
        let missing = || Fault::Words(format!("there is no text `{main}`"));
        let text = texts.get(&main).cloned().ok_or_else(missing)?;
        let memory = Memory::new(Path::new(&main).parent().unwrap_or(Path::new("")));
        let memory = texts
            .into_iter()
            .fold(memory, |memory, (name, text)| memory.with(name, text));
        let document = Document::parse_from(&main, &text, &memory)?;
        let model = document.model()?;
        let scenarios = document.scenarios().into_iter().map(|scenario| {
            json!({ "key": scenario.key, "name": scenario.name, "note": scenario.note, "extends": scenario.extends })
        });
        let reply = json!({ "name": model.name, "scenarios": scenarios.collect::<Vec<_>>() });
        self.opened = Some(Opened {
            main,
            text,
            memory,
            document,
        });
        Ok(reply)
    }

    fn solve(&mut self, changes: &Changes, heard: &Heard) -> Result<Value, Fault> {
        self.last = None;
        heard("reading");
        let model = self.opened()?.changed(changes)?.model()?;
        heard("building");
        let heard = heard.clone();
        let options = Options {
            progress: Some(Arc::new(move |progress| heard(&progress.to_string()))),
            ..Options::default()
        };
        let solution = sinews::solve(&model, &options)?;
        let answer = Answer::of(&model, &solution);
        let answer = serde_json::to_value(&answer);
        self.last = Some((model, solution));
        answer.map_err(|error| Fault::Words(error.to_string()))
    }
}

impl Opened {
    /// The model with changes: the scenario that makes them stands at its end, as it does where it is saved.
    fn changed(&self, changes: &Changes) -> Result<Document, Fault> {
        if changes.is_nothing() {
            return Ok(match changes.scenario.as_str() {
                "" => self.document.clone(),
                scenario => self.document.scenario(scenario)?,
            });
        }
        let taken = self.document.scenarios();
        if taken.iter().any(|scenario| scenario.key == Changes::KEY)
            && changes.scenario != Changes::KEY
        {
            let words = format!(
                "the model has a scenario `{}` of its own; give it another key",
                Changes::KEY
            );
            return Err(Fault::Words(words));
        }
        let text = format!("{}{}", self.text, changes.toml());
        let document = Document::parse_from(&self.main, &text, &self.memory)?;
        Ok(document.scenario(Changes::KEY)?)
    }
}
