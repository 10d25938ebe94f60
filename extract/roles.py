"""Who stood where: who handed a prize over, who took it, whom they stood in for. By verb and preposition, never by rank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.linking import Entity
from extract.officials import Post
from extract.scene import Mention, Scene

Role = Literal["presents", "receives", "wins", "addressed", ""]

_ADVERB = (
    r"(?:\s(?:secara|langsung|simbolis|virtual|daring|telah|sudah|pun|juga|turut|ikut|kembali|itu|ini|"
    r"tersebut|sendiri|resmi|tadi|oleh|tangan|bapak|ibu|pak|saudara)\b|,)*"
)
_PRIZE = (
    r"(?:penghargaan|piagam|piala|trofi|tropi|plakat|anugerah|penganugerahan|award|awards|sertifikat|"
    r"lencana|satyalancana|medali|opini|predikat|hasil|lhp|laporan|rapor|insentif|tanda kehormatan|"
    r"paritrana|adipura|hadiah|lkpd|surat|dokumen|kategori|sk|nilai)"
)
_GIVING = (
    r"(?:menyerahkan|menyerahkannya|serahkan|memberikan|memberikannya|memberi|berikan|beri|"
    r"menganugerahkan|menganugerahkannya|anugerahkan|menganugerahi|mengganjar|ganjar|menyematkan|"
    r"menyematkannya|mengalungkan|membagikan|bagikan)"
)
_GIVEN = r"(?:diserahkan|diserahterimakan|diberikan|dianugerahkan|disematkan|dikalungkan|diganjar|dianugerahi)(?:nya)?"
_GIVING_NOUN = r"(?:penyerahan|penyerahannya|penganugerahan|penganugerahannya|pemberian|pemberiannya|penyematan)"
_TAKEN = r"(?:diterima|diterimanya|diambil|diwakili|diraih|diboyong|disabet|dibawa pulang)"
_TAKING = (
    r"(?:menerima|menerimanya|terima|mengambil|mewakili|mewakilinya|pulang membawa|membawa pulang|pulang menenteng|"
    r"menenteng pulang|menenteng)"
)
_WINNING = r"(?:meraih|raih|memperoleh|peroleh|mendapat|mendapatkan|menyabet|sabet|memboyong|boyong|dinobatkan|diganjar|dianugerahi)"
_TO_SOMEBODY = r"ke (?:tangan|wali|bupati|gubernur|wagub|wabup|wawali|sekda|kepala|ketua)"
_ASIDE = r"[^,.;]{3,70},\s|(?:pada\s)?(?:hari\s)?(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)[\w ,()/]{0,24}\s"
_NO_PRIZE = (
    r"(?:sambutan|arahan|keterangan|penjelasan|selamat|semangat|motivasi|dukungan|materi|pesan|perhatian|"
    r"waktu|kesempatan|bantuan|ucapan|pengarahan|instruksi|perintah|masukan|pemahaman|contoh|tanggapan|"
    r"komentar|pernyataan|pelayanan|ruang)"
)

_BEFORE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("receives", re.compile(rf"\b{_TAKEN}{_ADVERB}\s$")),
    ("presents", re.compile(rf"\b{_GIVEN}{_ADVERB}\s$")),
    ("presents", re.compile(rf"\b{_GIVING_NOUN}\s(?:[\w/-]+\s){{0,9}}?(?:dilakukan|dilaksanakan|dipimpin|oleh){_ADVERB}\s$")),
    ("presents", re.compile(rf"\b{_PRIZE}\s(?:[\w/-]+\s){{0,6}}?disampaikan{_ADVERB}\s$")),
    ("presents", re.compile(r"\byang menyerahkan(?:nya)?(?: adalah| ialah)?\s$")),
    ("receives", re.compile(r"\byang (?:hadir )?menerima(?:nya)?(?: adalah| ialah| yakni)?\s$")),
    (
        "receives",
        re.compile(
            r"\b(?:penerima|peraih|pemenang)(?:nya)?(?:\s[\w ,/-]{0,60})?\s?(?:adalah|ialah|yakni|yaitu|:|antara lain)\s(?:[\w ]{0,20}\s)?$"
        ),
    ),
    ("receives", re.compile(r"\bpenerimanya\s$")),
    ("wins", re.compile(r"\b(?:gubernur|bupati|wali ?kota|kepala daerah)\b[^.:;]{0,40}(?:\s(?:yakni|yaitu|adalah|antara lain)|:)\s$")),
)
_AFTER: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "addressed",
        re.compile(r"[\s,)]*(?:yang\s|dengan\s)?(?:di)?wakil(?:i|kan)\b(?!\s(?:pemerintah|pemkab|pemkot|pemprov|kabupaten|kota|provinsi))"),
    ),
    ("addressed", re.compile(r"[\s,)]*menerima(?:nya)?\s(?:[\w]+\s){0,4}(?:melalui|lewat)\s")),
    (
        "presents",
        re.compile(
            rf"[\s,)]*(?:(?:(?!\b(?:sementara|sedangkan|setelah|yang di)\b)[^.;:]){{0,90}}?\s)?{_GIVING}(?:nya\b|"
            rf"\b(?!\s{_NO_PRIZE})(?=(?:[^.;]{{0,110}}\b(?:{_PRIZE}|kepada|{_TO_SOMEBODY})\b)))|"
            rf"[\s,)]*(?:setelah|usai|seusai|sesudah)\s{_GIVING}\b|"
            rf"[\s,)]*(?:juga\s|langsung\s)?menyampaikan(?:nya)?\s(?:opini|lhp|laporan hasil pemeriksaan|penghargaan|piagam)\b"
        ),
    ),
    ("receives", re.compile(rf"[\s,)]*(?:{_ASIDE})?(?:yang\s)?(?:[\w]+\s){{0,4}}?{_TAKING}\b")),
    ("wins", re.compile(rf"[\s,)]*(?:yang\s)?(?:berhasil\s|sukses\s|kembali\s|juga\s|telah\s)*{_WINNING}\b")),
)
_MANY = re.compile(r"\b(?:para|seluruh|masing-masing|semua|sejumlah|beberapa|\d+ (?:bupati|kepala daerah|wali kota))\b", re.IGNORECASE)
_JOINT = re.compile(r"[\s,;]*(?:dan|serta|juga|bersama|beserta|&|bersama-sama)?[\s,]*", re.IGNORECASE)
_FURTHER = re.compile(r"(?:selain itu|kemudian|lalu|berikutnya|selanjutnya|disusul|serta)[\s,]*(?:ada )?", re.IGNORECASE)
_TO = re.compile(rf"\b(?:kepada|ke tangan|ke|pada|untuk){_ADVERB}\s$")
_FROM = re.compile(r"\bdari(?:\stangan)?(?:\sbapak|\sibu)?\s$")
_BY = re.compile(rf"\boleh{_ADVERB}\s$")
_HANDED = re.compile(rf"\b(?:{_GIVEN}|{_GIVING}(?:nya)?|{_GIVING_NOUN}|disampaikan)\b")
_GOT = re.compile(rf"\b(?:{_TAKING}|{_TAKEN}|{_WINNING}|{_PRIZE})\b")
_PASSIVE = re.compile(
    r"\bdi(?:serah|beri|anugerah|sematkan|terima|wakili|ambil|raih|lakukan|sampaikan|selenggarakan|gelar|"
    r"adakan|nilai|inisiasi|buka|hadiri|dampingi|saksikan|resmikan|gagas|pimpin|keluarkan|laksanakan|"
    r"rilis)\w*"
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Posts of one article by what they did with its prizes."""

    presenter: Post | None = None
    receivers: tuple[Post, ...] = ()
    addressed: Post | None = None
    presenters: tuple[Post, ...] = ()


def find_roles(scene: Scene, mentions: list[Mention]) -> Roles:
    """Presenter, receivers and addressee told with a prize: by preposition and verb, not by rank.

    With `mentions`, of one claim, the presenter is who hands over in the sentence that names its recipient, or in one before that
    names no other receiver; without them, the first of the article.
    """
    roles = roles_of(scene)
    presenters = [post for post, role in roles if role == "presents"]
    presenter = _nearest(scene, roles, mentions)
    receivers = [post for post, role in roles if role in ("receives", "wins")]
    wins = [post for post, role in roles if role == "wins"]
    addressed = next((post for post, role in roles if role == "addressed"), None)
    receivers.sort(key=lambda post: (post.name is None, post in wins, post.start < len(scene.page.article.title)))
    return Roles(presenter, tuple(receivers), addressed, tuple(presenters))


@lru_cache(maxsize=2)  # asked for by every claim of a scene
def roles_of(scene: Scene) -> list[tuple[Post, Role]]:
    """Every post of the article that presents, receives or is addressed, with its role, in the order of the text."""
    found: list[tuple[Post, Role]] = []
    for index in range(len(scene.page.sentences)):
        posts = scene.within(scene.posts, index)
        roles = [_role(scene, post, index) for post in posts]
        if roles and not roles[0] and _goes_on(scene, posts[0], index, found):
            roles[0] = found[-1][1]
        for at in range(1, len(posts)):
            if not roles[at] and roles[at - 1] in ("presents", "receives", "wins") and joined(scene, posts[at - 1], posts[at]):
                roles[at] = roles[at - 1]
            if (
                roles[at - 1] == "addressed" and "wakil" in scene.page.full[phrase(scene, posts[at - 1])[1] : posts[at].start].lower() + ""
            ) or (roles[at - 1] == "addressed" and re.search(r"(?:melalui|lewat)\s*$", scene.page.full[: posts[at].start][-12:].lower())):
                roles[at] = "receives"
        for at in range(len(posts) - 2, -1, -1):
            if not roles[at] and roles[at + 1] and roles[at + 1] != "addressed" and joined(scene, posts[at], posts[at + 1]):
                roles[at] = roles[at + 1]
        found += [(post, role) for post, role in zip(posts, roles, strict=True) if role]
    return found


def _goes_on(scene: Scene, post: Post, sentence: int, found: list[tuple[Post, Role]]) -> bool:
    """Whether a sentence goes on with the list of winners that the one before closed: "Selain itu Bupati …, Bupati …"."""
    bounds = scene.sentence(sentence)
    if not found or found[-1][1] not in ("receives", "wins") or scene.sentence_at(found[-1][0].start) != sentence - 1:
        return False
    return _FURTHER.fullmatch(scene.page.full[bounds.start : post.start]) is not None


def phrase(scene: Scene, post: Post) -> tuple[int, int]:
    """Offsets of a post with its holder's name and its body's apposition."""
    reach = scene.tokens.end(post.body.reach) if post.body and post.body.reach else 0
    name = post.name
    return min(post.start, name.start if name else post.start), max(post.end, name.end if name else 0, reach)


def _nearest(scene: Scene, roles: list[tuple[Post, Role]], mentions: list[Mention]) -> Post | None:
    """The presenter of one claim; None where every hand-over told names other receivers."""
    title = len(scene.page.article.title)
    told = [post for post, role in roles if role == "presents"]
    told = [post for post in told if post.start >= title] or told
    told = [post for at, post in enumerate(told) if not at or not joined(scene, told[at - 1], post)]  # "Menpan dan Ketua KPK": the first
    if not told or not mentions:
        return next((post for post in told if post.name), told[0] if told else None)
    here = {mention.sentence for mention in mentions if scene.sentence(mention.sentence).kind != "title"}
    regions = {mention.entity.region or mention.entity.identity for mention in mentions}
    open_to = []
    for post in told:
        sentence = scene.sentence_at(post.start)
        takers = _takers(scene, roles, sentence)
        if sentence in here or takers & regions:
            return post
        if not takers or (sentence is not None and _MANY.search(scene.page.text(scene.sentence(sentence)))):
            open_to.append(post)
    first = min(here, default=0)
    before = [post for post in open_to if (scene.sentence_at(post.start) or 0) <= first]
    return before[-1] if before else open_to[0] if open_to else None


def _takers(scene: Scene, roles: list[tuple[Post, Role]], sentence: int | None) -> set[str]:
    """Regions or bodies whose people take the prize in a sentence."""
    takes = [post for post, role in roles if role in ("receives", "addressed", "wins") and scene.sentence_at(post.start) == sentence]
    bodies = [mention for mention in scene.mentions if mention.sentence == sentence]
    posts = {mention.entity.region or mention.entity.identity for mention in bodies if mention.post in takes}
    given = {
        mention.entity.region or mention.entity.identity
        for mention in bodies
        if mention.post is None and mention.body.preposition == "kepada"
    }
    return posts | given


def belongs(scene: Scene, post: Post, recipient: Entity, mentions: list[Mention]) -> bool:
    """Whether a post is an office of the recipient that these mentions name: of its region, or of the body itself.

    The head of a region takes no prize of one of its units but where the two are told together.
    """
    position = scene.linker.registry.positions[post.key]
    level = position.of if position.of in ("provinsi", "kabupaten", "kota") else None
    if recipient.kind == "unit" and level and scene.sentence_at(post.start) not in {mention.sentence for mention in mentions}:
        return False
    if post.body is None and position.agency:
        return recipient.key == position.agency
    if post.body is None:
        return recipient.region == scene.linker.home and (recipient.region is not None or position.of in ("agency", "unit"))
    entity = scene.linker.entity(post.body)
    if entity is None:
        region = scene.linker.region_of(post.body, level)
        return region is not None and region.code == recipient.region
    return entity.identity == recipient.identity or (entity.region is not None and entity.region == recipient.region)


def joined(scene: Scene, left: Post, right: Post) -> bool:
    """Whether two posts are coordinated: nothing but marks and words like "dan" between them."""
    gap = scene.page.full[phrase(scene, left)[1] : phrase(scene, right)[0]].strip(" ()")
    return _JOINT.fullmatch(gap) is not None


def _role(scene: Scene, post: Post, sentence: int) -> Role:
    """What one post does in its sentence, "" for nothing with a prize."""
    full, bounds = scene.page.full, scene.sentence(sentence)
    start, end = phrase(scene, post)
    clause = full[bounds.start : start].lower().replace("\n", " ")
    rest = full[end : min(bounds.end, end + 220)].lower()
    following = next((other for other in scene.within(scene.posts, sentence) if other.start > start and other is not post), None)
    own = rest[: max(0, phrase(scene, following)[0] - end)] if following else rest
    if _AFTER[0][1].match(rest) or _AFTER[1][1].match(rest):
        return "addressed"
    for role, pattern in _BEFORE:
        if pattern.search(clause[-180:]):
            return role
    told = _by_preposition(clause[-200:])
    if told is not None:
        return told
    for role, pattern in _AFTER[2:]:
        found = pattern.match(rest)
        if found and found.end() <= len(own) and not (pattern is _AFTER[4][1] and post.name is None):
            return role
    return ""


def _by_preposition(clause: str) -> Role | None:
    """The role that "kepada", "dari" or "oleh" before a post gives it; None where none stands there."""
    if _TO.search(clause):
        return "receives" if _HANDED.search(clause) else ""
    if _FROM.search(clause):
        return "presents" if _GOT.search(clause) else ""
    if _BY.search(clause):
        verbs = _PASSIVE.findall(clause)
        last = verbs[-1] if verbs else ""
        if re.match(r"di(?:terima|wakil|ambil|raih)", last):
            return "receives"
        handed = re.match(r"di(?:serah|beri|anugerah|sematkan)", last) or (last.startswith("di") and re.search(_GIVING_NOUN, clause))
        return "presents" if handed else ""
    return None
