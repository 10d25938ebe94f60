"""One tool over many pages, in whatever environment it is installed: run by `benchmarks.pages`, knows nothing of rapor but its reader.

`python _peer.py TOOL` takes pages on stdin, one JSON object a line (`path`, `url`), and gives for each what the tool found: `title`,
`date` (ISO), `authors`, `text`, or `error`; last, one line with the CPU seconds of all pages but the first, which loads what loads once.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Found = dict[str, Any]


def rapor() -> Callable[[bytes, str], Found]:
    """Ours, without rules for any page."""
    from extract.article import read_html

    def read(body: bytes, url: str) -> Found:
        article = read_html(body, url)
        return {"title": article.title, "date": article.published, "authors": list(article.authors), "text": article.text}

    return read


def trafilatura() -> Callable[[bytes, str], Found]:
    """Text with tables and metadata; it tells days, no times."""
    from trafilatura import bare_extraction

    def read(body: bytes, url: str) -> Found:
        found = bare_extraction(body, url=url, with_metadata=True, include_tables=True, include_comments=False)
        if found is None or isinstance(found, dict):
            raise ValueError("nothing found")
        names = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"title": found.title, "date": found.date, "authors": names, "text": found.text}

    return read


def newspaper4k() -> Callable[[bytes, str], Found]:
    """With its Indonesian stop words."""
    import newspaper

    def read(body: bytes, url: str) -> Found:
        article = newspaper.Article(url, language="id")
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        moment = article.publish_date
        return {"title": article.title, "date": moment and moment.isoformat(), "authors": article.authors, "text": article.text}

    return read


def newsplease() -> Callable[[bytes, str], Found]:
    """Its usual chain of extractors."""
    from newsplease import NewsPlease

    def read(body: bytes, url: str) -> Found:
        article = NewsPlease.from_html(body.decode("utf-8", "replace"), url=url)
        moment = article.date_publish
        found = {"title": article.title, "date": moment and moment.isoformat(), "authors": article.authors}
        return {**found, "text": article.maintext}

    return read


def goose3() -> Callable[[bytes, str], Found]:
    """With Indonesian as its language."""
    from goose3 import Goose

    reader = Goose({"use_meta_language": False, "target_language": "id", "enable_image_fetching": False})

    def read(body: bytes, url: str) -> Found:
        article = reader.extract(raw_html=body.decode("utf-8", "replace"))
        return {"title": article.title, "date": article.publish_date, "authors": article.authors, "text": article.cleaned_text}

    return read


TOOLS = {"rapor": rapor, "trafilatura": trafilatura, "newspaper4k": newspaper4k, "news-please": newsplease, "goose3": goose3}


def main(tool: str) -> None:
    """Read the pages named on stdin."""
    read = TOOLS[tool]()
    spent = 0.0
    for number, line in enumerate(sys.stdin):
        page = json.loads(line)
        body = Path(page["path"]).read_bytes()
        begin = time.process_time()
        try:
            found = read(body, page["url"])
        except Exception as error:
            found = {"error": f"{type(error).__name__}: {error}"[:200]}
        spent += time.process_time() - begin if number else 0.0
        sys.stdout.write(json.dumps(found, default=str) + "\n")
    sys.stdout.write(json.dumps({"seconds": spent}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
