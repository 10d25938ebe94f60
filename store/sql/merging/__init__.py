"""Claims to evaluations: one per programme, edition, category, innovation and recipient, however many articles tell it.

What changed since the last merge is marked by the ledger as pairs of programme and recipient. Such a pair is made anew from
all its claims, so the order in which they came cannot matter. `grouping` says which claims are one result, `choosing` which
value is shown; both are pure.
"""

from store.sql.merging.merge import MergeReport, merge

__all__ = ["MergeReport", "merge"]
