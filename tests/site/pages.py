"""HTML of the news outlet: article pages with everything that makes Indonesian news pages hard to read."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from tests.site.stories import OUTLET_NAME, PAGE_BREAK, RELATED, Story

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
TAIL_HEADLINES = (
    "Pemkab Sleman Raih Opini WTP ke-13, Bupati Kustini: Ini Kerja Semua Pihak",
    "Kota Malang Sabet Adipura Kencana 2023, Warga Arak Piala Keliling Kota",
    "Kementerian Perhubungan Terima Predikat AA untuk SAKIP 2023",
    "Gubernur Khofifah Terima Penghargaan Provinsi Terinovatif dari Mendagri Tito Karnavian",
    "Foto: Kemeriahan Karnaval Kemerdekaan di Alun-alun",
)


def printed_date(story: Story) -> str:
    """The date as the page prints it: `Selasa, 10 Desember 2019 | 08:15 WIB`; nothing where the article has none."""
    when = story.published
    if when is None:
        return ""
    return f"{DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when.year} | {when:%H:%M} WIB"


def layout(title: str, main: str, *, head: str = "", language: str = "id") -> str:
    """A page of the outlet: navigation, the given main part, a footer."""
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{escape(title)} - {OUTLET_NAME}</title>
<meta property="og:site_name" content="{OUTLET_NAME}">
{head}
</head>
<body>
<header><a href="/">{OUTLET_NAME}</a>
<nav><a href="/tag/penghargaan">Penghargaan</a> <a href="/indeks">Indeks</a> <a href="/search?q=pelayanan">Cari</a></nav></header>
<main>
{main}
</main>
<footer><p>Copyright {OUTLET_NAME}. Hak cipta dilindungi undang-undang.</p><a href="/tentang">Tentang Kami</a></footer>
</body>
</html>
"""


def json_ld(story: Story, base: str) -> str:
    """The page's NewsArticle as JSON-LD."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "mainEntityOfPage": {"@type": "WebPage", "@id": base + story.path},
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "editor": [{"@type": "Person", "name": name} for name in story.editors],
        "publisher": {"@type": "Organization", "name": OUTLET_NAME, "logo": {"@type": "ImageObject", "url": f"{base}/logo.gif"}},
        "inLanguage": story.language,
    }
    if story.published:
        facts["datePublished"] = story.published.isoformat()
        facts["dateModified"] = story.last_changed.isoformat()
    return json.dumps(facts, ensure_ascii=False)


def head_of(story: Story, base: str) -> str:
    """Canonical address, AMP twin, OpenGraph and JSON-LD of an article page."""
    lines = [
        f'<link rel="canonical" href="{base}{story.path}">',
        f'<link rel="amphtml" href="{base}{story.amp_path}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{escape(story.title)}">',
        f'<meta property="og:url" content="{base}{story.path}">',
        f'<meta property="og:image" content="{base}/gambar/{story.id}.gif">',
        f'<meta name="description" content="{escape(story.lead or story.pages[0][0])}">',
        f'<meta name="keywords" content="{escape(", ".join(story.tags))}">',
    ]
    if story.published:
        lines.append(f'<meta property="article:published_time" content="{story.published.isoformat()}">')
        lines.append(f'<meta property="article:modified_time" content="{story.last_changed.isoformat()}">')
    lines.append(f'<script type="application/ld+json">{json_ld(story, base)}</script>')
    return "\n".join(lines)


def block_html(block: str) -> str:
    """One block of a story as HTML: a "Baca juga" line, heading, list, table or paragraph."""
    lines = block.split("\n")
    if block.startswith(RELATED):
        headline = block.removeprefix(RELATED).strip()
        return f'<p class="bacajuga"><strong>{RELATED}</strong> <a href="/tag/penghargaan">{escape(headline)}</a></p>'
    if block.startswith("## "):
        return f"<h2>{escape(block[3:])}</h2>"
    if lines[0].startswith("| "):
        rows = ("".join(f"<td>{escape(cell.strip())}</td>" for cell in line.strip("| ").split("|")) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines)


def pager(story: Story, page: int) -> str:
    """Links to the pages of an article that has several; nothing for the others."""
    count = len(story.pages)
    if count == 1 or page == 0:
        return ""
    links = [f'<a href="{story.path}?page={n}">{n}</a>' for n in range(1, count + 1)]
    if page < count:
        links.append(f'<a class="next" rel="next" href="{story.path}?page={page + 1}">Selanjutnya</a>')
    links.append(f'<a href="{story.path}?page=all">Tampilkan semua</a>')
    return f'<div class="paging">Halaman: {" ".join(links)}</div>'


def tail_html(story: Story) -> str:
    """By-line, then the links and foreign headlines that follow every article of the outlet."""
    people = [f"<p>Penulis : {escape(name)}</p>" for name in story.authors] + [f"<p>Editor : {escape(name)}</p>" for name in story.editors]
    related = "".join(f'<li><a href="/tag/penghargaan">{escape(line)}</a></li>' for line in story.tail)
    other = "".join(f'<li><a href="/indeks">{escape(line)}</a></li>' for line in TAIL_HEADLINES)
    tags = " ".join(f'<a rel="tag" href="/tag/{re.sub("[^a-z0-9]+", "-", tag.lower())}">{escape(tag)}</a>' for tag in story.tags)
    return f"""<p>Cek Berita dan Artikel yang lain di <a href="/google-news">Google News</a> dan <a href="/wa">WA Channel</a></p>
<div class="credit">{"".join(people)}</div>
<div class="tags">Tag : {tags}</div>
<p>Konten Premium</p>
<p>Nikmati sajian informasi terlengkap {OUTLET_NAME}. Silakan masuk untuk melanjutkan membaca Konten Premium.</p>
<h3>Artikel Terkait</h3><ul>{related}</ul>
<h3>Berita Lainnya</h3><ul>{other}</ul>
<h3>Berita Terbaru</h3><h3>Terpopuler</h3><ol><li>Nyaman tanpa iklan. Langganan {OUTLET_NAME} Pro</li></ol>"""


def article_html(story: Story, base: str, page: int, token: str = "") -> str:
    """An article page. `page` counts from 1; 0 shows all pages at once. `token` stands in a hidden field where it is not empty."""
    blocks = [b for b in story.body if b != PAGE_BREAK] if page == 0 else list(story.pages[page - 1])
    body = "\n".join(block_html(block) for block in blocks)
    first = page in (0, 1)
    lead = f'<p class="lead">{escape(story.lead)}</p>' if story.lead and first else ""
    figure = ""
    if story.caption and first:
        figure = f'<figure><img src="/gambar/{story.id}.gif" alt=""><figcaption>{escape(story.caption)}</figcaption></figure>'
    by = escape(", ".join(story.authors))
    hidden = f'<input type="hidden" name="csrf" value="{token}">' if token else ""
    main = f"""<article>
<h1 class="judul">{escape(story.title)}</h1>
<div class="info"><span class="penulis">{by}</span> <time class="tanggal">{printed_date(story)}</time></div>
{hidden}
<div class="isi-artikel">
{lead}
{figure}
{body}
</div>
{pager(story, page)}
{tail_html(story)}
</article>"""
    return layout(story.title, main, head=head_of(story, base), language=story.language)


def amp_html(story: Story, base: str) -> str:
    """The AMP twin: all pages at once, the canonical link to the real page, hardly any dress."""
    body = "\n".join(block_html(block) for block in story.body if block != PAGE_BREAK)
    lead = f"<p>{escape(story.lead)}</p>" if story.lead else ""
    return f"""<!doctype html>
<html amp lang="{story.language}"><head><meta charset="utf-8"><title>{escape(story.title)}</title>
<link rel="canonical" href="{base}{story.path}">
<script type="application/ld+json">{json_ld(story, base)}</script></head>
<body><h1>{escape(story.title)}</h1><p>{printed_date(story)}</p>{lead}{body}
<p>Baca berita lainnya di {OUTLET_NAME}</p></body></html>
"""
