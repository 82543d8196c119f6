//! Inputs: the shipped models, the broken files of the tests and the examples of the manual, mutated by bytes, by
//! words and by lines, and models put together from their tables.

use std::fmt;
use std::path::Path;

/// What inputs are made from.
pub struct Corpus {
    /// Whole small texts.
    texts: Vec<String>,
    /// Tables of models, from a heading to the next.
    tables: Vec<String>,
    /// Words, numbers and texts in quotes.
    words: Vec<String>,
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (texts, tables, words) = (self.texts.len(), self.tables.len(), self.words.len());
        write!(f, "{texts} texts, {tables} tables, {words} words")
    }
}

/// Texts longer than this are only taken apart.
const SHORT: usize = 6_000;
/// What readers stumble over.
const ODD: &[&str] = &[
    "0",
    "-0",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "nan",
    "inf",
    "-inf",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "0x7fffffffffffffff",
    "0o777",
    "1_0",
    "\"\"",
    "''",
    "\"*\"",
    "\"%\"",
    "\"1e400 EUR\"",
    "\"-5 round/year\"",
    "\"0 round/year\"",
    "\"1 EUR/EUR\"",
    "\"1 round/round/round\"",
    "\"5 %\"",
    "\"2026-13\"",
    "\"9999-12\"",
    "\"0001-01\"",
    "\"-001-01\"",
    "2026-01-01",
    "1979-05-27T07:32:00Z",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "{ value = 1 }",
    "{ low = 1, high = 0 }",
    "{ fact = \"x\" }",
    "[[x]]",
    "[x]",
    "[\"\"]",
    "[x.\"\".y]",
    "true",
    "\u{feff}",
    "\u{0}",
    "\u{2028}",
    "é",
    "\"\u{1F4A3}\"",
    "\"\"\"",
    "'''",
    "\\u0000",
    "\\",
    "=",
    ".",
    ",",
    "[",
    "]",
    "{",
    "}",
    "#",
    "\"",
    "'",
    "\r",
    "\n",
    "\t",
    "[model]\ninclude = [\"x.toml\"]\n",
    "[scenario.s]\nextends = \"s\"\n",
    "[scenario.s.set]\n\"*\" = 1\n",
    "[calendar]\nstart = \"1900-01\"\nend = \"2200-12\"\nperiod = \"month\"\n",
];

/// Numbers from a seed: `SplitMix64`.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another, or 0.
    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % (most.max(1) as u64)).unwrap_or(0)
    }
}

/// One of several.
fn pick<'a, S: AsRef<str>>(chance: &mut Chance, all: &'a [S]) -> &'a str {
    let n = chance.below(all.len());
    all.get(n).map_or("", AsRef::as_ref)
}

impl Corpus {
    /// From the models, seeds, tests and manual of a checkout.
    pub fn of(root: &Path) -> Self {
        let mut whole = Vec::new();
        for folder in ["models", "models/europe", "models/published", "seeds"] {
            whole.extend(texts(&root.join(folder), "toml"));
        }
        for text in texts(&root.join("tests"), "rs") {
            let quoted = text
                .split("r#\"")
                .skip(1)
                .filter_map(|part| part.split("\"#").next());
            whole.extend(
                quoted
                    .filter(|text| text.contains('=') && !text.contains("-->"))
                    .map(str::to_owned),
            );
        }
        let manual = std::fs::read_to_string(root.join("docs/format.md")).unwrap_or_default();
        let examples = manual
            .split("```toml")
            .skip(1)
            .filter_map(|part| part.split("```").next());
        whole.extend(examples.map(str::to_owned));
        let tables = whole.iter().flat_map(|text| tables(text));
        let mut tables: Vec<String> = tables.collect();
        let mut words: Vec<String> = whole
            .iter()
            .flat_map(|text| tokens(text))
            .map(str::to_owned)
            .collect();
        for list in [&mut tables, &mut words] {
            list.sort();
            list.dedup();
        }
        whole.retain(|text| text.len() < SHORT);
        Self {
            texts: whole,
            tables,
            words,
        }
    }

    /// The input with a number: the same for the same seed.
    pub fn input(&self, seed: u64, number: u64) -> Vec<u8> {
        let mut chance = Chance(
            seed.wrapping_mul(0x5851_f42d_4c95_7f2d) ^ number.wrapping_mul(0x1405_7b7e_f767_814f),
        );
        let mut text = match chance.below(10) {
            0 => self.assembled(&mut chance),
            1 => nested(&mut chance),
            _ => pick(&mut chance, &self.texts).to_owned(),
        };
        for _ in 0..chance.below(4) {
            text = self.by_words(&text, &mut chance);
        }
        for _ in 0..chance.below(3) {
            text = self.by_lines(&text, &mut chance);
        }
        let mut bytes = text.into_bytes();
        if chance.below(2) == 0 {
            for _ in 0..=chance.below(6) {
                by_bytes(&mut bytes, &mut chance);
            }
        }
        bytes
    }

    /// A model put together from tables of several.
    fn assembled(&self, chance: &mut Chance) -> String {
        let mut text = String::from(
            "[model]\nnote = \"x\"\n[calendar]\nstart = \"2026-01\"\nend = \"2027-12\"\n",
        );
        for _ in 0..=chance.below(12) {
            text.push_str(pick(chance, &self.tables));
            text.push('\n');
        }
        text
    }

    /// Words exchanged for others.
    fn by_words(&self, text: &str, chance: &mut Chance) -> String {
        let all: Vec<&str> = tokens(text).collect();
        let old = all.get(chance.below(all.len())).copied().unwrap_or("");
        if old.is_empty() {
            return text.to_owned();
        }
        let new = match chance.below(3) {
            0 => pick(chance, ODD),
            1 => pick(chance, &all),
            _ => pick(chance, &self.words),
        };
        // The one that was picked, or all like it.
        let start = text
            .match_indices(old)
            .nth(chance.below(3))
            .map(|(at, _)| at);
        match start {
            Some(at) if chance.below(4) > 0 => {
                format!("{}{new}{}", &text[..at], &text[at + old.len()..])
            }
            _ => text.replacen(old, new, 20),
        }
    }

    /// Lines and tables doubled, taken out, exchanged, put in.
    fn by_lines(&self, text: &str, chance: &mut Chance) -> String {
        let mut lines: Vec<&str> = text.lines().collect();
        let at = chance.below(lines.len() + 1);
        let other = pick(chance, &self.tables);
        match chance.below(6) {
            0 if at < lines.len() => {
                lines.remove(at);
            }
            1 if at < lines.len() => lines.insert(at, lines[at]),
            2 if at < lines.len() => {
                let other = chance.below(lines.len());
                lines.swap(at, other);
            }
            3 => lines.truncate(at),
            4 => {
                let n = chance.below(other.lines().count());
                lines.insert(at, other.lines().nth(n).unwrap_or(""));
            }
            _ => lines.insert(at, other),
        }
        lines.join("\n")
    }
}

/// Keys, lists and tables within one another, deep.
fn nested(chance: &mut Chance) -> String {
    let deep = 1 << chance.below(13);
    let (open, close) = match chance.below(7) {
        0 => ("[", "]"),
        1 => ("{ a = ", "}"),
        2 => ("a.", ""),
        3 => ("[[", "]]"),
        4 => ("\"a\" . ", ""),
        5 => ("[{ a = ", "}]"),
        _ => ("\"", "\""),
    };
    let head = [
        "x = ",
        "",
        "[",
        "[line.a]\ncapacity = ",
        "[scenario.a.set]\n",
        "line.",
    ][chance.below(6)];
    let tail = ["", " = 1", "]", "\n"][chance.below(4)];
    format!("{head}{}1{}{tail}\n", open.repeat(deep), close.repeat(deep))
}

/// Bytes changed, taken out, put in, doubled, cut off.
fn by_bytes(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len());
    let to = bytes.len().min(at + 1 + chance.below(30));
    let random = chance.next().to_le_bytes()[0];
    match chance.below(8) {
        0 if at < bytes.len() => bytes[at] = random,
        1 if at < bytes.len() => bytes[at] ^= 1 << (random % 8),
        2 => bytes.insert(at.min(bytes.len()), random),
        3 => drop(bytes.drain(at.min(to)..to)),
        4 => {
            let part = bytes[at.min(to)..to].to_vec();
            let place = chance.below(bytes.len() + 1);
            bytes.splice(place..place, part);
        }
        5 => {
            let odd = pick(chance, ODD).bytes();
            bytes.splice(at.min(bytes.len())..at.min(bytes.len()), odd);
        }
        6 if chance.below(8) == 0 => bytes.truncate(at),
        _ => bytes.insert(
            at.min(bytes.len()),
            b"\"'[]{}=.,#\n *"[usize::from(random) % 13],
        ),
    }
}

/// Words, numbers and texts in quotes.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let words = text
        .split(move |c| !word(c))
        .filter(|word| !word.is_empty());
    let quoted = text
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.len() < 40 && !text.is_empty());
    words.chain(quoted)
}

/// The tables of a text, each with its heading.
fn tables(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') || all.is_empty() {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut().filter(|last| last.len() < 2_000) {
            last.push_str(line);
            last.push('\n');
        }
    }
    all
}

/// The texts of the files of a folder, in order.
fn texts(folder: &Path, ending: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = files.map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|own| own == ending));
    paths.sort();
    let texts = paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    texts.collect()
}
