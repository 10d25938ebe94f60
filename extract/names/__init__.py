"""Personal names: their titles off, their spans in a text, whether two of them mean one person."""

from extract.names.find import NameMention, find_name_after, find_name_before
from extract.names.match import NameMatch, fold_name, same_name, short_forms
from extract.names.titles import strip_titles

__all__ = ["NameMatch", "NameMention", "find_name_after", "find_name_before", "fold_name", "same_name", "short_forms", "strip_titles"]
