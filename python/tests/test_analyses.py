"""Every analysis is a function: it answers, tells of its progress, stops, and says what is wrong."""

import re
import _thread
import inspect
import threading
import time

import pytest
import sinews

#: What each analysis needs beside a model.
NEEDS = {
    "explain": {"number": "cost"},
    "futures": {"futures": {"base": 0.5, "half_the_aid": 0.5}, "date": "2027-01"},
    "monte_carlo": {"samples": 4, "spread": 0.2},
    "sweep": {"axes": ["fund.*.amount=x0.5,x1"]},
}
#: What takes or gives a model, and is no analysis.
OTHERS = {"read", "parse", "model", "toml"}
ANALYSES = sorted(
    name for name in sinews.__all__ if inspect.isbuiltin(getattr(sinews, name)) and name not in OTHERS
)


def shells():
    return sinews.read("models/shells.toml")


def test_every_analysis_of_the_library_is_there(root):
    pages = {page.stem for page in (root / "docs/analyses").glob("*.md")}
    # The curve of cost against shortfall stands on the page of the frontier.
    assert set(ANALYSES) - {"cost"} == pages


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_gives_tables(name):
    found = getattr(sinews, name)(shells(), **NEEDS.get(name, {}))
    assert found.tables
    for table in found.tables.values():
        assert len(table.columns) == len(set(table.columns)), table.name
        assert table.columns and table._repr_html_()
    assert found.text() and found.html() and found._repr_html_()
    assert found.files("csv").keys() == {f"{key}.csv" for key in found.tables} | {"datapackage.json"}


def test_progress_is_told_in_turn():
    heard = []
    shells().solve(progress=lambda *step: heard.append(step))
    assert [number for number, _, _ in heard] == list(range(1, len(heard) + 1))
    heard.clear()
    sinews.monte_carlo(shells(), samples=6, spread=0.2, progress=lambda *step: heard.append(step))
    assert heard[-1] == (6, 6, "solves")
    assert len(heard) == 6


def test_what_progress_raises_ends_the_work():
    class Enough(Exception):
        pass

    def progress(ended, of, what):
        raise Enough

    with pytest.raises(Enough):
        sinews.monte_carlo(shells(), samples=10_000, spread=0.2, progress=progress)


def test_an_interruption_ends_the_work_at_once():
    timer = threading.Timer(0.5, _thread.interrupt_main)
    timer.start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        sinews.monte_carlo(shells(), samples=100_000, spread=0.2)
    assert time.monotonic() - began < 10
    assert shells().solve().coverage


def test_other_threads_go_on_while_it_solves():
    ticks = 0
    done = threading.Event()

    def count():
        nonlocal ticks
        while not done.wait(0.01):
            ticks += 1

    other = threading.Thread(target=count)
    other.start()
    began = time.monotonic()
    sinews.monte_carlo(shells(), samples=40, spread=0.2)
    took = time.monotonic() - began
    done.set()
    other.join()
    # With the lock held there would be none at all.
    assert ticks > 10 * took


def test_plans_on_several_threads_are_the_same():
    m = shells()
    found = [None] * 4

    def solve(n):
        found[n] = m.solve().coverage.to_dict()

    threads = [threading.Thread(target=solve, args=[n]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one == found[0] for one in found) and found[0]


def test_what_cannot_be_asked_is_said():
    m = shells()
    with pytest.raises(sinews.RequestError, match="= help: "):
        sinews.frontier(m, start=2.0, stop=1.0)
    with pytest.raises(sinews.RequestError, match="no solver `abacus`; there are `auto`"):
        m.solve(solver="abacus")
    with pytest.raises(sinews.RequestError, match="`time_limit` is a number of seconds"):
        m.solve(time_limit=-1)
    with pytest.raises(TypeError, match="unexpected argument `speed`"):
        sinews.frontier(m, speed=3)
    with pytest.raises(sinews.NoPlanError, match="no plan within the time limit"):
        m.solve(time_limit=0)
    if "highs" not in sinews.SOLVERS:
        with pytest.raises(sinews.NoPlanError, match="highs"):
            m.solve(solver="highs")


def test_rules_that_clash_are_named():
    m = sinews.parse("""
model.note = "a toy"
calendar = { start = "2026-01", end = "2026-12", period = "year" }
item.tnt.unit = "t"
item.round = { unit = "round", needs = { tnt = "1 t/round" }, value = "100 EUR/round" }
holder.ua.name = "Ukraine"
requirement.rounds = { holder = "ua", item = "round", quantity = "100 round/year" }
line.filling = { makes = "round", capacity = "80 round/year", minimum = "50 round/year" }
line.tnt-works = { makes = "tnt", capacity = "30 t/year" }
""")
    with pytest.raises(sinews.NoPlanError) as fault:
        m.solve()
    assert fault.value.rules and fault.value.rules[0][1] > 0
    assert fault.value.rules[0][0] in str(fault.value)
    assert len(sinews.infeasible(m).tables["clashes"]) > 0


def test_a_fresh_sample_judges_a_plan_for_several_futures():
    found = sinews.futures(shells(), {"base": 0.5, "half_the_aid": 0.5}, "2027-01", fresh=6, spread=0.2)
    fresh = found.fresh
    assert fresh["what"][0] == "plan for all futures"
    assert fresh["error"][0] >= 0.0
    assert "fresh" not in sinews.futures(shells(), {"base": 0.5, "half_the_aid": 0.5}, "2027-01").tables


def test_what_is_not_seen_is_expected_to_go_on():
    m = shells()
    names = {unseen: sinews.rolling(m, unseen=unseen).summary["planning"] for unseen in ("as-last", "nothing")}
    assert "sees 1 year" in names["as-last"]
    assert "sees 1 year and nothing beyond" in names["nothing"]
    with pytest.raises(sinews.RequestError, match="`unseen` is `as-last` or `nothing`"):
        sinews.rolling(m, unseen="always")


def test_draws_stand_beside_what_came_of_them():
    m = shells()
    found = sinews.monte_carlo(m, samples=5, spread=0.2, scenarios=["base", "half_the_aid"])
    draws = found.observations
    assert len(draws) == 10
    assert draws["sample"] == [n // 2 for n in range(10)]
    assert draws["scenario"][:2] == ["base", "half_the_aid"]
    figures = m.figures()
    # `line.powder-mill.capacity` is the column `line_powder_mill_capacity`.
    places = {re.sub("[^0-9a-z]+", "_", figure.lower()): n for n, figure in enumerate(figures["figure"])}
    inputs = [name for name in draws.columns if name in places]
    assert inputs
    for name in inputs:
        at = places[name]
        assert draws.units.get(name) == figures["unit"][at]
        for drawn in draws[name]:
            assert 0.8 * figures["value"][at] - 1e-9 <= drawn <= 1.2 * figures["value"][at] + 1e-9
