//! Files: the one place where they are opened and written.
//!
//! Only regular files are read, and their size is counted while they are read: a pipe cannot make a program
//! wait, a device cannot fill its memory. A file is written whole, under another name beside its own, and
//! renamed at the end: what is there stays until the new one is complete. Every fault names its path.
//!
//! ```
//! let folder = std::env::temp_dir().join("sinews-files");
//! sinews::files::make_folder(&folder)?;
//! sinews::files::write(&folder.join("plan.txt"), b"a plan")?;
//! let fault = sinews::files::read(&folder, 1 << 20).unwrap_err();
//! assert_eq!(fault.to_string(), format!("cannot read `{}`: not a regular file", folder.display()));
//! # Ok::<(), sinews::files::Fault>(())
//! ```

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a file or folder could not be dealt with, and which.
#[derive(Clone, Debug, thiserror::Error)]
#[error("cannot {verb} `{}`: {reason}", path.display())]
pub struct Fault {
    /// What was to be done: `read`, `write`, `make`.
    pub verb: &'static str,
    /// With which file or folder.
    pub path: PathBuf,
    /// What stood in the way.
    pub reason: Reason,
}

/// What stood in the way.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// It is a folder, a pipe, a device or a socket.
    #[error("not a regular file")]
    NotRegular,
    /// It is larger than may be read.
    #[error("larger than {}", size(*most))]
    TooLarge {
        /// How many bytes may be read.
        most: u64,
    },
    /// The system says no.
    #[error("{0}")]
    System(Arc<io::Error>),
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        Self::System(Arc::new(error))
    }
}

impl Fault {
    fn new(verb: &'static str, path: &Path, reason: impl Into<Reason>) -> Self {
        Self {
            verb,
            path: path.to_owned(),
            reason: reason.into(),
        }
    }
}

/// A size in words: whole mebibytes where they are whole.
fn size(bytes: u64) -> String {
    match (bytes >> 20, bytes % (1 << 20)) {
        (whole @ 1.., 0) => format!("{whole} MiB"),
        _ => format!("{bytes} bytes"),
    }
}

/// Open a regular file for reading.
///
/// # Errors
/// It is not there, may not be read, or is no regular file.
pub fn open(path: &Path) -> Result<File, Fault> {
    let fault = |reason: Reason| Fault::new("read", path, reason);
    let regular = |found: io::Result<Metadata>| match found {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(fault(Reason::NotRegular)),
        Err(error) => Err(fault(error.into())),
    };
    // Asked before it is opened, for a pipe makes whoever opens it wait; and after, for it may be another by then.
    regular(std::fs::metadata(path))?;
    let file = File::open(path).map_err(|error| fault(error.into()))?;
    regular(file.metadata())?;
    Ok(file)
}

/// The bytes of a regular file, no more than so many.
///
/// # Errors
/// As [`open`], or it is larger.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let mut file = open(path)?.take(most.saturating_add(1));
    file.read_to_end(&mut bytes)
        .map_err(|error| Fault::new("read", path, error))?;
    if bytes.len() as u64 > most {
        return Err(Fault::new("read", path, Reason::TooLarge { most }));
    }
    Ok(bytes)
}

/// The names of what is in a folder, in order.
///
/// # Errors
/// It is not there, or may not be read.
pub fn list(folder: &Path) -> Result<Vec<String>, Fault> {
    let fault = |error: io::Error| Fault::new("read", folder, error);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let name = entry.map_err(fault)?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Write a file as a whole: under another name beside it, renamed at the end. Where something goes wrong, what
/// was there before stays, and nothing else. A link is followed; what is there and no regular file, such as
/// `/dev/stdout`, is written to as it is.
///
/// # Errors
/// It cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let fault = |error: io::Error| Fault::new("write", path, error);
    let there = std::fs::metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        let mut file = OpenOptions::new().write(true).open(path).map_err(fault)?;
        return file.write_all(bytes).map_err(fault);
    }
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let temporary = beside(&target);
    let written = fill(&temporary, bytes, there.as_ref())
        .and_then(|()| std::fs::rename(&temporary, &target))
        .map_err(fault);
    if written.is_err() {
        // It may not be there at all.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// A name beside a file that nothing has yet: short, for the file's own may be as long as names can be.
fn beside(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{}-{number}.new", std::process::id()))
}

/// Make a new file that is safe on the disk, with the rights of the one that it will replace.
fn fill(path: &Path, bytes: &[u8], like: Option<&Metadata>) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    if let Some(like) = like {
        file.set_permissions(like.permissions())?;
    }
    file.sync_all()
}

/// Open a file to add to.
///
/// # Errors
/// It cannot be written.
pub fn append(path: &Path) -> Result<File, Fault> {
    let file = OpenOptions::new().append(true).open(path);
    file.map_err(|error| Fault::new("write", path, error))
}

/// Remove a file.
///
/// # Errors
/// It cannot be removed.
pub fn remove(path: &Path) -> Result<(), Fault> {
    std::fs::remove_file(path).map_err(|error| Fault::new("remove", path, error))
}

/// Make a folder, and those around it, unless it is there.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(path: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(path).map_err(|error| Fault::new("make the folder", path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_in_words() {
        assert_eq!(size(16 << 20), "16 MiB");
        assert_eq!(size(1_000), "1000 bytes");
    }

    #[test]
    fn a_file_is_there_as_a_whole_and_alone() {
        let folder = std::env::temp_dir().join(format!("sinews-whole-{}", std::process::id()));
        make_folder(&folder).unwrap();
        let long = folder.join("n".repeat(250));
        write(&long, b"one").unwrap();
        write(&long, b"two").unwrap();
        assert_eq!(read(&long, 3).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        let fault = read(&long, 2).unwrap_err().to_string();
        assert!(fault.ends_with("larger than 2 bytes"), "{fault}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
