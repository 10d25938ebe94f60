"""How many results of each programme and edition year, and how sure is rapor of them? Run in the folder of the release."""

import polars as pl

evaluations = pl.read_parquet("parquet/evaluations.parquet")
table = (
    evaluations.filter(pl.col("programme").is_not_null())
    .group_by("programme", "edition_year")
    .agg(pl.len().alias("results"), pl.col("confidence").mean().round(2))
    .sort("programme", "edition_year", nulls_last=True)
)
table.write_csv("/dev/stdout")
