//! The golden text of every family of rows, on a model of two cells, and that none is missing.
#![allow(clippy::unwrap_used)]

mod common;

use common::{toy, toy_of};
use expect_test::{Expect, expect};
use sinews::model::{Measured, Model, ObjectiveKind, Rule};
use sinews::program::{Program, Row};
use std::collections::BTreeSet;

/// The rows of some families as the LP format writes them.
fn rows(model: &Model, kind: ObjectiveKind, families: &[&str]) -> String {
    let lp = Program::of(model, kind).lp(model);
    let body = lp
        .split("Subject To\n")
        .nth(1)
        .unwrap()
        .split("Bounds\n")
        .next()
        .unwrap();
    let joined = body.replace("\n  ", "");
    let of = |line: &&str| families.contains(&line.trim_start().split(['.', ':']).next().unwrap());
    let wanted: Vec<_> = joined.lines().filter(of).map(str::trim).collect();
    wanted.join("\n") + "\n"
}

fn check(model: &Model, families: &[&str], wanted: &Expect) {
    wanted.assert_eq(&rows(model, ObjectiveKind::Lexicographic, families));
}

const SHELLS: &str = r#"
[requirement.shells]
holder = "ua"
item = "round"
quantity = "30 round/year"
"#;

const PLANT: &str = r#"
[line.plant]
makes = "round"
capacity = "20 round/year"
cost = "60 EUR/round"
"#;

#[test]
fn capacity_ramp_minimum() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}utilisation = \"90 %\"\nramp = \"5 round/year/year\"\nrunning = \"10 round/year\"\nminimum = \"4 round/year\"\n"
    ));
    check(
        &model,
        &["capacity", "ramp", "minimum"],
        &expect![[r"
            capacity.plant.2026: + 1 make.plant.round.ua.2026 - 0.9 financed.plant.2026 <= 0
            ramp.plant.2026: + 1 make.plant.round.ua.2026 <= 12.708333333333
            minimum.plant.2026: + 1 make.plant.round.ua.2026 >= 4
            capacity.plant.2027: + 1 make.plant.round.ua.2027 - 0.9 financed.plant.2027 <= 0
            ramp.plant.2027: - 1 make.plant.round.ua.2026 + 1 make.plant.round.ua.2027 <= 5
            minimum.plant.2027: + 1 make.plant.round.ua.2027 >= 4
        "]],
    );
}

/// 10 a year before the start allow 12 in the first year; each other one 1.2 times the year before.
#[test]
fn growth() {
    let line = format!("{SHELLS}{PLANT}growth = \"20 %\"\nrunning = \"10 round/year\"\n");
    check(
        &toy(&line),
        &["growth"],
        &expect![[r"
        growth.plant.2026: + 1 make.plant.round.ua.2026 <= 12
        growth.plant.2027: - 1.2 make.plant.round.ua.2026 + 1 make.plant.round.ua.2027 <= 0
    "]],
    );
}

/// What goes to one country is at most two fifths of what a fund pays: purses and accounts are told apart for it.
#[test]
fn rule() {
    let text = format!(
        "{SHELLS}{PLANT}country = \"DE\"\n[country.DE]\n[country.ES]\n[line.other]\nmakes = \"round\"\ncountry = \"ES\"\ncapacity = \"20 round/year\"\ncost = \"80 EUR/round\"\n[fund.aid]\namount = \"1000 EUR/year\"\n"
    );
    let mut draft = toy(&text).into_draft();
    let (fund, region) = (draft.funds.called("aid"), draft.regions.called("DE"));
    let rule = Rule::at_most("germany", 0.0, "EUR")
        .with(1.0, Measured::Spending { fund, region })
        .with(-0.4, Measured::Spending { fund, region: None });
    draft.rules.push(rule);
    check(
        &draft.check().unwrap(),
        &["rule"],
        &expect![[r"
            rule.germany.2026: + 0.6 pay.aid.a0.2026 - 0.4 pay.aid.a1.2026 <= 0
            rule.germany.2027: + 0.6 pay.aid.a0.2027 - 0.4 pay.aid.a1.2027 <= 0
        "]],
    );
}

#[test]
fn booked() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}lead_time = \"12 months\"\nbooked = \"8 round/year\"\n"
    ));
    check(
        &model,
        &["capacity", "booked"],
        &expect![[r"
        capacity.plant.2026: + 1 make.plant.round.ua.2026 - 1 financed.plant.2026 <= 0
        booked.plant.2026: + 1 make.plant.round.ua.2026 <= 8
        capacity.plant.2027: + 1 make.plant.round.ua.2027 - 1 financed.plant.2027 <= 0
    "]],
    );
}

#[test]
fn added_and_options() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}[line.plant.expansion.hall]\nadds = \"10 round/year\"\nlead_time = \"0 months\"\nat_most = 2\nopening = [{{ after = \"0 months\", share = \"40 %\" }}, {{ after = \"1 year\", share = \"100 %\" }}]\n"
    ));
    check(
        &model,
        &["capacity", "added", "options"],
        &expect![[r"
        capacity.plant.2026: + 1 make.plant.round.ua.2026 - 1 financed.plant.2026 - 1 added.plant.2026 <= 0
        added.plant.2026: - 1 added.plant.2026 + 4 build.plant.hall.2026 = 0
        capacity.plant.2027: + 1 make.plant.round.ua.2027 - 1 financed.plant.2027 - 1 added.plant.2027 <= 0
        added.plant.2027: + 1 added.plant.2026 - 1 added.plant.2027 + 6 build.plant.hall.2026 + 4 build.plant.hall.2027 = 0
        options.plant.hall: + 1 build.plant.hall.2026 + 1 build.plant.hall.2027 <= 2
    "]],
    );
}

#[test]
fn balance_and_makers_stock() {
    let model = toy_of(
        "needs = { powder = \"50 kg/round\" }",
        "",
        &format!(
            "{SHELLS}{PLANT}yield = \"80 %\"\n[item.powder]\nunit = \"t\"\nstock = {{ opening = \"1 t\", most = \"2 t\", closing = \"1 t\" }}\n[line.mill]\nmakes = \"powder\"\ncapacity = \"1 t/year\"\n"
        ),
    );
    check(
        &model,
        &["balance", "pool_most", "pool_closing"],
        &expect![[r"
        balance.powder.industry.2026: - 0.625 make.plant.round.ua.2026 + 1 make.mill.powder.industry.2026 - 1 pool.powder.industry.2026 = -10
        balance.powder.industry.2027: - 0.625 make.plant.round.ua.2027 + 1 make.mill.powder.industry.2027 + 1 pool.powder.industry.2026 - 1 pool.powder.industry.2027 = 0
        pool_most.powder.industry.2026: + 1 pool.powder.industry.2026 <= 20
        pool_most.powder.industry.2027: + 1 pool.powder.industry.2027 <= 20
        pool_closing.powder.industry: + 1 pool.powder.industry.2027 >= 10
    "]],
    );
}

#[test]
fn balance_with_a_cycle_and_a_building_that_uses_the_item() {
    let model = toy_of(
        "needs = { powder = \"50 kg/round\" }",
        "",
        &format!(
            "{SHELLS}{PLANT}cycle = \"1 year\"\n[item.powder]\nunit = \"t\"\n[line.mill]\nmakes = \"powder\"\ncapacity = \"1 t/year\"\n[line.plant.expansion.hall]\nadds = \"10 round/year\"\nlead_time = \"1 year\"\nuses = {{ powder = \"3 t\" }}\n"
        ),
    );
    check(
        &model,
        &["balance"],
        &expect![[r"
        balance.powder.industry.2026: - 0.5 make.plant.round.ua.2027 + 1 make.mill.powder.industry.2026 - 30 build.plant.hall.2026 - 1 pool.powder.industry.2026 = 0
        balance.powder.industry.2027: - 0.5 make.plant.round.ua.2027 + 1 make.mill.powder.industry.2027 + 1 pool.powder.industry.2026 - 1 pool.powder.industry.2027 = 0
    "]],
    );
}

#[test]
fn balance_between_places() {
    let model = toy_of(
        "",
        "country = \"UA\"",
        &format!(
            "{SHELLS}{PLANT}country = \"DE\"\n[country.DE]\nblocs = [\"EU\"]\n[country.UA]\n[route.east]\nfrom = \"EU\"\nto = \"UA\"\nitems = [\"round\"]\nlag = \"1 year\"\n"
        ),
    );
    check(
        &model,
        &["balance"],
        &expect![[r"
            balance.round.DE.2026: + 1 make.plant.round.DE.2026 - 1 moved.east.round.DE.2026 = 0
            balance.round.DE.2027: + 1 make.plant.round.DE.2027 = 0
            balance.round.UA.ua.2026: - 1 deliver.round.UA.ua.ua.round.2026 = 0
            balance.round.UA.ua.2027: - 1 deliver.round.UA.ua.ua.round.2027 + 1 moved.east.round.DE.2026 = 0
        "]],
    );
}

#[test]
fn spare() {
    let model = toy(&format!(
        "{SHELLS}[holder.donor]\nstock.round = {{ opening = \"20 round\", floor = {{ 2026 = \"9 round\", 2027 = \"8 round\" }}, draw = \"4 round/year\" }}\n[gift.shells]\nfrom = [\"donor\"]\nto = \"ua\"\nitems = [\"round\"]\n"
    ));
    check(
        &model,
        &["spare", "draw", "stock"],
        &expect![[r"
        draw.donor.round.2026: + 1 give.shells.donor.round.2026 <= 4
        spare.donor.round.2026: + 1 give.shells.donor.round.2026 <= 11
        draw.donor.round.2027: + 1 give.shells.donor.round.2027 <= 4
        spare.donor.round.2027: + 1 give.shells.donor.round.2026 + 1 give.shells.donor.round.2027 <= 12
        stock.ua.round.2026: - 1 stock.ua.round.2026 + 1 give.shells.donor.round.2026 - 1 meet.shells.round.2026 = 0
        stock.ua.round.2027: + 1 stock.ua.round.2026 - 1 stock.ua.round.2027 + 1 give.shells.donor.round.2027 - 1 meet.shells.round.2027 = 0
    "]],
    );
}

#[test]
fn stock_floor_draw_closing() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}[holder.donor]\nstock.round = {{ opening = \"20 round\", floor = \"8 round\", draw = \"4 round/year\", closing = \"9 round\" }}\n[gift.shells]\nfrom = [\"donor\"]\nto = \"ua\"\nitems = [\"round\"]\nlag = \"1 year\"\n"
    ));
    check(
        &model,
        &["stock", "floor", "draw", "closing"],
        &expect![[r"
        stock.donor.round.2026: + 1 deliver.round.donor_etc.donor.round.2026 - 1 stock.donor.round.2026 - 1 give.shells.donor.round.2026 = -20
        floor.donor.round.2026: + 1 stock.donor.round.2026 >= 8
        draw.donor.round.2026: + 1 give.shells.donor.round.2026 <= 4
        stock.donor.round.2027: + 1 deliver.round.donor_etc.donor.round.2027 + 1 stock.donor.round.2026 - 1 stock.donor.round.2027 = 0
        floor.donor.round.2027: + 1 stock.donor.round.2027 >= 8
        closing.donor.round: + 1 stock.donor.round.2027 >= 9
        stock.ua.round.2026: + 1 deliver.round.donor_etc.ua.round.2026 - 1 stock.ua.round.2026 - 1 meet.shells.round.2026 = 0
        stock.ua.round.2027: + 1 deliver.round.donor_etc.ua.round.2027 + 1 stock.ua.round.2026 - 1 stock.ua.round.2027 + 1 give.shells.donor.round.2026 - 1 meet.shells.round.2027 = 0
    "]],
    );
}

#[test]
fn fresh_and_life() {
    let model = toy_of(
        "shelf_life = \"1 year\"",
        "",
        &format!(
            "{SHELLS}{PLANT}[holder.ua.stock.round]\nages = [{{ quantity = \"5 round\", expires = \"2027-01\" }}]\n"
        ),
    );
    check(
        &model,
        &["stock", "fresh", "life", "expired"],
        &expect![[r"
            stock.ua.round.2026: + 1 make.plant.round.ua.2026 - 1 stock.ua.round.2026 - 1 scrap.ua.round.2026 - 1 meet.shells.round.2026 = -5
            fresh.ua.round.2026: - 1 fresh.ua.round.2026 = 0
            life.ua.round.2026: + 1 stock.ua.round.2026 - 1 fresh.ua.round.2026 <= 0
            expired.ua.round.2026: - 1 make.plant.round.ua.2026 + 1 scrap.ua.round.2026 <= 5
            stock.ua.round.2027: + 1 make.plant.round.ua.2027 + 1 stock.ua.round.2026 - 1 stock.ua.round.2027 - 1 scrap.ua.round.2027 - 1 meet.shells.round.2027 = 0
            fresh.ua.round.2027: + 1 fresh.ua.round.2026 - 1 fresh.ua.round.2027 = 0
            life.ua.round.2027: + 1 stock.ua.round.2027 - 1 fresh.ua.round.2027 <= 0
            expired.ua.round.2027: - 1 make.plant.round.ua.2027 + 1 scrap.ua.round.2027 <= 0
        "]],
    );
}

#[test]
fn what_expires_later_is_kept() {
    let model = toy(&format!(
        "{SHELLS}[holder.ua.stock.round]\nopening = \"9 round\"\nages = [{{ quantity = \"5 round\", expires = \"2027-01\" }}, {{ quantity = \"3 round\", expires = \"2028-01\" }}]\n"
    ));
    check(
        &model,
        &["life", "expired", "kept"],
        &expect![[r"
        life.ua.round.2026: + 1 stock.ua.round.2026 - 1 fresh.ua.round.2026 <= 40
        expired.ua.round.2026: + 1 scrap.ua.round.2026 <= 50
        kept.ua.round.2026: + 1 stock.ua.round.2026 - 1 scrap.ua.round.2027 >= 0
        life.ua.round.2027: + 1 stock.ua.round.2027 - 1 fresh.ua.round.2027 <= 10
        expired.ua.round.2027: + 1 scrap.ua.round.2027 <= 30
    "]],
    );
}

#[test]
fn an_opening_stock_that_outlasts_what_arrives() {
    let model = toy_of(
        "shelf_life = \"1 year\"",
        "",
        &format!("{SHELLS}{PLANT}[holder.ua.stock.round]\nopening = \"5 round\"\n"),
    );
    check(
        &model,
        &["life", "old", "stored"],
        &expect![[r"
            life.ua.round.2026: + 1 stock.ua.round.2026 - 1 fresh.ua.round.2026 - 1 old.ua.round.2026 <= 0
            life.ua.round.2027: + 1 stock.ua.round.2027 - 1 fresh.ua.round.2027 - 1 old.ua.round.2027 <= 0
            old.ua.round.2027: - 1 old.ua.round.2026 + 1 old.ua.round.2027 <= 0
            stored.ua.round.2027: - 1 stock.ua.round.2026 + 1 old.ua.round.2027 <= 0
        "]],
    );
}

#[test]
fn requirement_lost_waiting_and_in_store() {
    let model = toy(&format!(
        "{PLANT}[item.old]\nunit = \"round\"\n[line.old]\nmakes = \"old\"\ncapacity = \"5 round/year\"\n[requirement.lost]\nholder = \"ua\"\nmeets = {{ round = 1, old = 0.5 }}\nquantity = \"30 round/year\"\n[requirement.waits]\nholder = \"ua\"\nitem = \"round\"\nquantity = \"3 round/year\"\nunmet = \"waits\"\n[requirement.stored]\nholder = \"ua\"\nitem = \"old\"\nlevel = \"7 round\"\n"
    ));
    check(
        &model,
        &["requirement"],
        &expect![[r"
        requirement.lost.2026: + 1 meet.lost.round.2026 + 0.05 meet.lost.old.2026 + 1 short.lost.2026 - 1 required.lost.2026 = 0
        requirement.lost.2027: + 1 meet.lost.round.2027 + 0.05 meet.lost.old.2027 + 1 short.lost.2027 - 1 required.lost.2027 = 0
        requirement.waits.2026: + 1 meet.waits.round.2026 + 1 short.waits.2026 - 1 required.waits.2026 = 0
        requirement.waits.2027: + 1 meet.waits.round.2027 - 1 short.waits.2026 + 1 short.waits.2027 - 1 required.waits.2027 = 0
        requirement.stored.2026: + 1 stock.ua.old.2026 + 1 short.stored.2026 - 1 required.stored.2026 >= 0
        requirement.stored.2027: + 1 stock.ua.old.2027 + 1 short.stored.2027 - 1 required.stored.2027 >= 0
    "]],
    );
}

#[test]
fn hub() {
    let model = toy_of(
        "mass = \"50 kg/round\"",
        "",
        &format!(
            "{SHELLS}[holder.donor]\nstock.round = {{ opening = \"20 round\" }}\n[hub.rail]\nthroughput = \"2 kt/year\"\n[gift.shells]\nfrom = [\"donor\"]\nto = \"ua\"\nitems = [\"round\"]\nhub = \"rail\"\n"
        ),
    );
    check(
        &model,
        &["hub"],
        &expect![[r"
        hub.rail.2026: + 0.00005 give.shells.donor.round.2026 <= 2
        hub.rail.2027: + 0.00005 give.shells.donor.round.2027 <= 2
    "]],
    );
}

#[test]
fn resource() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}draws = {{ crew = \"4 hour/round\" }}\n[resource.crew]\nunit = \"hour\"\nlimit = \"100 hour/year\"\n"
    ));
    check(
        &model,
        &["resource"],
        &expect![[r"
        resource.crew.2026: + 4 make.plant.round.ua.2026 <= 100
        resource.crew.2027: + 4 make.plant.round.ua.2027 <= 100
    "]],
    );
}

#[test]
fn rate_on_order_tier_least_placed() {
    let model = toy(&format!(
        "{SHELLS}[supplier.abroad]\nitem = \"round\"\nrate = \"12 round/year\"\nqueue = \"1 year\"\nbooked = \"9 round/year\"\nminimum_order = \"6 round\"\ntiers = [{{ up_to = \"8 round/year\", cost = \"50 EUR/round\" }}, {{ cost = \"80 EUR/round\" }}]\n"
    ));
    check(
        &model,
        &["rate", "on_order", "tier", "least", "placed"],
        &expect![[r"
            rate.abroad.2026: + 1 order.abroad.1.round.ua.2026 + 1 order.abroad.2.round.ua.2026 - 1 available.abroad.2026 <= 0
            on_order.abroad.2026: + 1 order.abroad.1.round.ua.2026 + 1 order.abroad.2.round.ua.2026 <= 9
            least.abroad.2026: + 1 order.abroad.1.round.ua.2026 + 1 order.abroad.2.round.ua.2026 - 6 placed.abroad.2026 >= 0
            placed.abroad.2026: + 1 order.abroad.1.round.ua.2026 + 1 order.abroad.2.round.ua.2026 - 9 placed.abroad.2026 <= 0
            rate.abroad.2027: + 1 order.abroad.1.round.ua.2027 + 1 order.abroad.2.round.ua.2027 - 1 available.abroad.2027 <= 0
            least.abroad.2027: + 1 order.abroad.1.round.ua.2027 + 1 order.abroad.2.round.ua.2027 - 6 placed.abroad.2027 >= 0
            placed.abroad.2027: + 1 order.abroad.1.round.ua.2027 + 1 order.abroad.2.round.ua.2027 - 12 placed.abroad.2027 <= 0
            tier.abroad.1.2026: + 1 order.abroad.1.round.ua.2026 <= 8
            tier.abroad.1.2027: + 1 order.abroad.1.round.ua.2027 <= 8
        "]],
    );
}

#[test]
fn expense_due_fund() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}payment = {{ advance = \"25 %\", before = \"1 year\", after = \"1 year\" }}\n[line.plant.expansion.hall]\nadds = \"10 round/year\"\nlead_time = \"1 year\"\ncost = \"500 EUR\"\n[fund.aid]\namount = \"1_000 EUR/year\"\ncarry_over = \"50 %\"\n[fund.halls]\namount = \"300 EUR/year\"\nbuys = {{ pays_for = [\"expansion\"] }}\n"
    ));
    check(
        &model,
        &["expense", "due", "purse"],
        &expect![[r"
            expense.a0.2026: - 5 build.plant.hall.2026 + 1 pay.aid.a0.2026 + 1 pay.halls.a0.2026 = 0
            expense.a0.2027: + 1 pay.aid.a0.2027 + 1 pay.halls.a0.2027 = 0
            due.a0.2028: + 1 owed.a0.2028 = 0
            expense.a1.2026: - 0.15 make.plant.round.ua.2026 - 0.15 make.plant.round.ua.2027 + 1 pay.aid.a1.2026 = 0
            expense.a1.2027: - 0.45 make.plant.round.ua.2026 + 1 pay.aid.a1.2027 = 0
            due.a1.2028: - 0.45 make.plant.round.ua.2027 + 1 owed.a1.2028 = 0
            purse.aid.2026: + 1 pay.aid.a0.2026 + 1 pay.aid.a1.2026 + 1 carry.aid.2026 - 1 money.aid.2026 <= 0
            purse.aid.2027: + 1 pay.aid.a0.2027 + 1 pay.aid.a1.2027 - 0.5 carry.aid.2026 - 1 money.aid.2027 <= 0
            purse.halls.2026: + 1 pay.halls.a0.2026 - 1 money.halls.2026 <= 0
            purse.halls.2027: + 1 pay.halls.a0.2027 - 1 money.halls.2027 <= 0
        "]],
    );
}

#[test]
fn content_earmark_cap() {
    let model = toy_of(
        "needs = { body = \"1 body/round\" }",
        "",
        &format!(
            "{SHELLS}{PLANT}country = \"DE\"\ncontent = {{ EU = \"60 %\", US = \"40 %\" }}\n[country.DE]\nblocs = [\"EU\"]\n[country.US]\n[item.body]\nunit = \"body\"\n[line.forge]\nmakes = \"body\"\ncountry = \"US\"\ncapacity = \"50 body/year\"\ncost = \"30 EUR/body\"\n[fund.aid]\namount = \"1_000 EUR/year\"\nbuys = {{ holders = [\"ua\"] }}\ncontent = {{ region = \"EU\", share = \"50 %\", of = \"all\" }}\n[cap.us]\nregion = \"US\"\nshare = \"30 %\"\n[cap.spent]\nregion = \"US\"\namount = \"400 EUR/year\"\n[cap.forge]\nitem = \"body\"\nlines = [\"forge\"]\nquantity = \"25 body/year\"\n[cap.half]\nitem = \"round\"\nlines = [\"plant\"]\nshare = \"50 %\"\n"
        ),
    );
    check(
        &model,
        &["content", "earmark", "cap"],
        &expect![[r"
            content.aid.2026: + 0.1 pay.aid.a0.2026 - 0.5 pay.aid.a1.2026 >= 0
            content.aid.2027: + 0.1 pay.aid.a0.2027 - 0.5 pay.aid.a1.2027 >= 0
            earmark.body.ua.2026: - 1 make.plant.round.ua.2026 + 3.3333333333333 pay.aid.a1.2026 - 1 ahead.body.ua.2027 <= 0
            earmark.body.ua.2027: - 1 make.plant.round.ua.2027 + 3.3333333333333 pay.aid.a1.2027 + 1 ahead.body.ua.2027 <= 0
            cap.us.2026: + 0.06 make.plant.round.ua.2026 + 0.21 make.forge.body.industry.2026 <= 0
            cap.us.2027: + 0.06 make.plant.round.ua.2027 + 0.21 make.forge.body.industry.2027 <= 0
            cap.spent.2026: + 0.24 make.plant.round.ua.2026 + 0.3 make.forge.body.industry.2026 <= 4
            cap.spent.2027: + 0.24 make.plant.round.ua.2027 + 0.3 make.forge.body.industry.2027 <= 4
            cap.forge.2026: + 1 make.forge.body.industry.2026 <= 25
            cap.forge.2027: + 1 make.forge.body.industry.2027 <= 25
            cap.half.2026: + 0.5 make.plant.round.ua.2026 <= 0
            cap.half.2027: + 0.5 make.plant.round.ua.2027 <= 0
        "]],
    );
}

/// Germany produces four times what Norway does: of what the fund of both pays, it bears four fifths.
#[test]
fn burdens_of_gdp_and_even_shares() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}[country.DE]\ngdp = \"4_000 EUR/year\"\npopulation = 8\n[country.NO]\ngdp = \"1_000 EUR/year\"\npopulation = 2\n[fund.german]\namount = \"900 EUR/year\"\ngiven_by = [\"DE\"]\n[fund.joint]\namount = \"500 EUR/year\"\ngiven_by = [\"DE\", \"NO\"]\n[burden.fiscal]\ncountries = [\"DE\"]\ngdp = {{ 2026 = \"10 %\", 2027 = \"20 %\" }}\n[burden.even]\ncountries = [\"DE\", \"NO\"]\nshare = 1.1\nby = \"capacity\"\n"
    ));
    check(
        &model,
        &["burden"],
        &expect![[r"
            burden.fiscal.DE.2026: + 1 pay.german.a0.2026 + 0.8 pay.joint.a0.2026 <= 4
            burden.fiscal.DE.2027: + 1 pay.german.a0.2027 + 0.8 pay.joint.a0.2027 <= 8
            burden.even.DE.2026: + 0.12 pay.german.a0.2026 - 0.08 pay.joint.a0.2026 <= 0
            burden.even.NO.2026: - 0.22 pay.german.a0.2026 - 0.02 pay.joint.a0.2026 <= 0
            burden.even.DE.2027: + 0.12 pay.german.a0.2027 - 0.08 pay.joint.a0.2027 <= 0
            burden.even.NO.2027: - 0.22 pay.german.a0.2027 - 0.02 pay.joint.a0.2027 <= 0
        "]],
    );
}

/// A payment of 2026 counts 1.5 times in the cost of the objective, one of 2027 less a discount of 10 %.
#[test]
fn a_cost_of_public_funds() {
    let model = toy(&format!(
        "{SHELLS}{PLANT}[fund.aid]\namount = \"1_000 EUR/year\"\n[objective]\nkind = \"weighted\"\ncost_of_funds = 1.5\n[macro]\ndiscount = \"10 %/year\"\n"
    ));
    let lp = Program::of(&model, ObjectiveKind::Weighted).lp(&model);
    let aim = lp.split("Subject To").next().unwrap().replace("\n  ", "");
    let terms = ["+ 1.5 pay.aid.a0.2026", "+ 1.3636363636364 pay.aid.a0.2027"];
    for term in terms {
        assert!(aim.contains(term), "{aim}");
    }
}

#[test]
fn shortfall_by_share_and_by_value() {
    let more = "[holder.other]\n[requirement.theirs]\nholder = \"other\"\nitem = \"round\"\nquantity = \"10 round/year\"\nweight = 3\n[macro]\ndiscount = \"10 %/year\"\n";
    let model = toy(&format!("{SHELLS}{PLANT}{more}"));
    check(
        &model,
        &["shortfall"],
        &expect![[r"
        shortfall.1: - 0.34920634920635 short.shells.2026 - 0.31746031746032 short.shells.2027 - 3.1428571428571 short.theirs.2026 - 2.8571428571429 short.theirs.2027 + 1 tier.1 = 0
    "]],
    );
    let model = toy(&format!(
        "{SHELLS}{PLANT}{more}[objective]\nmeasure = \"value\"\n"
    ));
    check(
        &model,
        &["shortfall"],
        &expect![[r"
        shortfall.1: - 1 short.shells.2026 - 0.90909090909091 short.shells.2027 - 3 short.theirs.2026 - 2.7272727272727 short.theirs.2027 + 1 tier.1 = 0
    "]],
    );
}

#[test]
fn share_and_level() {
    let model = toy(&format!("{SHELLS}{PLANT}"));
    let text = rows(&model, ObjectiveKind::MaxMin, &["share", "level"]);
    expect![[r"
        share.shells: - 0.016666666666667 short.shells.2026 - 0.016666666666667 short.shells.2027 + 1 share.shells = 0
        level.shells: + 1 share.shells - 1 level <= 0
    "]].assert_eq(&text);
}

/// Every family that the program can have is in `docs/formulation.md` and in a golden text above.
#[test]
fn no_family_is_missing() {
    // `within` stands only in programs that look for plans near the best.
    let families = Row::FAMILIES.iter().filter(|family| **family != "within");
    let distinct: BTreeSet<_> = Row::FAMILIES.iter().collect();
    assert_eq!(distinct.len(), Row::FAMILIES.len());
    let golden = include_str!("formulation.rs");
    let manual = include_str!("../docs/formulation.md");
    for family in families {
        assert!(
            golden
                .lines()
                .any(|line| line.trim_start().starts_with(&format!("{family}."))),
            "no golden text has a row of `{family}`"
        );
        assert!(
            manual.contains(&format!("| `{family}` |")),
            "docs/formulation.md lacks `{family}`"
        );
    }
}
