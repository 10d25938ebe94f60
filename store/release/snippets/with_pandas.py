"""How many results of each programme and edition year, and how sure is rapor of them? Run in the folder of the release."""

import sys

import pandas as pd

types = {"province_code": "string", "recipient_key": "string", "agency_key": "string", "edition_year": "Int64"}
evaluations = pd.read_csv("csv/evaluations.csv", parse_dates=["event_date", "shown_date"], dtype=types)
table = (
    evaluations.dropna(subset="programme")
    .groupby(["programme", "edition_year"], dropna=False)
    .agg(results=("key", "count"), confidence=("confidence", "mean"))
    .round(2)
    .reset_index()
    .sort_values(["programme", "edition_year"])
)
table.to_csv(sys.stdout, index=False)
