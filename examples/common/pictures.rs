//! What examples that draw share: which charts go where, as SVG or PNG.

use clap::Args;
use sinews::report::page::{Chart, Section};
use sinews::report::{File, plots_of};
use std::error::Error;
use std::path::PathBuf;

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

    /// Titles of charts that were written, and where their files lie.
    pub(crate) fn written(&self, sections: &[Section]) -> Vec<(String, String)> {
        let Some(folder) = &self.plots else {
            return Vec::new();
        };
        let charts = sections.iter().flat_map(|section| &section.charts);
        let file = |chart: &Chart| {
            let files = plots_of(&[Section::new("").chart(chart.clone())]);
            let name = files
                .first()?
                .name
                .replace(".svg", &format!(".{}", self.pictures));
            let path = folder.join(name).display().to_string();
            Some((chart.title.clone(), path))
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

/// The pictures as PNG, two pixels for each unit of theirs.
#[cfg(feature = "png")]
fn pixels(charts: &[File]) -> Result<Vec<File>, Box<dyn Error>> {
    let drawn = charts.iter().map(|chart| {
        let name = chart.name.replace(".svg", ".png");
        let svg = chart.text().unwrap_or_default();
        Ok(File::new(name, sinews::report::png(svg, 2.0)?))
    });
    drawn.collect()
}

#[cfg(not(feature = "png"))]
fn pixels(_: &[File]) -> Result<Vec<File>, Box<dyn Error>> {
    Err("PNG is not built in: build with `--features png`".into())
}
