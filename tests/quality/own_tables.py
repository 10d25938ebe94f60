"""Bodies' own lists of their awards, in our own words, with who holds each row's award: what `tests.quality.tables` counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnTable:
    """A page with one table. `rows`: the cells of a row between bars, and the keys (names, where they have none) of the
    bodies that hold its award."""

    name: str
    title: str
    head: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    url: str = "https://x.test/2023/05/06/daftar"


SLEMAN, BOGOR, CENTRAL_JAVA = "34.04", "32.71", "33"
TABLES = (
    OwnTable(
        "a kabupaten by year, nobody named",
        "Daftar Prestasi Kabupaten Sleman",
        "No | Tahun | Nama Penghargaan | Pemberi Penghargaan | Peringkat",
        (
            ("1 | 2021 | Anugerah Parahita Ekapraya kategori Utama | Kementerian PPPA | -", (SLEMAN,)),
            ("2 | 2021 | Opini Wajar Tanpa Pengecualian (WTP) sejak tahun 2011 | BPK RI | -", (SLEMAN,)),
            ("3 | 2022 | Lomba Tertib Administrasi Kearsipan | Gubernur DIY | 2", (SLEMAN,)),
            ("4 | 2022 | Pemilihan Guru Berprestasi Tingkat Provinsi | Dinas Pendidikan DIY | 1", ()),
            ("5 | 2022 | Lomba Posyandu Tingkat Nasional | Kementerian Kesehatan | 3", ()),
            ("6 | 2023 | Lomba Bercerita untuk Siswa SD | Perpustakaan Nasional | 1", ()),
            ("7 | 2023 | Penghargaan Pelayanan Investasi Terpadu | Kementerian Investasi | Juara Umum", (SLEMAN,)),
            ("8 | 2023 | nihil | - | -", ()),
        ),
    ),
    OwnTable(
        "a hospital",
        "Prestasi RSUD Sleman",
        "Tanggal | Prestasi | Penyelenggara | Uraian",
        (
            (
                "04/03/2023 | Juara II Lomba Kebersihan | Dinas Kesehatan | RSUD Sleman menempati urutan kedua lomba itu.",
                ("34.04/rsud-sleman",),
            ),
            (
                "05/03/2023 | Akreditasi Paripurna | Komisi Akreditasi | Rumah sakit dinyatakan lulus tingkat tertinggi.",
                ("34.04/rsud-sleman",),
            ),
            ("06/03/2023 | Perawat Teladan | Gubernur | Siti Aminah, perawat bangsal anak, terpilih sebagai yang terbaik.", ()),
            ("07/03/2023 | Poster Terbaik | Ikatan Dokter | Dokter Rahmat meraih hadiah untuk posternya.", ()),
        ),
    ),
    OwnTable(
        "a ministry",
        "Penghargaan yang Diterima Kementerian Keuangan",
        "Tahun Perolehan | Penghargaan | Instansi | Keterangan",
        (
            ("2021 | Anugerah Keterbukaan Informasi Publik | Komisi Informasi Pusat | Kualifikasi Informatif", ("kemenkeu",)),
            ("2022 | Pengawasan Kearsipan | Arsip Nasional RI | Kementerian Keuangan memperoleh nilai tertinggi", ("kemenkeu",)),
            ("2022 | Duta Aksi Bersih | Kementerian Kesehatan | Seorang pegawai muda terpilih sebagai duta", ()),
        ),
    ),
    OwnTable(
        "a city known by its address, with givers under a plain head",
        "Penghargaan",
        "No | Penghargaan | Instansi | Tahun",
        (
            ("1 | Kota Layak Anak Kategori Nindya | Kementerian PPPA | 2022", (BOGOR,)),
            ("2 | Penghargaan Tata Kelola Arsip | Provinsi Jawa Barat | 2022", (BOGOR,)),
            ("3 | Atlet Terbaik Pekan Olahraga | Kementerian Pemuda dan Olahraga | 2023", ()),
        ),
        "https://kotabogor.go.id/penghargaan",
    ),
    OwnTable(
        "a city in sentences",
        "Penghargaan Kota Bogor",
        "Tanggal | Penghargaan | Deskripsi",
        (
            (
                "04/03/2023 | Predikat Nindya Kota Layak Anak Tahun 2023 | Pemerintah Kota Bogor menerima penghargaan Kota Layak Anak "
                "predikat Nindya.",
                (BOGOR,),
            ),
            (
                "05/03/2023 | Juara II Lomba Tertib Arsip Tingkat Provinsi | Dinas Kesehatan Kota Bogor menempati tempat kedua lomba itu.",
                ("32.71/dinkes",),
            ),
            ("06/03/2023 | Duta Baca Cilik | Siswi kelas lima sebuah sekolah terpilih sebagai duta.", ()),
            ("07/03/2023 | Juara I Lomba Kebun Bersama | Kelompok tani RW 05 memenangi lomba kebun.", ()),
            ("08/03/2023 | - | ", ()),
            (
                "09/03/2023 | Kelurahan Tangguh | Kelurahan Tegallega, Kelurahan Babakan dan Kelurahan Sempur meraih predikat itu.",
                ("32.71/kelurahan-babakan", "32.71/kelurahan-sempur", "32.71/kelurahan-tegallega"),
            ),
            (
                "10/03/2023 | Juara III Lomba Menulis untuk Arsiparis | Pemerintah Kota Bogor mendata pegawai berprestasi, Rina Wulandari, "
                "yang mendapatkan hadiah ketiga.",
                (),
            ),
            ("11/03/2023 | Pelopor Kota Hijau | Gubernur Jawa Barat memberikan piagam kepada Wali Kota Bogor atas penghijauan.", (BOGOR,)),
            ("12/03/2023 | Pos Jaga Terbaik | Piagam diserahkan kepada Satpol PP Kota Bogor dalam upacara pagi.", ("32.71/satpol_pp",)),
            ("13/03/2023 | Inovasi Layanan Cepat | Layanan Antar besutan Disdukcapil Kota Bogor menyabet juara.", ("32.71/disdukcapil",)),
            ("14/03/2023 | Cagar Budaya | Jembatan Lama ditetapkan sebagai cagar budaya oleh kementerian.", ()),
            ("15/03/2023 | Forum Anak Terbaik | Ketua Forum Anak Kota Bogor, Dinda, menerima piagam dari gubernur.", ()),
            (
                "16/03/2023 | Opini WTP ke-7 | Kota Bogor meraih opini Wajar Tanpa Pengecualian (WTP) dari BPK tujuh kali berturut-turut "
                "sejak tahun 2016.",
                (BOGOR,),
            ),
        ),
    ),
    OwnTable(
        "a province, grouped by year",
        "Capaian Penghargaan Provinsi Jawa Tengah",
        "No | Penghargaan | Pemberi | Bidang",
        (
            ("2022", ()),
            ("1 | Anugerah Meritokrasi | Komisi Aparatur Sipil Negara | Kepegawaian", (CENTRAL_JAVA,)),
            ("2 | Juara Umum Lomba Dalang Cilik bagi Pelajar | Kementerian Kebudayaan | Seni", ()),
            ("2023", ()),
            ("1 | Provinsi Terbaik Pembangunan Daerah | Bappenas | Perencanaan", (CENTRAL_JAVA,)),
        ),
    ),
)
