"""Who holds a post whose name the rules did not reach: asked of the names network, in those sentences only.

Rules read a name that stands right behind its post. Between the two may stand an office that nobody listed, a short form, a branch
("Kepala P2MX-BLT Dwi Sudarto").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.entities import Entity, find_entities
from extract.names import NameMention, find_name_after
from extract.names.titles import begins_title, is_suffix
from extract.post_names import OF_PLACES
from extract.posts import Post

if TYPE_CHECKING:
    from extract.scene import Scene

_PIECE = re.compile(r"[\w./&'’-]+|\S")
_SMALL = frozenset("dan di dari untuk pada bidang kantor , ( ) – -".split())
"""What may stand between a post and its holder beside capitalised words; never a verb."""
_NO_OFFICE = frozenset("jl jln jalan pt cv tbk rumah".split())
_FURTHEST = 110
_OPENS = re.compile(r"\s*[,(–-]?\s*[A-Z(]|\s+(?:di|untuk|bidang|kantor|dan)\s")
_BRACKETS = re.compile(r"\([^)]*\)")


def settle_holders(scene: Scene) -> None:
    """Give nameless posts the person that follows them."""
    doubts = list(_doubts(scene))
    sentences = sorted({sentence for sentence, _ in doubts})
    if not sentences:
        return
    bounds = [scene.sentence(index) for index in sentences]
    found = find_entities([scene.page.full[each.start : each.end] for each in bounds])
    inside = {
        index: [Entity(name.start + each.start, name.end + each.start, name.label) for name in names]
        for index, each, names in zip(sentences, bounds, found, strict=True)
    }
    for sentence, number in doubts:
        name = _follower(scene, number, inside[sentence])
        if name:
            post = scene.posts[number]
            scene.posts[number] = replace(post, name=name, field=_office_told(scene.page.full[post.end : name.start], post))


def _office_told(gap: str, post: Post) -> str | None:
    """The field of a post with the office that stands between it and its holder: "(Kepala) P2MX-BLT", "(Camat) Dampit"."""
    words = _BRACKETS.sub(" ", gap).strip(" ,–-").split()
    while words and (begins_title(words[-1], 0) or words[-1].islower()):
        words.pop()
    office = " ".join(words).split(" dari ")[0].strip(" ,")
    return office if office and post.body is None and post.field is None else post.field


def _doubts(scene: Scene) -> Iterator[tuple[int, int]]:
    """(sentence, number of the post): the nameless posts that something capitalised follows."""
    for number, post in enumerate(scene.posts):
        sentence = scene.sentence_at(post.start)
        glued = post.name is not None and _glued(scene, post, post.name)
        if sentence is not None and (post.name is None or glued) and _OPENS.match(scene.page.full, post.end):
            yield sentence, number


def _glued(scene: Scene, post: Post, name: NameMention) -> bool:
    """Whether the name of a place may begin what was read as its head's: "Camat Dampit Bagus Sulistyawan"."""
    return post.key in OF_PLACES and post.field is None and post.body is None and name.start == post.end + 1 and name.name.count(" ") > 1


def _follower(scene: Scene, number: int, names: list[Entity]) -> NameMention | None:
    """The person behind a post, where nothing but an office stands between."""
    post, full = scene.posts[number], scene.page.full
    taken = [other.name for other in scene.posts if other.name and other is not post]
    for name in names:
        if name.label != "PERSON" or name.start < post.end:
            continue
        another = any(post.start < other.start < name.start for other in scene.posts)
        if another or any(one.start < name.end and name.start < one.end for one in taken) or not _reaches(scene, post, name):
            return None
        person = find_name_after(full, name.start)
        if person and " " not in person.name and person.name.isupper() and len(person.name) > 3:
            return None  # letters that shorten an office
        return person if person and person.start == name.start and not is_suffix(person.name, comma=True) else None
    return None


def _reaches(scene: Scene, post: Post, name: Entity) -> bool:
    """Whether what stands between a post and a person can be an office: capitals, numbers, brackets, small words, but no award or verb."""
    gap, tokens = scene.page.full[post.end : name.start], scene.tokens
    pieces = _PIECE.findall(gap)
    if len(gap) > _FURTHEST or any(piece.lower().strip(".") in _NO_OFFICE for piece in pieces):
        return False
    told = range(tokens.index(post.end - 1) + 1, tokens.index(name.end - 1) + 1)
    if any(label in ("CUE", "PROGRAMME") for at in told for _, label, _ in tokens.known.get(at, ())):
        return False
    return all(piece in _SMALL or piece[0].isupper() or piece[0].isdigit() for piece in pieces)
