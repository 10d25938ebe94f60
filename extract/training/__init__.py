"""How the weights that ship are made: gold in, `resources/model/scorer.json` out. Run by `make model`, never by the reader."""
