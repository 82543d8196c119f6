//! How sheets are written down: their columns, and their lines.

/// `columns! { name: "unit" => "what it holds"; … }`
macro_rules! columns {
    ($($name:ident: $unit:literal => $about:literal;)*) => {
        &[$(Column {
            name: std::borrow::Cow::Borrowed(stringify!($name)),
            unit: std::borrow::Cow::Borrowed($unit),
            about: std::borrow::Cow::Borrowed($about),
        }),*]
    };
}
pub(super) use columns;

/// `row![a, b, …]`: cells of any kind.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Value::from($cell)),*] };
}
pub(super) use row;
