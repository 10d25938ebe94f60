"""An explanation shows everything that was found and weighed, and ends with the very claims of the reader."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from extract.explain import explain
from extract.lexicon import load_registry
from extract.reader import Reader
from flows.cli import main
from store.model.records import Article

ARTICLE = Article(
    key="explained",
    title="Kabupaten Garut Raih Predikat BB pada SAKIP Award 2019",
    text=(
        "Pemerintah Kabupaten Garut menerima predikat BB dengan nilai 72,15 dalam SAKIP Award 2019 dari Kementerian PANRB, Senin (27/1).\n"
        "Penghargaan diserahkan Menteri PANRB Tjahjo Kumolo kepada Bupati Garut Rudy Gunawan di Bandung.\n"
        "Kabupaten Ciamis berharap dapat menyusul tahun depan."
    ),
    published="2020-01-28",
    language="id",
)


@pytest.fixture(scope="module")
def told() -> str:
    return explain(ARTICLE)


def part(told: str, name: str) -> list[str]:
    lines = told.splitlines()
    start = lines.index(name) + 1
    stop = next((i for i in range(start, len(lines)) if not lines[i]), len(lines))
    return lines[start:stop]


def test_the_text_is_whole_beneath_its_marks(told: str) -> None:
    bare = " ".join(re.sub(r"\[|\]\{[^}]*\}", "", line)[14:].partition("  (under")[0] for line in part(told, "TEXT"))
    assert bare.split() == f"{ARTICLE.title} {ARTICLE.text}".split()


@pytest.mark.parametrize(
    "kind", ["body 32.05", "prize sakip", "predicate BB of sakip", "score 72.15", "date 2020-01-27", "post ", "holder "]
)
def test_marks_name_what_stands_there(told: str, kind: str) -> None:
    assert f"{{{kind}" in told.replace(", ", "}{")


def test_every_candidate_is_shown_with_verdict_and_reasons(told: str) -> None:
    reader = Reader(load_registry())
    judged = reader.maker.judged(reader.scenes.build(ARTICLE))
    shown = [line for line in part(told, "CANDIDATES") if line.startswith(("kept", "refused"))]
    assert len(shown) == len(judged) > 1
    for candidate in judged:
        verdict = "kept" if reader.scorer.accepts("holds", candidate.probability) else "refused"
        assert any(line.startswith(f"{verdict:7} {candidate.probability:.2f}  {candidate.entity.name} ") for line in shown)
    reasons = [line for line in part(told, "CANDIDATES") if line.strip().startswith("because ")]
    assert reasons
    assert all(re.search(r"[\w+]+ [+-]\d\.\d\d", line) for line in reasons)


def test_results_offered_carry_their_probability(told: str) -> None:
    assert re.search(r"taken [01]\.\d\d  predicate BB of sakip “BB”", told)
    assert re.search(r"taken [01]\.\d\d  score 72\.15 “72,15”", told)


def test_it_ends_with_the_claims_of_the_reader(told: str) -> None:
    reading = Reader(load_registry()).read_article(ARTICLE)
    heads = [line for line in part(told, "CLAIMS") if not line.startswith(" ")]
    assert reading.claims
    assert [line.partition(" ")[0] for line in heads] == [f"{claim.confidence:.2f}" for claim in reading.claims]
    assert sum(len(claim.evidence) + len(claim.flags) for claim in reading.claims) == len(part(told, "CLAIMS")) - len(heads)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Kabupaten Garut meraih predikat BB dengan nilai 82,15 pada SAKIP 2023.",
            "score_outlier: 82.15 does not lie in BB, which goes from 70.01 to 80.0",
        ),
        ("Kabupaten Garut meraih predikat BB dengan nilai 115,2 pada SAKIP 2023.", "out_of_scale: 115.2 is outside 0.0 to 100.0"),
        (
            "Kabupaten Garut menerima predikat BB pada SAKIP Award dari Kementerian PANRB, Senin (27/1).",
            "year_inferred: edition_year has 2019 from “Senin (27/1)”; event_date has 2020 from “Senin (27/1)”",
        ),
        (
            "Kabupaten Garut menerima predikat BB pada SAKIP 2019 dari Kementerian PANRB, Selasa (27/1/2020).",
            "date_conflict: the weekday printed in “Selasa (27/1/2020)” is not that of 2020-01-27",
        ),
    ],
)
def test_every_flag_says_why(text: str, reason: str) -> None:
    told = explain(ARTICLE.model_copy(update={"text": text, "title": "Hasil SAKIP Award"}))
    assert any(f"flag {reason}" in line for line in part(told, "CLAIMS")), part(told, "CLAIMS")


def test_a_round_whose_parts_do_not_add_up_shows_the_sum() -> None:
    text = f"{ARTICLE.text}\nTotal peserta SAKIP 312 instansi, terdiri dari 187 pemerintah daerah dan 165 unit pelayanan."
    (line,) = part(explain(ARTICLE.model_copy(update={"text": text})), "EDITIONS")
    assert line.endswith("312 participants · sum_mismatch: 187 + 165 = 352, not 312")


def test_what_is_not_read_says_why() -> None:
    english = ARTICLE.model_copy(update={"language": "en"})
    assert explain(english).splitlines()[-1] == "not read: language"
    assert explain(ARTICLE.model_copy(update={"text": " "})).splitlines()[-1] == "not read: no_text"


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"key": "one", "title": ARTICLE.title, "text": ARTICLE.text, "published": ARTICLE.published}), "utf-8")
    with pytest.raises(SystemExit) as left:
        main(["read", "--explain", str(path)])
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert all(f"\n{name}\n" in out for name in ("TEXT", "CANDIDATES", "CLAIMS"))
