//! How sheets are written down: their columns, and their lines.

/// `columns! { name: "unit" => "what it holds"; … }`; `words` instead of a unit, `whole "unit"` for whole numbers.
macro_rules! columns {
    ($($name:ident: $($holds:ident)? $($unit:literal)? => $about:literal;)*) => {
        &[$(Column {
            name: std::borrow::Cow::Borrowed(stringify!($name)),
            holds: $crate::report::sheets::notation::holds!($($holds)? $($unit)?),
            about: std::borrow::Cow::Borrowed($about),
            across: None,
            plain: None,
        }),*]
    };
}
pub(super) use columns;

/// What a column holds.
macro_rules! holds {
    (words) => {
        crate::table::Holds::Words
    };
    (whole $unit:literal) => {
        crate::table::Holds::Whole(std::borrow::Cow::Borrowed($unit))
    };
    ($unit:literal) => {
        crate::table::Holds::In(std::borrow::Cow::Borrowed($unit))
    };
}
pub(super) use holds;

/// `row![a, b, …]`: cells of any kind.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}
pub(super) use row;
