"""Tests run on an installed wheel, from the root of the repository."""

import os
import pathlib

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.fixture
def root():
    return ROOT


@pytest.fixture
def expected():
    """What the library's own example wrote (`scripts/python-check`)."""
    return pathlib.Path(os.environ.get("SINEWS_EXPECTED", ROOT / "target/python/expected"))
