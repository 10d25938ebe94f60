"""`python -m extract.training GOLD…` (files or folders): fit the scorer and write its weights."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extract.lexicon import load_registry
from extract.scorer import MODEL
from extract.training.fit import fit
from extract.training.labels import label, read_gold

# Chosen on whole claims of held-out articles (four folds), not on rows: rows repeat what a claim says once.
_THRESHOLDS = {"holds": 0.43, "result": 0.35, "year": 0.5}


def main() -> None:
    """Fit each question on the gold given, say how it did on held-out articles, write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold JSON files, or folders of them")
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    missing = [str(path) for path in args.gold if not path.exists()]
    if missing:
        sys.exit(f"no such gold: {', '.join(missing)}; name gold JSON files or folders of them")
    golds = read_gold(args.gold)
    if not golds:
        sys.exit(f"no gold articles in {', '.join(map(str, args.gold))}; name gold JSON files or folders of them")
    fitted = {question: fit(examples) for question, examples in label(load_registry(), golds).items()}
    data: dict[str, Any] = {
        "questions": {
            q: {
                "base": f.base,
                "features": f.features,
                "trees": f.trees,
                "threshold": _THRESHOLDS[q],
                "wording": asdict(f.wording) if f.wording else None,
            }
            for q, f in fitted.items()
        },
        "held_out": {
            q: {"precision": f.precision, "recall": f.recall, "calibration_error": f.calibration_error, "examples": f.examples}
            for q, f in fitted.items()
        },
        "articles": len(golds),
        "fitted_on": sorted(str(gold["key"]) for gold in golds),
    }
    data["version"] = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:10]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    for question, item in fitted.items():
        sys.stderr.write(
            f"{question}: precision {item.precision} recall {item.recall} at best {item.threshold}, "
            f"ECE {item.calibration_error}, n {item.examples}\n"
        )


if __name__ == "__main__":
    main()
