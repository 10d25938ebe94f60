"""A small release of our own writing, served by `rapor browse` on the loopback, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from store.model.records import Claim, Evidence, Person, Reading
from store.release.publish import publish
from store.sql.database import Database
from store.sql.ledger import record_registry, record_sources
from tests.conftest import require
from tests.store.release.conftest import ODED, facts, press, take
from tests.store.sql.world import REGISTRY, SOURCES, article, claim, reading

CHROMIUM = shutil.which("chromium")
CONTACT = "redaksi@rapor.example"
SENTENCE = "Pemerintah Kota Bandung meraih predikat BB dalam evaluasi SAKIP 2017 dari Kementerian PANRB."
INJECTED = "Dinas <script>alert(1)</script><img src=x onerror=alert(2)>"


@dataclass(frozen=True)
class Answer:
    """What the pages answered."""

    status: int
    body: str
    headers: dict[str, str]


def get(address: str, data: bytes | None = None, method: str | None = None) -> Answer:
    """Ask the pages; an error is an answer too."""
    request = urllib.request.Request(address, data=data, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as found:
            return Answer(found.status, found.read().decode(), {name.lower(): value for name, value in found.headers.items()})
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.read().decode(), {name.lower(): value for name, value in error.headers.items()})


def told(key: str, sentence: str, item: Claim, **words: str) -> Reading:
    """An article of one sentence; `words` are the words each field was read from."""
    spans = tuple(
        Evidence(field=name, where="text", start=sentence.index(text), end=sentence.index(text) + len(text), text=text)
        for name, text in words.items()
    )
    return Reading(
        article=article(key, sentence, published="2018-02-01"), claims=(item.model_copy(update={"evidence": spans}),), reader="1"
    )


def stories() -> list[Reading]:
    """The press of the release tests, years of SAKIP, a marked sentence, and a name that is markup."""
    took = Person(name="Oded M. Danial", position="Wali Kota Bandung")
    marks = {2015: "CC", 2016: "B", 2018: "A"}
    return [
        *press(),
        told(
            "s",
            SENTENCE,
            claim(predicate="BB", year=2017, received_by=took),
            recipient="Pemerintah Kota Bandung",
            predicate="BB",
            programme="SAKIP",
        ),
        *(reading(f"y{year}", claim(predicate=mark, year=year), officials=(ODED,)) for year, mark in marks.items()),
        *(reading(f"k{year}", claim("sakip", "33.19", predicate="B", year=year)) for year in range(2015, 2019)),
        reading("x", claim("kipp", None, recipient_name=INJECTED, tier="Top 99")),
    ]


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release that is shown."""
    folder = tmp_path_factory.mktemp("pages")
    database = Database(f"sqlite:///{folder}/rapor.db")
    database.upgrade()
    record_registry(database, REGISTRY)
    record_sources(database, SOURCES)
    take(database, stories())
    made = publish(database, folder / "shelf", facts())
    database.close()
    return made


@pytest.fixture(scope="session")
def site(shown: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of its pages, without a slash at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = {**os.environ, "RAPOR_HOME": str(tmp_path_factory.mktemp("home")), "RAPOR_CONTACT": CONTACT}
    command = [str(Path(sys.executable).with_name("rapor")), "browse", str(shown), "--port", str(port)]
    log = tmp_path_factory.mktemp("log") / "browse.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, env=place, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 90
        while not _answers(address):
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the pages did not start: {log.read_text()}")
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _answers(address: str) -> bool:
    try:
        return get(f"{address}/tanya").status == 200
    except OSError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    require("chromium", CHROMIUM is not None)
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def look(browser: Browser, site: str) -> Iterator[Any]:
    """A page of the browser; fails the test on any console error and on any request to another host."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else wrong.append(request.url))
    yield page
    page.close()
    assert wrong == []
