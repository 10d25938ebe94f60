"""Dates as Indonesian news prints them: found, resolved to a day, and checked against the weekday printed beside them.

Plain compiled patterns: every gap is bounded, so time is linear in the text. dateparser 1.5 was tried and earns no place
here: it fails on "Senin (9/12) malam" and "Jum'at, 6 Desember 2019", drops the end of a range, invents a day for
"tahun 2019", ignores the weekday, finds no spans by itself, and costs half a millisecond a candidate. The order is always
day/month.
"""

from extract.dates.find import find_dates
from extract.dates.years import Clock, DateMention, Precision, resolve_year

__all__ = ["Clock", "DateMention", "Precision", "find_dates", "resolve_year"]
