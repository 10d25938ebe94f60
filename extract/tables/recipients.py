"""The body a cell names: by the registry, with what its row, its group and its head say of level, government and province."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.linking import Entity, Linker
from extract.scene import SceneBuilder
from extract.tokens import Tokens

_BODY = re.compile(
    r"(?i)^(?:pem(?:erintah|kab|kot|prov|da)|kabupaten|kab\.?|kota|provinsi|prov\.?|dinas|badan|kementerian|lembaga|rs(?:ud|up)?"
    r"|rumah sakit|puskesmas|pol(?:res|da|resta|sek|ri)\w*|kantor|sekretariat|inspektorat|bagian|balai"
    r"|direktorat|universitas|politeknik|kecamatan|kelurahan"
    r"|desa|nagari"
    r"|pengadilan|mahkamah|kejaksaan|upt\w*|satpol|satuan|komisi|dewan|dprd|kepolisian|lapas|rutan|smp|sma|smk|sd"
    r"|perumda|perusahaan umum)\b"
)
_LEVELS = ("kabupaten", "kota", "provinsi")


class Recipients:
    """Resolves cells by one registry."""

    def __init__(self, scenes: SceneBuilder) -> None:
        """Read with the finders of a scene builder."""
        self.scenes = scenes
        self._exactly = lru_cache(maxsize=4096)(self._find)

    def resolve(self, printed: str, parent: str = "", province: str = "", level: str | None = None) -> Entity | None:
        """The body a cell names.

        Args:
            printed: the cell.
            parent: the government whose office it is, where another column names it.
            province: the province it lies in, where another column names it.
            level: kabupaten, kota or provinsi, where the head or the group says so.

        Returns:
            Its entity, without a key where the registry lacks it or two regions bear the name; None where it names no public body.
        """
        text = printed.strip(" .;*")
        home = self._exactly(parent, "", None) if parent else None
        for query in (text, f"{text} {home.name.removeprefix('Pemerintah ')}" if home and home.region else ""):
            found = self._exactly(query, province, level) if query else None
            if found and found.key:
                return found
        open_one = self._exactly(text, province, level)
        if open_one:
            return open_one
        return Entity(None, text, "unknown") if _BODY.match(text) and len(text) > 4 else None

    def _find(self, text: str, province: str, level: str | None) -> Entity | None:
        for query in (f"{text}, {province}" if province else "", f"{level.capitalize()} {text}" if level else "", text):
            found = self._entity(query, level) if query else None
            if found and found.key:
                return found
        return self._entity(text, level)

    def _entity(self, text: str, level: str | None) -> Entity | None:
        """The body that a text is from its first word to its last, or whose head it names ("Bupati Garut")."""
        tokens = Tokens(self.scenes.nlp(text))
        if not tokens.size:
            return None
        post = self.scenes.posts.at(tokens, text, 0)
        body = post.body if post and post.body else self.scenes.bodies.at(tokens, 0)
        if body is None:
            return None
        last = max(body.last, body.reach, post.last if post else 0)
        if any(word.isalnum() for word in tokens.words[last:]) and not (body.form == "agency" and tokens.words[last:] == ["ri"]):
            return None
        of = self.scenes.registry.positions[post.key].of if post else level
        return Linker(self.scenes.registry).entity(body, of if of in _LEVELS else level, text)


def level_in(text: str) -> str | None:
    """The one level that a head or a group's heading names: "KABUPATEN", "Kategori Kota"; None where several or none."""
    found = {level for level in _LEVELS if re.search(rf"(?i)\b{level}\b", text)}
    return found.pop() if len(found) == 1 else None
