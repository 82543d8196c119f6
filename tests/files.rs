//! Which files are read and how they are written: nothing outside a model's folders, nothing but regular files,
//! no file by half.
#![allow(clippy::unwrap_used)]

use expect_test::{Expect, expect};
use sinews::document::Document;
use sinews::files;
use sinews::problem::Kind;
use std::path::{Path, PathBuf};

/// A folder of its own, with an empty folder `inside` for a model.
fn scratch(name: &str) -> PathBuf {
    let name = format!("sinews-files-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("around/inside")).unwrap();
    folder.canonicalize().unwrap()
}

/// A model that names files: its path.
fn naming(folder: &Path, fields: &str) -> PathBuf {
    let text = format!(
        r#"[model]
note = "a test"
{fields}
[calendar]
start = "2026-01"
end = "2026-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "20 round/year"
[holder.ua]
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#
    );
    let path = folder.join("around/inside/model.toml");
    std::fs::write(&path, text).unwrap();
    path
}

/// What is wrong with a model, without the folder that it lies in.
fn refused(kind: Kind, folder: &Path, path: &Path, wanted: &Expect) {
    let problems = sinews::read(path).unwrap_err();
    let kinds: Vec<_> = problems.list().iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&kind), "{kinds:?}\n{problems}");
    let text = problems.to_string().replace(folder.to_str().unwrap(), "…");
    wanted.assert_eq(&format!("{text}\n"));
}

/// An uploaded text must not show files of the machine that reads it.
#[test]
fn a_text_reads_no_file() {
    let text = "[model]\ninclude = [\"models/tiny.toml\"]\nseeds = [\"seeds\"]\n";
    let problems = Document::parse("upload.toml", text).unwrap_err();
    expect![[r#"
        error: `include` names files, and a text has no folder to read them from
         --> upload.toml:2:12
          |
        2 | include = ["models/tiny.toml"]
          |            ^^^^^^^^^^^^^^^^^^ not read
          |
          = help: open the model as a file, or put what it names into the text

        error: `seeds` names files, and a text has no folder to read them from
         --> upload.toml:3:10
          |
        3 | seeds = ["seeds"]
          |          ^^^^^^^ not read
          |
          = help: open the model as a file, or put what it names into the text
    "#]]
    .assert_eq(&format!("{problems}\n"));
    // Beside a folder the same text reads them.
    let document = Document::parse_beside("upload.toml", text, ".").unwrap();
    assert!(document.registry().facts().count() > 100);
}

/// Parts lie below the model's folder, facts below the folder around it. Whether anything lies elsewhere is not told.
#[test]
fn files_outside_the_folders_of_a_model_are_not_read() {
    let folder = scratch("outside");
    std::fs::write(folder.join("around/secret.toml"), "secret = true\n").unwrap();
    let path = naming(
        &folder,
        "include = [\"../secret.toml\", \"/etc/shadow\", \"../../nowhere.toml\"]\nseeds = [\"../..\", \"/etc\"]",
    );
    refused(
        Kind::OutOfReach,
        &folder,
        &path,
        &expect![[r#"
        error: `../secret.toml` lies outside the folders that this file may read
         --> …/around/inside/model.toml:3:12
          |
        3 | include = ["../secret.toml", "/etc/shadow", "../../nowhere.toml"]
          |            ^^^^^^^^^^^^^^^^ not read
          |
          = help: put it below the folder of this file, or open the model with leave to read another folder: `--within FOLDER`

        error: `/etc/shadow` lies outside the folders that this file may read
         --> …/around/inside/model.toml:3:30
          |
        3 | include = ["../secret.toml", "/etc/shadow", "../../nowhere.toml"]
          |                              ^^^^^^^^^^^^^ not read
          |
          = help: put it below the folder of this file, or open the model with leave to read another folder: `--within FOLDER`

        error: `../../nowhere.toml` lies outside the folders that this file may read
         --> …/around/inside/model.toml:3:45
          |
        3 | include = ["../secret.toml", "/etc/shadow", "../../nowhere.toml"]
          |                                             ^^^^^^^^^^^^^^^^^^^^ not read
          |
          = help: put it below the folder of this file, or open the model with leave to read another folder: `--within FOLDER`

        error: `../..` lies outside the folders that this file may read
         --> …/around/inside/model.toml:4:10
          |
        4 | seeds = ["../..", "/etc"]
          |          ^^^^^^^ not read
          |
          = help: put it below the folder around that of this file, or open the model with leave to read another folder: `--within FOLDER`

        error: `/etc` lies outside the folders that this file may read
         --> …/around/inside/model.toml:4:19
          |
        4 | seeds = ["../..", "/etc"]
          |                   ^^^^^^ not read
          |
          = help: put it below the folder around that of this file, or open the model with leave to read another folder: `--within FOLDER`
    "#]],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Facts beside the model's folder are what the shipped models have; one more folder may be allowed.
#[test]
fn facts_may_lie_beside_and_more_where_allowed() {
    let folder = scratch("beside");
    std::fs::create_dir_all(folder.join("around/seeds")).unwrap();
    std::fs::create_dir_all(folder.join("elsewhere")).unwrap();
    let part = "[item.tnt]\nunit = \"t\"\n[line.mill]\nmakes = \"tnt\"\ncapacity = \"1 t/year\"\n";
    std::fs::write(folder.join("elsewhere/part.toml"), part).unwrap();
    let path = naming(&folder, "seeds = [\"../seeds\"]");
    assert!(sinews::read(&path).is_ok());
    let path = naming(&folder, "include = [\"../../elsewhere/part.toml\"]");
    assert!(sinews::read(&path).is_err());
    let document = Document::open_within(&path, folder.join("elsewhere")).unwrap();
    assert_eq!(document.texts().count(), 2);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What is no TOML is not shown, not even a line of it.
#[test]
fn a_file_that_is_not_toml_is_not_shown() {
    let folder = scratch("not-toml");
    std::fs::write(folder.join("around/inside/key.pem"), "root:secret\n").unwrap();
    let path = naming(&folder, "include = [\"key.pem\"]");
    refused(
        Kind::NoFile,
        &folder,
        &path,
        &expect![[r#"
        error: cannot read `key.pem`
         --> …/around/inside/model.toml:3:12
          |
        3 | include = ["key.pem"]
          |            ^^^^^^^^^ its name does not end in `.toml`
          |
          = help: name a TOML file, relative to this file
    "#]],
    );
    refused(
        Kind::Syntax,
        &folder,
        &folder.join("around/inside/key.pem"),
        &expect![[r"
        error: …/around/inside/key.pem: the file is not TOML (at byte 11)
         |
         = help: name a TOML file; one whose name ends in `.toml` is shown where it is wrong
    "]],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Every fault says what it is.
#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = scratch("why");
    let inside = folder.join("around/inside");
    std::fs::write(inside.join("bytes.toml"), b"a = \"\xff\"\n").unwrap();
    std::fs::create_dir(inside.join("folder.toml")).unwrap();
    std::fs::write(inside.join("large.toml"), vec![b'#'; (16 << 20) + 1]).unwrap();
    let path = naming(
        &folder,
        "include = [\"none.toml\", \"folder.toml\", \"bytes.toml\", \"large.toml\"]\nseeds = [\".\"]",
    );
    refused(
        Kind::NotUtf8,
        &folder,
        &path,
        &expect![[r#"
        error: cannot read `none.toml`
         --> …/around/inside/model.toml:3:12
          |
        3 | include = ["none.toml", "folder.toml", "bytes.toml", "large.toml"]
          |            ^^^^^^^^^^^ not there
          |
          = help: name a TOML file, relative to this file

        error: cannot read `folder.toml`
         --> …/around/inside/model.toml:3:25
          |
        3 | include = ["none.toml", "folder.toml", "bytes.toml", "large.toml"]
          |                         ^^^^^^^^^^^^^ not a regular file
          |
          = help: name a TOML file, relative to this file

        error: cannot read `bytes.toml`
         --> …/around/inside/model.toml:3:40
          |
        3 | include = ["none.toml", "folder.toml", "bytes.toml", "large.toml"]
          |                                        ^^^^^^^^^^^^ not UTF-8 text
          |
          = help: save it as UTF-8

        error: cannot read `large.toml`
         --> …/around/inside/model.toml:3:54
          |
        3 | include = ["none.toml", "folder.toml", "bytes.toml", "large.toml"]
          |                                                      ^^^^^^^^^^^^ larger than 16 MiB
          |
          = help: split it, and name the parts

        error: cannot read `./bytes.toml`
         --> …/around/inside/model.toml:4:10
          |
        4 | seeds = ["."]
          |          ^^^ not UTF-8 text
          |
          = help: save it as UTF-8
    "#]],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

/// All that a model names is no more than 64 MiB: five files of 15 MiB are too much.
#[test]
fn what_a_model_names_is_limited_together() {
    let folder = scratch("together");
    let many = vec![b'#'; 15 << 20];
    for n in 1..=5 {
        std::fs::write(folder.join(format!("around/inside/{n}.toml")), &many).unwrap();
    }
    let path = naming(
        &folder,
        "include = [\"1.toml\", \"2.toml\", \"3.toml\", \"4.toml\", \"5.toml\"]",
    );
    refused(
        Kind::TooLarge,
        &folder,
        &path,
        &expect![[r#"
        error: cannot read `5.toml`
         --> …/around/inside/model.toml:3:52
          |
        3 | include = ["1.toml", "2.toml", "3.toml", "4.toml", "5.toml"]
          |                                                    ^^^^^^^^ more than 64 MiB with the files before it
          |
          = help: name fewer or smaller files
    "#]],
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What is there stays until the new file is complete, and a fault names its path.
#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = scratch("write");
    let path = folder.join("around/inside");
    let fault = files::write(&path, b"x").unwrap_err();
    assert_eq!((fault.verb, &fault.path), ("write", &path), "{fault}");
    let below = folder.join("plan.txt/below.txt");
    std::fs::write(folder.join("plan.txt"), "a plan").unwrap();
    let fault = files::make_folder(&below).unwrap_err().to_string();
    let wanted = format!("cannot make the folder `{}`: ", below.display());
    assert!(fault.starts_with(&wanted), "{fault}");
    let fault = files::write(&below, b"x").unwrap_err().to_string();
    let wanted = format!("cannot write `{}`: ", below.display());
    assert!(fault.starts_with(&wanted), "{fault}");
    assert_eq!(files::read(&folder.join("plan.txt"), 6).unwrap(), b"a plan");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    /// Links are followed to where they lead, and that must lie inside.
    #[test]
    fn links_that_lead_out_are_not_followed() {
        let folder = scratch("links");
        let inside = folder.join("around/inside");
        std::fs::write(folder.join("secret.toml"), "secret = true\n").unwrap();
        std::fs::create_dir_all(folder.join("facts")).unwrap();
        std::fs::create_dir_all(folder.join("around/seeds")).unwrap();
        symlink(folder.join("secret.toml"), inside.join("part.toml")).unwrap();
        symlink(folder.join("facts"), inside.join("facts")).unwrap();
        symlink(
            folder.join("secret.toml"),
            folder.join("around/seeds/a.toml"),
        )
        .unwrap();
        let path = naming(
            &folder,
            "include = [\"part.toml\"]\nseeds = [\"facts\", \"../seeds\"]",
        );
        refused(
            Kind::OutOfReach,
            &folder,
            &path,
            &expect![[r#"
                error: `part.toml` lies outside the folders that this file may read
                 --> …/around/inside/model.toml:3:12
                  |
                3 | include = ["part.toml"]
                  |            ^^^^^^^^^^^ not read
                  |
                  = help: put it below the folder of this file, or open the model with leave to read another folder: `--within FOLDER`

                error: `facts` lies outside the folders that this file may read
                 --> …/around/inside/model.toml:4:10
                  |
                4 | seeds = ["facts", "../seeds"]
                  |          ^^^^^^^ not read
                  |
                  = help: put it below the folder around that of this file, or open the model with leave to read another folder: `--within FOLDER`

                error: `../seeds/a.toml` lies outside the folders that this file may read
                 --> …/around/inside/model.toml:4:19
                  |
                4 | seeds = ["facts", "../seeds"]
                  |                   ^^^^^^^^^^ not read
                  |
                  = help: put it below the folder around that of this file, or open the model with leave to read another folder: `--within FOLDER`
            "#]],
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }

    /// A pipe would wait for a writer for ever, a device would never end.
    #[test]
    fn pipes_and_devices_are_not_opened() {
        let folder = scratch("pipes");
        std::fs::create_dir_all(folder.join("around/seeds")).unwrap();
        pipe(&folder.join("around/inside/part.toml"));
        pipe(&folder.join("around/seeds/a.toml"));
        pipe(&folder.join("model.toml"));
        let path = naming(&folder, "include = [\"part.toml\"]\nseeds = [\"../seeds\"]");
        refused(
            Kind::NoFile,
            &folder,
            &path,
            &expect![[r#"
                error: cannot read `part.toml`
                 --> …/around/inside/model.toml:3:12
                  |
                3 | include = ["part.toml"]
                  |            ^^^^^^^^^^^ not a regular file
                  |
                  = help: name a TOML file, relative to this file

                error: cannot read `../seeds/a.toml`
                 --> …/around/inside/model.toml:4:10
                  |
                4 | seeds = ["../seeds"]
                  |          ^^^^^^^^^^ not a regular file
                  |
                  = help: name a folder of `*.toml` files, relative to this file
            "#]],
        );
        let wanted = |path: &str| {
            format!(
                "error: {path}: cannot read the file: not a regular file\n |\n = help: name a TOML file that is there"
            )
        };
        let model = folder.join("model.toml");
        for path in [model.to_str().unwrap(), "/dev/zero", "/dev/null"] {
            assert_eq!(sinews::read(path).unwrap_err().to_string(), wanted(path));
        }
        let facts = sinews::document::read_seeds(folder.join("around/seeds")).unwrap_err();
        let shown = folder.join("around/seeds/a.toml");
        assert_eq!(facts.to_string(), wanted(shown.to_str().unwrap()));
        let rows = sinews::analysis::Results::read(&model).unwrap_err();
        let shown = format!("cannot read `{}`: not a regular file", model.display());
        assert!(rows.to_string().starts_with(&shown), "{rows}");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_file_is_written_to_as_it_is() {
        let fault = files::write(Path::new("/dev/full"), b"x").unwrap_err();
        assert_eq!(
            fault.to_string(),
            "cannot write `/dev/full`: No space left on device (os error 28)"
        );
        files::write(Path::new("/dev/null"), b"x").unwrap();
    }

    /// A link stays a link, and rights stay as they are.
    #[test]
    fn a_file_is_replaced_where_it_lies() {
        let folder = scratch("replaced");
        let (real, link) = (folder.join("real.csv"), folder.join("link.csv"));
        std::fs::write(&real, "old").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&real, &link).unwrap();
        files::write(&link, b"new").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
        let mode = real.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
