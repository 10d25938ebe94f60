"""The names network: a slow teacher labels everyday news, a small student learns from it and from public corpora."""
