import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.keys import article_key, canonical_url

ARTICLE = "https://kabar.example.id/read/2019/12/10/191210/kota-mana-saja-yang-menang"


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        ARTICLE.replace("https", "http"),
        ARTICLE + "/",
        ARTICLE + "#komentar",
        ARTICLE + "?utm_source=rss&utm_medium=feed",
        ARTICLE + "?fbclid=abc&gclid=1",
        ARTICLE + "?page=2",
        ARTICLE + "?page=all",
        ARTICLE + "?single=1",
        ARTICLE + "?amp",
        ARTICLE + "?amp=1",
        ARTICLE + "/amp",
        ARTICLE + "/amp/",
        ARTICLE + "/amp?page=2",
        ARTICLE + "/2",
        ARTICLE + "/16/",
        ARTICLE + "/page/3/",
        ARTICLE.replace("/read/", "/amp/read/"),
        ARTICLE.replace("kabar.example.id", "m.kabar.example.id"),
        ARTICLE.replace("kabar.example.id", "amp.kabar.example.id"),
        ARTICLE.replace("kabar.example.id", "fbeta.kabar.example.id"),
        ARTICLE.replace("kabar.example.id", "kabar.example.id."),
        ARTICLE.replace("kabar.example.id", "Kabar.Example.ID:443"),
        ARTICLE.replace("https://kabar.example.id", "http://kabar.example.id:80"),
        ARTICLE.replace("id/read", "id//read"),
        f"  {ARTICLE} ",
    ],
)
def test_every_way_to_an_article_ends_in_one_address(url: str) -> None:
    assert canonical_url(url) == ARTICLE
    assert article_key(url) == article_key(ARTICLE)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://setda.example.go.id/?p=1234&utm_source=x", "https://setda.example.go.id/?p=1234"),
        ("https://kabar.example.id/berita/123", "https://kabar.example.id/berita/123"),
        ("https://kabar.example.id/2019/12/10", "https://kabar.example.id/2019/12/10"),
        ("https://kabar.example.id/wtp/12", "https://kabar.example.id/wtp/12"),
        ("https://kabar.example.id/read/juara-10-kota-besar", "https://kabar.example.id/read/juara-10-kota-besar"),
        ("https://kabar.example.id/lomba-desa-tingkat-nasional/2019", "https://kabar.example.id/lomba-desa-tingkat-nasional/2019"),
        ("https://www.kabar.example.id/a?b=2&a=1", "https://www.kabar.example.id/a?a=1&b=2"),
        ("http://127.0.0.1:8000/read/1?utm_source=rss", "http://127.0.0.1:8000/read/1"),
        ("http://127.0.0.1/read/1", "http://127.0.0.1/read/1"),
        ("http://[::1]:8000/read/1", "http://[::1]:8000/read/1"),
        ("https://m.id/x", "https://m.id/x"),
        ("https://kabar.example.id", "https://kabar.example.id/"),
        ("https://kabar.example.id/champions-league/amplop", "https://kabar.example.id/champions-league/amplop"),
        ("mailto:redaksi@kabar.example.id", "mailto:redaksi@kabar.example.id"),
    ],
)
def test_what_tells_pages_apart_stays(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.:/?&=#%0-9\[\]@-]{0,60}", fullmatch=True))
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
