"""Numbers of award news: values, places, tiers, counts and scores, each found with its span. Pure functions, linear in time."""

from extract.numbers.counts import CountMention, find_counts
from extract.numbers.ranks import FieldMention, RankMention, find_fields, find_ranks
from extract.numbers.scores import ScoreMention, find_scores
from extract.numbers.tiers import TierMention, find_tiers
from extract.numbers.words import NumberMention, find_numbers, parse_decimal, parse_integer, parse_ordinal

__all__ = [
    "CountMention",
    "FieldMention",
    "NumberMention",
    "RankMention",
    "ScoreMention",
    "TierMention",
    "find_counts",
    "find_fields",
    "find_numbers",
    "find_ranks",
    "find_scores",
    "find_tiers",
    "parse_decimal",
    "parse_integer",
    "parse_ordinal",
]
