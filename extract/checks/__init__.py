"""What should make a reader of a claim pause: each check raises a flag with its reason and never changes a value.

The checks look at finished claims in their scene. `flagged` is called once for an article, by `extract.reader`; `reasons` puts every
flag into words for `extract.explain`.
"""

from extract.checks.reasons import reasons, sum_in_words
from extract.checks.run import flagged

__all__ = ["flagged", "reasons", "sum_in_words"]
