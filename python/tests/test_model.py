"""Models: read, changed, made; and what is wrong with them."""

import copy
import pathlib

import pytest
import sinews

TINY = """
[model]
name = "Tiny"
note = "Invented figures"
[calendar]
start = "2026-01"
end = "2026-12"
[item.round]
unit = "round"
[line.plant]
makes = "round"
capacity = "40_000 round/year"
[holder.ukraine]
[requirement.shells]
holder = "ukraine"
item = "round"
quantity = "60_000 round/year"
"""


def met(model):
    return sum(model.solve().coverage["met"])


def test_set_scale_and_shift_stand_in_a_row_and_come_in_turn():
    m = sinews.parse(TINY)
    assert met(m) == pytest.approx(40_000)
    same = m.set("line.plant.capacity", "20_000 round/year")
    assert same is m
    assert met(m) == pytest.approx(20_000)
    assert met(m.scale("line.*.capacity", 1.5)) == pytest.approx(30_000)
    assert met(m.set({"line.plant.capacity": "10_000 round/year"})) == pytest.approx(10_000)


def test_figures_over_time_are_shifted():
    m = sinews.parse(TINY)
    m.set("line.plant.capacity", [
        {"from": "2026-01", "value": "0 round/year", "note": "none yet"},
        {"from": "2026-04", "value": "40_000 round/year", "note": "opens"},
    ])
    assert met(m) == pytest.approx(30_000)
    assert met(m.shift("line.plant.capacity", "3 months")) == pytest.approx(20_000)


def test_a_frame_of_changes_is_made_whole():
    m = sinews.parse(TINY)
    rows = [
        {"figure": "line.plant.capacity", "value": "20_000 round/year"},
        {"figure": "requirement.shells.quantity", "value": "10_000 round/year"},
    ]
    assert met(m.set(rows)) == pytest.approx(10_000)
    with pytest.raises(sinews.RequestError, match="a frame of changes has the columns `figure` and `value`"):
        m.set([{"figur": "line.plant.capacity", "value": 1}])


def test_a_copy_keeps_what_was():
    m = sinews.parse(TINY)
    for kept in (m.copy(), copy.copy(m), copy.deepcopy(m)):
        m.scale("line.plant.capacity", 0.5)
        assert kept.digest != m.digest
        assert met(kept) == pytest.approx(40_000)
        m = sinews.parse(TINY)
    assert sinews.parse(TINY).digest == m.digest


def test_scenarios_are_those_of_the_file():
    m = sinews.read(pathlib.Path("models/shells.toml"))
    assert "half_the_aid" in m.scenarios["key"]
    whole = m.solve().coverage["met"]
    assert sum(m.scenario("half_the_aid").solve().coverage["met"]) < sum(whole)


def test_the_european_model_is_asked_as_the_guide_says():
    m = sinews.read("models/europe.toml")
    m.scenario("war_goes_on")
    m.set("fund.eu-loan.amount", "60 bn EUR")
    figures = m.figures()
    at = figures["figure"].index("fund.eu-loan.amount")
    # All of it, over the six years of the calendar.
    assert (figures["value"][at], figures["unit"][at]) == (10e9, "EUR/year")
    assert figures["class"][at] == "assumed"
    assert figures["note"][at] == "set in Python"


def test_money_of_a_fund_is_by_year_or_all_of_it():
    m = sinews.read("models/shells.toml")

    def values():
        figures = m.figures()
        found = zip(figures["figure"], figures["value"])
        return {figure: value for figure, value in found if figure.startswith("fund.aid.amount")}

    m.set("fund.aid.amount", "2 bn EUR/year")
    assert values() == {"fund.aid.amount": 2e9}
    m.set("fund.aid.amount", {"2026": "1 bn EUR", "2027": "3 bn EUR/year"})
    assert values() == {"fund.aid.amount.2026-01": 1e9, "fund.aid.amount.2027-01": 3e9}


def test_a_fault_is_shown_at_its_line_and_changes_nothing():
    m = sinews.parse(TINY)
    with pytest.raises(sinews.ModelError) as fault:
        m.set("line.plnt.capacity", "20_000 round/year")
    assert "plnt" in str(fault.value)
    with pytest.raises(sinews.ModelError) as fault:
        m.set("line.plant.capacity", "20_000 EUR")
    assert fault.value.problems[0]["file"] == "set"
    assert fault.value.problems[0]["line"] == 3
    assert met(m) == pytest.approx(40_000)
    with pytest.raises(sinews.ModelError, match=r"unknown scenario `half_the_ade`(.|\n)*name one of `powder_bought` or `half_the_aid`"):
        sinews.read("models/shells.toml").scenario("half_the_ade")


def test_every_problem_has_the_words_of_the_library():
    text = TINY.replace('"round"\ncap', '"rund"\ncap').replace("60_000 round/year", "60_000 round")
    with pytest.raises(sinews.ModelError) as fault:
        sinews.parse(text, name="tiny.toml")
    words = str(fault.value)
    assert "unknown item `rund`" in words
    assert "--> tiny.toml:11:9" in words
    assert "did you mean" in words
    assert len(fault.value.problems) >= 2
    assert fault.value.problems[0]["line"] == 11
    with pytest.raises(sinews.ModelError, match="nowhere.toml"):
        sinews.read("models/nowhere.toml")


def test_frames_make_the_model_that_the_text_makes():
    tables = {
        "model": {"name": "Tiny", "note": "Invented figures"},
        "calendar": {"start": "2026-01", "end": "2026-12"},
        "item": [{"key": "round", "unit": "round"}],
        "line": [{"key": "plant", "makes": "round", "capacity": "40_000 round/year", "country": None}],
        "holder": [{"key": "ukraine"}],
        "requirement": [{"key": "shells", "holder": "ukraine", "item": "round", "quantity": "60_000 round/year"}],
    }
    assert met(sinews.model(tables)) == pytest.approx(40_000)
    assert '["line"."plant"]\n"makes" = "round"\n"capacity" = "40_000 round/year"\n' in sinews.toml(tables)
    tables["line"][0]["makes"] = "rund"
    with pytest.raises(sinews.ModelError) as fault:
        sinews.model(tables)
    assert 'frames.toml' in str(fault.value) and "unknown item `rund`" in str(fault.value)
    with pytest.raises(sinews.RequestError, match="the frame `item` has no column `key`"):
        sinews.model({"item": [{"unit": "round"}]})
    with pytest.raises(TypeError, match="neither a data frame nor a list of dicts"):
        sinews.model({"item": 3})


def test_frames_of_each_library_make_the_same_model():
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    lines = {"key": ["a", "b"], "makes": ["round", "round"], "capacity": ["10_000 round/year", "5_000 round/year"],
             "utilisation": [0.5, None]}
    for frame in (pandas.DataFrame(lines), polars.DataFrame(lines), pyarrow.table(lines)):
        m = sinews.model({
            "model": {"note": "Invented figures"},
            "calendar": {"start": "2026-01", "end": "2026-12"},
            "item": [{"key": "round", "unit": "round"}],
            "line": frame,
            "holder": [{"key": "ukraine"}],
            "requirement": [{"key": "shells", "holder": "ukraine", "item": "round", "quantity": "60_000 round/year"}],
        })
        assert met(m) == pytest.approx(10_000)


def test_what_is_no_value_is_said():
    m = sinews.parse(TINY)
    with pytest.raises(TypeError, match="is no text, number, truth value, list or dict"):
        m.set("line.plant.capacity", object())
    with pytest.raises(ValueError, match="there is no value for `line.plant.capacity`"):
        m.set({"line.plant.capacity": None})
    with pytest.raises(TypeError, match="there is no value for the figure"):
        m.set("line.plant.capacity")
    with pytest.raises(sinews.RequestError, match="names no figures"):
        m.set("line", 3)


def test_programs_are_files():
    m = sinews.parse(TINY)
    assert b"Minimize" in m.program("lp")
    assert b"ROWS" in m.program("mps")
    with pytest.raises(sinews.RequestError, match="no program has the form `csv`"):
        m.program("csv")
