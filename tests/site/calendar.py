"""An outlet that publishes by the calendar: some articles a day, each about one opinion, and the incidents planted on its days."""

from __future__ import annotations

import hashlib
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

Incident = Literal["outage", "index", "redesign", "silence", "death", "flood"]
"""503 for everything; the index, or every article, in another markup; nothing new; no answer at all; far too much."""
CITIES = ("Bandung", "Surabaya", "Semarang", "Medan", "Makassar", "Denpasar", "Padang", "Manado", "Kupang", "Ambon", "Pontianak", "Palu")
A_DAY, IN_A_FLOOD = 3, 40
_SLOW = 6.0  # seconds, less than a crawler waits for a page
_ARTICLE = re.compile(r"^/berita/(\d{4}-\d{2}-\d{2})/(\d+)$")
_SOURCE = """key: {key}
publisher: {{name: {name}}}
discovery:
  - {{kind: listing, url: "http://{host}/indeks", links: "ul.daftar a"}}
scope: {{hosts: ["{host}"], allow: ['^/berita/']}}
pages:
  - {{title: ["h1"], published: ["time"], body: ["div.isi"]}}
frequency: daily
expect: {{pages_per_day_min: 2, pages_per_day_max: 20}}
politeness: {{delay_seconds: 0.0, requests_per_day: 5000}}
origin: a test of our own
"""


_WORDS = (
    "warga kantor surat antrean loket pagi petugas kecamatan kelurahan pasar jalan jembatan sungai sawah kebun panen hujan sekolah guru "
    "murid buku taman pohon lampu air listrik bus terminal kapal pelabuhan nelayan ikan kopi beras cabai harga toko dapur rumah halaman "
    "tetangga rapat desa gotong royong sepeda lapangan musik panggung kain tenun perahu gunung pantai pulau bukit lembah kabut angin"
).split()


def filler(seed: str, sentences: int = 14) -> str:
    """Sentences of words in no order, others for each seed: articles of the same matter are no copies of each other."""
    chance = random.Random(seed)
    return " ".join(" ".join(chance.choices(_WORDS, k=11)).capitalize() + "." for _ in range(sentences))


@dataclass
class Outlet:
    """An outlet on a loopback port, as a context manager. `today` is turned by the test; `incidents` names the bad days."""

    key: str
    first: date
    incidents: Mapping[date, Incident] = field(default_factory=dict)
    edited: frozenset[date] = frozenset()
    """Days on which the first article of the day before is changed."""

    def __post_init__(self) -> None:
        self.today = self.first
        self.asked: Counter[str] = Counter()
        self.slow = threading.Event()
        """While it is set, an article takes seconds."""

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"outlet": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        """`host:port`."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def write_source(self, folder: Path) -> None:
        """Its source file."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.key}.yml").write_text(_SOURCE.format(key=self.key, name=self.key.title(), host=self.host), "utf-8")

    def paths(self, day: date) -> list[str]:
        """The articles of a day."""
        match self.incidents.get(day):
            case "silence":
                return []
            case "flood":
                return [f"/berita/{day}/{number}" for number in range(IN_A_FLOOD)]
            case _:
                return [f"/berita/{day}/{number}" for number in range(A_DAY)]

    def all_paths(self) -> list[str]:
        """The articles of every day up to today."""
        return [path for number in range((self.today - self.first).days + 1) for path in self.paths(self.first + timedelta(number))]

    def page(self, path: str) -> tuple[int, str]:
        """Status and HTML of a path, today; status 0 is no answer."""
        incident = self.incidents.get(self.today)
        if incident == "death":
            return 0, ""
        if incident == "outage":
            return 503, "<h1>Sedang perbaikan</h1>"
        if path == "/indeks":
            name = "daftar" if incident != "index" else "kartu"
            links = "".join(f'<li><a href="{item}">Berita {item[8:]}</a></li>' for item in reversed(self.all_paths()[-2 * IN_A_FLOOD :]))
            return 200, f'<html><title>Indeks</title><ul class="{name}">{links}</ul></html>'
        found = _ARTICLE.match(path)
        if found is None or path not in self.all_paths():
            return 404, "<h1>Tidak ada</h1>"
        text = self._article(date.fromisoformat(found[1]), int(found[2]))
        return 200, text.replace("<div class=isi>", "<div class=tubuh>") if incident == "redesign" else text

    def _article(self, day: date, number: int) -> str:
        city = CITIES[(day.toordinal() * A_DAY + number) % len(CITIES)]
        year = 1990 + (day - self.first).days
        more = "<p>Wali Kota menambahkan pelayanan di loket akan dibuka lebih pagi.</p>" if self._is_edited(day, number) else ""
        return (
            f"<html lang=id><head><title>Opini WTP untuk Kota {city} ({day}, {number})</title></head><body><article>"
            f"<h1>Opini WTP untuk Kota {city} ({day}, {number})</h1><time datetime='{day}T08:00:00+07:00'>{day}</time><div class=isi>"
            f"<p>Pemerintah Kota {city} meraih opini Wajar Tanpa Pengecualian (WTP) dari Badan Pemeriksa Keuangan (BPK) atas laporan "
            f"keuangan pemerintah daerah tahun {year}. Laporan itu diterima di kantor perwakilan pada pagi hari nomor {number}.</p>"
            f"<p>{filler(f'{day} {number}')}</p>{more}"
            "</div></article></body></html>"
        )

    def _is_edited(self, day: date, number: int) -> bool:
        return number == 0 and any(day + timedelta(1) == edit <= self.today for edit in self.edited)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    outlet: Outlet

    def do_GET(self) -> None:
        self.outlet.asked[self.path] += 1
        if _ARTICLE.match(self.path):
            self._wait()
        status, text = self.outlet.page(self.path)
        if status == 0:
            self.close_connection = True
            return
        body = text.encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if status == 200 and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if status in (200, 304):
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _wait(self) -> None:
        until = time.monotonic() + _SLOW
        while self.outlet.slow.is_set() and time.monotonic() < until:
            time.sleep(0.02)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
