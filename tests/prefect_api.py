"""Prefect's API as the tests and benchmarks of a running server ask it."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


def ask(port: int, path: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
    """Ask the Prefect server on a loopback port; None where it answers nothing. Raises OSError where it does not answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/{path}", data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None
