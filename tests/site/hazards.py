"""What a crawler meets outside: moved, gone, busy, hostile and huge pages. All under `/uji/` of the ministry, linked from `/uji`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.site.reply import HTML, Reply, Request, html, missing, redirect

HUGE_BYTES = 30 * 1024 * 1024
CHALLENGE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"><meta http-equiv="refresh" content="390"></head>
<body><div class="main-wrapper"><h1>portal.example</h1><h2 id="challenge-running">Checking if the site connection is secure</h2>
<noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript>
<div id="challenge-stage"></div><script>window._cf_chl_opt={cvId:"3",cType:"managed"};</script></div></body></html>"""
WAF = """<html><head><title>Permintaan Ditolak</title></head><body><center><h1>Akses Anda diblokir</h1>
<p>Permintaan Anda terdeteksi mencurigakan oleh sistem keamanan kami (Web Application Firewall).
Silakan hubungi administrator dengan menyebutkan nomor dukungan berikut.</p>
<p>Support ID: 7741029938475610023</p><a href="javascript:history.back()">[Kembali]</a></center></body></html>"""
OLD_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">
<title>Sambutan Kepala Biro \u2013 Arsip</title></head><body><h1>Sambutan Kepala Biro \u2013 Arsip</h1>
<p>\u201cPelayanan yang baik bukan slogan,\u201d kata Kepala Biro Organisasi, André Siahaan, pada pembukaan rapat kerja.</p>
<p>Ia meminta setiap unit menuliskan standar pelayanannya, memajang biaya \u2013 bila ada \u2013 dan menyediakan kotak saran.</p>
</body></html>"""


def _huge() -> Iterator[bytes]:
    yield b"<!doctype html><html lang='id'><head><title>Arsip lengkap</title></head><body><h1>Arsip lengkap</h1>"
    block = (b"<p>" + b"Daftar arsip yang sangat panjang. " * 30 + b"</p>\n") * 64
    sent = 0
    while sent < HUGE_BYTES:
        yield block
        sent += len(block)
    yield b"</body></html>"


def _busy(request: Request) -> Reply:
    """429 with Retry-After at the first visit, the page from the second on."""
    if request.count == 1:
        return Reply(b"<h1>429 Too Many Requests</h1>", 429, headers={"Retry-After": "1"})
    return html("<!doctype html><title>Ramai</title><h1>Sudah lengang</h1><p>Terima kasih sudah menunggu.</p>")


def _stumble(request: Request) -> Reply:
    """503 at the first visit, the page from the second on."""
    return Reply(b"galat", 503) if request.count == 1 else html("<!doctype html><title>Pulih</title><h1>Sudah pulih</h1>")


HAZARDS: dict[str, Callable[[Request], Reply]] = {
    "/uji/pindah-tetap": lambda _: redirect("/pengumuman/101/standar-pelayanan-minimal", 301),
    "/uji/pindah-sementara": lambda _: redirect("/pengumuman/101/standar-pelayanan-minimal", 302),
    "/uji/rantai": lambda _: redirect("/uji/rantai-2", 301),
    "/uji/rantai-2": lambda _: redirect("/uji/rantai-3", 302),
    "/uji/rantai-3": lambda _: redirect("/pengumuman/101/standar-pelayanan-minimal", 307),
    "/uji/putar": lambda _: redirect("/uji/putar", 302),
    "/uji/keluar": lambda _: redirect("http://10.11.12.13/rahasia", 302),
    "/uji/hilang": lambda _: missing(404),
    "/uji/dihapus": lambda _: missing(410),
    "/uji/ramai": _busy,
    "/uji/pulih": _stumble,
    "/uji/galat": lambda _: Reply(b"<h1>500 Internal Server Error</h1>", 500),
    "/uji/tantangan": lambda _: html(CHALLENGE),
    "/uji/waf": lambda _: html(WAF),
    "/uji/windows-1252": lambda _: Reply(OLD_PAGE.encode("windows-1252"), mime="text/html; charset=windows-1252"),
    "/uji/windows-1252-tanpa-kepala": lambda _: Reply(OLD_PAGE.encode("windows-1252"), mime="text/html"),
    "/uji/besar": lambda _: Reply(stream=_huge()),
    "/uji/lambat": lambda _: Reply(b"<h1>Lambat</h1>", delay=3.0),
    "/uji/putus": lambda _: Reply(b"<!doctype html><title>Putus</title><p>" + b"kata " * 2000, cut=512),
    "/uji/kosong": lambda _: Reply(b"", mime=HTML),
    "/uji/gambar-menyamar": lambda _: Reply(bytes(range(256)) * 40, mime=HTML),
    "/uji/zip": lambda _: Reply(b"PK\x05\x06" + b"\x00" * 18, mime="application/zip"),
}
"""Path to answer. `/uji/keluar` points to a private address that must never be asked; `/uji/besar` has no Content-Length."""
