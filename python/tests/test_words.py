"""Docstrings, stubs and pages: what they show runs, what they name is there."""

import ast
import doctest
import inspect
import re

import pytest
import sinews


def documented():
    for name in ["", *sinews.__all__]:
        thing = getattr(sinews, name) if name else sinews
        yield name or "sinews", thing.__doc__ or ""
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                yield f"{name}.{member}", getattr(value, "__doc__", None) or ""


DOCUMENTED = dict(documented())


@pytest.mark.parametrize("name", [name for name, words in DOCUMENTED.items() if ">>>" in words])
def test_docstrings_show_what_happens(name):
    test = doctest.DocTestParser().get_doctest(DOCUMENTED[name], {}, name, None, None)
    report = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


def test_every_public_name_is_documented():
    bare = [name for name, words in DOCUMENTED.items() if not words and "_" not in name[:1] and "._" not in name]
    assert bare in ([], ["SOLVERS"])


def test_stubs_say_what_is_there(root):
    tree = ast.parse((root / "python/sinews/__init__.pyi").read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    there = {name for name in sinews.__all__ if name != "SOLVERS"}
    typing_only = {"How", "Problem"}
    assert functions.keys() | (classes.keys() - typing_only) == there
    for name, node in functions.items():
        same_signature(node, getattr(sinews, name))
    for name, node in classes.items():
        if name in typing_only:
            continue
        members = {member.name: member for member in node.body if isinstance(member, ast.FunctionDef)}
        own = {member for member in vars(getattr(sinews, name)) if not member.startswith("_")}
        assert {member for member in members if not member.startswith("_")} == own, name
        for member, stub in members.items():
            # What Python calls by itself has no signature of its own.
            thing = None if member.startswith("_") else inspect.getattr_static(getattr(sinews, name), member)
            if callable(thing):
                same_signature(stub, thing)


def same_signature(stub, thing):
    parameters = inspect.signature(thing).parameters.values()
    kinds = {"*": inspect.Parameter.KEYWORD_ONLY, "**": inspect.Parameter.VAR_KEYWORD}
    arguments = [a.arg for a in stub.args.posonlyargs + stub.args.args]
    here = [p.name for p in parameters if p.kind not in kinds.values()]
    assert arguments == here, thing
    assert [a.arg for a in stub.args.kwonlyargs] == [p.name for p in parameters if p.kind == kinds["*"]], thing
    assert bool(stub.args.kwarg) == any(p.kind == kinds["**"] for p in parameters), thing
    # Defaults that are written out are the same; `...` leaves them to the library.
    told = dict(zip(reversed(arguments), reversed(stub.args.defaults)))
    told |= {a.arg: d for a, d in zip(stub.args.kwonlyargs, stub.args.kw_defaults) if d is not None}
    for parameter in parameters:
        default = told.get(parameter.name)
        if isinstance(default, ast.Constant) and default.value is not ...:
            assert parameter.default == default.value, (thing, parameter.name)


def blocks(root, page):
    text = (root / page).read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["docs/python.md", "docs/excel.md"])
def test_the_examples_of_a_page_run(root, page, tmp_path):
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    told = {}
    for block in blocks(root, page):
        block = block.replace("models/europe.toml", "models/shells.toml") if "# minutes" in block else block
        exec(compile(block.replace('"out"', repr(str(tmp_path))), page, "exec"), told)


def test_the_regression_takes_less_than_ten_lines_and_finds_what_the_library_finds(root):
    pytest.importorskip("pandas")
    [block] = [block for block in blocks(root, "docs/python.md") if "lstsq" in block]
    lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) < 10, block
    told = {}
    exec(compile(block, "docs/python.md", "exec"), told)
    effects = told["effects"]
    drivers = told["found"].drivers
    strongest = [input.split(" (of")[0] for input, outcome in zip(drivers["input"], drivers["outcome"]) if outcome == "missing"]
    assert effects.abs().idxmax() == strongest[0]


def test_the_notebook_runs_and_shows_charts(root):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("pandas")
    notebook = nbformat.read(root / "python/notebooks/funding.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(root)}}).execute()
    shown = [output.get("data", {}).get("text/html", "") for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("<svg" in html for html in shown)
