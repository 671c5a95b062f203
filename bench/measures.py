"""Everything that is measured on one book, in a process of its own: `python -m bench.measures VENDOR ENTRIES`.

Each question of `run` runs one measure once and answers with seconds and processor seconds, or with the median
milliseconds over several pairings. Medians over runs are taken by `run`.
"""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from bench import book, ledgers, loads  # noqa: E402
from bench.checks import page_of_text  # noqa: E402
from bench.engines import Engine  # noqa: E402
from bench.processes import answer_questions, timed  # noqa: E402
from pairbook.bulletins.reads import check_text  # noqa: E402
from pairbook.indicators.opening import open_figure  # noqa: E402
from pairbook.indicators.reads import address_of, figure_rows  # noqa: E402
from pairbook.pairings.reads import programmes  # noqa: E402
from pairbook.register.actions import record_entries, record_entry  # noqa: E402
from pairbook.register.ageing import ages_of, resting  # noqa: E402
from pairbook.register.models import Entry, Fund  # noqa: E402
from pairbook.register.reads import balances  # noqa: E402
from pairbook.register.tracing import trace_entry, trace_funds  # noqa: E402

AS_OF = book.SHOWN_ON
_ENGINE = Engine(sys.argv[1], int(sys.argv[2]))
_OPENED = (
    "funds.fiscal/received/{year}-01-01..{day}",
    "funds.total/allocated/{year}-01-01..{day}",
    "goods.quantity/received/{year}-01-01..{day}?item=bench-mask",
)
_held: dict[str, Any] = {}


def build(is_kept: bool) -> dict[str, float]:
    """Seconds to migrate and fill the book; nothing where a kept one was put back. `is_kept` keeps it now."""
    if is_kept and _ENGINE.has_start:
        return {"seconds": 0.0}
    call_command("migrate", verbosity=0)

    def said(done: int) -> None:
        if done % 100_000 == 0:
            print(f"  {_ENGINE.vendor}: {done:,} of {_ENGINE.entries:,} entries generated", file=sys.stderr)

    seconds = timed(lambda: book.build(_ENGINE.entries, on_progress=said))
    book.settle()
    if is_kept:
        connection.close()
        _ENGINE.keep_start()
    return seconds


def versions() -> dict[str, str]:
    """Versions of what is measured."""
    found = {"Python": sys.version.split()[0], "Django": django.get_version()}
    if connection.vendor == "sqlite":
        return {**found, "SQLite": sqlite3.sqlite_version}
    import psycopg

    number = connection.cursor().execute("SHOW server_version").fetchone()[0].split()[0]
    return {**found, "PostgreSQL": number, "psycopg": psycopg.__version__}


def prepare_load(count: int, movements: str) -> int:
    """How many entries the load has. Loads it once to learn the bare rows; writes its movements for peers."""
    connection.close()
    _ENGINE.keep_start()
    load = loads.load_of(count)
    before = loads.rows_before()
    _greet()
    _load(load)
    _held["load"], _held["tables"] = load, loads.rows_since(before)
    loads.write_movements(load, Path(movements))
    return load.rows


def load_checked() -> dict[str, float]:
    """Seconds of `record_entries` from the starting book."""
    _back_to_start()
    return timed(lambda: _load(_held["load"]))


def _load(load: loads.Load) -> None:
    record_entries(loads.drafts(load.sent), by=_held["assisting"])
    record_entries(loads.drafts(load.taken), by=_held["assisted"])


def load_bare() -> dict[str, float]:
    """Seconds of writing the same rows to the same tables from the starting book."""
    _back_to_start()
    connection.close()
    return timed(lambda: loads.write_bare(_held["tables"]))


def _back_to_start() -> None:
    connection.close()
    _ENGINE.back_to_start()
    _greet()


def _greet() -> None:
    """Connect, and know who records."""
    _held.update({side: loads.officer(side) for side in ("assisting", "assisted")})


def one_at_a_time(count: int) -> dict[str, float]:
    """Seconds of `record_entry`, `count` times, each its own transaction."""
    if "one" not in _held:
        if "load" in _held:
            _back_to_start()
        _greet()
        _held["one"] = loads.load_of(max(count, 200)).sent
        for draft in loads.drafts(_held["one"][:20]):
            record_entry(draft, by=_held["assisting"])
    drafts = loads.drafts(_held["one"])

    def record() -> None:
        for number in range(count):
            record_entry(drafts[number % len(drafts)], by=_held["assisting"])

    return timed(record)


def _median_ms(ask: Callable[[int], object], pairings: int) -> dict[str, float]:
    """The median over pairings of one question's milliseconds, on the clock and on this process's processor."""
    ask(1)
    clocks, processors = [], []
    for number in range(1, pairings + 1):
        clock, processor = perf_counter(), process_time()
        ask(number)
        clocks.append((perf_counter() - clock) * 1000)
        processors.append((process_time() - processor) * 1000)
    return {"ms": median(clocks), "cpu_ms": median(processors)}


def figures(pairings: int) -> dict[str, float]:
    """Milliseconds for all figures of a pairing, from 1 January to the day."""
    return _median_ms(lambda number: figure_rows(_code(number), as_of=AS_OF), pairings)


def known(pairings: int) -> dict[str, float]:
    """Milliseconds for the same figures as the book knew them on that day."""
    return _median_ms(lambda number: figure_rows(_code(number), as_of=AS_OF, known=AS_OF), pairings)


def opening(pairings: int) -> dict[str, float]:
    """Milliseconds from the text of an address to the opened figure with its first 50 entries."""

    def ask(number: int) -> object:
        rest = _OPENED[number % len(_OPENED)].format(year=AS_OF.year, day=AS_OF)
        return open_figure(address_of(f"{_code(number)}/{rest}"), limit=50)

    return _median_ms(ask, pairings)


def page(pairings: int) -> dict[str, float] | None:
    """Milliseconds for a programme's page at the server; None while there is no such page."""
    client = Client(headers={"host": "127.0.0.1"})
    with translation.override("zh-hans"):
        try:
            paths = {
                number: reverse("portal:home", args=[_code(number)]) for number in range(1, pairings + 1)
            }
        except NoReverseMatch:
            return None

    def ask(number: int) -> object:
        answer = client.get(paths[number])
        assert answer.status_code == 200, f"{paths[number]} answers {answer.status_code}"
        return answer

    return _median_ms(ask, pairings)


def all_balances(times: int) -> dict[str, float]:
    """Milliseconds for the balances of all accounts of the book."""
    everything = [row.id for row in programmes()]
    return _median_ms(lambda _: balances(everything), times)


def ageing(pairings: int) -> dict[str, float]:
    """Milliseconds for what rests where and since when in a pairing, entry by entry, on the day shown."""
    ids = _pairing_ids()
    return _median_ms(lambda number: resting([ids[number - 1]], AS_OF), pairings)


def ages(times: int, is_today: bool) -> dict[str, float]:
    """Milliseconds for how much rests where and how long in the whole book, on its last day or on the day shown."""
    ids, day = _pairing_ids(), book.LAST_DAY if is_today else AS_OF
    return _median_ms(lambda _: ages_of(ids, day), times)


def trace(times: int) -> dict[str, float]:
    """Milliseconds for the full trace of one allocation, each time another one."""
    allocations = _allocations()
    return _median_ms(lambda number: trace_entry(allocations[number % len(allocations)]), times)


def _allocations() -> list[int]:
    """Some allocations that were received, assigned and paid."""
    if "allocations" not in _held:
        paid = Entry.objects.filter(stage="spent").exclude(fund__code__startswith=book.SOURCE_FUND)
        spent = paid.order_by("id").values_list("id", flat=True)[:1200:40]
        _held["allocations"] = [found.before[0].id for one in spent if (found := trace_entry(one))]
    return list(_held["allocations"])


def fund_trace(pairings: int) -> dict[str, float]:
    """Milliseconds for what became of one fund."""
    funds = _funds()
    return _median_ms(lambda number: trace_funds([funds[number - 1]]), pairings)


def source(times: int) -> dict[str, float]:
    """Milliseconds for the trace of the allocation that thousands of entries descend from."""
    allocated = Entry.objects.get(fund__code__startswith=book.SOURCE_FUND, stage="allocated")
    found = trace_entry(allocated.pk)
    assert found is not None
    return {**_median_ms(lambda _: trace_entry(allocated.pk), times), "descendants": len(found.after)}


def write_journals(hledger: str, beancount: str) -> dict[str, int]:
    """How many movements the journals of the peers hold, and the fund and the allocation they are asked for."""
    movements = ledgers.write_journals(Path(hledger), Path(beancount))
    return {"movements": movements, "fund": _funds()[0], "chain": _allocations()[0]}


def _pairing_ids() -> list[int]:
    return [row.id for row in programmes()]


def _funds() -> list[int]:
    """One fund of each pairing, the one of the year shown."""
    ids = _pairing_ids()
    rows = Fund.objects.filter(pairing_id__in=ids, code=f"municipal-{AS_OF.year}").order_by("pairing_id")
    return list(rows.values_list("id", flat=True))


def check(pairings: int) -> dict[str, float]:
    """Milliseconds to hold a page of text, thirty figures of which half are wrong, against the book."""
    texts = {number: page_of_text(_code(number), AS_OF) for number in range(1, pairings + 1)}

    def ask(number: int) -> object:
        return check_text(texts[number], pairing_code=_code(number), published=AS_OF, is_public=True)

    return _median_ms(ask, pairings)


def _code(number: int) -> str:
    return f"bench-{number:02}"


if __name__ == "__main__":
    answer_questions(
        {
            "build": build,
            "versions": versions,
            "prepare_load": prepare_load,
            "load_checked": load_checked,
            "load_bare": load_bare,
            "one_at_a_time": one_at_a_time,
            "figures": figures,
            "known": known,
            "opening": opening,
            "page": page,
            "all_balances": all_balances,
            "ageing": ageing,
            "ages": ages,
            "trace": trace,
            "fund_trace": fund_trace,
            "source": source,
            "write_journals": write_journals,
            "check": check,
        }
    )
