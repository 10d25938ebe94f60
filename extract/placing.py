"""Whose a post is that names no office: "Bupati", "Sekda", "Kepala Lapas" take the region or unit that the article gives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from extract.body import Body
from extract.names import same_name
from extract.posts import LEVELS, Post, in_term
from store.model.registry import Registry

if TYPE_CHECKING:
    from extract.scene import Mention, Scene

_OWN_NAME = frozenset({"government", "level", "bare"})
_PRAISE = frozenset({"Terbaik", "Berprestasi", "Teladan", "Percontohan"})
_SAME_PERSON = 0.8
_COLLEGES = ("Universitas ", "Institut ", "Politeknik ", "Sekolah Tinggi ")


def placed(scene: Scene, registry: Registry, post: Post, day: date | None) -> Post:
    """A post with the region or unit it belongs to where it is printed bare; as it is where it says so, or nothing does."""
    position = registry.positions[post.key]
    if post.body is not None or position.of in ("nation", "ministry", "none"):
        return post
    if position.of == "unit" or position.of == "agency":
        return _of_unit(scene, registry, post)
    known = in_office(scene, registry, post, day)
    if known is not None:
        return replace(post, body=_region(post, known))
    if position.of == "region":
        return _beside(scene, post)
    return _of_level(scene, registry, post)


def in_office(scene: Scene, registry: Registry, post: Post, day: date | None) -> str | None:
    """Code of the one region whose known head on the article's day bears the name printed with a bare post."""
    name, position = post.name, registry.positions[post.key]
    if name is None or position.of not in LEVELS or position.of == "region":
        return None
    told = {mention.entity.region for mention in scene.mentions}
    codes = set()
    for region in registry.regions.values():
        if region.level != position.of or region.code not in told:
            continue
        for holder in registry.holders_of.get(position.name.replace("{x}", region.name), ()):
            if in_term(holder, day) and same_name(name.name, holder.name).score >= _SAME_PERSON:
                codes.add(region.code)
    return codes.pop() if len(codes) == 1 else None


def _of_level(scene: Scene, registry: Registry, post: Post) -> Post:
    """A head of region: as the same person or a nameless post says elsewhere, else the region of its kind spoken of before it."""
    level = registry.positions[post.key].of
    own, title = post.name, len(scene.page.article.title)
    siblings = {
        other.body.options: other.body
        for other in scene.posts
        if other.key == post.key
        and other.body
        and (own is None or other.name is None or other.start < title or _alike(own.name, other.name.name))
    }
    if len(siblings) == 1:
        return replace(post, body=next(iter(siblings.values())))
    near = [m for m in scene.mentions if m.entity.kind == level and m.body.form in _OWN_NAME]
    home = registry.regions.get(scene.linker.home or "")
    ours = sum(1 for m in near if home and m.entity.region == home.code)
    before = [m for m in near if m.body.start < post.start]
    if not before or ours * 2 >= len(near):
        return post
    return replace(post, body=before[-1].body)


def _beside(scene: Scene, post: Post) -> Post:
    """A bare "Sekda" belongs to the one region named before it in its sentence, else to the government named in the sentence before."""
    sentence = scene.sentence_at(post.start)
    if sentence is None:
        return post
    earlier = [m for m in scene.mentions if m.body.start < post.start and m.body.form in _OWN_NAME]
    here = [m for m in earlier if m.sentence == sentence]
    said = here or [m for m in earlier if m.sentence == sentence - 1 and m.body.form == "government"]
    return replace(post, body=said[-1].body) if said and len({m.entity.identity for m in said}) == 1 else post


def _of_unit(scene: Scene, registry: Registry, post: Post) -> Post:
    """The head of a unit: of the only unit of its kind in the article, by its own words or those of the same post elsewhere."""
    position = registry.positions[post.key]
    if post.field is not None:
        return post
    if post.key in ("rektor", "wakil_rektor"):
        found = {m.entity.identity: m.body for m in scene.mentions if m.body.form == "agency" and m.entity.name.startswith(_COLLEGES)}
        return replace(post, body=next(iter(found.values()))) if len(found) == 1 else post
    unit = registry.units.get(position.unit or "")
    if unit is None or unit.takes == "region":
        return post
    told = [other for other in scene.posts if _told(other, post)]
    told = [other for other in told if not (other.name and post.name) or _alike(other.name.name, post.name.name)]
    same = {(other.field, other.body.options if other.body else ()): other for other in told}
    if len(same) == 1:
        other = next(iter(same.values()))
        return replace(post, body=other.body, field=other.field)
    if same:
        return post
    named = {m.entity.name for m in scene.mentions if _is_unit(m, unit.key)}
    words = named.pop().removeprefix(unit.name).split() if len(named) == 1 else []
    own = list(takewhile(lambda word: word not in _PRAISE, words))
    return replace(post, field=" ".join(own)) if own else post


def _told(other: Post, post: Post) -> bool:
    return other.key == post.key and (other.body is not None or other.field is not None)


def _is_unit(mention: Mention, key: str) -> bool:
    return mention.body.form == "unit" and mention.body.key == key and mention.post is None


def _alike(one: str, other: str) -> bool:
    return same_name(one, other).score >= _SAME_PERSON


def _region(post: Post, code: str) -> Body:
    return Body(post.start, post.end, post.first, post.last, "bare", (code,))
