"""What a document calls itself and when it was issued, from its own first and last lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.article.lines import Line
from extract.article.published import read_moment

_KIND = re.compile(
    r"^(?:SALINAN\s+)?(?:KEPUTUSAN|PERATURAN|SURAT EDARAN|INSTRUKSI|PENGUMUMAN|SIARAN PERS|BERITA ACARA|LAPORAN|HASIL|DAFTAR"
    r"|LAMPIRAN|NOTA DINAS|NOTA KESEPAHAMAN"
    r"|PIAGAM|PERJANJIAN|RENCANA|INDEKS|REKAPITULASI|PENETAPAN|SURAT KEPUTUSAN)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"(?i)^(?:dengan rahmat|menimbang|mengingat|memperhatikan|memutuskan|yth\b|kepada\b|nomor\s*:|hal\s*:|sifat\s*:|no\b"
    r"|lampiran\s*:|(?:gubernur|bupati|wali ?kota|menteri) [a-z /]+,$)"
)
_ISSUED = re.compile(
    r"(?i)\b(?:ditetapkan|dikeluarkan|diundangkan|ditandatangani)\b[^.;]{0,60}?\bpada\s+tanggal\s*:?\s*(\d{1,2}\s+[a-z]{3,9}\s+(?:19|20)\d{2})"
)
_SIGNED = re.compile(r"(?m)^[A-Z][A-Za-z ]{2,30},\s+(\d{1,2}\s+[A-Za-z]{3,9}\s+(?:19|20)\d{2})\s*$")
_LONGEST = 400


def document_title(lines: Sequence[Line]) -> str:
    """The document's name for itself: from the line that names its kind to the end of that heading; else its first line."""
    texts = [line for line in lines[:40] if line.text.strip()]
    for number, line in enumerate(texts):
        if line.role != "row" and _KIND.match(line.text) and len(line.text) <= _LONGEST and not line.text.endswith((".", ";")):
            return _gather(texts, number)
    first = next((line.text for line in texts if line.role != "row"), texts[0].text if texts else "")
    return first if len(first) <= 200 else first[:197].rsplit(" ", 1)[0] + " …"


def document_date(text: str) -> str | None:
    """The day on which the document was issued, by its own words; None where it does not say."""
    issued = _ISSUED.search(text) or _SIGNED.search(text)
    return read_moment(issued.group(1)) if issued else None


def _gather(lines: Sequence[Line], number: int) -> str:
    """The heading that starts at a line: the lines in capitals after it, as far as they go."""
    parts = [lines[number].text]
    for line in lines[number + 1 : number + 10]:
        text = line.text
        if line.role == "row" or _CLOSES.match(text) or sum(map(len, parts)) + len(text) > _LONGEST:
            break
        letters = [character for character in text if character.isalpha()]
        if not letters or sum(character.isupper() for character in letters) < 0.8 * len(letters):
            break
        parts.append(text)
    return " ".join(parts)
