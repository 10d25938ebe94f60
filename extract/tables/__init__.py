"""Tables as claims: the rows of a decree's annex, of a list of results, of a city's own list of awards."""

from extract.tables.outcome import Outcome
from extract.tables.reader import TableReader

__all__ = ["Outcome", "TableReader"]
