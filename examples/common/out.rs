//! What examples say: on the standard output, on the terminal beside it, and in files.

use sinews::files::{Fault, make_folder, write};
use sinews::report::File;
use std::error::Error;
use std::io::{ErrorKind, Result, Write};
use std::path::Path;

/// Say something on the standard output. Where nobody listens any more, as behind `| head`, there is nothing
/// left to say, and that is no fault.
pub(crate) fn say(text: &str) -> std::result::Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    quiet(said).map_err(|error| format!("cannot write to the standard output: {error}").into())
}

/// What was said, without the fault that nobody listens.
pub(crate) fn quiet(said: Result<()>) -> Result<()> {
    said.or_else(|error| match error.kind() {
        ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })
}

/// Say what is wrong. Where even that cannot be said, the exit code tells.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Print files, or write them into a folder and say where.
pub(crate) fn deliver(
    files: &[File],
    folder: Option<&Path>,
) -> std::result::Result<(), Box<dyn Error>> {
    if let Some(folder) = folder {
        save(files, folder)?;
        let paths = files.iter().map(|file| folder.join(&file.name));
        let paths: Vec<String> = paths.map(|path| format!("{}\n", path.display())).collect();
        return say(&paths.concat());
    }
    for file in files {
        let Some(text) = file.text() else {
            let help = format!("{} is no text: name a folder with `--out`", file.name);
            return Err(help.into());
        };
        if files.len() == 1 {
            say(text)?;
        } else {
            say(&format!("== {}\n{text}\n", file.name))?;
        }
    }
    Ok(())
}

/// Write files into a folder, which is made if it is not there.
pub(crate) fn save(files: &[File], folder: &Path) -> std::result::Result<(), Fault> {
    make_folder(folder)?;
    for file in files {
        write(&folder.join(&file.name), &file.bytes)?;
    }
    Ok(())
}
