//! The kinds of problem an input can have.

/// What kind of problem an input has: what was checked, and why it is a fault.
///
/// Each has its own sentence, and a case with its whole message in `tests/problems/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    // The file.
    /// A file or folder is not there or cannot be read.
    NoFile,
    /// A file is named that may not be read: outside the model's folder, or by a text that has no folder.
    OutOfReach,
    /// A file is larger than 16 MiB, or all that a model names are larger than 64 MiB.
    TooLarge,
    /// A file is not UTF-8 text.
    NotUtf8,
    /// A file describes nothing.
    Empty,
    /// The text is not TOML.
    Syntax,
    /// Two files that belong together write the same key.
    DuplicateKey,
    // Tables and fields.
    /// A table of this name is not part of the format.
    UnknownTable,
    /// A table has a field that is not part of the format.
    UnknownField,
    /// A table must be there.
    MissingTable,
    /// A field must be there.
    MissingField,
    /// A value has the wrong type: a list where a text is wanted.
    WrongType,
    /// A word is not among the choices.
    UnknownChoice,
    /// A list is empty, which would mean nothing or everything.
    EmptyList,
    /// Two fields say different things, or one says too little to tell what is meant.
    Ambiguous,
    /// Something is named twice where once is meant.
    Repeated,
    // Names.
    /// A name refers to nothing.
    UnknownName,
    /// Something has no name.
    EmptyName,
    /// Two things have the same name.
    DuplicateName,
    // Figures and units.
    /// A text is not a number with a unit.
    NotAQuantity,
    /// A number stands where a number with a unit is wanted.
    MissingUnit,
    /// A unit measures something else.
    WrongUnit,
    /// A unit is not known.
    UnknownUnit,
    /// An item cannot count in this unit.
    ReservedUnit,
    /// A number is infinite or no number.
    NotFinite,
    /// A number is outside what its field allows.
    OutOfRange,
    /// Low, value and high are out of order.
    RangeOrder,
    /// A path over time changes its currency.
    MixedCurrencies,
    /// A currency has no exchange rate.
    UnknownCurrency,
    /// A word is not a currency code.
    NotACurrency,
    // Time.
    /// A text is not a month.
    NotAMonth,
    /// A number is not a year.
    NotAYear,
    /// There is no such calendar.
    NoCalendar,
    /// A date lies outside the calendar, so that it can never matter.
    OutsideCalendar,
    // Evidence.
    /// A figure has neither a fact nor a note.
    NoSource,
    /// A fact is not in the registry.
    UnknownFact,
    /// A fact is in a unit that cannot be read or does not fit.
    FactUnit,
    /// The copy of a fact no longer says what the fact says.
    StaleCopy,
    /// Two facts have the same id.
    DuplicateFact,
    // The model.
    /// Nothing is required, so that the plan is empty.
    NothingRequired,
    /// A bill of materials leads back to itself.
    Circle,
    /// A requirement can be met by nothing in the model.
    NothingMeets,
    /// A line can never get something that it uses.
    NoInput,
    /// A line can never make anything.
    NoCapacity,
    /// A line's minimum rate is above its capacity.
    MinimumAboveCapacity,
    /// The opening of an expansion does not rise to all of it.
    BadOpening,
    /// A later price tier is cheaper than an earlier one.
    TiersFall,
    /// A price tier that is not the last has no end.
    OpenTier,
    /// Shares of content add up to more than the price.
    ContentAboveOne,
    /// A figure is given that nothing ever uses.
    NeverMatters,
    /// A change of a scenario, a sweep or a sample can do nothing to what it names.
    NoEffect,
    /// A stock names origins in which nothing makes or sells its item.
    NoOrigin,
    /// The parts of an opening stock that expire are more than all of it.
    AgesAboveOpening,
    /// A stock has expired before the start.
    Expired,
    /// A gift or a route leads to where it starts.
    ToItself,
    /// Nobody who gives along a gift route holds what it names.
    NothingToGive,
    /// Something passes a hub, which counts tonnes, and has no mass.
    NoMass,
    /// Someone deals in an item and lies on none of its routes.
    NoPlace,
    /// A tier is not a whole number from 1 to 9.
    NotATier,
    /// A fund has no money in the calendar.
    NoMoney,
    /// A fund can pay for nothing.
    UselessFund,
    /// A requirement can be paid for by no fund.
    NoPayer,
    /// A loan matures before its grace ends.
    LoanMatures,
    /// Burdens are shared or limited by who gives, and no fund says who does.
    NoGiver,
    /// Burdens are shared or limited by gross domestic product, and that of a country is not stated.
    NoGdp,
    /// Burdens are shared by the capacity to pay, and the population of a country is not stated.
    NoPopulation,
}
