"""What the finder misreads in annotated texts: `python -m bench.claims_misses FILE... [--aspect period] [--totals]`.

Misses stand in classes, the most frequent first, so that a rule is mended for what sentences have in common and not
for one of them. Of texts that no grammar may be tuned on ask for `--totals` alone.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.tests.annotated import ASPECTS, Score, score_text
from tests.cases import cases_in


def main() -> None:
    """Print the scores of the files and, unless only totals are asked for, each miss under its class."""
    asked = argparse.ArgumentParser(prog="python -m bench.claims_misses", description=__doc__)
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--aspect", choices=ASPECTS)
    asked.add_argument("--totals", action="store_true")
    said = asked.parse_args()
    whole = Score()
    for path in said.files:
        score = score_of(cases_in(path))
        print(path.name, *(_told(score, aspect) for aspect in ASPECTS), sep="  ")
        whole.add(score)
    if len(said.files) > 1:
        print("together", *(_told(whole, aspect) for aspect in ASPECTS), sep="  ")
    if not said.totals:
        for name, misses in _classes(whole, said.aspect):
            print(f"\n{name} ({len(misses)})", *misses, sep="\n    ")


def score_of(texts: list[dict[str, Any]]) -> Score:
    """How well the figures of the texts are read, each aspect with its misses."""
    score = Score()
    for text in texts:
        score.add(
            score_text(
                text,
                lambda written, _, published: find_figures(written, published=published).as_json()["figures"],
            )
        )
    return score


def _told(score: Score, aspect: str) -> str:
    return f"{aspect} {score.right[aspect]}/{score.asked[aspect]}"


def _classes(score: Score, only: str | None) -> list[tuple[str, list[str]]]:
    """The misses by aspect and by what was read instead of what."""
    classes: dict[str, list[str]] = defaultdict(list)
    for miss in score.misses:
        aspect, _, told = miss.partition(": ")
        if only in (None, aspect):
            got = told.rpartition(": ")[2] if aspect in ("unit", "measure", "modality", "qualifier") else ""
            classes[f"{aspect}: {got}" if got else aspect].append(told)
    return sorted(classes.items(), key=lambda entry: -len(entry[1]))


if __name__ == "__main__":
    main()
