"""A simulated press: 300 results of public bodies, told by 3,000 articles as a press tells them, with the truth kept aside.

Everything is drawn from one seed: what happened (who got which mark of which programme, when), and how it is told: wire copies
cut short, ceremony years taken for edition years, slips, misspelt names, contradictions, corrections, late news and background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from random import Random
from typing import Any

from store.model.keys import fold
from store.model.records import Article, Claim, Person, Reading
from store.sql.ledger import Delivery
from tests.store.sql.press_registry import REGISTRY
from tests.store.sql.press_results import Result, draw_results

_WORDS = (
    "penghargaan diserahkan kepada kepala daerah yang hadir bersama jajaran dalam acara yang digelar pemerintah pusat untuk "
    "menilai mutu layanan warga menyambut hasil itu dengan harapan perbaikan terus berjalan sampai tingkat desa petugas diminta "
    "menjaga capaian anggaran tahun depan diarahkan pada kebutuhan dasar data lapangan menunjukkan kemajuan meski sejumlah catatan "
    "tetap harus dibenahi tim penilai datang dua kali memeriksa dokumen dan berbicara langsung dengan pengguna layanan di kantor "
    "kecamatan"
).split()
REPORTS = 3
"""Reports of its own that every result has at least: where a single one is wrong, no merging can know."""
_LETTERS = "abdegiklmnoprstu"


@dataclass
class Press:
    """Results, and the deliveries that tell them in the order of their publication."""

    results: list[Result]
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """How many articles there are; an edited one counts once."""
        return len({item.reading.article.key for item in self.deliveries})


def make_press(seed: int, results: int = 300, articles: int = 3000) -> Press:
    """Draw the results and let the press tell them."""
    random = Random(seed)
    press = Press(draw_results(random, results))
    weights = [1 + int(random.paretovariate(0.9)) for _ in press.results]
    wanted = {result.number: REPORTS for result in press.results}
    for number in random.choices(range(len(press.results)), [min(weight, 60) for weight in weights], k=articles - REPORTS * results):
        wanted[number] += 1
    writer = _Writer(random, press)
    for result in press.results:
        writer.tell(result, wanted[result.number])
    return press


class _Writer:
    """Writes the articles on one result after the other."""

    def __init__(self, random: Random, press: Press) -> None:
        self.random, self.press = random, press
        self.number = 0

    def tell(self, result: Result, articles: int) -> None:
        """Write so many articles on a result: reports of their own, copies of them, late news, corrections."""
        reports: list[tuple[str, Claim]] = []
        for place in range(articles):
            chance = self.random.random()
            if place >= REPORTS and chance < 0.5:
                self._copy(result, *self.random.choice(reports))
            elif place >= REPORTS and chance < 0.58:
                self._late(result)
            elif place >= REPORTS and chance < 0.62:
                self._correct(result)
            else:
                text, told = self._text(result), self._claim(result)
                reports.append((text, told))
                self._publish(text, [told, *self._background(result, told)], self._days_after(result, 4))

    def _days_after(self, result: Result, most: int) -> date:
        return result.event + timedelta(days=min(int(self.random.expovariate(1.2)), most))

    def _claim(self, result: Result) -> Claim:
        """A claim as a reader gets it out of a report of its own: mostly right, with what the press gets wrong."""
        happens = self.random.random
        values = self._true_values(result)
        offset = REGISTRY.programmes[result.programme].year_offset
        if offset and happens() < 0.2:
            values["edition_year"] = result.event.year
        elif happens() < 0.015:
            values["edition_year"] = result.year + self.random.choice([-1, 1])
        elif happens() < 0.04:
            values["edition_year"] = None
        if happens() < 0.025:
            self._contradict(values, result)
        if values.get("score") is not None and happens() < 0.15:
            values["score"] = round(values["score"], 1)
        self._leave_out(values, {"category": 0.06, "innovation": 0.06, "score": 0.3, "rank_of": 0.3, "event_date": 0.35, "venue": 0.5})
        self._misspell(values)
        return Claim.model_validate(values)

    def _true_values(self, result: Result) -> dict[str, Any]:
        programme = REGISTRY.programmes[result.programme]
        name = REGISTRY.regions[result.recipient].government
        unit = programme.score_unit if result.score is not None else None
        return {
            "programme": result.programme,
            "programme_name": programme.name,
            "kind": programme.kind,
            "edition_year": result.year,
            "category": result.category,
            "innovation": result.innovation,
            "predicate": result.predicate,
            "tier": result.tier,
            "rank": result.rank,
            "rank_of": result.rank_of,
            "score": result.score,
            "score_unit": unit,
            "recipient": name.replace("Pemerintah Kabupaten", "Pemkab").replace("Pemerintah Kota", "Pemkot"),
            "recipient_name": name,
            "recipient_key": result.recipient,
            "giver": "Kementerian Penilai",
            "giver_key": "penilai",
            "received_by": Person(name=result.receiver),
            "event_date": result.event,
            "venue": result.venue,
            "confidence": round(self.random.uniform(0.5, 0.98), 2),
        }

    def _contradict(self, values: dict[str, Any], result: Result) -> None:
        if result.predicate:
            steps = [step.name for step in REGISTRY.programmes[result.programme].scales[0].steps]
            values["predicate"] = self.random.choice([name for name in steps if name != result.predicate])
        elif result.tier:
            values["tier"] = self.random.choice([tier for tier in ("Top 10", "Top 45", "Top 99") if tier != result.tier])
        elif result.rank:
            values["rank"] = result.rank + 1

    def _leave_out(self, values: dict[str, Any], chances: dict[str, float]) -> None:
        for name, chance in chances.items():
            if self.random.random() < chance:
                values[name] = None
                if name == "score":
                    values["score_unit"] = None

    def _misspell(self, values: dict[str, Any]) -> None:
        happens = self.random.random
        if values.get("innovation") and happens() < 0.06:
            values["innovation"] = self._typo(values["innovation"])
        if values.get("category") and happens() < 0.15:
            values["category"] = self.random.choice([f"Kategori {values['category']}", values["category"].upper()])
        if happens() < 0.015:
            values["recipient_name"], values["recipient_key"] = self._typo(values["recipient_name"]), None

    def _typo(self, name: str) -> str:
        """One letter of the last word doubled or another one put in its place."""
        head, _, last = name.rpartition(" ")
        place = self.random.randrange(1, len(last))
        if self.random.random() < 0.5:
            last = last[:place] + last[place] + last[place:]
        else:
            last = last[:place] + self.random.choice(_LETTERS.replace(last[place], "")) + last[place + 1 :]
        return f"{head} {last}"

    def _background(self, result: Result, told: Claim) -> list[Claim]:
        """Now and then a report recalls what the same body got before; the reader marks most of that as background."""
        earlier = [
            other
            for other in self.press.results
            if (other.programme, other.recipient) == (result.programme, result.recipient) and other.year < result.year
        ]
        if not earlier or self.random.random() > 0.15 or told.recipient_key is None:
            return []
        other = max(earlier, key=lambda one: one.year)
        values = self._true_values(other) | {"event_date": None, "venue": None, "received_by": None, "score": None, "score_unit": None}
        if self.random.random() < 0.9:
            values["flags"] = ("background",)
        self._leave_out(values, {"edition_year": 0.3 if values.get("flags") else 0.0})
        return [Claim.model_validate(values)]

    def _copy(self, result: Result, text: str, told: Claim) -> None:
        """The same words under another address: whole, cut to half, or cut with what stood at the end lost."""
        words, values = text.split(), told.model_dump()
        if self.random.random() < 0.6:
            words = words[: int(len(words) * self.random.uniform(0.45, 0.9))]
            self._leave_out(values, {"score": 0.4, "rank_of": 0.3, "received_by": 0.5, "venue": 0.6, "edition_year": 0.05})
        self._publish(" ".join(words), [Claim.model_validate(values)], self._days_after(result, 6))

    def _late(self, result: Result) -> None:
        """News long after: the year is said, or the day is; sometimes both."""
        values = self._true_values(result)
        self._leave_out(values, {"venue": 0.9, "received_by": 0.7, "score": 0.5, "event_date": 0.8})
        published = result.event + timedelta(days=self.random.randint(40, 320))
        self._publish(self._text(result), [Claim.model_validate(values)], published)

    def _correct(self, result: Result) -> None:
        """An article that is wrong first and corrected a day later under the same address."""
        wrong, right = self._true_values(result), self._true_values(result)
        self._contradict(wrong, result)
        if self.random.random() < 0.5:
            wrong["edition_year"] = result.year - 1
        published, text = self._days_after(result, 3), self._text(result)
        key = self._publish(text, [Claim.model_validate(wrong)], published)
        self._publish(f"{text} ralat", [Claim.model_validate(right)], published, key=key, seen_days=1)

    def _text(self, result: Result) -> str:
        """A text of its own: words in an order that no other article has."""
        length = self.random.randint(70, 130)
        return " ".join((REGISTRY.regions[result.recipient].name, *(self.random.choice(_WORDS) for _ in range(length))))

    def _publish(self, text: str, told: Sequence[Claim], published: date, *, key: str | None = None, seen_days: int = 0) -> str:
        if key is None:
            key = f"berita-{self.number:04}"
            self.number += 1
        dated = published.isoformat() if self.random.random() > 0.02 else None
        outlet = f"Media {int(key[-4:]) * 7 % 60}"
        article = Article(key=key, url=f"https://{key}.example/", outlet=outlet, title="Hasil penilaian", published=dated, text=text)
        seen = datetime.combine(published + timedelta(days=seen_days), time(12), UTC)
        reading = Reading(article=article, claims=tuple(told), reader="1")
        self.press.deliveries.append(Delivery(reading, signature=signature(text), seen_at=seen))
        return key


def signature(text: str, bins: int = 24) -> tuple[str, ...]:
    """Bands of a MinHash signature: the smallest hash of word runs in each of a few bins."""
    words = fold(text).split()
    empty = 2**64
    smallest = [empty] * bins
    for start in range(len(words) - 3):
        value = int.from_bytes(blake2b(" ".join(words[start : start + 4]).encode(), digest_size=8).digest(), "big")
        smallest[value % bins] = min(smallest[value % bins], value)
    return tuple(f"{place}-{value:x}" for place, value in enumerate(smallest) if value != empty)
