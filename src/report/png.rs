//! PNG: pictures of pixels from SVG, for slides and mail that take no SVG.
//!
//! The letters are those of the font that comes with the library, so that a picture is the same on every
//! machine. It has Latin, Greek and Cyrillic letters and the signs of mathematics; of other alphabets the
//! page and the SVG files show every letter.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use std::sync::{Arc, OnceLock};

/// Letters, and letters in bold.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../assets/fonts/DejaVuSans.ttf"),
    include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf"),
];

/// The most pixels along a side.
const MOST: f32 = 16_000.0;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoPicture {
    /// The text is no SVG.
    #[error("this is no SVG picture: {0}")]
    NoSvg(String),
    /// It is too large, or has no size.
    #[error(
        "a picture of {width} by {height} pixels cannot be drawn: draw one of at most 16000 by 16000"
    )]
    Size {
        /// How wide it would be.
        width: u32,
        /// How high.
        height: u32,
    },
}

/// An SVG picture, such as [`svg`](super::svg()) draws, as PNG: so many pixels for each of its units.
/// The same picture gives the same bytes.
///
/// # Errors
/// A text that is no SVG; a picture of more than 16,000 pixels along a side, or of none.
///
/// ```
/// let square = r##"<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><rect width="3" height="2" fill="#c2410c"/></svg>"##;
/// let png = sinews::report::png(square, 2.0)?;
/// assert_eq!(&png[1..4], b"PNG");
/// # Ok::<(), sinews::report::NoPicture>(())
/// ```
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, NoPicture> {
    let options = Options {
        fontdb: Arc::clone(fonts()),
        font_family: "DejaVu Sans".into(),
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|fault| NoPicture::NoSvg(fault.to_string()))?;
    let side = |length: f32| (length * scale).ceil();
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates"
    )]
    let pixels = (width as u32, height as u32);
    let fits = width <= MOST && height <= MOST;
    let canvas = fits.then(|| Pixmap::new(pixels.0, pixels.1)).flatten();
    let size = NoPicture::Size {
        width: pixels.0,
        height: pixels.1,
    };
    let mut canvas = canvas.ok_or_else(|| size.clone())?;
    let scaled = Transform::from_scale(scale, scale);
    resvg::render(&tree, scaled, &mut canvas.as_mut());
    canvas.encode_png().map_err(|_| size)
}

/// The fonts, read once.
fn fonts() -> &'static Arc<Database> {
    static READ: OnceLock<Arc<Database>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut fonts = Database::new();
        for font in FONTS {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_sans_serif_family("DejaVu Sans");
        Arc::new(fonts)
    })
}
