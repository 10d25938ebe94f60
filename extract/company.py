"""The company a body keeps: which bodies stand in one list, what their heading says of them, which names only say where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.body import Body
from extract.linking import Entity, level_hints

if TYPE_CHECKING:
    from extract.scene import Mention, Scene

_CONNECT = frozenset(
    (
        ", ; dan serta & / ( ) - – juga kemudian disusul diikuti oleh lalu nilai skor dengan poin persen % sebesar "
        "selanjutnya berikutnya lainnya : . peringkat posisi urutan pertama kedua ketiga keempat kelima dan masing - "
        "kategori"
    ).split()
)
_MOST_GAP = 9
_NEAR_COLON = 4
_DATELINE_SENTENCES, _DATELINE_START = 3, 25


def settled_by_company(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """Names that take what they are from their company.

    "Bengkulu" among provinces is the province; "Maluku" after "Kejaksaan Tinggi Banten" in one list is the Kejaksaan Tinggi Maluku.
    """
    out: list[Mention] = []
    for mention in mentions:
        if mention.entity.kind == "region":
            level = _level_of_company(scene, mention, mentions)
            if level:
                entity = scene.linker.entity(mention.body, level, mention.entity.name)
                mention = replace(mention, entity=entity or mention.entity)
        elif (
            mention.body.form in ("bare", "level")
            and mention.post is None
            and out
            and out[-1].group == mention.group
            and _branch(scene, out[-1])
        ):
            mention = _as_unit(scene, mention, out[-1].body.key or "")
        elif (
            mention.body.form == "bare"
            and mention.post is None
            and (not out or out[-1].group != mention.group)
            and (key := _unit_of_list(scene, mention))
        ):
            mention = _as_unit(scene, mention, key)
        out.append(mention)
    return out


def _as_unit(scene: Scene, mention: Mention, key: str) -> Mention:
    """The branch of a region that only the region's name stands for."""
    body = replace(mention.body, form="unit", key=key)
    return replace(mention, body=body, entity=scene.linker.entity(body) or mention.entity)


def _unit_of_list(scene: Scene, mention: Mention) -> str | None:
    """The kind of branch that the words before a list name: "Medsos KPU Kab/Kota Terpuji: 1. Banyumas, 2. Tarakan"."""
    tokens, first = scene.tokens, mention.body.first
    begin = tokens.index(scene.sentence(mention.sentence).start)
    colon = next((at for at in range(first - 1, max(begin, first - _NEAR_COLON) - 1, -1) if tokens.words[at] == ":"), None)
    if colon is None or any(word not in _CONNECT and not word[:1].isdigit() for word in tokens.words[colon + 1 : first]):
        return None
    units = scene.linker.registry.units
    named = [key for at in range(begin, colon) if tokens.capital(at) for _, key in tokens.hits(at, "UNIT")]
    branches = [key for key in named if units[key].parent and units[key].takes == "region"]
    return branches[-1] if branches and len(set(named)) == 1 else None


def _branch(scene: Scene, mention: Mention) -> bool:
    """Whether a mention is a branch of a national body that is named by its region alone."""
    return mention.body.form == "unit" and mention.post is None and scene.linker.registry.units[mention.body.key or ""].parent is not None


def _level_of_company(scene: Scene, mention: Mention, mentions: list[Mention]) -> str | None:
    """The level of the others in a name's list; for one that may be a province, of all the others in its sentence."""
    levels = ("provinsi", "kabupaten", "kota")
    kinds = {m.entity.kind for m in mentions if m.group == mention.group and m.entity.kind in levels}
    if len(kinds) == 1:
        return kinds.pop()
    regions = scene.linker.registry.regions
    beside = {m.entity.kind for m in mentions if m.sentence == mention.sentence and m.entity.kind in levels}
    may_be = any(regions[code].level == "provinsi" for code in mention.body.options)
    return "provinsi" if may_be and beside == {"provinsi"} and mention.body.preposition not in ("di", "ke") else None


def says_where(scene: Scene, body: Body, entity: Entity, found: list[Mention], sentence: int) -> bool:
    """Whether a province's name only says where the bodies before it lie: "Bantaeng, Soppeng, Kota Palopo (Sulawesi Selatan)"."""
    if entity.kind != "provinsi" or body.form == "government" or body.post is not None or not found or found[-1].sentence != sentence:
        return False
    last = found[-1]
    gap = [word for word in scene.tokens.words[last.body.reach or last.body.last : body.first] if not word.isspace()]
    inside = last.entity.region is not None and last.entity.region != entity.region and last.entity.region.startswith(f"{entity.region}.")
    return inside and len(gap) <= 3 and all(word in (",", "(", "di", "dari", "-", "–", "provinsi", "prov", ".") for word in gap)


def coordinated(scene: Scene, left: Body, right: Body) -> bool:
    """Whether two bodies stand in one list: only marks, numbers and words like "dan" between them."""
    if left.post is not None or right.post is not None:
        return False
    gap = scene.tokens.words[left.reach or left.last : right.first]
    a, b = scene.sentence_at(left.start), scene.sentence_at(right.start)
    if a is None or b is None:
        return False
    if a != b:
        one, other = scene.sentence(a), scene.sentence(b)
        return one.kind == other.kind == "item" and one.head == other.head and other.index - one.index <= 2
    return len(gap) <= _MOST_GAP and all(word in _CONNECT or word[:1].isdigit() or word.isspace() for word in gap)


def heading_hint(scene: Scene, sentence: int, body: Body) -> str | None:
    """The level that the words before a list, or its heading, give to bare names."""
    tokens = scene.tokens
    begin = body.first
    while (
        begin > 0
        and body.first - begin < 12
        and tokens.starts[begin - 1] >= scene.sentence(sentence).start
        and tokens.words[begin - 1] not in (".", ";")
    ):
        begin -= 1
    words = tokens.words[begin : body.first]
    if any(word in words for word in (":", "yakni", "yaitu", "adalah", "antara", "(", "kategori", "meliputi")):
        near = level_hints(words)
        if near:
            return near
    head = scene.sentence(sentence).head
    return (
        level_hints(scene.page.text(scene.sentence(head)).lower().replace(":", " ").replace("(", " ").replace(")", " ").split())
        if head is not None
        else None
    )


def in_dateline(scene: Scene, body: Body, sentence: int) -> bool:
    """Whether a bare place opens the article as its dateline: "Semarang – …", "JAKARTA, Sinarpagi – …", "Kupang (ANTARA) - …"."""
    if body.form != "bare" or body.post is not None or sentence > _DATELINE_SENTENCES:
        return False
    opening = body.start - scene.sentence(sentence).start < _DATELINE_START
    return opening and any(word in ("–", "-", "—", "|") for word in scene.tokens.words[body.last : body.last + 7])


def heads_brackets(scene: Scene, mention: Mention, following: list[Mention]) -> bool:
    """Whether a province only says where the bodies in brackets after it lie: "Jawa Timur (Kab Pamekasan, Kota Malang)"."""
    if mention.entity.kind != "provinsi" or mention.post is not None or not following or not following[0].entity.region:
        return False
    opens = scene.tokens.word(mention.body.reach or mention.body.last) == "("
    near = following[0].body.first - mention.body.last <= 2
    return opens and near and following[0].entity.region.startswith(f"{mention.entity.region}.")
