"""The finder of figures: how well it reads annotated texts, beside its peers, and how long 1 MB of text takes.

A peer says less of a number than the finder does, so they are compared by what all say: a figure counts as found when
one of the readings that overlap it has its value (a range: both ends). The finder alone is judged on the rest, as
`analysis/claims/tests/annotated.py` judges it, where spans must be exact.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench.engines import ROOT
from bench.processes import Process
from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.tests.annotated import ASPECTS, CORPUS, Score, annotated_texts, score_text

PEERS_VENV = ROOT / "var" / "bench-claims-venv"
PEERS = {"recognizers": "recognizers-text", "quantities": "quantulum3"}
LANGS = {"zh": "Chinese", "en": "English"}
# What is asked for on texts the grammar has not seen.
TARGETS = {
    "span and value": 99,
    "unit": 97,
    "qualifier": 97,
    "claim or not": 97,
    "measure": 85,
    "period": 80,
}
SECONDS_MAX = 2.0
_MEGABYTE = 1_000_000
# An article is not all figures: two sentences without one follow each annotated text.
_BETWEEN = {
    "zh": "会议指出，要进一步深化对接，加强沟通，把各项工作抓实抓细。"
    "两地干部群众表示，将推动产业、教育、医疗等领域的交流走深走实。",
    "en": " Officials on both sides stressed that cooperation in industry, education and health care should be "
    "deepened. They praised the work of those who had come so far from home.",
}

Reading = tuple[int, int, list[float]]


def measure(folder: Path | None, runs: int) -> dict[str, Any]:
    """Lines for the table of the bench, scores for each phenomenon, and what was left out."""
    texts = list(annotated_texts(folder or CORPUS))
    lines: list[dict[str, Any]] = []
    phenomena: list[dict[str, Any]] = []
    left_out: list[str] = []
    peers = _peers(texts, left_out)
    for lang, name in LANGS.items():
        own = [text for text in texts if text["lang"] == lang]
        if own:
            lines += [
                *_score_lines(own, name),
                *_value_lines(own, name, lang, peers),
                _time_line(own, name, lang, runs),
            ]
            phenomena += _by_phenomenon(own, name, lang, peers)
    return {"lines": lines, "phenomena": phenomena, "left_out": left_out, "versions": _peer_versions()}


def _ours(text: str, _lang: str, published: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = find_figures(text, published=published).as_json()["figures"]
    return found


def _score(texts: list[dict[str, Any]]) -> Score:
    score = Score()
    for text in texts:
        score.add(score_text(text, _ours))
    return score


def _score_lines(texts: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    score = _score(texts)
    for aspect in ASPECTS:
        target = TARGETS.get(aspect)
        percent = score.percent(aspect)
        yield {
            "measure": "claims",
            "engine": name,
            "what": f"{aspect} ({score.asked[aspect]} in {len(texts)} texts)",
            "value": percent,
            "unit": "% right",
            "runs": 1,
            "target": f"at least {target}" if target else "",
            "is_reached": percent >= target if target else None,
        }


def _time_line(texts: list[dict[str, Any]], name: str, lang: str, runs: int) -> dict[str, Any]:
    article = "\n\n".join(text["text"] + _BETWEEN[lang] for text in texts) + "\n\n"
    article *= _MEGABYTE // len(article.encode()) + 1
    clocks, processors, figures = [], [], 0
    for _ in range(runs):
        clock, processor = perf_counter(), process_time()
        figures = len(find_figures(article, published=texts[0]["published"]).figures)
        clocks.append(perf_counter() - clock)
        processors.append(process_time() - processor)
    seconds = median(clocks)
    return {
        "measure": "claims",
        "engine": name,
        "what": f"reading 1 MB of text with {figures:,} figures",
        "value": seconds,
        "unit": "s",
        "runs": runs,
        "cpu": median(processors),
        "target": f"under {SECONDS_MAX:g} s",
        "is_reached": seconds < SECONDS_MAX,
    }


def _value_lines(
    texts: list[dict[str, Any]], name: str, lang: str, peers: dict[tuple[str, str], list[list[Reading]]]
) -> Iterator[dict[str, Any]]:
    """The share of values that each finds, ours against each peer."""
    ours = _percent_found(texts, [_readings(text) for text in texts])
    for peer, label in PEERS.items():
        readings = peers.get((peer, lang))
        if readings:
            theirs = _percent_found(texts, readings)
            yield {
                "measure": "claims",
                "engine": name,
                "what": "values found",
                "value": ours,
                "unit": "%",
                "runs": 1,
                "against": label,
                "against_value": theirs,
                "ratio": ours / theirs if theirs else None,
            }


def _readings(text: dict[str, Any]) -> list[Reading]:
    return [
        (one["start"], one["end"], [one[end] for end in ("value", "value_high") if one[end] is not None])
        for one in _ours(text["text"], text["lang"], text["published"])
        if one["is_claim"]
    ]


def _is_found(text: dict[str, Any], wanted: dict[str, Any], readings: list[Reading]) -> bool:
    place = -1
    for _ in range(wanted.get("occurrence", 1)):
        place = text["text"].index(wanted["text"], place + 1)
    end = place + len(wanted["text"])
    said = [value for one in readings if one[0] < end and one[1] > place for value in one[2]]
    ends = [value for value in (wanted["value"], wanted["value_high"]) if value is not None]
    # 10 tons may be said as 10 or as 10,000 kg, half a kilo as 1 jin.
    factors = (1, 0.001, 2) if wanted["unit"] == "kg" else (1,)
    return all(any(abs(value * factor - one) < 0.006 for one in said for factor in factors) for value in ends)


def _percent_found(texts: list[dict[str, Any]], readings: list[list[Reading]]) -> float:
    asked = [
        _is_found(text, wanted, read)
        for text, read in zip(texts, readings, strict=True)
        for wanted in text["figures"]
        if wanted["is_claim"]
    ]
    return 100 * sum(asked) / len(asked)


def _by_phenomenon(
    texts: list[dict[str, Any]], name: str, lang: str, peers: dict[tuple[str, str], list[list[Reading]]]
) -> Iterator[dict[str, Any]]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for phenomenon in text["phenomena"]:
            grouped[phenomenon].append(place)
    for phenomenon, places in sorted(grouped.items()):
        own = [texts[place] for place in places]
        if not any(figure["is_claim"] for text in own for figure in text["figures"]):
            continue
        score = _score(own)
        row: dict[str, Any] = {"lang": name, "phenomenon": phenomenon, "texts": len(own)}
        row |= {aspect: round(score.percent(aspect), 1) for aspect in ASPECTS}
        row["values found"] = round(_percent_found(own, [_readings(text) for text in own]), 1)
        for peer, label in PEERS.items():
            readings = peers.get((peer, lang))
            row[label] = (
                round(_percent_found(own, [readings[place] for place in places]), 1) if readings else None
            )
        yield row


def _peers(texts: list[dict[str, Any]], left_out: list[str]) -> dict[tuple[str, str], list[list[Reading]]]:
    """What the peers read, where they are installed in their environment (bench/README.md says how)."""
    python = PEERS_VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.is_file():
        left_out.append(
            "recognizers-text and quantulum3 are not in var/bench-claims-venv: bench/README.md says how."
        )
        return {}
    process = Process([str(python), str(ROOT / "bench" / "peers" / "claims_read.py")])
    try:
        return {
            (peer, lang): process.ask(
                peer, texts=[text["text"] for text in texts if text["lang"] == lang], lang=lang
            )["found"]
            for peer in PEERS
            for lang in LANGS
        }
    finally:
        process.stop()


def _peer_versions() -> dict[str, str]:
    versions = {}
    for folder in PEERS_VENV.glob("[Ll]ib/**/site-packages"):
        for path in (
            *folder.glob("recognizers_text_suite-*.dist-info"),
            *folder.glob("quantulum3-*.dist-info"),
        ):
            package, _, version = path.name.removesuffix(".dist-info").partition("-")
            versions[package.replace("_", "-")] = version
    return versions


def phenomena_table(rows: list[dict[str, Any]]) -> list[str]:
    """The scores for each phenomenon as lines of text."""
    if not rows:
        return []
    heads = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    cells = [heads, *([("" if row[name] is None else str(row[name])) for name in heads] for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    told = [
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return ["", told[0], "-+-".join("-" * width for width in widths), *told[1:]]
