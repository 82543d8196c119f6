//! Where the time went, said or written.

use super::out::complain;
use sinews::report::Format;
use sinews::solution::Effort;
use std::error::Error;
use std::path::PathBuf;

/// Whether, and where, it is to be told where the time went.
#[derive(clap::Args)]
pub(crate) struct Profile {
    /// Say on the standard error where the time went, step by step; with a file, write it there as JSON
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "-"
    )]
    profile: Option<PathBuf>,
}

impl Profile {
    /// Tell what it took, if that is wanted.
    pub(crate) fn tell(&self, mut effort: Effort) -> Result<(), Box<dyn Error>> {
        let Some(file) = &self.profile else {
            return Ok(());
        };
        effort.peak_memory = peak_memory();
        if file.as_os_str() == "-" {
            let tables = [effort.table()];
            let said = sinews::report::tables(Format::Text, "profile", &tables, "");
            let text = said.iter().flatten().find_map(|file| file.text());
            complain(text.unwrap_or_default());
        } else {
            let text = serde_json::to_string_pretty(&effort)?;
            sinews::files::write(file, text.as_bytes())?;
        }
        Ok(())
    }
}

/// The most memory that this process has held, in bytes, where the system tells.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes << 10)
}
