//! Editing a file in place: what is not changed stays as it was written.
#![cfg(feature = "edit")]
#![allow(clippy::unwrap_used)]

use sinews::document::{Document, Editor, NewValue, NotSaved};
use sinews::evidence::Basis;
use std::path::PathBuf;

const FILE: &str = r#"# A model.
model.note = "a toy"

[calendar]          # two years
start = "2026-01"
end   = "2027-12"
period = "year"

[item.round]
unit = "round"

[line.plant]        # the first
makes = "round"
capacity = "100 round/year" # as built
cost = { value = "5 EUR/round", low = "4 EUR/round", high = "6 EUR/round", note = "read" }
utilisation = { 2026 = "80 %", 2027 = "90 %" }
tiers_of_nothing = 1

# Who needs it.
[holder.ua]

[requirement.r]
holder = "ua"
item = "round"
quantity = [
  { from = "2026-01", value = "50 round/year" }, # little
  { from = "2027-01", value = "60 round/year" },
]
"#;

fn file() -> String {
    FILE.replace("tiers_of_nothing = 1\n", "")
}

/// What becomes of the lines that change.
fn changed(edit: impl FnOnce(&mut Editor)) -> String {
    let mut editor = Editor::parse("toy.toml", &file()).unwrap();
    edit(&mut editor);
    let (_, text) = editor.texts().next().unwrap();
    editor
        .document()
        .unwrap()
        .model()
        .unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    let was = file();
    let was: Vec<_> = was.lines().collect();
    let new = text.lines().filter(|line| !was.contains(line));
    let gone = was
        .iter()
        .filter(|line| !text.lines().any(|new| new == **line));
    let gone = gone.map(|line| format!("- {line}\n"));
    gone.chain(new.map(|line| format!("+ {line}\n"))).collect()
}

fn set(place: &str, setting: impl Into<NewValue>) -> String {
    changed(|editor| {
        editor
            .set(place, setting)
            .unwrap_or_else(|problems| panic!("{problems}"));
    })
}

#[test]
fn nothing_changed_is_the_same_text() {
    for path in [
        "models/europe.toml",
        "models/shells.toml",
        "models/backtest-2023.toml",
    ] {
        let editor = Editor::open(path).unwrap();
        let document = Document::open(path).unwrap();
        let texts: Vec<_> = editor.texts().map(|(_, text)| text).collect();
        assert_eq!(texts, document.texts().collect::<Vec<_>>(), "{path}");
    }
}

/// Every line of the change holds what is wanted of it, and there are no others.
fn lines(change: &str, wanted: &[&str]) {
    let lines: Vec<_> = change.lines().filter(|line| line.trim() != "+").collect();
    assert_eq!(lines.len(), wanted.len(), "{change}");
    for (line, wanted) in lines.iter().zip(wanted) {
        assert!(line.contains(wanted), "{line}, not {wanted}");
    }
}

#[test]
fn a_figure_is_set_where_it_stands() {
    let old = "- capacity = \"100 round/year\" # as built";
    let change = set("line.plant.capacity", "120 round/year");
    lines(
        &change,
        &[old, "+ capacity = \"120 round/year\" # as built"],
    );
    let figure = NewValue::from("120 round/year").range("90 round/year", "150 round/year");
    let change = set("line.plant.capacity", figure.note("forecast"));
    lines(
        &change,
        &[
            old,
            "value = \"120 round/year\", low = \"90 round/year\", high = \"150 round/year\", note = \"forecast\"",
        ],
    );
    let change = set("line.plant.cost", "5.5 EUR/round");
    lines(
        &change,
        &[
            "- cost",
            "+ cost = { value = \"5.5 EUR/round\", low = \"4 EUR/round\", high = \"6 EUR/round\", note = \"read\" }",
        ],
    );
    lines(&set("requirement.r.weight", 1.5), &["+ weight = 1.5"]);
    let change = set("line.plant.payment.advance", "30 %");
    lines(&change, &["+ [line.plant.payment]", "+ advance = \"30 %\""]);
}

#[test]
fn steps_are_set_and_added() {
    let old = "- utilisation = { 2026 = \"80 %\", 2027 = \"90 %\" }";
    let change = set("line.plant.utilisation.2027-01", "95 %");
    lines(
        &change,
        &[old, "+ utilisation = { 2026 = \"80 %\", 2027 = \"95 %\" }"],
    );
    let change = set("line.plant.utilisation.2026-07", "85 %");
    lines(
        &change,
        &[old, "2026 = \"80 %\", 2026-07 = \"85 %\", 2027 = \"90 %\""],
    );
    let change = set("line.plant.utilisation", "70 %");
    lines(&change, &[old, "+ utilisation = \"70 %\""]);
    let change = set("requirement.r.quantity.2027", "70 round/year");
    lines(
        &change,
        &[
            "-   { from = \"2027-01\"",
            "from = \"2027-01\", value = \"70 round/year\"",
        ],
    );
}

#[test]
fn tables_are_added_and_removed() {
    let hall = "adds = \"10 round/year\"\nlead_time = \"1 year\"";
    let added = changed(|editor| {
        editor
            .add(
                "holder.pl",
                "# A neighbour.\nname = \"Poland\" # by its name\n",
            )
            .unwrap();
        editor.add("line.plant.expansion.hall", hall).unwrap();
    });
    for wanted in [
        "[line.plant.expansion.hall]",
        "[holder.pl]",
        "# A neighbour.",
        "# by its name",
    ] {
        assert!(added.contains(wanted), "{added}");
    }
    assert!(!added.contains("- "), "{added}");
    let removed = changed(|editor| {
        editor.remove("line.plant.cost").unwrap();
        editor.remove("line.plant.utilisation.2026-01").unwrap();
        editor.remove("requirement.r.quantity.1").unwrap();
    });
    assert!(
        removed.contains("- cost = ") && removed.contains("2027 = \"90 %\""),
        "{removed}"
    );
    assert!(
        removed.contains("from = \"2026-01\"") && !removed.contains("+ cost"),
        "{removed}"
    );
}

#[test]
fn what_is_not_there_is_told_at_its_line() {
    let mut editor = Editor::parse("toy.toml", &file()).unwrap();
    let told = [
        editor.set("line.plnt.capacity", "1 round/year"),
        editor.set("line.plant.capcity", "1 round/year"),
        editor.set("line.plant", "1"),
        editor.set("line.plant.capacity.2027", "1 round/year"),
        editor.add("line.plant", ""),
        editor.add("holder.de", "name = "),
        editor.remove("line.plant.site"),
        editor.set("line.\"plant", "1"),
    ];
    let told = told.map(|done| done.unwrap_err().to_string());
    let wanted = [
        "there is no `line.plnt.capacity`",
        "the format has no `line.plant.capcity`",
        "`line.plant` is a table",
        "`line.plant.capacity` is one figure for all time",
        "`line.plant` is there already",
        "",
        "there is no `line.plant.site`",
        "names nothing",
    ];
    for (told, wanted) in told.iter().zip(wanted) {
        assert!(
            told.starts_with("error: ") && told.contains(wanted),
            "{told}"
        );
    }
    // Each at its line: that of the table around it.
    for told in &told[1..5] {
        assert!(told.contains("--> toy.toml:"), "{told}");
    }
    assert_eq!(editor.texts().next().unwrap().1, file());
    // What a value is worth, the reader says, at its line in the text as it is now.
    editor.set("line.plant.capacity", "120 t").unwrap();
    let problems = editor.document().unwrap().model().unwrap_err().to_string();
    let message = "`line.plant.capacity` has `t`, where `round/year` is wanted";
    assert!(
        problems.contains(message) && problems.contains("\"120 t\" # as built"),
        "{problems}"
    );
    assert!(matches!(editor.save(), Err(NotSaved::Problems(_))));
}

/// A file and those that it includes: each change is made where the figure stands.
#[test]
fn a_model_of_several_files_is_edited_and_saved() {
    let folder: PathBuf =
        std::env::temp_dir().join(format!("sinews-editing-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("models/europe")).unwrap();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    let copy = |from: &str| {
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, folder.join(&path)).unwrap();
            }
        }
    };
    ["models", "models/europe", "seeds"]
        .into_iter()
        .for_each(copy);
    let path = folder.join("models/europe.toml");
    let model = Document::open(&path).unwrap().model().unwrap();
    let cited = model.evidence.figures.iter().find(|figure| {
        let keys = figure.place.keys();
        keys.len() == 3
            && &*keys[0] == "line"
            && &*keys[2] == "capacity"
            && matches!(figure.basis, Basis::Fact(_))
    });
    let figure = cited.unwrap();
    let mut editor = Editor::open(&path).unwrap();
    editor
        .set(
            &figure.place.to_string(),
            format!("{} {}", figure.value * 2.0, figure.unit),
        )
        .unwrap();
    editor.save().unwrap();
    let again = Document::open(&path).unwrap().model().unwrap();
    let now = again
        .evidence
        .figures
        .iter()
        .find(|other| other.place == figure.place)
        .unwrap();
    assert_eq!(now.value, figure.value * 2.0);
    let Basis::Fact(id) = &figure.basis else {
        unreachable!()
    };
    let note = Basis::Assumption(format!("Instead of fact {id}"));
    assert_eq!((&now.basis, now.range), (&note, None));
    let lines = |root: &str, file: &str| {
        let text = std::fs::read_to_string(PathBuf::from(root).join(file)).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let files = [
        "europe.toml",
        "europe/artillery.toml",
        "europe/land.toml",
        "europe/missiles.toml",
        "europe/money.toml",
        "europe/world.toml",
    ];
    let differing = files.iter().map(|file| {
        let (was, is) = (
            lines("models", file),
            lines(folder.join("models").to_str().unwrap(), file),
        );
        was.iter().zip(&is).filter(|(was, is)| was != is).count() + was.len().abs_diff(is.len())
    });
    assert_eq!(differing.filter(|&lines| lines > 0).count(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}
