//! What is on the desk: an opened model, the changes to it, and the answer last found.

use crate::answer::{Answer, told};
use crate::changes::Changes;
use crate::faults::Fault;
use crate::figures;
use crate::joined;
use crate::step::{self, Step};
use serde::Deserialize;
use serde_json::{Value, json};
use sinews::analysis::Work;
use sinews::analysis::brief::{self, Brief, brief};
use sinews::analysis::funding::delayed;
use sinews::document::{Document, Memory};
use sinews::model::Model;
use sinews::program::{Column, Program};
use sinews::report::csv;
use sinews::report::sheets::sheets;
use sinews::solution::Solution;
use sinews::solve::{Options, held, solve_program};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What hears of progress.
pub type Heard = Arc<dyn Fn(&str) + Send + Sync>;

/// An opened model, and the answer last found.
#[derive(Debug, Default)]
pub struct Desk {
    opened: Option<Opened>,
    last: Option<Plan>,
}

/// A model with all that it names.
#[derive(Debug)]
struct Opened {
    main: String,
    texts: BTreeMap<String, String>,
    memory: Memory,
    document: Document,
}

/// A plan, and what it was made of.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) document: Document,
    pub(crate) model: Model,
    pub(crate) solution: Solution,
    /// What was changed in it.
    pub(crate) changes: Changes,
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
    /// The model with its changes as one text.
    Joined { changes: Changes },
    /// The plan after changes.
    Solve { changes: Changes },
    /// What causes the gaps of the last plan and what helps, by so many further plans.
    Brief { solves: usize },
    /// What steps would do to the last plan, as far as its prices tell.
    Estimate { steps: Vec<Step> },
    /// The tables of the last plan as CSV.
    Tables,
    /// The same, cell by cell.
    Sheets,
    /// The figures that changes move.
    Compare { changes: Changes },
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
            Request::Joined { changes } => self.joined(&changes),
            Request::Solve { changes } => self.solve(&changes, heard),
            Request::Brief { solves } => {
                let found = self.last()?.brief(solves, heard)?;
                Ok(json!({ "brief": told(&found) }))
            }
            Request::Estimate { steps } => step::estimates(self.last()?, &steps, heard),
            Request::Tables => {
                let last = self.last()?;
                let tables = csv(&last.model, &last.solution).into_iter();
                let tables = tables.map(|(name, text)| json!({ "name": name, "text": text }));
                Ok(tables.collect())
            }
            Request::Sheets => {
                let last = self.last()?;
                let all = sheets(&last.model, &last.solution);
                Ok(all.iter().map(figures::sheet).collect())
            }
            Request::Compare { changes } => {
                let opened = self.opened()?;
                let before = opened.document.model()?;
                Ok(figures::moved(&before, &opened.changed(&changes)?.model()?))
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

    fn last(&self) -> Result<&Plan, Fault> {
        let last = self.last.as_ref();
        last.ok_or_else(|| Fault::Words("there is no plan yet".into()))
    }

    fn open(&mut self, texts: BTreeMap<String, String>, main: String) -> Result<Value, Fault> {
        (self.opened, self.last) = (None, None);
        let missing = || Fault::Words(format!("there is no text `{main}`"));
        let text = texts.get(&main).ok_or_else(missing)?;
        let memory = Memory::new(Path::new(&main).parent().unwrap_or(Path::new("")));
        let memory = texts
            .iter()
            .fold(memory, |memory, (name, text)| memory.with(name, text));
        let document = Document::parse_from(&main, text, &memory)?;
        let model = document.model()?;
        let scenarios = document.scenarios().into_iter().map(|scenario| {
            json!({ "key": scenario.key, "name": scenario.name, "note": scenario.note, "extends": scenario.extends })
        });
        let reply = json!({ "name": model.name, "scenarios": scenarios.collect::<Vec<_>>() });
        self.opened = Some(Opened {
            main,
            texts,
            memory,
            document,
        });
        Ok(reply)
    }

    fn solve(&mut self, changes: &Changes, heard: &Heard) -> Result<Value, Fault> {
        self.last = None;
        heard("reading");
        let document = self.opened()?.changed(changes)?;
        let model = document.model()?;
        heard("building");
        let program = Program::of(&model, model.objective.kind);
        let program = held(&model, program, &Options::default())?;
        let program = arranged(&model, program, changes)?;
        let ear = heard.clone();
        let options = Options {
            progress: Some(Arc::new(move |progress| ear(&progress.to_string()))),
            ..Options::default()
        };
        let solution = solve_program(&model, program, &options)?;
        let plan = Plan {
            document,
            model,
            solution,
            changes: changes.clone(),
        };
        let brief = plan.brief(0, heard)?;
        let answer = serde_json::to_value(Answer::of(&plan.model, &plan.solution, &brief));
        self.last = Some(plan);
        answer.map_err(|error| Fault::Words(error.to_string()))
    }

    /// The model with its changes as one text, if that is the same model.
    fn joined(&self, changes: &Changes) -> Result<Value, Fault> {
        let opened = self.opened()?;
        let wanted = opened.changed(changes)?;
        let text = joined::text(&opened.main, &opened.texts)? + &changes.toml_if_any();
        let document = Document::parse_from(&opened.main, &text, &opened.memory)?;
        let document = match changes.key() {
            "" => document,
            key => document.scenario(key)?,
        };
        if joined::differs(&wanted.model()?, &document.model()?) {
            let words = "the parts of this model do not make one text: a note or a name stands for one of them alone";
            return Err(Fault::Words(words.into()));
        }
        Ok(json!({ "toml": text }))
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
        let text = self.texts[&self.main].clone() + &changes.toml();
        let document = Document::parse_from(&self.main, &text, &self.memory)?;
        Ok(document.scenario(Changes::KEY)?)
    }
}

impl Plan {
    /// The answer in one screen, in sentences; with further plans it says what gaps wait for and what helps.
    fn brief(&self, solves: usize, heard: &Heard) -> Result<Brief, Fault> {
        let ear = heard.clone();
        let options = Options::default();
        let work = Work {
            threads: Some(1),
            step: Some(Arc::new(move |done, of| {
                ear(&format!("brief, step {done} of {of}"));
            })),
            ..Work::default()
        };
        let request = brief::Request {
            solves,
            ..brief::Request::default()
        };
        let plan = (&self.model, &self.solution);
        Ok(brief(&self.document, plan, &request, &options, &work)?)
    }
}

/// What of changes no figure of the model says: everything later, and other money in years to come.
pub(crate) fn arranged(m: &Model, program: Program, changes: &Changes) -> Result<Program, Fault> {
    let mut program = match changes.wait {
        0 => program,
        quarters => delayed(m, program, quarters)?,
    };
    let Some(factor) = changes.money else {
        return Ok(program);
    };
    if !(factor.is_finite() && factor >= 0.0) {
        return Err(Fault::Words(format!("{factor} times the money is none")));
    }
    for f in m.funds.ids() {
        for y in m.calendar.open_years() {
            let money = Column::Money(f, y);
            program.fix(money, factor * program.fixed(money));
        }
    }
    Ok(program)
}
