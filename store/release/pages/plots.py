"""Plots drawn as SVG on the server. Every plot stands on its page as a table too; a drawing is kept, for a release never changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from store.release.pages.language import language, say

Row = dict[str, Any]

_INK = "#123456"
_HUE = "#abcdef"
# Vega writes colours as attributes; the page's own colours take their place, so that dark mode reaches the drawing too
_COLOURS = {f'fill="{_INK}"': 'class="ink"', f'stroke="{_INK}"': 'class="line"', f'fill="{_HUE}"': 'class="hue"'}
_TINTS = ("#c0ffe1", "#c0ffe2", "#c0ffe3", "#c0ffe4", "#c0ffe5", "#c0ffe0")


def ladder(rows: Sequence[Row]) -> Markup:
    """Holders on each step of a scale by year, as stacked bars, the best step darkest and at the bottom."""
    kept = [{"y": str(row["year"]), "s": row["step_name"], "p": row["step"], "n": row["holders"]} for row in rows]
    return _ladder(json.dumps(kept), language()) if kept else Markup()


def calibration(rows: Sequence[Row]) -> Markup:
    """How often the reader was right in each bin of confidence, beside the line of equals."""
    kept = [{"c": (row["low"] + row["high"]) / 2, "v": row["value"], "n": row["cases"]} for row in rows]
    return _calibration(json.dumps(kept), language()) if kept else Markup()


def bars(rows: Sequence[Row]) -> Markup:
    """Evaluations by edition year, those of one source alone apart."""
    kept = [
        {"y": str(row["year"]), "k": place, "n": n}
        for row in rows
        for place, n in enumerate((row["evaluation_count"] - row["single_source_count"], row["single_source_count"]))
    ]
    return _bars(json.dumps(kept), language()) if kept else Markup()


@lru_cache(maxsize=256)
def _ladder(data: str, _language: str) -> Markup:
    import altair as alt

    rows = json.loads(data)
    steps = [name for name, _ in sorted({(row["s"], row["p"]) for row in rows}, key=lambda pair: pair[1])]
    shades = (
        _TINTS[: len(steps)] if len(steps) <= len(_TINTS) else [_TINTS[place * len(_TINTS) // len(steps)] for place in range(len(steps))]
    )
    chart = (
        _chart(rows)
        .mark_bar(width={"band": 0.8})
        .encode(
            x=alt.X("y:O", title=say("tahun dinilai", "year judged"), axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("n:Q", title=say("pemegang", "holders"), axis=alt.Axis(tickCount=4)),
            color=alt.Color("s:N", sort=steps, scale=alt.Scale(domain=steps, range=list(shades)), title=say("langkah", "step")),
            order=alt.Order("p:Q"),
        )
        .properties(width=420, height=180)
    )
    return _drawn(chart, say("Jumlah pemegang tiap langkah menurut tahun", "Number of holders on each step by year"))


@lru_cache(maxsize=16)
def _calibration(data: str, _language: str) -> Markup:
    import altair as alt

    axis = alt.Axis(format="%", tickCount=5)
    equal = _chart([{"c": 0, "v": 0}, {"c": 1, "v": 1}]).mark_line(strokeDash=[4, 4], color=_INK, strokeWidth=1)
    points = _chart(json.loads(data)).mark_point(filled=True, size=70, opacity=1, color=_HUE)
    encoded = {
        "x": alt.X("c:Q", title=say("keyakinan yang dinyatakan", "confidence as stated"), axis=axis, scale=alt.Scale(domain=[0, 1])),
        "y": alt.Y("v:Q", title=say("yang ternyata benar", "found to be right"), axis=axis, scale=alt.Scale(domain=[0, 1])),
    }
    chart = (equal.encode(**encoded) + points.encode(**encoded)).properties(width=260, height=220)
    return _drawn(chart, say("Keyakinan dibanding kebenaran", "Confidence against truth"))


@lru_cache(maxsize=16)
def _bars(data: str, _language: str) -> Markup:
    import altair as alt

    names = [say("beberapa sumber", "several sources"), say("satu sumber", "one source")]
    rows = [{**row, "k": names[row["k"]], "p": row["k"]} for row in json.loads(data)]
    chart = (
        _chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("y:O", title=say("tahun dinilai", "year judged"), axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("n:Q", title=say("hasil", "results"), axis=alt.Axis(tickCount=4)),
            color=alt.Color("k:N", scale=alt.Scale(domain=names, range=[_TINTS[0], _TINTS[3]]), title=None),
            order=alt.Order("p:Q"),
        )
        .properties(width=420, height=160)
    )
    return _drawn(chart, say("Hasil menurut tahun dinilai", "Results by year judged"))


def _chart(rows: Sequence[Row]) -> Any:
    import altair as alt

    return alt.Chart({"values": list(rows)})


def _drawn(chart: Any, label: str) -> Markup:
    import vl_convert

    axes = {"labelColor": _INK, "titleColor": _INK, "domainColor": _INK, "tickColor": _INK, "gridColor": _INK, "gridOpacity": 0.15}
    text = {"font": "sans-serif", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    fonts = {"labelFont": "sans-serif", "titleFont": "sans-serif", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
    themed = chart.configure(background="transparent", font=text["font"]).configure_view(stroke=None)
    themed = themed.configure_axis(**axes, **fonts).configure_legend(labelColor=_INK, titleColor=_INK, **fonts)
    locale = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]} if language() == "id" else None
    svg = vl_convert.vegalite_to_svg(themed.to_dict(), format_locale=locale)
    for colour, name in {**_COLOURS, **{f'fill="{shade}"': f'class="step{place}"' for place, shade in enumerate(_TINTS)}}.items():
        svg = svg.replace(colour, name)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return Markup(svg)  # noqa: S704 - made by us from numbers and names that the drawing itself escapes
