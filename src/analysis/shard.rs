//! Shards: one part of many jobs, for each of several machines.
//!
//! ```
//! use sinews::analysis::Shard;
//!
//! let shard: Shard = "2/4".parse()?;
//! assert_eq!(shard.jobs(10), 3..6);
//! # Ok::<(), sinews::analysis::Trouble>(())
//! ```

use super::Trouble;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// One of several parts of the jobs of an analysis: jobs that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shard {
    /// From 1.
    number: usize,
    of: usize,
}

impl Default for Shard {
    fn default() -> Self {
        Self::WHOLE
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = Trouble;

    fn from_str(text: &str) -> Result<Self, Trouble> {
        let number = |text: &str| text.trim().parse::<usize>().ok();
        let parts = text.split_once('/');
        match parts.and_then(|(n, of)| number(n).zip(number(of))) {
            Some((number, of)) => Self::new(number, of),
            None => Err(Trouble::request(
                format!("`{text}` is no shard"),
                "write `2/4` for the second of four parts",
            )),
        }
    }
}

/// Written as a text, `2/4`.
#[cfg(feature = "serde")]
impl serde::Serialize for Shard {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from a text, `2/4`.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Shard {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What job schedulers set: the number, the first number, the count.
const VARIABLES: [(&str, usize, &[&str]); 2] = [
    ("SLURM_ARRAY_TASK_ID", 1, &["SLURM_ARRAY_TASK_COUNT"]),
    ("JOB_COMPLETION_INDEX", 0, &["JOB_COMPLETIONS"]),
];

impl Shard {
    /// All jobs in one part.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// A part, numbered from 1.
    ///
    /// # Errors
    /// No such part.
    pub fn new(number: usize, of: usize) -> Result<Self, Trouble> {
        if (1..=of).contains(&number) {
            return Ok(Self { number, of });
        }
        let message = format!("there is no shard {number} of {of}");
        let help = match of {
            0 => "cut the work into at least one part: `1/1` is all of it".into(),
            1 => "the only part of one is `1/1`".into(),
            _ => format!("the parts of {of} are `1/{of}` to `{of}/{of}`"),
        };
        Err(Trouble::request(message, help))
    }

    /// The part that a job scheduler asks for: of a Slurm job array (`SLURM_ARRAY_TASK_ID`, with tasks
    /// from 1 and `SLURM_ARRAY_TASK_COUNT`) or a Kubernetes indexed job (`JOB_COMPLETION_INDEX`, from 0, with
    /// the count in `JOB_COMPLETIONS`, which its manifest has to set). `None` outside both.
    ///
    /// # Errors
    /// A number without a count, or no such part.
    pub fn from_scheduler(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, Trouble> {
        for (name, first, counts) in VARIABLES {
            let Some(text) = variable(name) else { continue };
            let count = counts.iter().find_map(|name| variable(name));
            let wrong = |message: String| {
                let counts = counts.join("` or `");
                let help = format!("set `{counts}` to the number of parts, or write `--shard K/N`");
                Trouble::request(message, help)
            };
            let Some(count) = count else {
                return Err(wrong(format!("`{name}` is set without a count")));
            };
            let (Ok(number), Ok(of)) = (text.parse::<usize>(), count.parse()) else {
                return Err(wrong(format!("`{name}` is `{text}`, of `{count}`")));
            };
            let Some(number) = (number + 1).checked_sub(first) else {
                let message = format!("`{name}` is {number}, where tasks start at {first}");
                return Err(wrong(message));
            };
            return Self::new(number, of).map(Some);
        }
        Ok(None)
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self.number
    }

    /// How many parts there are.
    pub fn of(self) -> usize {
        self.of
    }

    /// Its jobs of all of them. Earlier parts have one more where they do not share out evenly.
    pub fn jobs(self, all: usize) -> Range<usize> {
        let (share, more) = (all / self.of, all % self.of);
        let end = |number: usize| number * share + number.min(more);
        end(self.number - 1)..end(self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_the_jobs_are_all_of_them_once() {
        let parts = (1..=4).map(|n| Shard::new(n, 4).unwrap().jobs(10));
        assert_eq!(parts.collect::<Vec<_>>(), [0..3, 3..6, 6..8, 8..10]);
        let most = Shard::new(usize::MAX, usize::MAX).unwrap();
        assert!(most.jobs(3).is_empty());
        assert_eq!(Shard::new(1, 4).unwrap().jobs(3), 0..1);
    }

    #[test]
    fn no_such_part() {
        let said = |text: &str| text.parse::<Shard>().unwrap_err().to_string();
        assert_eq!(
            said("5/4"),
            "there is no shard 5 of 4\n  = help: the parts of 4 are `1/4` to `4/4`"
        );
        assert_eq!(
            said("0/1"),
            "there is no shard 0 of 1\n  = help: the only part of one is `1/1`"
        );
        assert_eq!(
            said("two"),
            "`two` is no shard\n  = help: write `2/4` for the second of four parts"
        );
    }

    #[test]
    fn schedulers_say_which_part() {
        let from = |set: &[(&str, &str)]| {
            Shard::from_scheduler(|name| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(from(&[]).unwrap(), None);
        let slurm = [
            ("SLURM_ARRAY_TASK_ID", "3"),
            ("SLURM_ARRAY_TASK_COUNT", "4"),
        ];
        assert_eq!(from(&slurm).unwrap(), Shard::new(3, 4).ok());
        let kubernetes = [("JOB_COMPLETION_INDEX", "0"), ("JOB_COMPLETIONS", "4")];
        assert_eq!(from(&kubernetes).unwrap(), Shard::new(1, 4).ok());
        assert_eq!(
            from(&kubernetes[..1]).unwrap_err().to_string(),
            "`JOB_COMPLETION_INDEX` is set without a count\n  = help: set `JOB_COMPLETIONS` to the number of parts, or write `--shard K/N`"
        );
        let zero = [
            ("SLURM_ARRAY_TASK_ID", "0"),
            ("SLURM_ARRAY_TASK_COUNT", "4"),
        ];
        assert!(from(&zero).is_err());
    }
}
