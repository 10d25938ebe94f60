"""Officials and agencies of an article, each once, by their canonical names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from extract.body import Body, Form
from extract.linking import Entity
from extract.names import find_name_after, same_name, short_forms
from extract.names.variants import misspelt, nearly, spelt_out, straight
from extract.officials import Post, canonical_position
from extract.placing import placed
from extract.posts import ended, in_term
from extract.roles import joined, phrase, roles_of
from extract.scene import Scene
from store.model.keys import slug
from store.model.records import Acting, AgencyMention, OfficialMention, Person
from store.model.registry import Holder, Registry

_COMPANION = re.compile(
    r"(?:didampingi|mendampingi|hadir\.\s+di ?antaranya|turut hadir|hadir bersama|hadir pula|disaksikan|datang pula|"
    r"dibuka)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_ATTENDED = re.compile(r"diikuti(?: (?:langsung|juga|pula|oleh|antara lain))*\s$|turut mendampingi\b[^.]{0,80}$", re.IGNORECASE)
_WITH = re.compile(r"(?:bersama|ditemani)\b[^.]{0,40}$", re.IGNORECASE)
"""Who stands beside the one told of takes part; those told behind them only came along."""
_ASIDE = re.compile(r"(?:di bawah|istri(?: dari)?|isteri|anak dari|keluarga|almarhum|alm\.?)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_SECRETARIAT = frozenset({"setda", "setwan"})
_OFFICES = {"kepala_dinas": "Dinas", "kepala_badan": "Badan"}
_SIDE_ROLES = frozenset({"ketua_dewan_juri", "ketua_tim_penilai", "ketua_panitia", "ketua", "anggota", "guru_besar", "pendiri"})
"""What somebody is beside an office: where an article tells both, the office is the post."""
_TITLES = frozenset({"Menteri", "Wakil Menteri", "Direktur Jenderal", "Gubernur", "Bupati", "Wali Kota"})
_HEADS = frozenset({"presiden", "wakil_presiden"})
_SAME_PERSON = 0.8
_SURELY = 0.9


@dataclass
class Official:
    """One person of an article with all places that name them."""

    name: str
    position: str | None
    post: Post
    posts: list[Post] = field(default_factory=list)
    holder: str | None = None
    """The known holder of the post at the article's date."""
    variant: bool = False
    """Whether the printed name differs from the known holder of the post."""

    @property
    def person(self) -> Person:
        """Name and position, as a claim says them."""
        return Person(name=self.name, position=self.position)


class People:
    """The named officials of one scene."""

    def __init__(self, scene: Scene, registry: Registry) -> None:
        """Gather every named post, the same person once, misspelt names by post and date; headlines last, for their capitals mislead."""
        self.scene, self.registry = scene, registry
        self.officials: list[Official] = []
        self.day = scene.page.article.published_on or _day_told(scene)
        self._acting = [post for post, _ in roles_of(scene)]
        self._aside = self._companions()
        named = [post for post in scene.posts if post.name and scene.sentence_at(post.start) is not None]
        title = len(scene.page.article.title)
        self.body = straight(scene.page.full[title:])
        for post in sorted(named, key=lambda post: (post.start < title, post.start)):
            self._add(post)
        for official in self.officials:
            official.name = self._whole_name(official)

    def position(self, post: Post) -> str:
        """The post spelt out; a bare "Bupati" takes the region of the same post elsewhere in the article, or that of its paragraph."""
        return canonical_position(self.placed(post), self.scene.linker, self.registry)

    def placed(self, post: Post) -> Post:
        """The post with the region or unit it belongs to where it is printed bare."""
        return placed(self.scene, self.registry, post, self.day)

    def _add(self, post: Post) -> None:
        name = straight(post.name.name) if post.name else ""
        headline = post.start < len(self.scene.page.article.title)
        if headline and any(known.post.key == post.key and same_name(name, known.name).score < _SAME_PERSON for known in self.officials):
            return
        position = self._known_post(self.position(post), name)
        holder = self._holder(position, name)
        if headline and not holder and name and not re.search(rf"(?<!\w){re.escape(name.split()[0])}(?!\w)", self.body):
            return  # words of the headline: the text would tell the name again
        for known in self.officials:
            if self._same(known, position, name) or (holder and holder.name in (known.holder, known.name)):
                known.posts.append(post)
                side = known.post.key in _SIDE_ROLES and post.key not in _SIDE_ROLES
                if side or (len(position) > len(known.position or "") and position.split()[0] == (known.position or position).split()[0]):
                    known.position = position
                    known.post = post if side else known.post
                longer = known.name in name or spelt_out(known.name, name) or (known.holder is not None and known.holder == name)
                if len(name) > len(known.name) and longer and not known.variant:
                    known.name = name
                return
        variant = holder is not None and holder.verified and misspelt(name, holder.name)
        self.officials.append(
            Official(holder.name if holder and variant else name, position, post, [post], holder.name if holder else None, variant)
        )

    @staticmethod
    def _same(known: Official, position: str, name: str) -> bool:
        """Whether a name means somebody already known: alike, or of the same post with the same last name ("Gusti Dula")."""
        ours, theirs = known.name.split(), name.split()
        shared = known.position == position and len(ours) > 1 and len(theirs) > 1 and ours[-1] == theirs[-1] and len(ours[-1]) > 3
        return shared or same_name(name, known.name).score >= _SAME_PERSON

    def _known_post(self, position: str, name: str) -> str:
        """A title without its office ("Menteri") as the one known holder of that name in office bears it ("Menteri Dalam Negeri")."""
        if position not in _TITLES or " " not in name:
            return position
        alike = (
            holder.position
            for holder in self.registry.holders
            if holder.position.startswith(f"{position} ") and in_term(holder, self.day) and same_name(name, holder.name).score >= _SURELY
        )
        known = set(alike)
        return known.pop() if len(known) == 1 else position

    def _whole_name(self, official: Official) -> str:
        """A name of one word as the article tells it whole elsewhere; a last name alone as the known holder of the post bears it."""
        name, title = official.name, len(self.scene.page.article.title)
        if " " in name:
            return name
        if official.holder and official.holder.split()[-1].lower() == name.lower():
            return official.holder
        for found in re.finditer(rf"(?<![\w.] ){re.escape(name)}(?= [A-Z])", self.scene.page.full):
            whole = find_name_after(self.scene.page.full, found.start()) if found.start() > title else None
            if whole and whole.start == found.start() and 1 < len(whole.name.split()) < 5:
                return whole.name
        return name

    def _holder(self, position: str, name: str) -> Holder | None:
        """The known holder of a post at the article's date whom the printed name means."""
        for holder in self.registry.holders_of.get(position, ()):
            alike = same_name(name, holder.name).score >= _SAME_PERSON or (holder.verified and nearly(name, holder.name))
            if in_term(holder, self.day) and (name in holder.spellings or alike):
                return holder
        return None

    def of(self, post: Post) -> Official | None:
        """The person of a post: named there, or the only one of the same post elsewhere in the article."""
        for official in self.officials:
            if post in official.posts:
                return official
        position = self.position(post)
        same = [official for official in self.officials if official.position == position]
        return same[0] if len(same) == 1 else None

    def person(self, post: Post) -> Person:
        """The person of a post, or the post alone where nobody is named."""
        official = self.of(post)
        return official.person if official else Person(name=None, position=self.position(post))

    def mentions(self) -> tuple[OfficialMention, ...]:
        """The officials as a reading lists them: who receives, gives, judges or is quoted, not who only came along."""
        out = []
        for official in self.officials:
            post = official.post
            if not self._matters(official):
                continue
            printed = tuple(dict.fromkeys(self.scene.page.full[p.name.start : p.name.end] for p in official.posts if p.name))
            acting: Acting | None = _acting(post.acting)
            former = post.former or ended(self.scene.page.full, post, self.day)
            body = self.agency(post)
            out.append(
                OfficialMention(
                    name=official.name,
                    position=f"mantan {official.position}" if former else official.position,
                    agency=body.name if body else None,
                    acting=acting,
                    former=former,
                    as_printed=printed,
                )
            )
        return tuple(out)

    def _matters(self, official: Official) -> bool:
        """Whether an official receives, gives, judges or is quoted rather than only came along, or is spoken of in a quotation."""
        came_along = len(official.posts) == 1 and official.post in self._aside
        if not came_along and any(post in self._acting for post in official.posts):
            return True
        scene, full = self.scene, self.scene.page.full
        at = [official.post.start, *(found.start() for found in _named_again(official.name).finditer(full))]
        own = scene.sentence_at(official.post.start)
        told = {sentence for sentence in map(scene.sentence_at, at) if sentence is not None}
        speaks = {sentence for sentence in told if self._speaks(sentence)}
        if came_along:
            return bool(told - {own})
        if all(scene.page.in_quote(place) for place in at):
            return False
        return official.post.key not in _HEADS or bool(speaks) or official.post.former

    def _speaks(self, sentence: int) -> bool:
        bounds, tokens = self.scene.sentence(sentence), self.scene.tokens
        return bool(self.scene.cues_in(tokens.index(bounds.start), tokens.index(bounds.end - 1) + 1, "say"))

    def _companions(self) -> list[Post]:
        """Posts told only as company ("didampingi …") or aside ("di bawah Bupati …"), with those coordinated to them."""
        found: list[Post] = []
        beside: list[Post] = []
        for index, post in enumerate(self.scene.posts):
            before = self.scene.page.full[max(0, post.start - 100) : phrase(self.scene, post)[0]].replace("\n", ".")
            last = self.scene.posts[index - 1] if index else None
            chained = bool(found) and last == found[-1] and joined(self.scene, found[-1], post)
            if chained or _COMPANION.search(before) or _ATTENDED.search(before) or _ASIDE.search(before):
                found.append(post)
            elif _WITH.search(before):
                found.append(post)
                beside.append(post)
        return [post for post in found if post not in beside]

    def agency(self, post: Post) -> Entity | None:
        """The body an official belongs to: the office that the post heads, the ministry of a minister, the government of a region."""
        post = self.placed(post)
        position = self.registry.positions[post.key]
        body = post.body
        linker, unit = self.scene.linker, self.registry.units.get(position.unit or "")
        if body is not None and body.form == "unit" and body.key in _SECRETARIAT:
            body = replace(body, form="level", key=None)
        if body is not None and body.form not in ("government", "level", "bare"):
            return linker.entity(body, _level(post, self.registry))
        heads = unit is not None and unit.key not in _SECRETARIAT and not unit.key.endswith("_perwakilan")
        if unit and heads and (unit.takes == "region" or (body is not None and unit.parent)):
            form: Form = "council" if unit.key == "dprd" else "unit"
            home = (linker.home,) if linker.home else ()
            start = body or Body(post.start, post.end, post.first, post.last, form, home)
            return linker.entity(replace(start, form=form, key=unit.key))
        if post.key in _HEADS:
            return None
        if position.agency in self.registry.agencies:
            agency = self.registry.agencies[position.agency]
            return Entity(agency.key, agency.name, agency.kind)
        if post.key in _OFFICES and post.field:
            region = linker.region_of(body) if body else self.registry.regions.get(linker.home or "")
            name = f"{_OFFICES[post.key]} {post.field}"
            return Entity(f"{region.code}/{slug(name)}", f"{name} {region.full_name}", "unit", region.code) if region else None
        return linker.entity(body, _level(post, self.registry)) if body else None

    def _heads(self) -> list[Post]:
        """Posts whose bodies take part: those of the listed officials, and nameless ones that give or receive."""
        kept = {mention.name for mention in self.mentions()}
        return [o.post for o in self.officials if o.name in kept] + [post for post in self._acting if post.name is None]

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
        for post in self._heads():
            add(self.agency(post))
        for mention in self.scene.mentions:
            if mention.entity.identity in found and mention.body.form != "head":
                printed = self.scene.page.full[mention.body.start : mention.body.end]
                if printed not in found[mention.entity.identity][1]:
                    found[mention.entity.identity][1].append(printed)
        return tuple(AgencyMention(key=e.key, name=e.name, kind=e.kind, as_printed=tuple(p)) for e, p in found.values())


def _named_again(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, short_forms(name))) + r")(?!\w)")


def _day_told(scene: Scene) -> date | None:
    """A day of the article where nothing says when it was published: its latest printed day, else the middle of its latest year."""
    days = [item.day for item in scene.dates if item.day and not item.year_inferred]
    years = [item.year for item in scene.dates if item.year] + [prize.year for prize in scene.prizes if prize.year]
    return max(days) if days else date(max(years), 12, 1) if years else None


def _acting(value: str | None) -> Acting | None:
    return value if value in ("Pj", "Plt", "Plh", "Pjs") else None  # type: ignore[return-value]


def _level(post: Post, registry: Registry) -> str | None:
    kind = registry.positions[post.key].of
    return kind if kind in ("provinsi", "kabupaten", "kota") else None
