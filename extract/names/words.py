"""Capitalised words of Indonesian news that begin or end a personal name by being none of it."""

from __future__ import annotations

_STOPS = """
    anugrah government pokja
    acara ad ada adalah adapun agar agustus ahad ahli ajak ajukan akan akhirnya alasan alhamdulillah and anda anggota antara anugerah
    apa apalagi april asisten asosiasi at atas atase atau auditorium aula awalnya award awards baca badan bagi bagian bagikan bahas
    bahkan bahwa bahwasanya balai bali banggakan bank banyak bapenda bappeda baru bawa bawaslu beberapa beberkan begitu berharap beri
    berikan berikut berikutnya berkat berkomitmen berlangsung bersama bertempat besok bicara bidang bikin bilang biro bkd bkn bkpsdm
    bnn borong boyong bpjs bpk bpkad bpkp bps buka bukan buktikan bumd bumn bupati camat catat cek ceritakan cuma curhat cv daerah
    dalam dan dandim danrem dapat dapatkan dari december dekan demi demikian dengan deputi desa desak desember dewan di dia diakui
    dianugerahi diapresiasi diberi diberikan dicabut didampingi didaulat diganjar digelar dihadiri dijelaskan dikatakan dikukuhkan
    dilantik diminta dinas dinilai dinkes dinobatkan dipercaya dipuji direktur dirjen dirut disaksikan disambut disampaikan
    disdukcapil disebut disematkan diserahi diserahkan ditemui diterima ditetapkan ditunjuk diundang diy dki dorong dpd dpmptsp dpr
    dprd dubes dukcapil dukung duta editor februari february fokus for forum foto fraksi gedung gelar gubernur hadir hadiri hal hanya
    harap harus hasil hingga hotel humas ia ikut ikuti imbau in indonesia ingatkan ingin inginkan ini inilah inovasi inspektorat
    inspektur istana itu itulah jabar jabat jadi jakarta jaksa jalan jalin jangan januari january jateng jatim jawa jawab jelang
    jelaskan jl juara jubir juga juli july jumat jumlah june juni juru kab kabag kabid kabiro kabupaten kades kadin kadinkes kadis
    kajari kajati kalan kalapas kalbar kalimantan kalsel kaltara kalteng kaltim kami kamis kantongi kantor kaper kapolda kapolres
    kapolresta kapolri kapolsek karena karo karutan kasat kasi kasubag kasubbag kata kategori kawal kecamatan kegiatan kejaksaan
    kelurahan kembali kembangkan kemendagri kemenkes kemenkeu kemenkumham kemenpan kemenpanrb kementerian kemudian kenalkan kepada
    kepala kesbangpol ketika ketua kini kita klaim kodam kodim komandan komisi komisioner kompetisi konjen konsul koordinator korem
    kota kpk kpu kukuhkan kumpulkan kunjungi lagi lakukan lalu langsung lantaran lantik lapor lebih lembaga lepas lewat lolos lomba
    luncurkan lurah mahkamah maka manager manajer mantan march maret masing-masing masuk mau mei melainkan melalui melihat memang
    memaparkan memastikan memberi memberikan membuka memimpin meminta menambahkan menang menanggapi menangkan mendagri mendampingi
    mendapat mendikbud menegaskan menerima mengajak mengaku mengapresiasi mengatakan mengenai menghadiri mengucap mengucapkan
    mengungkap mengungkapkan menhub menilai menjelaskan menkes menkeu menko menkumham menpan menpanrb menpora menristekdikti mensos
    menteri menurut menutup menuturkan menyaksikan menyambut menyampaikan menyebut menyerahkan menyerahkannya meraih mereka meski
    mewakili minggu minta monday mpr mulai mundur nah naik namun nantinya nasional nopember november ntb ntt october of oktober oleh
    ombudsman opini optimis optimistis pada padahal paling pamer pangdam panitia paparkan papua para partai pasalnya pastikan pdam
    pejabat pelaksana pelayanan pembina pemda pemerintah pemkab pemko pemkot pemprov penanggung pengadilan penghargaan pengurus
    penjabat penulis peringkat perintahkan periode perkuat peroleh pertahankan pertama perwakilan piala pihak pihaknya pilih pimpin
    pimpinan pj pjs pkk plh plt polda polres polresta polri polsek predikat presiden prestasi prihatin program prov provinsi pt publik
    puskesmas pwi rabu raih rapat raup rebut rektor reporter republik resmi resmikan ri rs rsud ruang saat sabet sabtu saksikan salah
    sambut sampai sampaikan sangat sapa satgas satpol saya se sebab sebagai sebanyak sebelum sebelumnya sebuah sebut secara sedang
    sedangkan segera sehingga sejak sejumlah sekaligus sekarang sekda sekdakab sekdaprov sekitar sekjen sekretaris seksi selain selaku
    selama selamat selanjutnya selasa seluruh semoga semua senilai senin seorang seperti september serahkan serta sestama sesuai setda
    setelah setiap seusai siap siapkan sosok staf sudah sulawesi sulbar sulsel sulteng sultra sulut sumatera sumbar sumber sumsel
    sumut supaya syukuri tak tampak tampil tandatangani tanggapi tantang targetkan tegaskan tegur tekan tekankan telah temui tenaga
    tentang tentu terapkan terbaik tercatat terhadap teriama terima terkait terlihat termasuk tetap tetapi tetapkan the tidak tim
    tingkat tinjau tni to top tpid tunjuk tunjukkan turut tutup ucapkan ujar ujarnya umumkan ungguli ungkap universitas untuk upayakan
    usai usul usulkan wabup wagub wakapolres wakil wakili wakot wali walikota walkot wamen wapres wartawan wawali with wtp wujudkan
    yaitu yakin yakni yang yayasan
"""
STOPS = frozenset(_STOPS.split())

_PARTICLES = """
    al bin binti br da de den der dos el van von
"""
PARTICLES = frozenset(_PARTICLES.split())

_ABBREVIATED = """
    abd ach ahm akh alm ch chr fr fx gst ign jr md mhd moch mochd moh mohd mokh much muchd muh muhd ni sr st tb th yoh
"""
ABBREVIATED = frozenset(_ABBREVIATED.split())

# first names that are other words too: a name at its beginning, the end of one behind it
_FIRST_ONLY = "hari puji"
FIRST_ONLY = frozenset(_FIRST_ONLY.split())
_DAYS = """
    air anak bakti bhayangkara bumi buruh guru habitat hak ibu ini itu jadi jumat kamis kartini keadilan
    kebangkitan kemerdekaan kesadaran kesehatan keuangan lingkungan minggu nasional oeang olahraga otonomi
    pahlawan pangan pendidikan perhubungan pers pertama pramuka rabu raya sabtu santri selasa senin sumpah ulang
"""
DAYS = frozenset(_DAYS.split())
"""What follows "Hari" where it is a day, not a man."""
