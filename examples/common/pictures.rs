//! What examples that draw share: which charts go where, as SVG or PNG.

use clap::Args;
use sinews::report::page::{Chart, Section};
use sinews::report::{File, plots_of};
use std::error::Error;
use std::path::{Component, Path, PathBuf};

/// Pictures to be written beside the answer.
#[derive(Args)]
pub(crate) struct Pictures {
    /// Also write the charts into this folder
    #[arg(long, value_name = "FOLDER")]
    plots: Option<PathBuf>,
    /// As which pictures
    #[arg(long, value_name = "KIND", default_value = "svg", value_parser = KINDS)]
    pictures: String,
}

/// The kinds of pictures that are built in.
#[cfg(feature = "png")]
const KINDS: [&str; 2] = ["svg", "png"];
/// The kinds of pictures that are built in.
#[cfg(not(feature = "png"))]
const KINDS: [&str; 1] = ["svg"];

impl Pictures {
    /// Whether any are asked for.
    pub(crate) fn wanted(&self) -> bool {
        self.plots.is_some()
    }

    /// Titles of charts that were written, and where their files lie as seen from a folder.
    pub(crate) fn written(&self, sections: &[Section], from: &Path) -> Vec<(String, String)> {
        let Some(folder) = &self.plots else {
            return Vec::new();
        };
        let charts = sections.iter().flat_map(|section| &section.charts);
        let file = |chart: &Chart| {
            let files = plots_of(&[Section::new("").chart(chart.clone())]);
            let name = Path::new(&files.first()?.name).with_extension(&self.pictures);
            let path = seen_from(from, &folder.join(name));
            Some((chart.title.clone(), path.display().to_string()))
        };
        charts.filter_map(file).collect()
    }

    /// Write charts into the folder, if one is asked for.
    pub(crate) fn write(&self, charts: impl FnOnce() -> Vec<File>) -> Result<(), Box<dyn Error>> {
        let Some(folder) = &self.plots else {
            return Ok(());
        };
        let charts = charts();
        let charts = match self.pictures.as_str() {
            "png" => pixels(&charts)?,
            _ => charts,
        };
        Ok(super::out::save(&charts, folder)?)
    }
}

/// A path as seen from a folder, if both begin at the same place.
fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    if folder.is_absolute() != path.is_absolute() {
        return path.to_owned();
    }
    let parts = |path: &Path| -> Vec<PathBuf> {
        let parts = path.components().filter(|part| *part != Component::CurDir);
        parts.map(|part| PathBuf::from(part.as_os_str())).collect()
    };
    let (own, other) = (parts(folder), parts(path));
    let alike = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let up = own[alike..].iter().map(|_| PathBuf::from(".."));
    up.chain(other[alike..].iter().cloned()).collect()
}

/// The pictures as PNG, two pixels for each unit of theirs.
#[cfg(feature = "png")]
fn pixels(charts: &[File]) -> Result<Vec<File>, Box<dyn Error>> {
    let drawn = charts.iter().map(|chart| {
        let name = Path::new(&chart.name).with_extension("png");
        let name = name.display().to_string();
        let svg = chart.text().unwrap_or_default();
        Ok(File::new(name, sinews::report::png(svg, 2.0)?))
    });
    drawn.collect()
}

#[cfg(not(feature = "png"))]
fn pixels(_: &[File]) -> Result<Vec<File>, Box<dyn Error>> {
    Err("PNG is not built in: build with `--features png`".into())
}
