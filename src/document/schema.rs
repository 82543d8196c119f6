//! The tables and fields of the format: one list that reading, errors, the JSON Schema and `docs/format.md` share.

mod holds;

pub(crate) use holds::{Holds, Measure, Over, in_words};

use Measure::{
    Amount, Any, Count, Exchange, Factor, Growth, Mass, MassRate, Money, MoneyRate, PerUnit, Price,
    Rate, RateGrowth, RateOrShare, Share, StoragePrice, Sum, Time,
};

/// A table of the format.
#[derive(Debug)]
pub(crate) struct Spec {
    /// How it is written: `line.KEY` for one of many, `calendar` for the only one.
    pub(crate) path: &'static str,
    /// What it is for.
    pub(crate) about: &'static str,
    /// Its fields.
    pub(crate) fields: &'static [Field],
}

/// A field of a table.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its key.
    pub(crate) key: &'static str,
    /// What may stand there.
    pub(crate) holds: Holds,
    /// What happens without it. `None`: it must be there.
    pub(crate) default: Option<&'static str>,
    /// What it means.
    pub(crate) about: &'static str,
    /// An example of its value, as TOML.
    pub(crate) example: &'static str,
}

impl Spec {
    /// The first key of its path: `line` of `line.KEY`.
    pub(crate) fn name(&self) -> &'static str {
        self.path.split('.').next().unwrap_or(self.path)
    }

    /// Whether it stands at the top of a file.
    pub(crate) fn is_top(&self) -> bool {
        matches!(self.path.split_once('.'), None | Some((_, "KEY")))
            && !matches!(
                self.path,
                "payment" | "opening" | "tiers" | "ages" | "buys" | "loan" | "content" | "{ … }"
            )
    }

    /// The field with this key.
    pub(crate) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// `fields! { key: holds(…) = default => "about", "example"; … }`; a default of `!` is a must.
macro_rules! fields {
    (@default !) => { None };
    (@default $default:literal) => { Some($default) };
    ($($key:ident: $holds:ident$(($($of:expr),*))? = $default:tt => $about:literal, $example:literal;)*) => {
        &[$(Field {
            key: stringify!($key),
            holds: Holds::$holds$(($($of),*))?,
            default: fields!(@default $default),
            about: $about,
            example: $example,
        }),*]
    };
}

/// Every table, in the order of the manual.
pub(crate) const TABLES: &[&Spec] = &[
    &MODEL,
    &CALENDAR,
    &OBJECTIVE,
    &FRICTION,
    &MACRO,
    &COUNTRY,
    &ITEM,
    &ITEM_STOCK,
    &RESOURCE,
    &LINE,
    &PRODUCT,
    &PAYMENT,
    &EXPANSION,
    &OPENING,
    &SUPPLIER,
    &TIER,
    &HOLDER,
    &STOCK,
    &BATCH,
    &GIFT,
    &ROUTE,
    &HUB,
    &REQUIREMENT,
    &FUND,
    &BUYS,
    &LOAN,
    &CONTENT,
    &CAP,
    &BURDEN,
    &SCENARIO,
    &VALUE,
];

pub(crate) const MODEL: Spec = Spec {
    path: "model",
    about: "The model as a whole.",
    fields: fields! {
        name: Text("text") = "the file's name" => "What the model is called in reports.", "name = \"Shells for a year\"";
        note: Text("text") = "none" => "Says why every figure of the file that has no fact and no note of its own may be assumed.", "note = \"Invented figures, for teaching\"";
        seeds: Names("folders") = "none" => "Where the facts are that the file cites: folders of `*.toml`, relative to the file, below the folder around its own.", "seeds = [\"../seeds\"]";
        include: Names("files") = "none" => "TOML files that belong to this one, relative to it, below its folder. Their tables are joined to those of this file.", "include = [\"europe/lines.toml\"]";
    },
};

pub(crate) const CALENDAR: Spec = Spec {
    path: "calendar",
    about: "Time. Changing `period` turns a quarterly model into a monthly or a yearly one.",
    fields: fields! {
        start: Month = ! => "The first month.", "start = \"2026-01\"";
        decide_from: Month = "the start" => "The January from which decisions are free. What lies before is history (see *History*): output follows what could be made, less friction, and nothing is ordered, given or paid with a view to later needs.", "decide_from = \"2027-01\"";
        end: Month = ! => "The last month.", "end = \"2030-12\"";
        period: Choice(&["month", "quarter", "year"]) = "`quarter`" => "How long a period is. Quarters start in January, April, July or October, years in January.", "period = \"quarter\"";
    },
};

pub(crate) const OBJECTIVE: Spec = Spec {
    path: "objective",
    about: "What the plan strives for.",
    fields: fields! {
        kind: Choice(&["lexicographic", "weighted", "max-min"]) = "`lexicographic`" => "Least shortfall tier by tier, then least cost; or one sum of shortfalls in money and cost; or the lowest coverage first.", "kind = \"weighted\"";
        measure: Choice(&["share", "value"]) = "`share`" => "Whether shortfalls within a tier add up as shares of what is required, or at their value in money.", "measure = \"value\"";
        shortfall_value: figure(Count) = "10" => "In a weighted objective: a shortfall of the last tier counts this many times its value, each tier before it as many times more. A requirement with a `value` of its own counts just that.", "shortfall_value = 10";
        financing: Choice(&["cheapest", "grants-first", "pro-rata", "by-gdp"]) = "`cheapest`" => "Who pays where several funds may: whoever it costs least in present value, a loan at what it takes to pay it back; funds that are not paid back before loans; each in proportion to what it has at the time; each in proportion to the `gdp` of who gives it. With all but the first a euro of a loan counts like one of a grant, and what is made does not hang on who pays.", "financing = \"pro-rata\"";
        cost_of_funds: figure(Count) = "1" => "The marginal cost of public funds: what it costs all to raise and pay one unit of public money, with what taxes distort. The cost of the objective counts each payment so many times; what is stored and what is left count once.", "cost_of_funds = { value = 1.2, note = \"as for a tax on labour\" }";
    },
};

pub(crate) const FRICTION: Spec = Spec {
    path: "friction",
    about: "What lies between what could be done and what is done. It acts on history; on what is planned as well if `onward` says so.",
    fields: fields! {
        output: figure(Share) = "1" => "What lines make, and suppliers deliver, of what they could.", "output = { value = \"80 %\", low = \"70 %\", high = \"90 %\" }";
        money: figure(Share) = "1" => "What funds ever have of what they were promised.", "money = \"95 %\"";
        late: figure(Share) = "0" => "The share of that which comes a year later than promised. In the first year comes what is late of the year before, as far as the `amount` of a fund says something of it.", "late = \"40 %\"";
        delay: figure(Time) = "0" => "How much later than planned expansions open: added to their lead time.", "delay = \"6 months\"";
        onward: Choice(&["yes", "no"]) = "`no`" => "Whether it acts from `calendar.decide_from` on as well: what is likely to be done, beside what could be.", "onward = \"yes\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"From the backtest\"";
    },
};

pub(crate) const MACRO: Spec = Spec {
    path: "macro",
    about: "Currencies, price index, discounting.",
    fields: fields! {
        currency: Currency = "`EUR`" => "The base currency, in which the plan counts.", "currency = \"EUR\"";
        price_year: Year = "the first year" => "The year at whose prices every price is stated. A cited price of another year is brought to it with `arms_inflation`.", "price_year = 2026";
        inflation: over_time(Growth) = "0" => "How fast prices in general rise: what is paid in a later year is worth that much less.", "inflation = \"2 %/year\"";
        arms_inflation: over_time(Growth) = "as `inflation`" => "How fast prices of what the plan pays for rise, goods, plants and transport: the deflator of defence. Above `inflation` everything becomes dearer in real terms.", "arms_inflation = { value = \"4 %/year\", note = \"twice as fast as prices in general\" }";
        discount: figure(Growth) = "0" => "The real rate at which later costs and later shortfalls weigh less.", "discount = \"3 %/year\"";
        exchange: Figures("currency code", Exchange, Over::Time) = "none" => "Every other currency in use and what it is worth, written either way round: `EUR/USD` or `USD/EUR`.", "exchange = { USD = \"0.88 EUR/USD\" }";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Rates of late 2025\"";
    },
};

pub(crate) const COUNTRY: Spec = Spec {
    path: "country.KEY",
    about: "A country. Blocs need no table of their own: they are the names that countries belong to.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"Germany\"";
        blocs: Names("names") = "none" => "The blocs it belongs to.", "blocs = [\"EU\", \"NATO\"]";
        gdp: over_time(MoneyRate) = "not stated" => "Its gross domestic product, of the day: what it bears is shared by it with `financing = \"by-gdp\"`, and limited by it with a `burden`.", "gdp = { value = \"4_300 bn EUR/year\", note = \"2024\" }";
        population: figure(Factor) = "not stated" => "How many people live there: for what it is able to pay (`by = \"capacity\"` of a `burden`).", "population = { value = 83_500_000, note = \"2024\" }";
    },
};

pub(crate) const ITEM: Spec = Spec {
    path: "item.KEY",
    about: "A finished good, a component or a material.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"155 mm round\"";
        unit: Text("word") = ! => "What one of it is called. Quantities of it are written in this unit; units of mass convert.", "unit = \"round\"";
        needs: Figures("item", PerUnit, Over::Never) = "nothing" => "The bill of materials: what one good unit takes.", "needs = { tnt = \"8 kg/round\" }";
        shelf_life: figure(Time) = "none" => "How long it keeps in a holder's stock after it arrives; of what is left over of whole periods, a share keeps (see *Time*). Oldest is used first.", "shelf_life = \"10 years\"";
        storage_cost: over_time(StoragePrice) = "0" => "What keeping one for a year costs, charged on what is in store at the end of each period. Part of the plan's cost, charged to no fund.", "storage_cost = \"2 EUR/round/year\"";
        mass: figure(Mass) = "as its unit says, or none" => "What one weighs; needed to pass a hub. An item that counts in `t`, `kt`, `kg` or `g` weighs what its unit says.", "mass = \"47 kg/round\"";
        value: figure(Price) = "the lowest cost of getting one" => "What one is worth when shortfalls are added up.", "value = \"4_000 EUR/round\"";
        stock: Table(&ITEM_STOCK) = "none at the start, any amount later" => "The makers' own stock of it, if others are made from it: see `item.KEY.stock`.", "stock = { opening = \"500 t\" }";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Typical high-explosive shell\"";
    },
};

pub(crate) const ITEM_STOCK: Spec = Spec {
    path: "item.KEY.stock",
    about: "What makers together keep of an item that others are made from.",
    fields: fields! {
        opening: figure(Amount) = "0" => "What is there at the start.", "opening = \"500 t\"";
        most: over_time(Amount) = "no limit" => "The most that can be kept.", "most = \"2_000 t\"";
        closing: figure(Amount) = "0" => "What must be there at the end.", "closing = \"500 t\"";
        note: Text("text") = "the table's around it" => "Why the figures of this table may be assumed.", "note = \"One month of use\"";
    },
};

pub(crate) const RESOURCE: Spec = Spec {
    path: "resource.KEY",
    about: "A limit that several lines draw on: skilled labour, test ranges, a site's licence.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"Welders\"";
        unit: Text("word") = ! => "What one of it is called.", "unit = \"hour\"";
        limit: from_nothing(Rate) = ! => "How much there is.", "limit = \"1_000_000 hour/year\"";
        window: Choice(&["period", "year"]) = "`year` if the limit is written by the year and changes in no year, else `period`" => "Whether the limit holds in each period, or for a calendar year as a whole.", "window = \"year\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Company statement\"";
    },
};

pub(crate) const LINE: Spec = Spec {
    path: "line.KEY",
    about: "A production line at a site.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"Nora\"";
        company: Text("text") = "none" => "Who runs it.", "company = \"Swebal\"";
        site: Text("text") = "none" => "Where it stands.", "site = \"Nora\"";
        country: Text("country") = "none" => "The country it stands in.", "country = \"SE\"";
        makes: NameOrTables("item", &PRODUCT) = ! => "What it makes. Several products share its time: see `line.KEY.makes.ITEM`.", "makes = \"tnt\"";
        cost: over_time(Price) = "0" => "What a buyer pays for one unit of what it makes (with one product; several say so themselves). Inputs that have a cost of their own are charged where they are made, so this is the price without them.", "cost = \"3_600 EUR/round\"";
        tiers: List("price steps", &TIER) = "one: `cost`" => "Its prices if they rise with volume, the cheapest first: see `tiers`. Shares are of what it can make with all the capacity that it can use, expansions included.", "tiers = [{ up_to = \"85 %\", cost = \"3_600 EUR/round\" }, { cost = \"4_800 EUR/round\" }]";
        capacity: from_nothing(Rate) = "0" => "Financed capacity, in units of its first product.", "capacity = \"350_000 round/year\"";
        utilisation: over_time(Share) = "100 %" => "The share of its capacity that it can use.", "utilisation = \"85 %\"";
        yield: figure(Share) = "100 %" => "Good units per unit started; what falls out has used its inputs.", "yield = \"97 %\"";
        lead_time: figure(Time) = "0" => "From order to delivery of what it makes. Until it has passed since decisions are free, it makes no more than is on order then, and in history no more than was: `booked`. A period in which it passes is split (see *Time*). Without it what it makes need not be ordered ahead.", "lead_time = \"24 months\"";
        booked: from_nothing(Rate) = "0" => "Its order book: what is on order when decisions are free, by when it is to be delivered; in history, what was. From then on new orders can be made for all of its capacity, to be delivered after the lead time.", "booked = \"90_000 round/year\"";
        minimum: from_nothing(Rate) = "0" => "The least it must make to stay open.", "minimum = \"20_000 round/year\"";
        ramp: figure(RateGrowth) = "no limit" => "How fast its output may grow. The first period may exceed `running` by what the ramp gives on average over its months (see *Time*).", "ramp = \"60_000 round/year/year\"";
        growth: figure(Factor) = "no limit" => "By what share of a calendar year's output the next may exceed it, of a year that is in the calendar in part as a rate; in the first year, what `running` would make in it.", "growth = \"20 %\"";
        running: figure(Rate) = "all of its capacity at the start" => "Its output just before the calendar starts, where a ramp and growth begin.", "running = \"90_000 round/year\"";
        cycle: figure(Time) = "0" => "How long before its output it takes in what it uses, evenly (see *Time*). What the first outputs need was taken in before the calendar starts.", "cycle = \"6 months\"";
        content: Figures("region", Share, Over::Never) = "all from its country" => "How much of its price comes from where.", "content = { EU = \"80 %\", US = \"20 %\" }";
        payment: Table(&PAYMENT) = "all on delivery" => "When buyers pay: see `payment`.", "payment = { advance = \"30 %\", before = \"12 months\" }";
        draws: Figures("resource", PerUnit, Over::Never) = "nothing" => "What it draws on resources for each unit of its first product, or of the time that one takes.", "draws = { welders = \"0.2 hour/round\" }";
        expansion: Tables("key", &EXPANSION) = "none" => "Options to expand it: see `line.KEY.expansion.KEY`.", "expansion.hall = { adds = \"100_000 round/year\", cost = \"150 M EUR\", lead_time = \"24 months\" }";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"No price is published\"";
    },
};

pub(crate) const PRODUCT: Spec = Spec {
    path: "line.KEY.makes.ITEM",
    about: "One of several products of a line. The first one written is the one its capacity counts.",
    fields: fields! {
        pace: figure(Count) = "1" => "Units of it made in the time of one unit of the first product.", "pace = 1.4";
        cost: over_time(Price) = "0" => "What a buyer pays for one.", "cost = \"2_400 EUR/round\"";
        tiers: List("price steps", &TIER) = "one: `cost`" => "Its prices if they rise with volume, the cheapest first: see `tiers`.", "tiers = [{ up_to = \"85 %\", cost = \"2_400 EUR/round\" }, { cost = \"3_200 EUR/round\" }]";
        note: Text("text") = "the line's" => "Why the figures of this table may be assumed.", "note = \"Smaller shell\"";
    },
};

pub(crate) const PAYMENT: Spec = Spec {
    path: "payment",
    about: "When a buyer pays: evenly over the period of delivery moved by these terms, shared out over calendar years (see *Time*). Advances for the first deliveries fall in the first year; what falls due after the end is owed at the price level of its own year.",
    fields: fields! {
        advance: figure(Share) = "0" => "The share paid ahead.", "advance = \"30 %\"";
        before: figure(Time) = "0" => "How long before delivery the advance is paid.", "before = \"12 months\"";
        after: figure(Time) = "0" => "How long after delivery the rest is paid.", "after = \"1 month\"";
        note: Text("text") = "the table's around it" => "Why the figures of this table may be assumed.", "note = \"Usual terms\"";
    },
};

pub(crate) const EXPANSION: Spec = Spec {
    path: "line.KEY.expansion.KEY",
    about: "An option to expand a line.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"Second hall\"";
        adds: figure(Rate) = ! => "The capacity that it adds.", "adds = \"100_000 round/year\"";
        cost: over_time(Money) = "0" => "What it costs, at the date of the order; paid evenly over its lead time, each part at the price level of its calendar year.", "cost = \"150 M EUR\"";
        lead_time: figure(Time) = ! => "From order to first output. It counts for the share of a period in which it is open (see *Time*).", "lead_time = \"24 months\"";
        opening: List("steps", &OPENING) = "all at once" => "How much of it runs, how long after it opens: see `opening`.", "opening = [{ after = \"0 months\", share = \"50 %\" }, { after = \"6 months\", share = \"100 %\" }]";
        at_most: figure(Count) = "1" => "How often it may be taken.", "at_most = 2";
        blocks: Choice(&["any", "whole"]) = "`any`" => "Whether any share of it can be built, or only whole blocks (an integer program).", "blocks = \"whole\"";
        ordered: Month = "not ordered" => "It is under way: all of it (`at_most`) was ordered at the start of this month, or of the period it lies in, before decisions are free (`calendar.decide_from`). It opens and is paid for as it would be by the plan.", "ordered = \"2026-04\"";
        from: Month = "when decisions are free" => "The first month in which it can be ordered. An order is placed at the start of a period, or in this month if it lies inside one.", "from = \"2026-07\"";
        until: Month = "the end" => "The last month in which it can be ordered.", "until = \"2028-12\"";
        uses: Figures("item", Amount, Over::Never) = "nothing" => "What building it uses up, evenly over its lead time.", "uses = { machinery = \"12 set\" }";
        note: Text("text") = "the line's" => "Why the figures of this table may be assumed.", "note = \"Like the first hall\"";
    },
};

pub(crate) const OPENING: Spec = Spec {
    path: "opening",
    about: "A step in the opening of an expansion.",
    fields: fields! {
        after: figure(Time) = ! => "Time since it opened; a step counts for the share of a period that lies after it.", "after = \"6 months\"";
        share: figure(Share) = ! => "The share of the added capacity that runs from then on.", "share = \"75 %\"";
        note: Text("text") = "the table's around it" => "Why the figures of this table may be assumed.", "note = \"As at the first hall\"";
    },
};

pub(crate) const SUPPLIER: Spec = Spec {
    path: "supplier.KEY",
    about: "A source outside the plan's industry.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"South Korea\"";
        country: Text("country") = "none" => "The country it delivers from.", "country = \"KR\"";
        item: Text("item") = ! => "What it sells.", "item = \"round-155\"";
        rate: from_nothing(Rate) = ! => "The most it delivers.", "rate = \"100_000 round/year\"";
        cost: over_time(Price) = "0" => "Its price, if it has only one.", "cost = \"3_300 EUR/round\"";
        tiers: List("price steps", &TIER) = "none" => "Its prices, the cheapest first: see `tiers`.", "tiers = [{ up_to = \"50_000 round/year\", cost = \"3_300 EUR/round\" }, { cost = \"4_000 EUR/round\" }]";
        lead_time: figure(Time) = "0" => "From order to delivery. A period in which queue and lead time pass is split (see *Time*).", "lead_time = \"9 months\"";
        queue: figure(Time) = "0" => "The wait before the first order is taken up, while others come first.", "queue = \"24 months\"";
        booked: from_nothing(Rate) = "0" => "Its order book: what is on order when decisions are free, by when it is to be delivered; in history, what was. All that it delivers until queue and lead time have passed since then.", "booked = \"20_000 round/year\"";
        minimum_order: figure(Amount) = "none" => "The least it delivers in a period in which it delivers at all (an integer program).", "minimum_order = \"5_000 round\"";
        content: Figures("region", Share, Over::Never) = "all from its country" => "How much of its price comes from where.", "content = { US = \"100 %\" }";
        payment: Table(&PAYMENT) = "all on delivery" => "When buyers pay: see `payment`.", "payment = { advance = \"50 %\", before = \"24 months\" }";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Queue estimated\"";
    },
};

pub(crate) const TIER: Spec = Spec {
    path: "tiers",
    about: "A price step of a supplier, or of a line: prices that rise with volume, as overtime, small lots or a second source are dearer than the first shift. They must rise from step to step, all the time.",
    fields: fields! {
        up_to: figure(RateOrShare) = "all that is left" => "How much there is at this price: so much, or a share of what there could be, a line's usable capacity or a supplier's rate. An expansion adds its share to each step that is a share, and to what is beyond those that are amounts.", "up_to = \"85 %\"";
        window: Choice(&["period", "year"]) = "`year` if `up_to` is written by the year, else `period`" => "Whether `up_to` holds in each period, or for a calendar year as a whole.", "window = \"year\"";
        cost: over_time(Price) = ! => "The price.", "cost = \"3_300 EUR/round\"";
        note: Text("text") = "the table's around it" => "Why the figures of this table may be assumed.", "note = \"Older lots\"";
    },
};

pub(crate) const HOLDER: Spec = Spec {
    path: "holder.KEY",
    about: "Who owns stocks and has requirements.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"Ukraine\"";
        country: Text("country") = "none" => "The country it takes deliveries in.", "country = \"UA\"";
        stock: Tables("item", &STOCK) = "none" => "What it keeps in store: see `holder.KEY.stock.ITEM`.", "stock.mistral = { opening = \"200 missile\" }";
        note: Text("text") = "the model's" => "Why the figures of its stocks may be assumed.", "note = \"Stocks are secret\"";
    },
};

pub(crate) const STOCK: Spec = Spec {
    path: "holder.KEY.stock.ITEM",
    about: "A holder's stock of an item.",
    fields: fields! {
        opening: figure(Amount) = "the sum of `ages`, or 0" => "All that is there at the start. What of it `ages` does not name never expires, whatever the item's `shelf_life`.", "opening = \"200 missile\"";
        ages: List("batches", &BATCH) = "none" => "The parts of `opening` that expire, by month: see `ages`. Together they are no more than `opening`.", "ages = [{ quantity = \"50 missile\", expires = \"2028-01\" }]";
        floor: over_time(Amount) = "0" => "What must stay in store. It forbids drawing, but does not ask for buying: where the opening stock is lower, that is the floor.", "floor = \"120 missile\"";
        origins: Names("countries and blocs") = "any" => "From lines and suppliers in which countries new units may come: what its owner buys, and from whom.", "origins = [\"DE\", \"ES\"]";
        draw: over_time(Rate) = "no limit" => "The most that can be drawn, for use and gifts together.", "draw = \"60 missile/year\"";
        closing: figure(Amount) = "0" => "What must be there at the end.", "closing = \"150 missile\"";
        closing_value: figure(Share) = "0" => "What a unit left at the end is worth, as a share of the item's value.", "closing_value = \"50 %\"";
        note: Text("text") = "the holder's" => "Why the figures of this table may be assumed.", "note = \"Deliveries less gifts\"";
    },
};

pub(crate) const BATCH: Spec = Spec {
    path: "ages",
    about: "A part of an opening stock that ages together. It is counted in `opening`; where that is not written, `opening` is the sum of the parts. Opening stock without a date never expires.",
    fields: fields! {
        quantity: figure(Amount) = ! => "How much.", "quantity = \"50 missile\"";
        expires: Month = "never" => "The first month in which it can no longer be used. Inside a period, the share of it until then can be used in that period.", "expires = \"2028-01\"";
        note: Text("text") = "the stock's" => "Why the figures of this table may be assumed.", "note = \"Made in 2008\"";
    },
};

pub(crate) const GIFT: Spec = Spec {
    path: "gift.KEY",
    about: "What holders may give from their stocks to another holder.",
    fields: fields! {
        from: Names("holders") = ! => "Who may give.", "from = [\"germany\", \"france\"]";
        to: Text("holder") = ! => "Who receives.", "to = \"ukraine\"";
        items: Names("items") = ! => "What may be given.", "items = [\"mistral\"]";
        cost: over_time(Price) = "0" => "What giving one costs (transport, overhaul), paid by a fund that may buy for the receiver.", "cost = \"500 EUR/missile\"";
        lag: figure(Time) = "0" => "From leaving one stock to reaching the other. A part of a period delays its share of what leaves in it (see *Time*).", "lag = \"1 month\"";
        hub: Text("hub") = "none" => "The hub it passes.", "hub = \"rzeszow\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"By rail\"";
    },
};

pub(crate) const ROUTE: Spec = Spec {
    path: "route.KEY",
    about: "A route along which items move between places. An item that any route names is kept apart by place, and reaches another place only along its routes; an item that no route names moves freely. A place is a country in which one of its routes starts or ends. A bloc stands for each of its countries, but for those that another route of the item names itself at that end: those take their own routes only. A route from a bloc to itself joins its countries; without one nothing moves between them.",
    fields: fields! {
        from: Text("country or bloc") = ! => "Where from.", "from = \"EU\"";
        to: Text("country or bloc") = ! => "Where to.", "to = \"UA\"";
        items: Names("items") = ! => "What may move.", "items = [\"round-155\"]";
        cost: over_time(Price) = "0" => "What moving one costs (with one kind of unit along the route).", "cost = \"20 EUR/round\"";
        lag: figure(Time) = "0" => "From leaving to arriving. A part of a period delays its share of what leaves in it (see *Time*).", "lag = \"1 month\"";
        hub: Text("hub") = "none" => "The hub it passes.", "hub = \"rzeszow\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"By rail\"";
    },
};

pub(crate) const HUB: Spec = Spec {
    path: "hub.KEY",
    about: "A place that gifts and routes must pass, with so much room.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"Rzeszów\"";
        throughput: over_time(MassRate) = ! => "What it can handle.", "throughput = \"15_000 t/month\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Peak of 2024\"";
    },
};

pub(crate) const REQUIREMENT: Spec = Spec {
    path: "requirement.KEY",
    about: "What a holder requires: a `quantity` used up over time, or a `level` in store.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"155 mm for Ukraine\"";
        holder: Text("holder") = ! => "Who requires it.", "holder = \"ukraine\"";
        item: Text("item") = "see `meets`" => "What meets it.", "item = \"round-155\"";
        meets: Figures("item", Factor, Over::Never) = "the item, at 1" => "All that meets it, and how much one of each counts. The requirement is written in units of the first.", "meets = { round-155 = 1, round-152 = 0.8 }";
        quantity: from_nothing(Rate) = "see `level`" => "How much is used up.", "quantity = \"1_500_000 round/year\"";
        level: from_nothing(Amount) = "see `quantity`" => "How much must be in store.", "level = \"60_000 round\"";
        tier: Rank = "1" => "Its priority; tier 1 comes first.", "tier = 2";
        weight: figure(Count) = "1" => "Its weight within its tier.", "weight = 1.5";
        window: Choice(&["period", "year"]) = "`period`" => "Whether it must be met in its own period or at any time of its calendar year.", "window = \"year\"";
        unmet: Choice(&["lost", "waits"]) = "`lost`" => "What becomes of what is not met: it is lost and counts once, or waits and counts once for each year it waits.", "unmet = \"waits\"";
        value: over_time(Price) = "the item's" => "What a missing unit is worth, in money; in a weighted objective it counts just that, times `weight`.", "value = \"8_000 EUR/round\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Half of what was fired in 2023\"";
    },
};

pub(crate) const FUND: Spec = Spec {
    path: "fund.KEY",
    about: "Where money comes from, when, and what it may buy. A model without funds has all the money it needs.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"SAFE\"";
        amount: from_nothing(Sum) = ! => "How much it may pay, in money of the day. Of a year of which the calendar has a part it is that part. Amounts by year are written `{ 2026 = …, 2027 = … }`. Money without a time, `60 bn EUR`, is all of it, spread evenly over the calendar; in a table by year it is what a whole year has, and the year after must be written as well.", "amount = { 2026 = \"20 bn EUR/year\", 2027 = \"30 bn EUR/year\" }";
        buys: Table(&BUYS) = "anything" => "What it may buy: see `buys`.", "buys = { holders = [\"ukraine\"] }";
        carry_over: figure(Share) = "0" => "The share of a year's unspent money that is still there in the next.", "carry_over = \"100 %\"";
        fulfilled: figure(Share) = "as `friction.money`" => "How much of what was promised is ever paid, where friction acts: what stands in `friction.money` for all funds.", "fulfilled = { low = \"70 %\", mode = \"90 %\", high = \"100 %\", note = \"its last three pledges\" }";
        late: figure(Share) = "as `friction.late`" => "The share of that which is paid a year late, where friction acts: what stands in `friction.late` for all funds.", "late = { low = \"10 %\", mode = \"30 %\", high = \"60 %\", note = \"its last three pledges\" }";
        loan: Table(&LOAN) = "none: a grant or a budget" => "Its terms if it has to be paid back: see `loan`.", "loan = { rate = \"3 %/year\", grace = \"10 years\", maturity = \"45 years\" }";
        content: Table(&CONTENT) = "none" => "Where what it buys must come from: see `content`.", "content = { region = \"EU\", share = \"65 %\" }";
        given_by: Names("countries and blocs") = "no country bears it" => "Who gives it, for `financing = \"by-gdp\"`, for a `burden`, and for who bears what. A bloc stands for its countries. Where a country gives several funds that may pay for the same, its `gdp` is shared among them by what they have.", "given_by = [\"EU\", \"NO\"]";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"Spread over the years evenly\"";
    },
};

pub(crate) const BUYS: Spec = Spec {
    path: "buys",
    about: "What a fund may buy: all that passes every list. A list left out lets everything pass.",
    fields: fields! {
        holders: Names("holders") = "any" => "For whom. Of components it pays for no more than what lines make for these holders contains.", "holders = [\"ukraine\"]";
        items: Names("items") = "any" => "What; also what goes into it.", "items = [\"pac3-mse\"]";
        lines: Names("lines") = "any" => "From which lines. With `suppliers`: from either list; alone, it excludes suppliers.", "lines = [\"bohdana\"]";
        suppliers: Names("suppliers") = "any" => "From which suppliers. Alone, it excludes lines.", "suppliers = [\"us-pac3\"]";
        origins: Names("countries and blocs") = "any" => "From lines and suppliers in which countries.", "origins = [\"EU\", \"UA\"]";
        pays_for: Choices(&["production", "expansion"]) = "both" => "Whether it pays for goods (and moving them), for the expansion of lines, or both.", "pays_for = [\"expansion\"]";
    },
};

pub(crate) const LOAN: Spec = Spec {
    path: "loan",
    about: "The terms of a fund that has to be paid back.",
    fields: fields! {
        rate: figure(Growth) = ! => "Interest, paid each year on what is owed.", "rate = \"3 %/year\"";
        grace: figure(Time) = "0" => "How long nothing is paid back, in whole years: a part of one counts as one.", "grace = \"10 years\"";
        maturity: figure(Time) = ! => "When the last instalment falls due, in whole years: a part of one counts as one. Paid back evenly between grace and maturity.", "maturity = \"45 years\"";
        note: Text("text") = "the fund's" => "Why the figures of this table may be assumed.", "note = \"Regulation\"";
    },
};

pub(crate) const CONTENT: Spec = Spec {
    path: "content",
    about: "A rule on where what a fund buys must come from.",
    fields: fields! {
        region: Text("country or bloc") = ! => "Where from.", "region = \"EU\"";
        share: figure(Share) = ! => "The least share by value.", "share = \"65 %\"";
        of: Choice(&["each", "all"]) = "`each`" => "Whether each purchase must keep it, or all purchases of a year together.", "of = \"all\"";
        note: Text("text") = "the fund's" => "Why the figures of this table may be assumed.", "note = \"Regulation\"";
    },
};

pub(crate) const CAP: Spec = Spec {
    path: "cap.KEY",
    about: "A limit on the plan as a whole, in each calendar year. With `region` and a share: the share of all spending on goods whose value comes from there; a low share may then be kept by spending more elsewhere. With `region` and an amount: how much money goes there, for goods and expansions. Money counts in the year in which it is paid, and what is paid after the end in none; quantities count in the year of delivery. With `item` and a share: the share of the item's supply that comes from the sources named. With `item` and a quantity: how much of it comes from them.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"US content\"";
        region: Text("country or bloc") = "see `item`" => "Where value comes from.", "region = \"US\"";
        item: Text("item") = "see `region`" => "What is supplied.", "item = \"pac3-mse\"";
        lines: Names("lines") = "none" => "Lines among the sources.", "lines = [\"mhi\"]";
        suppliers: Names("suppliers") = "none" => "Suppliers among the sources. With neither list, all sources.", "suppliers = [\"us-pac3\"]";
        share: over_time(Share) = "see `quantity`" => "The largest share.", "share = \"30 %\"";
        amount: over_time(MoneyRate) = "see `share`" => "The most money of the day for value from the region.", "amount = \"3 bn EUR/year\"";
        quantity: over_time(Rate) = "see `share`" => "The largest quantity.", "quantity = \"300 missile/year\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"A choice of policy\"";
    },
};

pub(crate) const BURDEN: Spec = Spec {
    path: "burden.KEY",
    about: "A limit on what countries bear, in each calendar year from `calendar.decide_from` on. A country bears what the funds pay that it gives (`given_by`); of a fund that several countries give, the part that its `gdp` is of theirs. A loan counts when it is drawn.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"A quarter of a per cent\"";
        countries: Names("countries and blocs") = ! => "Whom it limits, each country by itself. A bloc stands for its countries.", "countries = [\"EU\", \"GB\"]";
        gdp: over_time(Share) = "see `share`" => "The most that each may bear, of its `gdp`: a fiscal limit.", "gdp = \"0.25 %\"";
        share: over_time(Factor) = "see `gdp`" => "The most that each may bear, as a multiple of its even share of what all of these bear: with 1.2 a fifth more.", "share = 1.2";
        by: Choice(&["gdp", "capacity"]) = "`gdp`" => "What an even share goes by: `gdp`, or the capacity to pay, which is the `gdp` less four fifths of the part by which a country's `gdp` per head of its `population` lies below that of all of these together; what that relieves, those above it bear by `gdp`. The scale of assessments of the United Nations has that rule.", "by = \"capacity\"";
        note: Text("text") = "the model's" => "Why the figures of this table may be assumed.", "note = \"A choice of policy\"";
    },
};

pub(crate) const SCENARIO: Spec = Spec {
    path: "scenario.KEY",
    about: "A named change to the model: what if? Nothing is removed; what should not be is set or scaled to zero. In patterns, and in the keys below `set`, `*` stands for any letters of one key. A key with a dot or a space in it stands in quotes of its own in a pattern: `'line.\"a.b\".capacity'`.",
    fields: fields! {
        name: Text("text") = "its key" => "Its name in reports.", "name = \"US supplies cut\"";
        note: Text("text") = ! => "What happens in it, and on what source that rests. It is also the note of every figure below `set` that has none of its own.", "note = \"No deliveries from the US after 2026\"";
        extends: NameOrNames("scenario") = "none" => "Scenarios that are applied before it, each whole: what this one sets is not scaled or shifted by them.", "extends = \"war_goes_on\"";
        scale: Changes(Factor) = "nothing" => "Multiplies every figure that a pattern names, as it is written, such as `supplier.us-*.rate`; after `set`. A share goes no higher than 1.", "scale = { \"supplier.us-*.rate\" = 0, \"line.*.utilisation\" = 1.1 }";
        shift: Changes(Time) = "nothing" => "Lets every step of the figures over time that a pattern names hold so many months later, or earlier; after `set`. One capacity, rate, quantity, level or amount of money for all time starts with the calendar.", "shift = { \"fund.safe.amount\" = \"12 months\" }";
        set: Model = "nothing" => "Tables laid over those of the model: a figure, text or list takes the place of the one there, tables are joined (a figure by year step by step; further factors alone, such as `quantity.times.engaged`, take the place of those that the figure has), new entries are added.", "set.supplier.us-pac3 = { rate = \"0 missile/year\" }";
    },
};

pub(crate) const VALUE: Spec = Spec {
    path: "{ … }",
    about: "A figure with its source, wherever a figure may stand. It cites a `fact`, or gives a `value` (or `low`, `mode` and `high`) with a `note`. A figure over time is a list of such tables with `from`, or a table by year or month.",
    fields: fields! {
        fact: Text("id of a fact") = "see `value`" => "The fact it cites. Its unit is converted; its range comes along.", "fact = \"se-swebal-tnt-capacity\"";
        scale: figure(Any) = "1" => "Multiplies the cited fact, and its unit by its own: missiles a ship for a fact in ships.", "scale = \"4 missile/ship\"";
        over: figure(Time) = "none" => "Spreads the cited fact over a time: an order over its years.", "over = \"4 years\"";
        times: Figures("factor", Factor, Over::Never) = "nothing" => "Further factors, each by name a figure with a source and a range of its own: of threats counted, the share that is engaged and the missiles each takes. What stands beside them (`value`, `low`, `high`, the fact) is the figure without them.", "times = { engaged = \"50 %\", each = 2 }";
        value: figure(Any) = "see `fact`" => "The figure. Beside a `fact` it must be the fact's (a copy to read, checked).", "value = \"4_500 t/year\"";
        mode: figure(Any) = "see `value`" => "The likeliest figure; another word for `value` beside `low` and `high`.", "mode = \"4_000 t/year\"";
        low: figure(Any) = "the fact's, or the figure" => "The lower end, instead of the fact's.", "low = \"3_000 t/year\"";
        high: figure(Any) = "the fact's, or the figure" => "The upper end, instead of the fact's.", "high = \"4_500 t/year\"";
        year: Year = "the fact's, or the price year" => "For a price: the year at whose prices it is stated.", "year = 2024";
        from: Month = "always" => "In a list over time: from when it holds, until the next.", "from = \"2027-01\"";
        note: Text("text") = "the table's around it" => "Why it may be assumed, or how the fact is used.", "note = \"Full output from 2028\"";
    },
};

pub(crate) const FACT: Spec = Spec {
    path: "fact",
    about: "A fact of the registry in `seeds/`: each is written `[[fact]]`.",
    fields: fields! {
        id: Text("text") = ! => "Its id: unique, starting with area or country.", "id = \"se-swebal-tnt-capacity\"";
        subject: Text("text") = ! => "What it is about.", "subject = \"Swebal, Nora: TNT plant\"";
        quantity: Text("word") = ! => "What kind of figure it is: capacity, production, price, lead-time, funding, stock, requirement, share, …", "quantity = \"capacity\"";
        value: Number = ! => "The best single figure.", "value = 4500";
        low: Number = "none" => "The lower end, where sources differ.", "low = 4000";
        high: Number = "none" => "The upper end, where sources differ.", "high = 4500";
        unit: Text("unit") = ! => "Its unit, written as in a model; empty for a pure number.", "unit = \"t/year\"";
        as_of: Text("period") = ! => "The period it is about. Of a price: the year at whose prices it is stated.", "as_of = \"2028\"";
        confidence: Choice(&["high", "medium", "low"]) = ! => "How far it can be trusted: a primary source; reputable press or research; an estimate or single weak source.", "confidence = \"medium\"";
        source: Table(&SOURCE) = ! => "Where it was published: see `source`.", "source = { publisher = \"Army Technology\", title = \"TNT plant at Nora\", date = \"2026-01-15\", url = \"https://…\" }";
        note: Text("text") = "none" => "A caveat or definition.", "note = \"Upper bound\"";
    },
};

pub(crate) const SOURCE: Spec = Spec {
    path: "source",
    about: "Where a fact was published.",
    fields: fields! {
        publisher: Text("text") = ! => "Who published it.", "publisher = \"Army Technology\"";
        title: Text("text") = ! => "Under what title.", "title = \"TNT plant at Nora\"";
        date: Text("date") = ! => "When, as far as it is known.", "date = \"2026-01-15\"";
        url: Text("address") = ! => "Where it can be read.", "url = \"https://…\"";
    },
};
