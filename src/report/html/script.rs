//! The script that draws the page, put together from its parts.
//!
//! Each part of `assets/page/` says in its head what comes in and what goes out. They share one scope, in this order;
//! nothing of it is seen from outside.

/// The parts in one function.
macro_rules! in_one_scope {
    ($($part:literal)*) => {
        concat!(
            "(() => {\n\"use strict\";\n\n",
            $(include_str!(concat!("../../../assets/page/", $part)), "\n",)*
            "})();\n"
        )
    };
}

/// What draws the page.
pub(super) const SCRIPT: &str = in_one_scope! {
    "basics.js"
    "colours.js"
    "shared.js"
    "kinds/heat.js"
    "kinds/lines.js"
    "kinds/bars.js"
    "kinds/flow.js"
    "kinds/map.js"
    "kinds/gantt.js"
    "kinds/tornado.js"
    "kinds/tree.js"
    "kinds/curve.js"
    "downloads.js"
    "explained.js"
    "tables.js"
    "figures.js"
    "sections.js"
    "page.js"
};
