"""The words by which Indonesian newsrooms announce that something else than the article begins: data for masking.

Every pattern is matched at the start of one stripped line of bounded length, so that the cost stays linear.
"""

from __future__ import annotations

import re

LONGEST_MARKER = 320
"""Lines longer than this are prose, whatever they begin with (characters)."""

_CHANNELS = (
    r"(?:google news|wa(?:ts|hats)?(?:app)? channel|(?:saluran|channel|kanal|grup)\s+(?:wa\b|whats ?app|telegram)"
    r"|telegram|instagram|twitter|facebook|tiktok|youtube)"
)
_THINGS = r"(?:artikel|berita|konten|topik|kabar|info(?:rmasi)?|post(?:ing(?:an)?)?|tulisan|video|foto|news|bacaan)"
_OTHERS = (
    r"(?:terkait|lainn?ya|lain|terbaru|terkini|populer|terpopuler|pilihan|rekomendasi|serupa|sebelumnya|selanjutnya|sejenis|utama|menarik)"
)

SECTION = re.compile(
    rf"""(?ix)^[\#*•»>\s-]*(?:
      {_THINGS}\s+{_OTHERS}(?:\s+{_OTHERS})?
    | (?:baca|lihat|simak)\s+{_THINGS}\s+(?:{_OTHERS}|lain)
    | rekomendasi(?:\s+(?:kami|redaksi|untuk\s+(?:anda|kamu)))? | untuk\s+anda | pilihan\s+(?:editor|redaksi|untukmu) | jangan\s+lewatkan
    | hot\s+topics? | trending(?:\s+topics?)? | terpopuler | terkini | terbaru | paling\s+populer | most\s+(?:read|popular) | terkait
    | related\s+(?:posts?|articles?|news|stor(?:y|ies)) | you\s+(?:may|might)\s+(?:also\s+)?like | more\s+from | read\s+more
    | (?:\d+\s+)?(?:komentar|comments?)(?:\s+(?:anda|pembaca))?(?:\s*\(?\d+\)?)?
    | (?:tinggalkan|tulis|kirim|beri(?:kan)?)\s+(?:balasan|komentar)
    | leave\s+a\s+(?:reply|comment) | batalkan\s+balasan | navigasi\s+(?:pos|tulisan|artikel) | post\s+navigation
    | konten\s+premium | scan\s+qr\s+code.* | bagikan(?:\s+(?:artikel|berita|ini|ke|via).{{0,30}})? | share(?:\s+(?:this|on|via)?.{{0,20}})?
    | (?:bagikan|share|sebarkan)\s*:.{{0,60}} | sebarkan | like\s+this | tentang\s+penulis | about\s+the\s+author | newsletter
    )\s*[:.…!→»]*$"""
)
"""A heading that stands alone on its line and opens a block of other things."""

ENDING = re.compile(
    r"""(?ix)^[\#*•»>\[("\s]*(?:
      copyright\b | ©  | \(c\)\s | hak\s+cipta | all\s+rights?\s+reserved
    | dilarang\s+(?:keras\s+)?(?:mengambil|mengutip|menyalin|memperbanyak)
    | (?:artikel|berita|tulisan|konten)\s+ini\s+(?:telah|sudah|pernah|pertama\s+kali|sebelumnya|bersumber
        |merupakan\s+(?:kerja|hasil)\s*sama)\b
    | situs\s+ini\s+menggunakan\s+akismet | alamat\s+email\s+anda\s+tidak
    | nyaman\s+tanpa\s+iklan | berlangganan\b | langganan\b | silakan\s+login | sudah\s+berlangganan
    | (?:tags?|topik|label|kata\s+kunci|keywords?|tagar)\s*[:：]
    | (?:cek|dapatkan|temukan)\s+(?:berita|artikel|informasi|info|update|notifikasi|beragam|kabar)\b
    | dapatkan\s+(?:juga\s+)?(?:update|berita|informasi)
    | (?:unduh|download|instal+)\s+aplikasi
    )"""
)
"""A line that ends the article whatever follows on it."""

PROMOTION = re.compile(
    rf"""(?ix)^[\#*•»>\[("\s]*(?:
      (?:cek|ikuti|simak|baca|dapatkan|temukan|update|follow|lihat|yuk|ayo|mari|jangan|pantau|silakan|gabung|bergabung|klik|nikmati).{{0,160}}\b{_CHANNELS}\b
    | (?:ikuti|pantau|simak|baca|nantikan)\s+(?:juga\s+|terus\s+|selalu\s+)?
        (?:(?:berita|update|breaking\s+news|artikel|informasi|kabar)
          \s+(?:{_OTHERS}|menarik|update|lengkap|seputar|dari|di|tentang|[\w.]+\.(?:com|id)\b)|kami\s+(?:di|juga))
    | (?:saksikan|simak|lihat|tonton)\s+(?:juga\s+|pula\s+)?(?:video|live\s+streaming|foto)\b
    | follow\s+(?:us|kami|akun|berita|juga|instagram|twitter|ig)\b
    | (?:gabung|bergabung)(?:lah)?\s+(?:di|dengan|bersama|ke)\s+(?:grup|group|channel|kanal)
    | (?:yuk|ayo|mari),?\s+(?:simak|lihat|tonton|baca|ikuti|saksikan|gabung|bergabung|join|follow|dukung)\b
    | baca\s+(?:berita\s+)?selengkapnya | selengkapnya\s+(?:baca|klik|di) | click\s+here | klik\s+di\s+sini
    )"""
)
"""An invitation to go elsewhere; it may stand inside the body too."""

RELATED = re.compile(
    r"""(?ix)^[\#*•»>→▶\-–(\[\s]*(?:
      (?:baca|lihat|simak|tonton)\s*(?:juga|pula)\b | (?:baca|lihat)\s*[:：] | (?:also\s+)?read(?:\s+also)?\s*:
    | (?:berita|artikel)\s+(?:terkait|sebelumnya)\s*[:：]
    | \(?halaman\s+(?:selanjutnya|berikutnya)\b | pilihan\s+editor\s*:
    )"""
)
"""A cross-link inside the body; what follows on the line is the headline of another article."""

INLINE_RELATED = re.compile(r"(?i)[(\[]?\b(?:baca|lihat|simak) (?:juga|pula) ?: ?")

INLINE_LABEL = re.compile(r"(?i)^\W{0,4}(?:baca|lihat|simak) (?:juga|pula) ?[:,]? ?")

NOTICE = re.compile(
    r"""(?ix)^[\#*•»>\-–\[(\s]*(?:
      advertisements? | iklan | adv?ertorial | (?:scroll|gulir)\s+(?:to|untuk).{0,40} | loading\s*(?:\.{2,}|…)?
    | memuat\s*(?:\.{2,}|…)?
    | (?:gambas|embed)\s*:.{0,60} |
    (?:pages?|halaman|hal)\s*:?\s*(?:\d+\s*)+(?:selanjutnya|berikutnya|next|all|(?:tampilkan\s+|lihat\s+)?semua)?
    | (?:next|prev(?:ious)?|selanjutnya|sebelumnya|berikutnya)
    | print | cetak | kirim | simpan | copy\s+link | salin\s+tautan | font\s*size | (?:dengarkan|dengar)\s+(?:artikel|berita)?
    | views?\s*:?\s*\d+ | \d+\s*(?:views?|kali\s+dibaca|dilihat|shares?)
    | (?:dibaca|dilihat|hits)\s*:?\s*\d+.{0,10}
    )\s*[\])–—-]?\s*$"""
)
"""What a page says about itself between two paragraphs."""

STAMP = re.compile(
    r"""(?ix)^(?:(?:diterbitkan|dipublikasikan|diposting|diperbarui|tayang|terbit|posted|published|updated|tanggal)\s*(?:pada|on)?\s*[:,]?\s*)?
      (?:(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\s*[,|/]?\s*)?
      (?:\d{1,2}[\s/.-]+(?:[a-z]{3,9}|\d{1,2})[\s/.,-]+\d{4})
      (?:\s*[,|•·/\-–—]*\s*(?:pukul\s*|jam\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:wib|wita|wit|am|pm)?)?\s*$"""
)
"""A line that is nothing but the moment of publication."""

CREDIT_IN_BRACKETS = re.compile(
    r"(?i)\((?:(?:foto|dok(?:umentasi)?|sumber(?: foto)?|ist(?:imewa)?|antara(?: foto)?) ?[:/.] ?[^()\n]{0,80}"
    r"|antara(?: foto| (?-i:[A-Z])[a-z]+)?|ist(?:imewa)?|dok(?:umentasi)?(?: (?:(?-i:[A-Z])|humas|pribadi)[^()\n]{0,40})?)\)"
)
"""A photographer's or archive's credit in brackets, anywhere."""

CREDIT_AT_END = re.compile(r"(?i)(?:(?<=[.\-–—])|^) ?(?:foto|dok(?:umentasi)?|sumber foto) ?[:.] ?[^\s:]+(?: +[^\s:]+){0,3} *$")
"""A credit of up to four words that ends a caption."""

INITIALS = re.compile(
    r"(?:(?<=[.!?\"”’»)*])|^) ?"
    r"(?:\((?![A-Z]{3,}\))(?P<initials>(?:[^\W\d_][\w.*-]{0,14} ?){1,2}(?:/ ?(?:[^\W\d_][\w.*-]{0,14} ?){1,2}){0,3})\)"
    r"|\(\*+\)|\*{2,}(?: ?[A-Z]{2,5}-\d{1,3})?)[.*, ]*$"
)
"""The reporter's and editor's initials or desk that close an article: "(abc/def)", "(E-2)", "***"."""

HASHTAGS = re.compile(r"^\s*(?:#[\w-]+[\s,]*){2,}$|^\s*#\s?\w[\w -]{2,40}$")

_SMALL = """
    dan di ke dari yang untuk pada dalam dengan oleh bagi atau se para si sang hingga agar karena saat soal akan itu ini jadi tak usai vs
    of the and for in to
"""
FUNCTION_WORDS = frozenset(_SMALL.split())
"""Words that stay small in a headline in title case."""

BODY_NAMES = re.compile(
    r"(?i)^(?:kab(?:upaten|\.)?|kota|prov(?:insi|\.)?|pem(?:kab|kot|prov|da|ko)\b|pemerintah|kementerian|dinas|badan|rsud|rumah sakit|"
    r"polre|polda|polsek|puskesmas|"
    r"kejaksaan|lembaga|universitas|desa|kelurahan|kecamatan|kantor|balai|kategori|juara|peringkat|terbaik|sekretariat|inspektorat|satuan|unit|pt\b)"
)
"""Beginnings of list items that name a body or a class of winners: never taken for a link."""
