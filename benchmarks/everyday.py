"""Everyday news that holds no result of anybody, made by rule and in our own words: what 95 of 100 pages of an outlet are like."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

PLACES = "Lamongan Tegal Kupang Bitung Palopo Jember Ciamis Metro Tarakan Dumai Pati Bima Sorong Klaten Rembang Serang".split()
PEOPLE = "Rudi Santoso|Yanti Marlina|Agus Hidayat|Dewi Kartika|Slamet Raharjo|Nur Aini|Joko Prasetyo|Ratna Sari|Hendra Wijaya".split("|")
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
NUMBERS = "dua tiga empat lima enam tujuh delapan sembilan".split()

THEMES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "crime": (
        (
            "Polisi Tangkap Pencuri Motor di {place}",
            "Rumah Kosong di {place} Dibobol Maling",
            "Pelaku Penipuan Daring Diringkus di {place}",
        ),
        (
            "Polisi menangkap {number} orang yang diduga mencuri sepeda motor di sebuah perumahan di {place}, {day} malam.",
            "Pelaku mengaku sudah beraksi di {number} tempat sebelum tertangkap.",
            "Korban bernama {person} baru sadar motornya hilang ketika hendak berangkat kerja.",
            "Kunci palsu dan {number} telepon genggam disita dari rumah pelaku.",
            '"Kami masih mengejar satu orang lagi yang kabur lewat belakang rumah," kata penyidik.',
            "Rekaman kamera di depan warung memperlihatkan wajah pelaku dengan jelas.",
            "Tersangka dijerat pasal pencurian dengan ancaman penjara {number} tahun.",
            "Warga sekitar mengaku sering kehilangan barang sejak lampu jalan padam.",
        ),
    ),
    "football": (
        (
            "Tim {place} Menang Tipis di Kandang",
            "{person} Cetak Dua Gol, {place} Naik ke Posisi Kedua",
            "Pelatih Kecewa Usai Kalah di {place}",
        ),
        (
            "Pertandingan di stadion {place} berlangsung sengit sejak menit pertama, {day} sore.",
            "{person} membuka keunggulan lewat tendangan bebas pada menit ke-{number}.",
            "Tuan rumah menyamakan kedudukan setelah bola memantul dari mistar gawang.",
            "Pelatih mengganti {number} pemain pada babak kedua karena kelelahan.",
            '"Anak-anak bermain bagus, tetapi penyelesaian akhir masih buruk," ujar pelatih.',
            "Kiper {person} beberapa kali menyelamatkan gawangnya dari serangan balik.",
            "Wasit mengeluarkan {number} kartu kuning sepanjang laga.",
            "Pekan depan kedua tim akan bertanding di luar kota.",
        ),
    ),
    "prices": (
        (
            "Harga Cabai di Pasar {place} Naik",
            "Bawang Merah Langka, Pedagang {place} Mengeluh",
            "Ibu Rumah Tangga di {place} Keluhkan Harga Telur",
        ),
        (
            "Harga cabai rawit di pasar {place} naik sejak {day} karena pasokan dari petani berkurang.",
            "Pedagang bernama {person} hanya berani mengambil {number} karung setiap pagi.",
            "Telur ayam dijual lebih mahal daripada pekan lalu, sementara minyak goreng masih stabil.",
            "Pembeli memilih mengurangi belanja dan mengganti cabai segar dengan cabai kering.",
            '"Kalau hujan terus, panen gagal dan harga pasti naik lagi," kata {person}.',
            "Truk pengangkut terlambat datang karena jalan rusak di {number} titik.",
            "Menjelang hari raya permintaan biasanya naik dua kali lipat.",
            "Sebagian pedagang menutup lapak lebih awal karena sepi pembeli.",
        ),
    ),
    "accident": (
        (
            "Truk Terguling di {place}, Lalu Lintas Macet",
            "Bus dan Mobil Bertabrakan di {place}",
            "Pengendara Motor Luka Usai Menabrak Pohon di {place}",
        ),
        (
            "Sebuah truk bermuatan pasir terguling di jalan raya {place}, {day} pagi.",
            "Sopir bernama {person} diduga mengantuk setelah menempuh perjalanan {number} jam.",
            "Muatan tumpah ke badan jalan sehingga kendaraan hanya bisa lewat satu lajur.",
            "{number} orang luka ringan dan dibawa ke puskesmas terdekat dengan mobil bak terbuka.",
            "Saksi mata mendengar suara keras sebelum melihat asap dari arah tikungan.",
            '"Jalannya licin habis hujan, remnya tidak kuat," tutur {person}.',
            "Antrean kendaraan mengular sampai {number} kilometer hingga siang hari.",
            "Petugas memakai derek untuk memindahkan bangkai kendaraan.",
        ),
    ),
    "stage": (
        (
            "Konser di {place} Disambut Ribuan Penggemar",
            "Aktris {person} Ceritakan Peran Barunya",
            "Film Horor Garapan {person} Tayang Pekan Ini",
        ),
        (
            "{person} menyapa penggemarnya lewat konser di {place}, {day} malam.",
            "Penyanyi itu membawakan {number} lagu lama yang diaransemen ulang.",
            "Penonton sudah mengantre sejak siang meskipun cuaca terik.",
            "Ia mengaku gugup karena sudah {number} tahun tidak tampil di panggung besar.",
            '"Terima kasih sudah menunggu selama ini, kalian luar biasa," ucapnya sambil menangis.',
            "Album barunya direkam di rumah bersama adik dan sahabatnya.",
            "Selepas tur, ia ingin berlibur bersama keluarga dan belajar memasak.",
            "Unggahan video konser itu ditonton jutaan kali di media sosial.",
        ),
    ),
    "weather": (
        ("Hujan Deras, Jalan di {place} Tergenang", "Angin Kencang Rusak Rumah di {place}", "Gempa Guncang {place}, Warga Berhamburan"),
        (
            "Hujan deras yang turun sejak {day} sore membuat beberapa jalan di {place} tergenang.",
            "Air masuk ke {number} rumah warga dan merendam perabot di lantai dasar.",
            "{person} terpaksa mengungsikan anaknya ke rumah saudara di dataran yang lebih tinggi.",
            "Pohon besar tumbang menimpa kabel listrik sehingga aliran padam {number} jam.",
            "Relawan membagikan nasi bungkus dan selimut kepada pengungsi.",
            '"Biasanya surut dalam semalam, tetapi kali ini airnya tinggi sekali," kata {person}.',
            "Badan meteorologi memperkirakan hujan masih turun sampai akhir pekan.",
            "Sekolah di sekitar sungai diliburkan untuk sementara.",
        ),
    ),
}


def everyday(number: int) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of the `number`th article, some 1,600 characters of three matters of the day; the same every time."""
    draw = random.Random(number)
    matters = [THEMES[theme] for theme in draw.sample(sorted(THEMES), 3)]

    def told(sentence: str) -> str:
        return sentence.format(place=draw.choice(PLACES), person=draw.choice(PEOPLE), day=draw.choice(DAYS), number=draw.choice(NUMBERS))

    lines = [told(sentence) for _, sentences in matters for sentence in draw.sample(sentences, draw.randint(6, 8))]
    return told(draw.choice(matters[0][0])), tuple(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))
