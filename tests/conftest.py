"""What several test packages share: `require`, the repository's root, and a real PostgreSQL where one can be started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import available, running_postgres

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
"""Material beside the repository; tests that use it call `require("shared", SHARED.is_dir())`."""


def require(name: str, present: bool = False) -> None:
    """Skip the test by name where `name` is not there, unless RAPOR_REQUIRE lists it: then its absence is a failure."""
    if present:
        return
    if name in os.environ.get("RAPOR_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(f"{name} is required by RAPOR_REQUIRE and not there")
    pytest.skip(f"needs {name}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a PostgreSQL server that tests may fill, without a database name: `postgresql://user@host:port`."""
    require("postgresql", available())
    with running_postgres() as address:
        yield address


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests to `make soak` and `make cluster-test`: they run only where `-m` asks for them."""
    for name, command in (("soak", "make soak"), ("cluster", "make cluster-test")):
        if name not in config.getoption("markexpr", ""):
            for item in items:
                if item.get_closest_marker(name):
                    item.add_marker(pytest.mark.skip(reason=f"a {name} test: run `{command}`"))
