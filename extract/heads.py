"""Heads of regions told without their region: "Bupati menerima penghargaan …" speaks of the kabupaten that the article is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.body import Body
from extract.linking import Entity
from extract.placing import placed
from extract.posts import LEVELS, Post
from store.model.registry import Registry

if TYPE_CHECKING:
    from extract.scene import Scene

_HEADS = frozenset({"gubernur", "wakil_gubernur", "bupati", "wakil_bupati", "wali_kota", "wakil_wali_kota"})


def heads_alone(scene: Scene, registry: Registry) -> Iterator[tuple[Body, Entity, int, Post]]:
    """Every bare title of office as a mention of its region: the body, which it is, its sentence, the post."""
    for number, post in enumerate(scene.posts):
        sentence = scene.sentence_at(post.start)
        if post.key not in _HEADS or post.body is not None or post.former or sentence is None:
            continue
        body = _region(scene, registry, post)
        entity = scene.linker.entity(body, registry.positions[post.key].of) if body else None
        if body and entity:
            own = replace(body, start=post.start, end=post.end, first=post.first, last=post.last, form="head", reach=post.last, post=number)
            yield own, entity, sentence, post


def _region(scene: Scene, registry: Registry, post: Post) -> Body | None:
    """The region that the article gives a bare post: what `placed` finds, else its own where it is of that level."""
    found = placed(scene, registry, post, scene.page.article.published_on).body
    home = registry.regions.get(scene.linker.home or "")
    if found is None and home and home.level in LEVELS.get(registry.positions[post.key].of, ()):
        return Body(post.start, post.end, post.first, post.last, "bare", (home.code,))
    return found
