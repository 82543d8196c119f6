//! The two backtests: what is compared, and what is known of the same years besides.

use crate::items::Where::{LeadTime, Made, Met, Opens, Paid, Supplied};
use crate::items::{Backtest, Item};

pub(crate) const FIRST: Backtest = Backtest {
    file: "models/backtest-2023.toml",
    readings: &["base", "officials_promise"],
    items: &[
        Item(
            "155 mm made in Europe, April to December 2023",
            Made(&["europe-155"], (2023, 4), (2023, 12)),
            "came-155mm-2023",
        ),
        Item(
            "the same, 2024",
            Made(&["europe-155"], (2024, 1), (2024, 12)),
            "came-155mm-2024",
        ),
        Item(
            "the same, 2025",
            Made(&["europe-155"], (2025, 1), (2025, 12)),
            "came-155mm-2025",
        ),
        Item(
            "rounds for Ukraine by March 2024",
            Met("ua-round-155", &[(2023, 1.0), (2024, 0.25)]),
            "came-ua-rounds-2024-03",
        ),
        Item(
            "rounds for Ukraine by the end of 2024",
            Met("ua-round-155", &[(2023, 1.0), (2024, 1.0)]),
            "came-ua-rounds-2024-12",
        ),
        Item(
            "PAC-3 MSE, world, 2024",
            Supplied("us-pac3", (2024, 1), (2024, 12)),
            "came-pac3-2024",
        ),
        Item(
            "PAC-3 MSE, world, 2025",
            Supplied("us-pac3", (2025, 1), (2025, 12)),
            "came-pac3-2025",
        ),
        Item(
            "bodies at Tarbes, 2024",
            Made(&["tarbes"], (2024, 1), (2024, 12)),
            "came-tarbes-2024",
        ),
        Item(
            "bodies at Tarbes, 2025",
            Made(&["tarbes"], (2025, 1), (2025, 12)),
            "came-tarbes-2025",
        ),
        Item(
            "powder at Bergerac opens",
            Opens("powder-europe", "old-sites"),
            "came-bergerac",
        ),
        Item(
            "new works for 155 mm (Unterlüß)",
            Opens("europe-155", "works"),
            "came-unterluess",
        ),
        Item(
            "first Aster of the order of December 2022",
            LeadTime("aster-order"),
            "came-aster",
        ),
    ],
    paid: &["paid-purl-2025", "paid-asap-2024", "paid-danish-model-2025"],
    in_time: &[
        "fund-kiel-delivered-share-2023",
        "fund-kiel-eu-allocated-share-2024",
        "gb-ukraine-fund-spent-share-2024",
        "paid-facility-2025",
    ],
    late: &[
        "slip-baisogala-2025",
        "slip-ukraine-plant-2025",
        "slip-firepoint-2025",
        "slip-schrobenhausen-2025",
        "slip-swebal-2025",
    ],
};

pub(crate) const SECOND: Backtest = Backtest {
    file: "models/backtest-2026.toml",
    readings: &["base"],
    items: &[
        Item(
            "Rheinmetall in Europe, 155 mm a year",
            Made(&["rheinmetall", "unterluess"], (2026, 1), (2026, 12)),
            "came26-rheinmetall-155mm",
        ),
        Item(
            "interceptor drones a year",
            Made(&["ukraine-interceptors"], (2026, 1), (2026, 12)),
            "came26-interceptor-drones",
        ),
        Item(
            "EU loan, military part, first half",
            Paid("eu-loan-military", 6.0),
            "came26-eu-loan-military",
        ),
        Item(
            "EU loan, budget part, first half",
            Paid("eu-loan-budget", 6.0),
            "came26-eu-loan-budget",
        ),
        Item(
            "SAFE advances, first half",
            Paid("safe-advances", 6.0),
            "came26-safe-advances",
        ),
        Item(
            "PURL, pledges to 10 February",
            Paid("purl", 1.33),
            "came26-purl",
        ),
        Item(
            "Glascoed opens",
            Opens("openings", "glascoed"),
            "came26-glascoed",
        ),
    ],
    paid: &[],
    in_time: &[],
    late: &[],
};
