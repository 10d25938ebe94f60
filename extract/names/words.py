"""Capitalised words of Indonesian news that begin or end a personal name by being none of it."""

from __future__ import annotations

_STOPS = """
    acara ad ada adalah adapun agar agustus ahad ahli akan akhirnya alasan alhamdulillah and anda anggota antara anugerah apa apalagi
    april asisten at atas atase atau auditorium aula awalnya award awards baca badan bagi bagian bahas bahkan bahwa balai bali bank
    banyak bappeda baru bawa bawaslu beberapa begitu beri berikan berikut berikutnya berkat berlangsung bersama bertempat besok bicara
    bidang biro bkd bkn bnn bpjs bpk bpkad bpkp bps buka bukan bumd bumn bupati camat cuma cv daerah dalam dan dandim danrem dari
    december dekan demi demikian dengan deputi desa desember di dia diakui diberi diberikan didampingi diganjar dihadiri dijelaskan
    dikatakan dinas dinkes dinobatkan direktur dirjen dirut disaksikan disampaikan disdukcapil diserahkan ditemui diterima diundang
    dorong dpd dpr dprd dubes dukcapil dukung duta editor februari february for forum foto fraksi gedung gelar gubernur hadir hadiri
    hakim hal hanya harap hari harus hasil hingga hotel humas ia imbau in indonesia ingatkan ini inilah inovasi inspektorat inspektur
    istana itu itulah jadi jakarta jaksa jalan jangan januari january jawa jelang jl juara jubir juga juli july jumat jumlah june juni
    juru kab kabag kabid kabiro kabupaten kades kadin kadinkes kadis kajari kajati kalapas kalimantan kami kamis kantor kapolda
    kapolres kapolresta kapolri kapolsek karena karo karutan kasat kasi kasubag kasubbag kata kategori kecamatan kegiatan kejaksaan
    kelurahan kembali kemendagri kemenkes kemenkeu kemenkumham kemenpan kemenpanrb kementerian kemudian kepada kepala ketika ketua
    kini kita klaim kodam kodim komisi komisioner kompetisi konjen konsul koordinator korem kota kpk kpu lagi lalu langsung lantik
    lebih lembaga lewat lomba luncurkan lurah mahkamah maka manager manajer mantan march maret mari masuk mei melalui melihat memang
    memberi memberikan memimpin meminta mendagri mendampingi mendapat mendikbud menerima mengajak mengaku mengapresiasi mengatakan
    mengenai mengucapkan menhub menilai menjelaskan menkes menkeu menko menkumham menpan menpanrb menpora menristekdikti mensos
    menteri menurut menuturkan menyampaikan menyebut menyerahkan meraih mereka meski mewakili minggu minta monday mpr nah namun
    nantinya nasional nopember november october of oktober oleh ombudsman opini pada padahal paling pangdam panitia papua para partai
    pasalnya pdam pejabat pelaksana pelayanan pembina pemda pemerintah pemkab pemko pemkot pemprov penanggung pengadilan penghargaan
    pengurus penjabat penulis peringkat periode peroleh pertahankan pertama piala pihak pihaknya pimpinan pj pjs pkk plh plt plt.
    polda polres polresta polri polsek predikat presiden program prov provinsi pt publik puji puskesmas pwi rabu raih rapat raup
    rektor reporter republik resmi resmikan ri rs rsud ruang saat sabet sabtu saksikan salah sambut sampai sampaikan sangat sapa
    satgas saya se sebab sebagai sebanyak sebelum sebelumnya sebut secara sedang sedangkan segera sehingga sejak sejumlah sekaligus
    sekarang sekda sekdakab sekdaprov sekjen sekretaris seksi selain selaku selama selamat selanjutnya selasa seluruh semoga semua
    senin seorang seperti september serahkan serta sestama sesuai setda setelah setiap siap siapkan sosok staf sudah sulawesi sumatera
    sumber supaya tak tanggapi targetkan tegaskan tekankan telah tenaga tentang tentu terbaik tercatat terhadap teriama terima terkait
    termasuk tetapi the tidak tim tingkat tinjau tni to top tpid turut ucapkan ujar ujarnya umumkan ungkap universitas untuk usai
    wabup wagub wakapolres wakil wakili wakot wali walikota walkot wamen wapres wartawan wawali with wtp yaitu yakni yang
"""
STOPS = frozenset(_STOPS.split())

_PARTICLES = """
    al bin binti da de den der dos el van von
"""
PARTICLES = frozenset(_PARTICLES.split())

_ABBREVIATED = """
    abd ach ahm akh alm ch chr fr fx gst ign jr md mhd moch mochd moh mohd mokh much muchd muh muhd ni sr st tb th yoh
"""
ABBREVIATED = frozenset(_ABBREVIATED.split())
