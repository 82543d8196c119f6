//! Editing a file in place: what is not changed stays as it was written.
#![cfg(feature = "edit")]
#![allow(clippy::unwrap_used)]

use expect_test::expect;
use sinews::document::{Document, Editor, NotSaved, Setting};
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

fn set(place: &str, setting: impl Into<Setting>) -> String {
    changed(|editor| {
        editor
            .set(place, setting)
            .unwrap_or_else(|problems| panic!("{problems}"))
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
        assert_eq!(texts, Vec::from_iter(document.texts()), "{path}");
    }
}

#[test]
fn a_figure_is_set_where_it_stands() {
    expect![[r#"
        - capacity = "100 round/year" # as built
        + capacity = "120 round/year" # as built
    "#]]
    .assert_eq(&set("line.plant.capacity", "120 round/year"));
    expect![[r#"
        - capacity = "100 round/year" # as built
        + capacity = { value = "120 round/year", low = "90 round/year", high = "150 round/year", note = "forecast" } # as built
    "#]]
    .assert_eq(&set("line.plant.capacity", Setting::from("120 round/year").range("90 round/year", "150 round/year").note("forecast")));
    expect![[r#"
        - cost = { value = "5 EUR/round", low = "4 EUR/round", high = "6 EUR/round", note = "read" }
        + cost = { value = "5.5 EUR/round", low = "4 EUR/round", high = "6 EUR/round", note = "read" }
    "#]]
    .assert_eq(&set("line.plant.cost", "5.5 EUR/round"));
    expect![[r#"
        + weight = 1.5
    "#]]
    .assert_eq(&set("requirement.r.weight", 1.5));
    expect![[r#"
        +
        + [line.plant.payment]
        + advance = "30 %"
    "#]]
    .assert_eq(&set("line.plant.payment.advance", "30 %").replace("+ \n", "+\n"));
}

#[test]
fn steps_are_set_and_added() {
    expect![[r#"
        - utilisation = { 2026 = "80 %", 2027 = "90 %" }
        + utilisation = { 2026 = "80 %", 2027 = "95 %" }
    "#]]
    .assert_eq(&set("line.plant.utilisation.2027-01", "95 %"));
    expect![[r#"
        - utilisation = { 2026 = "80 %", 2027 = "90 %" }
        + utilisation = { 2026 = "80 %", 2026-07 = "85 %", 2027 = "90 %" }
    "#]]
    .assert_eq(&set("line.plant.utilisation.2026-07", "85 %"));
    expect![[r#"
        - utilisation = { 2026 = "80 %", 2027 = "90 %" }
        + utilisation = "70 %"
    "#]]
    .assert_eq(&set("line.plant.utilisation", "70 %"));
    expect![[r#"
        -   { from = "2027-01", value = "60 round/year" },
        +   { from = "2027-01", value = "70 round/year" },
    "#]]
    .assert_eq(&set("requirement.r.quantity.2027", "70 round/year"));
}

#[test]
fn tables_are_added_and_removed() {
    let added = changed(|editor| {
        editor
            .add(
                "holder.pl",
                "# A neighbour.\nname = \"Poland\" # by its name\n",
            )
            .unwrap();
        editor
            .add(
                "line.plant.expansion.hall",
                "adds = \"10 round/year\"\nlead_time = \"1 year\"",
            )
            .unwrap();
    });
    expect![[r#"
        + [line.plant.expansion.hall]
        + adds = "10 round/year"
        + lead_time = "1 year"
        + [holder.pl]
        + # A neighbour.
        + name = "Poland" # by its name
    "#]]
    .assert_eq(&added.replace("+ \n", ""));
    let removed = changed(|editor| {
        editor.remove("line.plant.cost").unwrap();
        editor.remove("line.plant.utilisation.2026-01").unwrap();
        editor.remove("requirement.r.quantity.1").unwrap();
    });
    expect![[r#"
        - cost = { value = "5 EUR/round", low = "4 EUR/round", high = "6 EUR/round", note = "read" }
        - utilisation = { 2026 = "80 %", 2027 = "90 %" }
        -   { from = "2026-01", value = "50 round/year" }, # little
        + utilisation = { 2027 = "90 %" }
    "#]]
    .assert_eq(&removed);
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
    expect![[r#""#]].assert_eq(&(told.join("\n\n") + "\n"));
    assert_eq!(editor.texts().next().unwrap().1, file());
    // What a value is worth, the reader says, at its line in the text as it is now.
    editor.set("line.plant.capacity", "120 t").unwrap();
    let problems = editor.document().unwrap().model().unwrap_err().to_string();
    expect![[r#""#]].assert_eq(&(problems + "\n"));
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
    ["models", "models/europe", "seeds"].map(copy);
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
