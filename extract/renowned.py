"""Holders of posts whom an article names without a post, for its readers know them: "kata Khofifah Indar Parawansa"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.body import Body
from extract.names import NameMention, find_name_after
from extract.posts import LEVELS, Post, in_term
from store.model.registry import Holder, Registry

if TYPE_CHECKING:
    from extract.scene import Scene

_PAIR = re.compile(r"(?<![\w.])(?=([A-Z][\w’'-]+ [A-Z][\w’'-]+))")
_HEADED = re.compile(r"(?:dipimpin|dikepalai|dinakhodai|diteken|ditandatangani)(?: oleh)?\s+$")
_DEEDS = ("say", "give", "handed", "receive")


class Renowned:
    """Finds known holders by their whole names."""

    def __init__(self, registry: Registry) -> None:
        """Know the holders of this registry, by the first two words of their names."""
        posts: dict[str, tuple[str, str | None]] = {}
        for position in registry.positions.values():
            if "{x}" not in position.name:
                posts[position.name] = (position.key, None)
            elif position.of in LEVELS and position.of != "region":
                for region in registry.regions.values():
                    if region.level == position.of:
                        posts[position.name.replace("{x}", region.name)] = (position.key, region.code)
        self.known: dict[str, list[tuple[Holder, str, str | None]]] = defaultdict(list)
        for holder in registry.holders:
            if holder.position in posts and " " in holder.name:
                self.known[" ".join(holder.name.split()[:2])].append((holder, *posts[holder.position]))

    def add_to(self, scene: Scene) -> None:
        """Give a scene a post for every known holder in office whom its text names in full with a deed, but nowhere with a post."""
        day = scene.page.article.published_on
        if day is None:
            return
        told = {code for body in scene.bodies for code in body.options}
        titled = {post.name.name for post in scene.posts if post.name}
        found: dict[str, Post] = {}
        for pair in _PAIR.finditer(scene.page.full, len(scene.page.article.title)):
            names = [
                (holder, key, code)
                for holder, key, code in self.known.get(pair[1], ())
                if in_term(holder, day) and (code is None or code in told) and holder.name not in titled
            ]
            if len(names) != 1 or names[0][0].name in found:
                continue
            name = find_name_after(scene.page.full, pair.start())
            if name and name.start == pair.start() and name.name == names[0][0].name and self._acts(scene, name):
                found[name.name] = self._post(scene, name, names[0][1], names[0][2])
        if found:
            _insert(scene, list(found.values()))

    @staticmethod
    def _acts(scene: Scene, name: NameMention) -> bool:
        """Whether somebody speaks, gives or takes in the clause of a name, outside of quotations and other people's posts."""
        index = scene.sentence_at(name.start)
        if index is None or scene.page.in_quote(name.start):
            return False
        if any(post.start <= name.start < max(post.end, post.name.end if post.name else 0) for post in scene.posts):
            return False
        first, last = scene.tokens.index(name.start), scene.tokens.index(name.end - 1) + 1
        near = scene.cues_in(max(0, first - 3), last + 4, *_DEEDS)
        return bool(near) or _HEADED.search(scene.page.full, max(0, name.start - 30), name.start) is not None

    @staticmethod
    def _post(scene: Scene, name: NameMention, key: str, code: str | None) -> Post:
        first = scene.tokens.index(name.start)
        body = Body(name.start, name.start, first, first, "bare", (code,)) if code else None
        return Post(name.start, name.start, first, first, key, body=body, name=name)


def _insert(scene: Scene, posts: list[Post]) -> None:
    """Put posts among those of a scene, in the order of the text; bodies keep pointing at theirs."""
    old = list(scene.posts)
    scene.posts.extend(posts)
    scene.posts.sort(key=lambda post: post.start)
    places = {id(post): place for place, post in enumerate(scene.posts)}
    scene.bodies = [replace(b, post=places[id(old[b.post])]) if b.post is not None else b for b in scene.bodies]
