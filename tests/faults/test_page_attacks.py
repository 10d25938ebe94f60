"""Readers who mean harm, and fifty who mean well at once. Everything harmful is refused, and the pages still answer."""

from __future__ import annotations

import csv
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from store.release.shelf import DATA
from tests.store.pages.conftest import INJECTED, get, shown, site  # noqa: F401 - fixtures of the neighbours

FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"
SQL = (
    "INSERT INTO evaluations (key) VALUES ('x')",
    "DELETE FROM evaluations",
    "UPDATE meta SET value = 'x'",
    "DROP TABLE evaluations",
    "CREATE TABLE mine (x)",
    "ATTACH '/etc/passwd' AS other",
    "VACUUM INTO '/tmp/rapor-stolen.db'",
    "PRAGMA writable_schema = 1",
    "PRAGMA query_only = 0",
    "SELECT 1; DELETE FROM evaluations",
    "WITH x AS (SELECT 1) DELETE FROM evaluations",
    "SELECT load_extension('/tmp/evil')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('/tmp/rapor-written', 'x')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT * FROM pragma_journal_mode('delete')",
    "SELECT length(zeroblob(1000000000))",
    "SELECT length(replace(hex(zeroblob(2000000)), '00', '0123456789'))",
    "EXPLAIN INSERT INTO evaluations (key) VALUES ('x')",
    FOREVER.format("count(*)"),
    "SELECT count(*) FROM claims a, claims b, claims c, claims d, claims e, claims f, claims g, quotations h, quotations i",
)


@pytest.mark.parametrize("sql", SQL)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_sql_that_does_more_than_read_is_refused(sql: str, form: str, site: str, shown: Path) -> None:  # noqa: F811
    before = hashlib.sha256((shown / DATA).read_bytes()).hexdigest()
    found = get(f"{site}/rapor{form}?sql={quote(sql)}")
    assert found.status == 400, found.body[:300]
    assert "root:" not in found.body
    assert hashlib.sha256((shown / DATA).read_bytes()).hexdigest() == before
    assert not Path("/tmp/rapor-stolen.db").exists()
    assert not Path("/tmp/rapor-written").exists()


def test_rows_without_end_end(site: str) -> None:  # noqa: F811
    found = get(f"{site}/rapor.csv?sql={quote(FOREVER.format('i'))}")
    assert "INCOMPLETE" in found.body[-200:]


@pytest.mark.parametrize(
    "path",
    [
        "/-/rapor/../serve.py",
        "/-/rapor/%2e%2e/serve.py",
        "/-/rapor/..%2f..%2f..%2fmodel%2ferrors.py",
        "/-/static/..%2f..%2fapp.py",
        "/-/rapor//etc/passwd",
        "/_internal",
        "/_internal/tables.json",
        "/_memory?sql=select+1",
        "/-/databases.json",
        "/-/plugins.json",
        "/-/threads.json",
        "/-/settings.json",
        "/en/-/databases.json",
        "/evaluasi/..%2f..%2fetc%2fpasswd",
        "/instansi/%00",
        "/rapor/evaluations/%2e%2e",
    ],
)
def test_nothing_but_the_release_is_found(path: str, site: str, shown: Path) -> None:  # noqa: F811
    found = get(site + path)
    assert found.status in (400, 403, 404), found.body[:300]
    assert "import " not in found.body
    assert str(shown.parent) not in found.body


MARKUP = '"><script>alert(1)</script><svg onload=alert(2)>'


@pytest.mark.parametrize(
    "path",
    [
        "/cari?q={}",
        "/cari?programme={}",
        "/cari?sureness={}&page={}",
        "/banding?q={}",
        "/banding?i={}",
        "/program/sakip?province_code={}",
        "/program/sakip?sort={}&year={}",
        "/instansi?province_code={}",
        "/instansi/{}",
        "/instansi/32.73?peers={}",
        "/rapor?sql=select+{}",
        "/rapor/peringkat?programme={}",
        "/rapor/evaluations?_search={}",
        "/rapor/evaluations?{}=1",
        "/en/cari?q={}",
    ],
)
def test_markup_of_readers_stays_text(path: str, site: str) -> None:  # noqa: F811
    found = get(site + path.replace("{}", quote(MARKUP)))
    assert found.status != 500
    assert "<script" not in found.body
    assert "<svg onload" not in found.body
    assert "default-src 'none'" in found.headers["content-security-policy"]


def test_markup_of_articles_stays_text(site: str) -> None:  # noqa: F811
    found = get(f"{site}/cari?q={quote('script alert')}")
    assert "&lt;" in found.body
    assert "<script" not in found.body
    assert "<img src=x" not in found.body
    assert INJECTED in get(f"{site}/cari.csv?q={quote('script alert')}").body


def test_no_formula_reaches_a_spreadsheet(site: str) -> None:  # noqa: F811
    for path in (
        "/cari.csv",
        "/rapor/evaluations.csv",
        "/rapor/claims.csv",
        f"/rapor.csv?sql={quote('SELECT recipient_name, innovation FROM evaluations')}",
    ):
        cells = [cell for row in csv.reader(io.StringIO(get(site + path).body, newline="")) for cell in row]
        assert "'=HYPERLINK Dinas Entah" in cells, path
        assert "'@SIAP" in cells, path
        assert not [cell for cell in cells if cell[:1] in "=@" and cell], path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_method_changes_anything(method: str, site: str) -> None:  # noqa: F811
    for path in ("/rapor/evaluations", "/rapor", "/cari", "/-/messages"):
        assert get(site + path, b"sql=DELETE+FROM+evaluations", method).status == 405
    assert get(f"{site}/cari.csv").body.count("\n") > 5


@pytest.mark.parametrize(
    "asked",
    ["[]", "{", '{"a": 1}', '{"a": {"query": ""}}', '{"a": {"query": "x", "type": "meta; DROP"}}', '{"a": {"query": "x", "limit": "y"}}'],
)
def test_a_broken_reconciliation_is_told(asked: str, site: str) -> None:  # noqa: F811
    assert get(f"{site}/reconcile?queries={quote(asked)}").status == 400


def test_fifty_readers_at_once_see_no_error(site: str) -> None:  # noqa: F811
    paths = (
        "/",
        "/cari?q=bandung",
        "/cari?programme=sakip",
        "/instansi/32.73",
        "/program/sakip",
        "/banding?i=32.73&i=33.19",
        "/mutu",
        "/cari.csv",
        "/rapor/claims",
    )
    with ThreadPoolExecutor(50) as readers:
        answers = list(readers.map(lambda place: get(site + paths[place % len(paths)]), range(200)))
    assert {answer.status for answer in answers} == {200}
