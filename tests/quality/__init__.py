"""How well the reader reads: gold articles, their split by outlet, a scorer and floors. See README.md."""
