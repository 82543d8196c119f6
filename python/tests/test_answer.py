"""Plans and findings: tables, frames, reports, and that they are the library's."""

import csv
import math

import pytest
import sinews

OTHER_NAMES = {"coverage": "requirements", "output": "lines", "deliveries": "suppliers", "builds": "expansions",
               "spending": "funds", "prices": "limits"}


@pytest.fixture(scope="module")
def plan():
    return sinews.read("models/shells.toml").solve()


def test_tables_have_the_names_of_economists_as_well(plan):
    for name, own in OTHER_NAMES.items():
        assert getattr(plan, name) is plan.tables[own]
        assert name in dir(plan) and own in dir(plan)
    with pytest.raises(AttributeError, match="there is no table `cover`"):
        plan.cover


def test_columns_are_plain_and_units_stand_beside_them(plan):
    table = plan.coverage
    assert table.columns[:6] == ["id", "holder", "item", "unit", "tier", "period"]
    assert table.units["coverage"] == "share"
    assert table.units["required"] == "unit"
    assert "tier" not in table.units
    assert table.descriptions["met"] == "What is met."
    assert all(isinstance(tier, int) for tier in table["tier"])
    assert len(table) == len(table["met"])
    with pytest.raises(KeyError):
        table["mett"]


@pytest.mark.parametrize("name", ["tiny", "shells", "europe"])
def test_the_wheel_says_what_the_library_says_to_the_last_byte(name, expected):
    folder = expected / name
    if not folder.is_dir():
        pytest.skip("scripts/python-check writes what to compare with")
    plan = sinews.read(f"models/{name}.toml").solve(solver="clarabel")
    written = plan.files("csv")
    # The brief stands before the tables of a plan that the example writes.
    assert set(written) <= {path.name for path in folder.iterdir()}
    for file, content in written.items():
        assert content == (folder / file).read_bytes(), file
    for table in plan.tables.values():
        if table.name == "outcomes":
            continue
        with open(folder / f"{table.name}.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert [head.split(" (")[0] for head in rows[0]] == table.columns
        assert len(rows) - 1 == len(table)
        for column, cells in zip(table.columns, zip(*rows[1:])):
            for there, here in zip(cells, table[column]):
                if isinstance(here, (int, float)):
                    assert float(there) == here, (table.name, column)
                else:
                    # A spreadsheet must not take words for a formula.
                    assert there.lstrip("'") == (here or "").lstrip("'"), (table.name, column)


def test_outcomes_are_numbers_of_the_whole_plan(plan):
    outcomes = dict(zip(plan.outcomes["outcome"], plan.outcomes["value"]))
    assert 0 < outcomes["coverage"] < 1
    assert outcomes["missing"] > 0
    assert not any(math.isinf(value) for value in outcomes.values() if value is not None)


def test_pandas_polars_and_arrow_take_a_table_as_it_is(plan):
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    table = plan.coverage
    arrow = pyarrow.table(table)
    assert arrow.schema.field("coverage").metadata[b"unit"] == b"share"
    assert arrow.schema.field("tier").type == pyarrow.int64()
    frames = [arrow.to_pandas(), table.to_pandas(), pandas.DataFrame.from_arrow(table), polars.DataFrame(table),
              table.to_polars(), table.to_arrow()]
    for frame in frames:
        assert list(getattr(frame, "columns", None) if not hasattr(frame, "column_names") else frame.column_names) \
            == table.columns
        column = frame["met"]
        assert (column.to_pylist() if hasattr(column, "to_pylist") else list(column)) == table["met"]
    # Two exports show the same memory: nothing is copied.
    addresses = [pyarrow.table(table)["met"].chunk(0).buffers()[1].address for _ in range(2)]
    assert addresses[0] == addresses[1]
    # Memory outlives what it came from.
    del table, frames
    assert arrow.num_rows > 0 and arrow.to_pylist()[0]["id"] == "ukraine"


def test_what_has_no_data_frame_library_has_lists(plan):
    assert plan.coverage.to_dict()["id"] == plan.coverage["id"]


def test_reports_have_every_form(plan, tmp_path):
    assert "Coverage by requirement" in plan.text()
    assert plan.markdown().startswith("#")
    assert plan.html().startswith("<!doctype html>") or plan.html().startswith("<!DOCTYPE html>")
    assert sorted(plan.files("json")) == ["plan.json"]
    paths = plan.write(tmp_path / "out", "csv")
    assert (tmp_path / "out" / "requirements.csv") in paths
    with pytest.raises(sinews.RequestError, match="there is no form `docx` of it"):
        plan.files("docx")


def test_a_notebook_shows_charts_and_rows(plan):
    html = plan._repr_html_()
    assert "<svg" in html and "<table>" in html
    assert all(svg.startswith("<svg") for svg in plan.plots().values())
    assert "<script" not in html
    assert "requirements" in repr(plan)
    hostile = sinews.parse("""
[model]
note = "Invented"
name = "<b>x</b>"
[calendar]
start = "2026-01"
end = "2026-12"
[item.round]
unit = "round"
name = "<img src=x onerror=alert(1)>"
[line.plant]
makes = "round"
name = "<script>alert(1)</script>"
capacity = "1 round/year"
[holder.ukraine]
[requirement."<i>"]
holder = "ukraine"
item = "round"
quantity = "2 round/year"
""").solve()
    shown = hostile._repr_html_() + hostile.output._repr_html_()
    for markup in ("<script", "<img", "<b>x", "<i>"):
        assert markup not in shown, markup
