//! PNG pictures: their size, that their words are drawn, that they are the same every time.
#![cfg(feature = "png")]
#![allow(clippy::unwrap_used)]

mod common;

use common::solved;
use resvg::tiny_skia::Pixmap;
use sinews::report::{NoPicture, plots, png};

/// How many pixels are dark.
fn dark(picture: &Pixmap) -> usize {
    let dark = |p: &&resvg::tiny_skia::PremultipliedColorU8| {
        u32::from(p.red()) + u32::from(p.green()) + u32::from(p.blue()) < 300
    };
    picture.pixels().iter().filter(dark).count()
}

#[test]
fn a_chart_becomes_pixels_of_the_same_size_every_time() {
    let model = sinews::read("models/shells.toml").unwrap();
    let solution = solved(&model);
    let charts = plots(&model, &solution);
    assert!(charts.len() > 8);
    for chart in &charts {
        let svg = chart.text().unwrap();
        let bytes = png(svg, 2.0).unwrap();
        assert_eq!(bytes, png(svg, 2.0).unwrap(), "{}", chart.name);
        let picture = Pixmap::decode_png(&bytes).unwrap();
        let height = svg.split("height=\"").nth(1).unwrap();
        let height: f64 = height.split('"').next().unwrap().parse().unwrap();
        assert_eq!(picture.width(), 1800, "{}", chart.name);
        assert_eq!(f64::from(picture.height()), 2.0 * height, "{}", chart.name);
    }
}

#[test]
fn letters_of_every_alphabet_of_the_models_are_drawn() {
    let of = |words: &str| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"40\" font-family=\"'Segoe UI', sans-serif\"><rect width=\"400\" height=\"40\" fill=\"#ffffff\"/><text x=\"5\" y=\"28\" font-size=\"20\" fill=\"#1c2330\">{words}</text></svg>"
        );
        let picture = Pixmap::decode_png(&png(&svg, 1.0).unwrap()).unwrap();
        (dark(&picture), picture.data().to_vec())
    };
    assert_eq!(of("").0, 0);
    let box_for_none = of("\u{fffd}\u{fffd}\u{fffd}\u{fffd}").1;
    for words in ["155 mm", "Łódź", "Їжак", "żółć", "≤ 5 €", "– 30 %"] {
        let (dark, pixels) = of(words);
        assert!(dark > 60, "{words}: {dark}");
        assert_ne!(pixels, box_for_none, "{words}");
    }
    // Bold letters take more ink.
    let bold = of("<tspan font-weight=\"700\">155 mm</tspan>").0;
    assert!(bold > of("155 mm").0, "{bold}");
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let fault = png("no picture", 1.0).unwrap_err();
    assert!(
        fault.to_string().starts_with("this is no SVG picture: "),
        "{fault}"
    );
    let wide = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20000\" height=\"10\"/>";
    let fault = png(wide, 1.0).unwrap_err();
    assert_eq!(
        fault,
        NoPicture::Size {
            width: 20_000,
            height: 10
        }
    );
    assert_eq!(
        fault.to_string(),
        "a picture of 20000 by 10 pixels cannot be drawn: draw one of at most 16000 by 16000"
    );
}

#[test]
fn a_name_is_drawn_and_nothing_else() {
    // A picture that refers to a file would draw it.
    let evil = "</text><image href=\"assets/fonts/LICENSE\"/>";
    let model = common::toy(&format!(
        "[line.plant]\nname = {}\nmakes = \"round\"\ncapacity = \"9 round/year\"\n[requirement.a]\nholder = \"ua\"\nitem = \"round\"\nquantity = \"20 round/year\"",
        serde_json::to_string(evil).unwrap()
    ));
    for chart in plots(&model, &solved(&model)) {
        assert!(!chart.text().unwrap().contains("<image"), "{}", chart.name);
        png(chart.text().unwrap(), 1.0).unwrap();
    }
}
