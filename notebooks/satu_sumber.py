"""How much of what is known rests on one source, and does that differ between prizes and marks? A notebook over one release.

`marimo edit notebooks/satu_sumber.py -- --release var/releases/2026.11.24` opens it; without `--release` it takes the newest release in
`var/releases`. Run as a script it writes nothing and shows nothing: a test runs it so.
"""

import marimo

app = marimo.App(app_title="Satu sumber")


@app.cell
def _():
    import pathlib

    import altair as alt
    import marimo as mo
    import polars as pl

    return alt, mo, pathlib, pl


@app.cell
def _(mo, pathlib, pl):
    asked = mo.cli_args().get("release")
    shelf = pathlib.Path(__file__).resolve().parent.parent / "var" / "releases"
    release = pathlib.Path(str(asked)) if asked else max(path for path in shelf.iterdir() if (path / "rapor.sqlite").is_file())
    meta = dict(pl.read_parquet(release / "parquet" / "meta.parquet").iter_rows())
    evaluations = pl.read_parquet(release / "parquet" / "evaluations.parquet")
    mo.md(f"# Berapa banyak yang bersandar pada satu sumber?\n\n{meta['citation']}")
    return evaluations, meta, release


@app.cell
def _(mo):
    mo.md(
        """
        **Pertanyaan.** Sebuah hasil yang diceritakan beberapa sumber mandiri lebih kuat daripada yang diceritakan satu sumber.
        Seberapa banyak hasil yang hanya bersandar pada satu sumber, dan apakah penghargaan berbeda dari nilai, predikat, dan opini?

        Salinan berita yang sama dihitung satu kali (`source_count`). Jenis hasil (`kind`) berasal dari programnya.
        """
    )
    return


@app.cell
def _(evaluations, pl):
    by_kind = (
        evaluations.group_by("kind")
        .agg(
            pl.len().alias("results"),
            (pl.col("source_count") == 1).sum().alias("one"),
            (pl.col("official_count") > 0).sum().alias("official"),
        )
        .with_columns((100 * pl.col("one") / pl.col("results")).round(1).alias("one_pct"))
        .sort("results", "kind", descending=[True, False])
    )
    by_year = (
        evaluations.drop_nulls("edition_year")
        .with_columns(pl.when(pl.col("source_count") == 1).then(pl.lit("satu")).otherwise(pl.lit("beberapa")).alias("sources"))
        .group_by("edition_year", "sources")
        .agg(pl.len().alias("results"), pl.col("confidence").mean().round(2))
        .sort("edition_year", "sources")
    )
    return by_kind, by_year


@app.cell
def _(alt, by_kind, mo):
    kinds = (
        alt.Chart(by_kind)
        .mark_bar()
        .encode(
            x=alt.X("one_pct:Q", title="Bersandar pada satu sumber (%)", scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("kind:N", title="Jenis hasil", sort="-x"),
        )
        .properties(title="Bagian hasil yang diceritakan satu sumber saja", width=360)
    )
    mo.vstack([kinds, mo.ui.table(by_kind)])
    return (kinds,)


@app.cell
def _(alt, by_year, mo):
    years = (
        alt.Chart(by_year)
        .mark_bar()
        .encode(
            x=alt.X("edition_year:O", title="Tahun yang dinilai"),
            y=alt.Y("results:Q", title="Hasil yang tercatat"),
            color=alt.Color("sources:N", title="Sumber mandiri"),
        )
        .properties(title="Hasil yang tercatat tiap tahun", width=360)
    )
    mo.vstack([years, mo.ui.table(by_year)])
    return (years,)


@app.cell
def _(by_kind, evaluations, mo, pl):
    one, results = int(by_kind["one"].sum()), evaluations.height
    prizes = by_kind.filter(pl.col("kind") == "award")
    marks = by_kind.filter(pl.col("kind") != "award").select(pl.col("results", "one").sum())
    answer = (
        f"{one} dari {results} hasil bersandar pada satu sumber. Penghargaan: {prizes['one'].sum()} dari {prizes['results'].sum()}; "
        f"nilai, predikat, opini, dan peringkat: {marks['one'].item()} dari {marks['results'].item()}."
    )
    mo.md(f"**Jawaban.** {answer} Perbedaan antarjenis juga dapat berasal dari sumber mana saja yang dibaca: lihat tabel `sources`.")
    return (answer,)


if __name__ == "__main__":
    app.run()
