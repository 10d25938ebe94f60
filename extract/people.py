"""Officials and agencies of an article, each once, by their canonical names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.linking import Entity
from extract.names import same_name
from extract.officials import Post, canonical_position
from extract.scene import Scene
from store.model.records import Acting, AgencyMention, OfficialMention, Person
from store.model.registry import Holder, Registry

_COMPANION = re.compile(r"(?:ditemani|didampingi|bersama|turut hadir|hadir|dihadiri|disaksikan)\b[^.]{0,40}$", re.IGNORECASE)
_SAME_PERSON = 0.8


@dataclass
class Official:
    """One person of an article with all places that name them."""

    name: str
    position: str | None
    post: Post
    posts: list[Post] = field(default_factory=list)
    variant: bool = False
    """Whether the printed name differs from the known holder of the post."""

    @property
    def person(self) -> Person:
        """Name and position, as a claim says them."""
        return Person(name=self.name, position=self.position)


class People:
    """The named officials of one scene."""

    def __init__(self, scene: Scene, registry: Registry) -> None:
        """Gather every named post, the same person once, misspelt names by post and date."""
        self.scene, self.registry = scene, registry
        self.officials: list[Official] = []
        for post in scene.posts:
            if post.name and scene.sentence_at(post.start) is not None:
                self._add(post)

    def _add(self, post: Post) -> None:
        name = post.name.name if post.name else ""
        position = canonical_position(post, self.scene.linker, self.registry)
        for known in self.officials:
            if same_name(name, known.name).score >= _SAME_PERSON:
                known.posts.append(post)
                if len(position) > len(known.position or "") and position.split()[0] == (known.position or position).split()[0]:
                    known.position = position
                if len(name) > len(known.name) and known.name in name:
                    known.name = name
                return
        holder = self._holder(position, name)
        official = Official(holder.name if holder else name, position, post, [post])
        official.variant = bool(holder) and holder is not None and holder.name != name and same_name(name, holder.name).reason == "spelling"
        if not official.variant:
            official.name = name
        self.officials.append(official)

    def _holder(self, position: str, name: str) -> Holder | None:
        """The known holder of a post at the article's date whom the printed name misspells."""
        day = self.scene.page.article.published_on
        for holder in self.registry.holders_of.get(position, ()):
            in_office = day is None or ((holder.since is None or holder.since <= day) and (holder.until is None or day <= holder.until))
            if in_office and (name in holder.spellings or same_name(name, holder.name).score >= _SAME_PERSON):
                return holder
        return None

    def of(self, post: Post) -> Official | None:
        """The person of a post: named there, or the only one of the same post elsewhere in the article."""
        for official in self.officials:
            if post in official.posts:
                return official
        position = canonical_position(post, self.scene.linker, self.registry)
        same = [official for official in self.officials if official.position == position]
        return same[0] if len(same) == 1 else None

    def person(self, post: Post) -> Person:
        """The person of a post, or the post alone where nobody is named."""
        official = self.of(post)
        return official.person if official else Person(name=None, position=canonical_position(post, self.scene.linker, self.registry))

    def mentions(self) -> tuple[OfficialMention, ...]:
        """The officials as a reading lists them: who receives, gives, judges or is quoted, not who only came along."""
        out = []
        for official in self.officials:
            post = official.post
            before = self.scene.page.full[max(0, post.start - 60) : post.start]
            if len(official.posts) == 1 and _COMPANION.search(before):
                continue
            printed = tuple(dict.fromkeys(self.scene.page.full[p.name.start : p.name.end] for p in official.posts if p.name))
            acting: Acting | None = _acting(post.acting)
            body = self._agency(post)
            out.append(
                OfficialMention(
                    name=official.name,
                    position=f"mantan {official.position}" if post.former else official.position,
                    agency=body.name if body else None,
                    acting=acting,
                    former=post.former,
                    as_printed=printed,
                )
            )
        return tuple(out)

    def _agency(self, post: Post) -> Entity | None:
        """The body an official belongs to: the office of the post, the ministry of a minister."""
        if post.body:
            return self.scene.linker.entity(post.body, _level(post, self.registry))
        position = self.registry.positions[post.key]
        if position.agency and position.agency in self.registry.agencies:
            agency = self.registry.agencies[position.agency]
            return Entity(agency.key, agency.name, agency.kind)
        return None

    def agencies(self, claimed: list[Entity], givers: list[str]) -> tuple[AgencyMention, ...]:
        """Every body in the matter, once: recipients, givers, and those whose officials speak or act."""
        found: dict[str, tuple[Entity, list[str]]] = {}

        def add(entity: Entity | None) -> None:
            if entity and entity.kind not in ("private", "region"):
                found.setdefault(entity.identity, (entity, []))

        for key in givers:
            if key in self.registry.agencies:
                agency = self.registry.agencies[key]
                add(Entity(agency.key, agency.name, agency.kind))
        for entity in claimed:
            add(entity)
        kept = {mention.name for mention in self.mentions()}
        for official in self.officials:
            if official.name in kept:
                add(self._agency(official.post))
        for mention in self.scene.mentions:
            if mention.entity.identity in found:
                printed = self.scene.page.full[mention.body.start : mention.body.end]
                if printed not in found[mention.entity.identity][1]:
                    found[mention.entity.identity][1].append(printed)
        return tuple(AgencyMention(key=e.key, name=e.name, kind=e.kind, as_printed=tuple(p)) for e, p in found.values())


def _acting(value: str | None) -> Acting | None:
    return value if value in ("Pj", "Plt", "Plh", "Pjs") else None  # type: ignore[return-value]


def _level(post: Post, registry: Registry) -> str | None:
    kind = registry.positions[post.key].of
    return kind if kind in ("provinsi", "kabupaten", "kota") else None
