"""The first look: no article of the gold with a claim is refused, everyday news is, and what was said can be read."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import docx
import pytest

from extract.article import read_json
from extract.explain import explain
from extract.lexicon import load_registry
from extract.reader import Reader
from extract.relevance import load_relevance, words_in
from store.model.errors import StoreError
from store.model.records import Article, Snapshot
from tests.conftest import ROOT, SHARED, require
from tests.quality.splits import PARTS, paths

NEWS = SHARED / "corpora" / "click_id_articles.jsonl.gz"
DEVELOPMENT = SHARED / "eval" / "dev"
GOLD = [*(path for part in PARTS for path in paths(part)), *sorted((ROOT / "tests" / "site" / "gold").glob("*.json"))]
MOST_PASSING = 0.08
THEFT = Article(
    key="maling",
    title="Polisi Tangkap Dua Pelaku Pencurian Motor, Satu Ditembak",
    text="Polisi menangkap dua pelaku pencurian sepeda motor yang sudah lama dicari. Satu pelaku ditembak karena melawan saat dibawa.\n"
    "Korban mengatakan motornya hilang ketika dia makan siang. Dia melapor ke polisi, lalu rekaman kamera di depan toko diperiksa.\n"
    "Dari rekaman itu terlihat pelaku berusia 20 tahun dan temannya. Keduanya mengaku menjual motor curian kepada seorang penadah.\n"
    "Atas perbuatannya, kedua tersangka terancam hukuman penjara paling lama tujuh tahun.",
)


def missed(files: list[Path]) -> list[str]:
    """Keys of gold articles with a claim that the first look refuses."""
    look, refused = load_relevance(), []
    for path in files:
        item = json.loads(path.read_text("utf-8"))
        article = item["article"]
        if item.get("gold", {}).get("claims") and not look.passes(look.score(article["title"] or "", article["text"])):
            refused.append(item["key"])
    return refused


def test_no_gold_article_with_a_claim_is_refused() -> None:
    assert len(GOLD) > 200
    assert missed(GOLD) == []


def test_no_development_article_with_a_claim_is_refused() -> None:
    require("shared", DEVELOPMENT.is_dir())
    assert missed(sorted(DEVELOPMENT.glob("*.json"))) == []


def test_blind_articles_taught_nothing() -> None:
    data = json.loads((ROOT / "extract" / "resources" / "model" / "relevance.json").read_text("utf-8"))
    assert not {json.loads(path.read_text("utf-8"))["key"] for path in paths("blind")} & set(data["fitted_on"])


def test_little_of_everyday_news_passes() -> None:
    require("shared", NEWS.is_file())
    look = load_relevance()
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        scores = [look.score(item["title"], item["text"]) for item in map(json.loads, islice(lines, 1000))]
    assert sum(map(look.passes, scores)) <= MOST_PASSING * len(scores)


def test_an_article_that_is_refused_says_so() -> None:
    reading = Reader(load_registry()).read_article(THEFT)
    assert (reading.unread, reading.claims, reading.officials) == ("not_relevant", (), ())
    told = explain(THEFT)
    assert "first look -" in told
    assert "not read: not_relevant" in told


def test_a_claim_in_two_lines_passes() -> None:
    article = read_json({"title": "Kabupaten Sleman Raih Opini WTP", "text": "Pemerintah Kabupaten Sleman meraih opini WTP dari BPK."})
    assert Reader(load_registry()).read_article(article).unread is None


def test_a_document_handed_in_is_read_whatever_its_words() -> None:
    paper, held = docx.Document(), io.BytesIO()
    paper.add_heading(THEFT.title)
    for line in THEFT.text.split("\n"):
        paper.add_paragraph(line)
    paper.save(held)
    url = "https://kementerian.example/lampiran.docx"
    snapshot = Snapshot(
        key="k", url=url, fetched_url=url, source="kementerian", fetched_at=datetime(2024, 12, 19, tzinfo=UTC), status=200,
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document", digest="d", file="f.warc.gz",
    )  # fmt: skip
    assert Reader(load_registry()).read_document(snapshot, held.getvalue()).unread is None


def test_words_are_those_of_title_and_text_and_their_pairs() -> None:
    assert words_in("Raih WTP", "Raih WTP, 5 kali") == {"raih", "wtp", "kali", "t:raih", "t:wtp", "raih wtp", "wtp kali"}


@pytest.mark.parametrize("content", ["", "{", "{}"])
def test_weights_that_cannot_be_read_are_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "relevance.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"relevance\.json: the weights of the first look"):
        load_relevance(file)
