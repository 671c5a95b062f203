"""recognizers-text and quantulum3 reading the same texts; runs in their environment as a script.

Each answers with what it says of numbers: start, end and values. Everything that a library offers for numbers,
currencies, percentages and dimensions is taken together, which can only help it.
"""

import sys
import warnings
from decimal import Decimal, InvalidOperation
from pathlib import Path
from time import perf_counter
from typing import Any

# Run as a script in another environment: the bench's own package is found from the project root.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
warnings.filterwarnings("ignore")

from quantulum3 import parser as quantulum  # type: ignore[import-not-found]  # noqa: E402
from recognizers_number import (  # type: ignore[import-not-found]  # noqa: E402
    recognize_number,
    recognize_percentage,
)
from recognizers_number_with_unit import (  # type: ignore[import-not-found]  # noqa: E402
    recognize_currency,
    recognize_dimension,
)
from recognizers_text import Culture  # type: ignore[import-not-found]  # noqa: E402

from bench.processes import answer_questions  # noqa: E402

Read = list[tuple[int, int, list[float]]]


def recognizers(texts: list[str], lang: str) -> dict[str, Any]:
    """What recognizers-text finds in texts, and the seconds it took."""
    culture = Culture.Chinese if lang == "zh" else Culture.English
    began = perf_counter()
    found = [_recognized(text, culture) for text in texts]
    return {"seconds": perf_counter() - began, "found": found}


def _recognized(text: str, culture: str) -> Read:
    read: Read = []
    for recognize in (recognize_number, recognize_percentage, recognize_currency, recognize_dimension):
        for result in recognize(text, culture):
            value = (
                _number(str(result.resolution.get("value", "")).rstrip("%")) if result.resolution else None
            )
            if value is not None:
                read.append((result.start, result.end + 1, [value]))
    return read


def quantities(texts: list[str], lang: str) -> dict[str, Any]:
    """What quantulum3 finds in English texts, and the seconds it took."""
    began = perf_counter()
    found = [_quantified(text) for text in texts] if lang == "en" else []
    return {"seconds": perf_counter() - began, "found": found}


def _quantified(text: str) -> Read:
    return [(one.span[0], one.span[1], [one.value]) for one in quantulum.parse(text)]


def _number(written: str) -> float | None:
    try:
        return float(Decimal(written))
    except InvalidOperation:
        return None


if __name__ == "__main__":
    answer_questions({"recognizers": recognizers, "quantities": quantities})
