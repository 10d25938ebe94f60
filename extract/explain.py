"""How the claims of one article came about, as text: what was found, who was weighed against what, what was kept and why.

Spans are marked `[words]{what they are}`; probabilities and reasons are those of `extract.scorer`, nothing is computed a second way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from extract.attachments import attachable
from extract.candidates import Candidate
from extract.checks import reasons, sum_in_words
from extract.lexicon import load_registry
from extract.reader import Reader
from extract.results import Result
from extract.scene import Scene
from extract.tables import Outcome
from extract.wording import between
from store.model.records import Article, Claim, Edition, Reading

_MOST_REASONS = 6
_MOST_LEFT = 6
_LEAST_REASON = 0.05
_LEAST_LIKELY = 0.05
_RESULTS = ("predicate", "tier", "rank", "rank_of", "score")
_QUOTED = 60


def explain(article: Article) -> str:
    """Tell how an article is read, step by step, by the registry and weights that ship.

    Returns:
        Several paragraphs, each under a headline: the text with marks, every candidate with its probability, what moved it (change of
        the log-odds if the feature were absent) and the results offered to it, then the claims that came of them. An article that is
        not read (no text, another language) gives one line that says so.
    """
    reader = _reader()
    reading = reader.read_article(article)
    lines = [f"reader {reading.reader} · {article.key} · {article.published or 'no date'} · {article.title}"]
    lines.append(_first_look(reader, reading.article))
    if reading.unread:
        return "\n".join([*lines, f"not read: {reading.unread}"])
    scene, rows = reader.scene_and_rows(reading.article)
    lines += ["", "TEXT", *_marked_text(scene), "", "CANDIDATES"]
    judged = sorted(reader.maker.judged(scene), key=lambda candidate: -candidate.probability)
    for candidate in judged:
        lines += _candidate(reader, scene, candidate)
    if not judged:
        lines.append("none: no body stands near a prize")
    if reading.article.rows:
        lines += ["", "TABLES", *_tables(reader, reading.article, rows)]
    lines += ["", "CLAIMS", *_claims(reading, reasons(scene, reading.claims, reader.registry))]
    lines += ["", "EDITIONS", *map(_edition, reading.editions)] if reading.editions else []
    return "\n".join(lines)


def _first_look(reader: Reader, article: Article) -> str:
    """What the cheap look at the words of the article said, and which words weighed most."""
    look = reader.relevance
    score = look.score(article.title, article.text)
    words = ", ".join(f"“{word}” {weight:+.2f}" for word, weight in look.reasons(article.title, article.text)[:_MOST_REASONS])
    return f"first look {score:+.2f}, read from {look.threshold:+.2f} on: {words or 'no word of it is known'}"


@cache
def _reader() -> Reader:
    """The reader over the registry that ships; made once a process."""
    return Reader(load_registry())


# --- the text ------------------------------------------------------------------------------------------------------


def _marked_text(scene: Scene) -> Iterator[str]:
    """Every sentence with its number and kind, marks inside; what is masked is shown as such, unread."""
    labels = _labels(scene)
    full, at = scene.page.full, 0
    for sentence in scene.page.sentences:
        if full[at : sentence.start].strip():
            yield f"     masked   {_one_line(full[at : sentence.start])}"
        under = f"  (under {sentence.head})" if sentence.head is not None else ""
        inside = {span: names for span, names in labels.items() if sentence.start <= span[0] and span[1] <= sentence.end}
        yield f"{sentence.index:4} {sentence.kind:8} {_marked(full, sentence.start, sentence.end, inside)}{under}"
        at = sentence.end
    if full[at:].strip():
        yield f"     masked   {_one_line(full[at:])}"


def _labels(scene: Scene) -> dict[tuple[int, int], list[str]]:
    """What was found at each span of the page."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for mention in scene.mentions:
        if mention.post is None:
            found[mention.body.start, mention.body.end].append(f"body {mention.entity.key or mention.entity.name}")
    for post in scene.posts:
        found[post.start, post.end].append(f"post {post.acting or ''} {post.key}".replace("  ", " "))
        if post.name:
            found[post.name.start, post.name.end].append(f"holder {post.name.name}")
    for prize in scene.prizes:
        found[prize.start, prize.end].append(f"prize {prize.key or prize.name} by {prize.strength}")
    for result in scene.results:
        found[result.start, result.end].append(_result_name(result))
    for category in scene.categories:
        found[category.start, category.end].append("category")
    for date in scene.dates:
        found[date.start, date.end].append(f"date {date.day or date.year or date.precision}")
    return {span: list(dict.fromkeys(names)) for span, names in found.items()}


def _result_name(result: Result) -> str:
    value = int(result.value) if isinstance(result.value, float) and result.value.is_integer() else result.value
    return f"{result.slot} {value}" + (f" of {result.programme}" if result.programme else "")


def _marked(full: str, start: int, end: int, labels: dict[tuple[int, int], list[str]]) -> str:
    """A stretch of the page with its marks; a span inside another stands inside its brackets."""
    opens: dict[int, int] = defaultdict(int)
    closes: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
    for (left, right), names in labels.items():
        opens[left] += 1
        closes[right].append((left, names))
    out, at = [], start
    for cut in sorted({*opens, *closes, end}):
        out.append(_one_line(full[at:cut], strip=False))
        out += [f"]{{{', '.join(names)}}}" for _, names in sorted(closes.get(cut, []), reverse=True)]
        out.append("[" * opens.get(cut, 0))
        at = cut
    return "".join(out).strip()


def _one_line(text: str, *, strip: bool = True) -> str:
    line = text.replace("\n", " ⏎ ")
    return " ".join(line.split()) if strip else line


# --- candidates ----------------------------------------------------------------------------------------------------


def _candidate(reader: Reader, scene: Scene, candidate: Candidate) -> Iterator[str]:
    """One candidate: kept or refused, why, and for a kept one which results were offered."""
    scorer = reader.scorer
    kept = scorer.accepts("holds", candidate.probability)
    places = ", ".join(str(number) for number in sorted({mention.sentence for mention in candidate.mentions}))
    category = f" · category {candidate.category.name}" if candidate.category else ""
    prize = f"{candidate.prize.name} ({candidate.prize.key or 'unknown'}, by {candidate.prize.strength})"
    body = f"{candidate.entity.name} ({candidate.entity.key or 'no key'})"
    yield f"{'kept   ' if kept else 'refused'} {candidate.probability:.2f}  {body} · {prize}{category} · sentences {places}"
    reasons = [
        (name, change) for name, change in scorer.reasons("holds", candidate.features, candidate.words) if abs(change) >= _LEAST_REASON
    ]
    if reasons:
        yield f"          because {_reasons(reasons)}"
    if kept:
        yield from _offers(reader, scene, candidate)


def _reasons(reasons: list[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {change:+.2f}" for name, change in reasons[:_MOST_REASONS])


def _offers(reader: Reader, scene: Scene, candidate: Candidate) -> Iterator[str]:
    """The results near a kept candidate, those taken first; the unlikely ones only counted."""
    chosen = dict(reader.maker.results(scene, candidate).values())
    near = [(result, features, between(scene, candidate.mentions, result)) for result, features in attachable(scene, candidate)]
    likely = reader.scorer.probabilities("result", [features for _, features, _ in near], [words for *_, words in near])
    offers = [(chosen.get(result, odds), result, features, words) for odds, (result, features, words) in zip(likely, near, strict=True)]
    offers.sort(key=lambda offer: -offer[0])
    shown = [offer for offer in offers if offer[1] in chosen]
    shown += [offer for offer in offers if offer[1] not in chosen and offer[0] >= _LEAST_LIKELY][:_MOST_LEFT]
    for probability, result, features, words in shown:
        verdict = "taken" if result in chosen else "left "
        printed = _one_line(scene.page.full[result.start : result.end])[:_QUOTED]
        reasons = _reasons(reader.scorer.reasons("result", features, words))
        yield f"          {verdict} {probability:.2f}  {_result_name(result)} “{printed}”: {reasons}"
    if len(offers) > len(shown):
        yield f"          {len(offers) - len(shown)} less likely results not shown"


# --- tables --------------------------------------------------------------------------------------------------------


def _tables(reader: Reader, article: Article, rows: list[Outcome]) -> Iterator[str]:
    """What the columns of each table were taken for, or why it is read as text; then every row with its claims or its reason."""
    told = {(outcome.row.table, outcome.row.row): outcome for outcome in rows}
    for table in reader.tables.tables(article):
        columns = " | ".join(f"{head or '(none)'}: {role}" for head, role in zip(table.heads, table.roles, strict=True))
        yield f"table {table.number + 1}, {len(table.rows)} rows · " + (f"read as text: {table.refused}" if table.refused else columns)
        for row in table.rows if not table.refused else ():
            outcome = told[row.table, row.row]
            place = f"page {row.page}, row {row.row}" if row.page else f"row {row.row}"
            verdict = f"{len(outcome.claims)} claim{'s' * (len(outcome.claims) > 1)}" if outcome.claims else f"refused: {outcome.reason}"
            yield f"          {place}: {verdict} · {_one_line(article.text[row.start : row.end])[:_QUOTED]}"


# --- claims --------------------------------------------------------------------------------------------------------


def _claims(reading: Reading, flags: list[list[str]]) -> Iterator[str]:
    """The claims as they leave the reader, with the words each field was read from and why each flag was raised."""
    for claim, why in zip(reading.claims, flags, strict=True):
        yield _headline(claim)
        sure = {str(name): f" {value:.2f}" for name, value in claim.field_confidence.items()}
        for item in claim.evidence:
            yield f"          {item.field}{sure.get(item.field, '')}: {item.where} {item.start}-{item.end} “{_one_line(item.text)}”"
        yield from (f"          flag {reason}" for reason in why)
    if not reading.claims:
        yield "none"


def _edition(edition: Edition) -> str:
    """One round with its participants; where their parts do not add up, the sum."""
    total = f" · {edition.participants} participants" if edition.participants is not None else ""
    flags = "".join(f" · {flag}: {sum_in_words(edition)}" for flag in edition.flags)
    return f"{edition.programme_name or edition.programme} {edition.year or 'no year'}{total}{flags}"


def _headline(claim: Claim) -> str:
    results = ", ".join(f"{name} {getattr(claim, name)}" for name in _RESULTS if getattr(claim, name) is not None) or "no result"
    year = claim.edition_year or "no year"
    flags = f" · {', '.join(claim.flags)}" if claim.flags else ""
    who = f"{claim.recipient_name} ({claim.recipient_key or 'no key'})"
    return f"{claim.confidence:.2f}  {who} · {claim.programme_name or claim.programme} {year} · {results} · {claim.status}{flags}"
