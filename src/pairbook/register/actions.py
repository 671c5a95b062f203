"""Every write of the register: record, correct, withdraw, confirm, dispute, attach; balances and totals with it.

One path serves one entry and a hundred thousand: what is known is gathered in a fixed number of queries, `rules`
decides, accounts are locked, and all rows go in through `insert`. The database's own constraints stand behind.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from pairbook.households.actions import Errand, register_people
from pairbook.households.rules import PersonDraft
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, Standing, may, may_with, must
from pairbook.kernel.actions import canonical, store_evidence, write_audit
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.quantities import Quantity
from pairbook.kernel.queries import rows_in
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import standing_in
from pairbook.parties.reads import parties_known
from pairbook.projects.actions import note_consent_wish
from pairbook.register.accounts import AccountKey, Amounts, TotalKey, movements, total_key
from pairbook.register.known import (
    NUMBER_MAX,
    EntryState,
    Gathered,
    entry_state,
    gather,
    on_its_day,
    record_of,
    stage_of,
    taken_by_limit,
)
from pairbook.register.ledger import (
    ANSWER_COLUMNS,
    AUDIT_COLUMNS,
    ENTRY_COLUMNS,
    PAPER_COLUMNS,
    PARTICIPANT_COLUMNS,
    Difference,
    add_balances,
    add_totals,
    build,
    differences_from,
    hold_months,
    hold_other_writers,
    insert,
    keep_rests,
    lock_accounts,
    lock_things,
    new_ids,
    put,
    totals_row,
)
from pairbook.register.models import (
    Campaign,
    Entry,
    Fund,
    Item,
    Paper,
    Participant,
    Point,
)
from pairbook.register.months import counting_day, month_text
from pairbook.register.open_days import first_open_days
from pairbook.register.rules import (
    Draft,
    EntryFacts,
    Known,
    answering_side,
    check_dispute,
    check_draft,
    check_taken,
    facts_of,
)
from pairbook.register.shapes import COLUMNS

CHUNK = 50_000
POINT_CHARACTERS_MAX = 300
PEOPLE_UNITS = ("person", "person-time", "household", "household-time")


@dataclass(frozen=True, slots=True)
class _Line:
    """One entry about to be written."""

    draft: Draft
    known: Known
    facts: EntryFacts
    replaced: EntryState | None = None
    reason: str = ""
    is_withdrawal: bool = False

    @property
    def counts_on(self) -> date | None:
        """The day it counts, where that is not its own: a correction of a closed month counts in the open one."""
        if self.replaced is None:
            return None
        return counting_day(self.replaced.facts.happened_on, open_from=self.known.open_from)


def hold_the_book() -> None:
    """Hold other writers back until the caller's transaction ends: for work that records and corrects many times."""
    hold_other_writers()


def record_entry(draft: Draft, *, by: Actor) -> int:
    """The id of a new entry; Rejected with every problem, Refusal when the actor may not record here."""
    return record_entries([draft], by=by)[0]


@transaction.atomic
def record_entries(
    drafts: Sequence[Draft], *, by: Actor, on_progress: Callable[[int], None] = lambda done: None
) -> list[int]:
    """The ids of new entries, in the order of the drafts; all of them or, with any problem, none.

    The problems of Rejected carry the row of the draft they are about. `on_progress` hears how many are written.
    """
    if len(drafts) > CHUNK:
        hold_other_writers()
    hold_months({draft.pairing_id for draft in drafts})
    lock_things(draft.follows_id for draft in drafts if draft.follows_id)
    ids: list[int] = []
    for start in range(0, len(drafts), CHUNK):
        chunk = drafts[start : start + CHUNK]
        gathered = gather(chunk, by)
        for standing in gathered.standings.values():
            must(may(standing, "entry.record"), "entry.record")
        lines = _checked_lines(chunk, gathered, start)
        ids += _write_lines(lines, gathered.standings, by, first_row=start)
        on_progress(len(ids))
    return ids


def _checked_lines(drafts: Sequence[Draft], gathered: Gathered, first_row: int) -> list[_Line]:
    lines: list[_Line] = []
    problems: list[Problem] = []
    for row, (draft, known) in enumerate(zip(drafts, gathered.known, strict=True), start=first_row):
        found = check_draft(draft, known) + _own_part_problems(draft, gathered.standings[draft.pairing_id])
        if found:
            problems += [problem.at_row(row) for problem in found]
        else:
            lines.append(_Line(draft, known, facts_of(draft, known)))
    if problems:
        raise Rejected(problems)
    return lines


def _own_part_problems(draft: Draft, standing: Standing | None) -> list[Problem]:
    """A line department records only what its own organisation gave or received."""
    if standing is None or not standing.sees_own_only:
        return []
    if standing.organisation_id in (draft.giver_id, draft.receiver_id):
        return []
    cure = Text(
        "部门只能记录本单位给出或接收的事项。",
        "A department records only what its own organisation gave or received.",
    )
    return [Problem("entry.own_part", COLUMNS["giver"], cure)]


def _write_lines(
    lines: Sequence[_Line], standings: dict[int, Standing | None], by: Actor, *, first_row: int = 0
) -> list[int]:
    _move(lines, first_row)
    ids = new_ids(len(lines))
    at, is_sample = connection.ops.adapt_datetimefield_value(clock.now()), clock.is_sample()
    entry_rows, audit_rows = [], []
    totals: dict[TotalKey, Amounts] = {}
    for entry_id, line in zip(ids, lines, strict=True):
        standing = standings[line.draft.pairing_id]
        assert standing is not None and by.user_id is not None, "access was checked"
        row = _entry_row(entry_id, line, standing, by.user_id, at)
        entry_rows.append(row)
        audit_rows.append(_audit_row(row, line, by.user_id, at, is_sample))
        if line.replaced is not None:
            before = line.replaced
            # What a closed month counted stays there, and is taken out where its correction counts.
            leaves_on = line.counts_on or before.counts_on
            totals_row(totals, on_its_day(before.facts, leaves_on)).add(
                before.facts, sign=-1, is_confirmed=before.is_confirmed, has_papers=before.has_papers
            )
        if not line.is_withdrawal:
            totals_row(totals, on_its_day(line.facts, line.counts_on)).add(line.facts)
    insert("register_entry", ENTRY_COLUMNS, entry_rows)
    insert("kernel_auditevent", AUDIT_COLUMNS, audit_rows)
    add_totals(totals)
    keep_rests(_things_touched(ids, lines))
    return ids


def _things_touched(ids: Sequence[int], lines: Sequence[_Line]) -> Iterator[int]:
    """The things of money these lines are versions of or take from, and what a line took from before its correction."""
    for entry_id, line in zip(ids, lines, strict=True):
        if line.known.record.carries != "money":
            continue
        yield line.replaced.root_id if line.replaced else entry_id
        if line.known.followed is not None:
            yield line.known.followed.root_id
        if line.replaced is not None and line.replaced.follows_id is not None:
            yield line.replaced.follows_id


def _entry_row(entry_id: int, line: _Line, standing: Standing, user_id: int, at: Any) -> tuple[Any, ...]:
    draft, facts, replaced = line.draft, line.facts, line.replaced
    followed = line.known.followed
    return (
        entry_id,
        facts.pairing_id,
        facts.kind,
        facts.stage,
        facts.direction,
        facts.giver_id,
        facts.receiver_id,
        # SQLite keeps days as ISO text, PostgreSQL reads it; asking the connection per row costs more than the row.
        facts.happened_on.isoformat(),
        line.counts_on.isoformat() if line.counts_on else None,
        facts.year,
        facts.money_minor,
        facts.currency,
        facts.quantity_steps,
        facts.unit,
        facts.subset_amount,
        facts.nature,
        facts.tier,
        facts.category,
        facts.field,
        facts.fund_id,
        facts.item_code or None,
        facts.campaign_code or None,
        facts.project_id,
        draft.document_no,
        draft.note,
        canonical(draft.details) if draft.details else "{}",
        followed.root_id if followed else None,
        (replaced.root_id if replaced else None),
        replaced.id if replaced else None,
        line.is_withdrawal,
        line.reason,
        draft.source_key,
        at,
        user_id,
        standing.organisation_id,
        standing.side,
    )


def _audit_row(row: tuple[Any, ...], line: _Line, user_id: int, at: Any, is_sample: bool) -> tuple[Any, ...]:
    verb = "entry.withdraw" if line.is_withdrawal else "entry.correct" if line.replaced else "entry.record"
    # Everything that was written stands in the trail, so a seal over the trail seals the entries.
    body = {ENTRY_COLUMNS[place]: row[place] for place in _BY_NAME if row[place] not in (None, "")}
    return (at, user_id, verb, f"entry:{row[0]}", canonical(body), is_sample)


# Columns in the order of their names: the body needs no sorting of its own, a hundred thousand times.
_BY_NAME = sorted(range(len(ENTRY_COLUMNS)), key=lambda place: ENTRY_COLUMNS[place])


@transaction.atomic
def correct_entry(entry_id: int, draft: Draft, *, reason: str, by: Actor, keep_papers: bool = True) -> int:
    """The id of the entry that replaces this one, with its reason; the replaced one stays, struck through.

    The side that recorded an entry corrects it; the other side disputes. The new version waits for the other
    side's answer again. With `keep_papers` the papers are attached to the new version too.
    """
    _hold_months_of(entry_id)
    lock_things(one for one in (entry_id, draft.follows_id) if one)
    state = _locked_current(entry_id)
    standing = _must_be_recorder(state, by, "entry.correct")
    draft = replace(
        draft, pairing_id=state.facts.pairing_id, kind=state.facts.kind, source_key=draft.source_key
    )
    (known,) = gather([draft], by).known
    known = replace(known, replaced_on=state.facts.happened_on)
    problems = check_draft(draft, known) + _own_part_problems(draft, standing) + _reason_problems(reason)
    if known.followed is not None and known.followed.root_id == state.root_id:
        cure = Text("记录不能承接它自己，请另选。", "An entry cannot follow itself; choose another.")
        problems.append(Problem("entry.follows_itself", COLUMNS["follows"], cure))
    if not problems and _is_unchanged(draft, known, state):
        cure = Text(
            "与原记录没有差别，无需更正。", "Nothing differs from the entry; there is nothing to correct."
        )
        problems = [Problem("entry.unchanged", COLUMNS["reason"], cure)]
    if problems:
        raise Rejected(problems)
    line = _Line(draft, known, facts_of(draft, known), replaced=state, reason=reason.strip())
    _must_cover_followers(line)
    _must_cover_people(line)
    (new_id,) = _write_lines([line], {state.facts.pairing_id: standing}, by)
    _take_people_along(entry_id, new_id)
    if keep_papers and by.user_id is not None:
        for paper in Paper.objects.filter(entry_id=entry_id).order_by("id"):
            _attach(_state_of(new_id), paper.evidence_id, paper.sort, by.user_id)
    return new_id


@transaction.atomic
def withdraw_entry(entry_id: int, *, reason: str, by: Actor) -> int:
    """The id of the entry that withdraws this one: recorded in error, it counts nowhere any more but stays readable.

    What a closed month counted it goes on counting; the withdrawal takes it out of the open one.
    """
    _hold_months_of(entry_id)
    state = _locked_current(entry_id)
    standing = _must_be_recorder(state, by, "entry.correct")
    if problems := _reason_problems(reason):
        raise Rejected(problems)
    followers = Entry.objects.current().filter(follows_id=state.root_id).values_list("id", flat=True)
    if followers:
        numbers = ", ".join(str(number) for number in followers[:5])
        raise Refusal(
            "entry.has_followers",
            Text(
                f"后续记录（{numbers}）承接它；请先撤回后续记录。",
                f"Entries follow it ({numbers}); withdraw those first.",
            ),
        )
    draft = state.draft
    (known,) = gather([draft], by).known
    line = _Line(draft, known, state.facts, replaced=state, reason=reason.strip(), is_withdrawal=True)
    return _write_lines([line], {state.facts.pairing_id: standing}, by)[0]


def _hold_months_of(entry_id: int) -> None:
    """Keep the months of an entry's pairing as they are; a number that is no entry's holds nothing."""
    if entry_id <= NUMBER_MAX:
        hold_months(pairing_id for (pairing_id,) in rows_in("pairing_id", "register_entry", "id", [entry_id]))


def _locked_current(entry_id: int) -> EntryState:
    """The state of an entry that is still the current version, its row locked; refused otherwise."""
    lock_things([entry_id])
    state = entry_state(entry_id)
    if state is None:
        raise Refusal("entry.unknown", Text("没有这条记录。", "There is no such entry."))
    if state.is_withdrawal:
        raise Refusal("entry.withdrawn", Text("这条记录已撤回。", "This entry was withdrawn."))
    if state.replaced_by_id is not None:
        current = state.current_id
        raise Refusal(
            "entry.replaced",
            Text(
                f"这条记录已被更正，不能再次更正或确认；请到最新的记录 {current} 办理。",
                f"This entry has been corrected already; act on its current version, entry {current}.",
            ),
        )
    return state


def _must_be_recorder(state: EntryState, by: Actor, act: str) -> Standing:
    standing = standing_in(state.facts.pairing_id, by)
    must(may(standing, act), act)
    assert standing is not None
    if standing.side != state.recorded_side:
        raise Refusal(
            "entry.other_side",
            Text(
                "这是对方记录的；如有不同意见，请提出异议。",
                "The other side recorded this; dispute it if you differ.",
            ),
            forbidden=True,
        )
    if standing.sees_own_only and standing.organisation_id not in state.organisation_ids:
        must(False, act)
    return standing


def _reason_problems(reason: str) -> list[Problem]:
    if reason.strip():
        return []
    return [Problem("entry.reason", COLUMNS["reason"], Text("请写明原因。", "Give the reason."))]


def _is_unchanged(draft: Draft, known: Known, state: EntryState) -> bool:
    old = state.draft
    follows = known.followed.root_id if known.followed else None
    return facts_of(draft, known) == state.facts and (
        follows,
        draft.document_no,
        draft.note,
        draft.details,
    ) == (
        state.follows_id,
        old.document_no,
        old.note,
        old.details,
    )


def _must_cover_followers(line: _Line) -> None:
    """A corrected entry must still be what others follow: of the same stage, fund, item and giver, and enough of it."""
    state = line.replaced
    assert state is not None
    kept: tuple[tuple[str, object, object], ...] = (
        ("stage", (state.facts.stage, state.facts.direction), (line.facts.stage, line.facts.direction)),
        ("fund", state.facts.fund_id, line.facts.fund_id),
        ("item", state.facts.item_code, line.facts.item_code),
        ("giver", state.facts.giver_id, line.facts.giver_id),
    )
    if line.known.record.carries == "money" and stage_of(line.facts.kind, line.facts.stage).move != "none":
        # Whoever took from it took from this holder, for this project.
        kept += (
            ("receiver", state.facts.receiver_id, line.facts.receiver_id),
            ("project", state.facts.project_id, line.facts.project_id),
        )
    changed = [column for column, before, after in kept if before != after]
    followers = Entry.objects.current().filter(follows_id=state.root_id)
    first = followers.order_by("happened_on").values_list("happened_on", flat=True).first()
    if first is not None and line.facts.happened_on > first:
        changed.append("happened_on")
    if changed and first is not None:
        # Else a receipt of fiscal money would follow a dispatch of social money, and the two would mix.
        cure = Text(
            "已有后续记录承接它，此项不能更改；请先撤回后续记录。",
            "Entries follow it, so this stays as it is; have those withdrawn first.",
        )
        raise Rejected([Problem("entry.followed", COLUMNS[column], cure) for column in changed])
    taken = taken_by_limit([state.root_id]).values()
    minor, steps = max((one[0] for one in taken), default=0), max((one[1] for one in taken), default=0)
    # A pledge nobody valued bounds no value: only what it holds can be too little.
    money_bound, quantity_bound = line.facts.money_minor, line.facts.quantity_steps
    is_below = quantity_bound is not None and steps > quantity_bound
    if is_below or (money_bound is not None and minor > money_bound):
        column = "quantity" if is_below else "money"
        cure = Text(
            "承接它的记录已超过更正后的数；请先更正后续记录（如收到记录）。",
            "What follows it, such as its receipts, is already more than this; have that corrected first.",
        )
        raise Rejected([Problem("entry.below_received", COLUMNS[column], cure)])


def _must_cover_people(line: _Line) -> None:
    """A corrected entry still counts at least the people it lists, at a stage that lists people."""
    state = line.replaced
    assert state is not None
    listed = Participant.objects.filter(entry_id=state.id).count()
    is_too_few = line.facts.unit in PEOPLE_UNITS and listed > (line.facts.quantity_steps or 0)
    if listed and (is_too_few or line.facts.stage not in line.known.record.names_people):
        cure = Text(
            f"名单上已列 {listed} 人；人数不能少于名单，阶段不能改为不列名单的。",
            f"{listed} people are listed; it cannot count fewer, nor move to a stage that lists nobody.",
        )
        raise Rejected([Problem("entry.below_listed", COLUMNS["quantity"], cure)])


def _take_people_along(old_id: int, new_id: int) -> None:
    """The people of a replaced version are those of the new one, as they were listed."""
    rows = Participant.objects.filter(entry_id=old_id).order_by("id")
    at = connection.ops.adapt_datetimefield_value(clock.now())
    insert(
        "register_participant",
        PARTICIPANT_COLUMNS,
        [
            (new_id, person_id, times, at, by_id)
            for person_id, times, by_id in rows.values_list("person_id", "times", "listed_by_id")
        ],
    )


@dataclass(frozen=True, slots=True)
class Attendance:
    """A person of a list, and how often within the entry (sessions attended); None where nobody counted."""

    person: PersonDraft
    times: int | None = None


@transaction.atomic
def list_people(entry_id: int, people: Sequence[Attendance], *, by: Actor) -> int:
    """How many people the entry lists now: those of this list come to those listed before.

    The side that recorded the entry lists its people. They go behind the privacy wall; the entry keeps their tokens.
    Rejected with every problem of the list by its row: nobody twice, and never more people than the entry counts.
    """
    _hold_months_of(entry_id)
    state = _locked_current(entry_id)
    standing = _must_be_recorder(state, by, "person.register")
    _must_count_in_open_month(state)
    record = record_of(state.facts.kind)
    if state.facts.stage not in record.names_people:
        raise Refusal(
            "entry.no_people", Text("这个阶段的记录不列名单。", "Entries of this stage list no people.")
        )
    errand = Errand(by, state.facts.pairing_id, standing, state.organisation_ids)
    ids = register_people([one.person for one in people], errand=errand)
    known = set(Participant.objects.filter(entry_id=entry_id).values_list("person_id", flat=True))
    problems = [_listed_twice(row) for row, person_id in enumerate(ids) if person_id in known]
    counted = state.facts.quantity_steps or 0
    # Goods are counted in pieces or kilograms: how many households shared them is no limit of theirs.
    if state.facts.unit in PEOPLE_UNITS and len(known) + len(ids) > counted:
        cure = Text(
            f"这条记录是 {counted} 人，名单共 {len(known) + len(ids)} 人；请先更正人数或核对名单。",
            f"The entry counts {counted} people, the list has {len(known) + len(ids)}; "
            "correct the number first, or check the list.",
        )
        problems.append(Problem("entry.more_listed", COLUMNS["quantity"], cure))
    if problems:
        raise Rejected(problems)
    at = connection.ops.adapt_datetimefield_value(clock.now())
    rows = [
        (entry_id, person_id, one.times, at, by.user_id) for person_id, one in zip(ids, people, strict=True)
    ]
    insert("register_participant", PARTICIPANT_COLUMNS, rows)
    write_audit("entry.list_people", f"entry:{entry_id}", {"people": len(ids)}, by=by.user_id)
    return len(known) + len(ids)


def _must_count_in_open_month(state: EntryState) -> None:
    """Who is listed decides how many persons a month counts, so a closed month lists nobody more."""
    open_from = first_open_days([state.facts.pairing_id]).get(state.facts.pairing_id)
    if open_from is not None and state.counted.happened_on < open_from:
        raise Refusal(
            "entry.closed",
            Text(
                f"{month_text(state.counted.happened_on)} 已结账，名单也已固定。"
                "请先更正这条记录（更正计入未结账的月份），再在更正后的记录上补名单。",
                f"{month_text(state.counted.happened_on)} is closed, its lists of people too. Correct the entry first, "
                "which counts in the open month, and list the people on the corrected one.",
            ),
        )


def _listed_twice(row: int) -> Problem:
    cure = Text("此人已在这条记录的名单上。", "This person is on the entry's list already.")
    return Problem("person.repeated", Text("姓名", "Name"), cure, row=row)


@transaction.atomic
def note_point(entry_id: int, *, text: str, owner_id: int, due_on: date, by: Actor) -> int:
    """The id of a point to follow up, noted on an entry by the side that recorded it or the other one."""
    state = _locked_current(entry_id)
    standing = standing_in(state.facts.pairing_id, by)
    must(may_with(standing, "entry.record", organisation_ids=state.organisation_ids), "entry.record")
    problems = []
    if not text.strip() or len(text.strip()) > POINT_CHARACTERS_MAX:
        cure = Text(
            f"请写明要办的事，不超过 {POINT_CHARACTERS_MAX} 字。",
            f"Say what is to be done, in at most {POINT_CHARACTERS_MAX} characters.",
        )
        problems.append(Problem("point.text", Text("待办事项", "To be done"), cure))
    if owner_id not in parties_known([owner_id]):
        cure = Text("请选择责任单位。", "Choose whose task it is.")
        problems.append(Problem("point.owner", Text("责任单位", "Whose task"), cure))
    if due_on < state.facts.happened_on:
        cure = Text("期限不能早于会议或活动当天。", "It cannot be due before the day it was agreed.")
        problems.append(Problem("point.due_on", Text("期限", "Due on"), cure, value=str(due_on)))
    if problems:
        raise Rejected(problems)
    point = Point.objects.create(
        entry_id=state.root_id, text=text.strip(), owner_id=owner_id, due_on=due_on, noted_at=clock.now()
    )
    body = {"point": point.pk, "text": text.strip(), "owner": owner_id, "due": due_on}
    write_audit("point.note", f"entry:{entry_id}", body, by=by.user_id)
    return point.pk


@transaction.atomic
def close_point(point_id: int, *, done_on: date, note: str, by: Actor) -> None:
    """The point is done, on a day, with a word on how; refused when it was done before."""
    point = Point.objects.select_for_update().select_related("entry").filter(pk=point_id).first()
    if point is None:
        raise Refusal("point.unknown", Text("没有这个待办事项。", "There is no such point."))
    standing = standing_in(point.entry.pairing_id, by)
    parties = frozenset({point.owner_id, point.entry.giver_id, point.entry.receiver_id})
    must(may_with(standing, "entry.record", organisation_ids=parties), "entry.record")
    if point.done_on is not None:
        raise Refusal("point.done", Text("这件事已经办结。", "This point is done already."))
    if not point.entry.happened_on <= done_on <= clock.today() or len(note) > POINT_CHARACTERS_MAX:
        cure = Text(
            "办结日期应在议定之后，不晚于今天。", "It was done after it was agreed and not after today."
        )
        raise Rejected([Problem("point.done_on", Text("办结日期", "Done on"), cure, value=str(done_on))])
    point.done_on, point.done_note = done_on, note.strip()
    point.save(update_fields=["done_on", "done_note"])
    body = {"point": point_id, "done": done_on, "note": note.strip()}
    write_audit("point.close", f"entry:{point.entry_id}", body, by=by.user_id)


def confirm_entry(entry_id: int, *, by: Actor) -> None:
    """The other side signs for the entry; refused to the side, and to the person, that recorded it (four eyes)."""
    confirm_entries([entry_id], by=by)


@transaction.atomic
def confirm_entries(entry_ids: Iterable[int], *, by: Actor) -> int:
    """How many entries the other side signed for at once; all of them or none."""
    wanted = list(dict.fromkeys(entry_ids))
    lock_things(wanted)
    totals: dict[TotalKey, Amounts] = {}
    for entry_id in wanted:
        state = _locked_current(entry_id)
        standing = _must_be_answerer(state, by)
        if state.is_confirmed:
            raise Refusal("entry.confirmed", Text("这条记录已经确认过。", "This entry is confirmed already."))
        _answer(state, standing, by, totals, verdict="confirmed")
    # All together at the end: totals are always the last lock taken.
    add_totals(totals)
    return len(wanted)


@transaction.atomic
def dispute_entry(
    entry_id: int,
    *,
    reason: str,
    by: Actor,
    own_money: Money | None = None,
    own_quantity: Quantity | None = None,
) -> None:
    """The other side says it differs: its own amount and why. The recording side then corrects, or they agree."""
    state = _locked_current(entry_id)
    standing = _must_be_answerer(state, by)
    problems = check_dispute(
        own_money=own_money,
        own_quantity=own_quantity,
        reason=reason,
        record=record_of(state.facts.kind),
        currency=state.facts.currency,
        unit=state.facts.unit,
    )
    if problems:
        raise Rejected(problems)
    totals: dict[TotalKey, Amounts] = {}
    _answer(
        state,
        standing,
        by,
        totals,
        verdict="disputed",
        reason=reason.strip(),
        own_money=own_money,
        own_quantity=own_quantity,
    )
    add_totals(totals)


def _must_be_answerer(state: EntryState, by: Actor) -> Standing:
    standing = standing_in(state.facts.pairing_id, by)
    if standing is not None and standing.side == state.recorded_side:
        raise Refusal(
            "entry.own_side",
            Text(
                "这是本方记录的，须由对方确认或提出异议。",
                "Your own side recorded this; the other side answers it.",
            ),
            forbidden=True,
        )
    must(may(standing, "entry.answer"), "entry.answer")
    assert standing is not None and standing.side == answering_side(state.recorded_side)
    if state.recorded_by_id == by.user_id:
        # Somebody whose post has moved to the other side since.
        raise Refusal(
            "entry.own_entry",
            Text("这是您本人记录的，须由他人确认。", "You recorded this yourself; somebody else answers it."),
            forbidden=True,
        )
    return standing


def _answer(
    state: EntryState,
    standing: Standing,
    by: Actor,
    totals: dict[TotalKey, Amounts],
    *,
    verdict: str,
    reason: str = "",
    own_money: Money | None = None,
    own_quantity: Quantity | None = None,
) -> None:
    assert by.user_id is not None and standing.side is not None
    own_minor, own_steps = (
        own_money.minor if own_money else None,
        own_quantity.steps if own_quantity else None,
    )
    at = connection.ops.adapt_datetimefield_value(clock.now())
    row = (
        state.id,
        standing.side,
        verdict,
        own_minor,
        own_steps,
        reason,
        at,
        by.user_id,
        standing.organisation_id,
    )
    insert("register_answer", ANSWER_COLUMNS, [row])
    body = {"side": standing.side, "own_money": own_minor, "own_quantity": own_steps, "reason": reason}
    verb = "entry.confirm" if verdict == "confirmed" else "entry.dispute"
    write_audit(verb, f"entry:{state.id}", body, by=by.user_id)
    if state.is_confirmed != (verdict == "confirmed"):
        change = totals_row(totals, state.counted)
        change.add(state.facts, sign=-1, is_confirmed=state.is_confirmed, has_papers=state.has_papers)
        change.add(state.facts, is_confirmed=verdict == "confirmed", has_papers=state.has_papers)


@transaction.atomic
def attach_paper(entry_id: int, *, content: bytes, sort: str, by: Actor) -> str:
    """The SHA-256 of a paper now attached to the entry, as one of the sorts its stage expects or as `other`."""
    state = _locked_current(entry_id)
    standing = standing_in(state.facts.pairing_id, by)
    must(may(standing, "entry.attach"), "entry.attach")
    assert standing is not None and by.user_id is not None
    if standing.sees_own_only and standing.organisation_id not in state.organisation_ids:
        must(False, "entry.attach")
    expected = {paper.code for paper in stage_of(state.facts.kind, state.facts.stage).papers}
    if sort not in expected | {"other"}:
        cure = Text("请选择材料种类。", "Choose the sort of paper.")
        raise Rejected([Problem("paper.sort", Text("材料种类", "Sort of paper"), cure, value=sort)])
    digest = store_evidence(content, by=by.user_id)
    if any(
        held == (digest, sort)
        for held in rows_in("evidence_id, sort", "register_paper", "entry_id", [entry_id])
    ):
        raise Refusal("paper.attached", Text("这份材料已经附上。", "This paper is attached already."))
    _attach(state, digest, sort, by.user_id)
    return digest


def _state_of(entry_id: int) -> EntryState:
    state = entry_state(entry_id)
    assert state is not None, "the entry was just written"
    return state


def _attach(state: EntryState, digest: str, sort: str, user_id: int) -> None:
    at = connection.ops.adapt_datetimefield_value(clock.now())
    insert("register_paper", PAPER_COLUMNS, [(state.id, digest, sort, at, user_id)])
    write_audit("entry.attach", f"entry:{state.id}", {"evidence": digest, "sort": sort}, by=user_id)
    if not state.has_papers:
        change = Amounts(with_papers=1, confirmed_with_papers=int(state.is_confirmed))
        add_totals({total_key(state.counted): change})


@transaction.atomic
def add_fund(
    *,
    pairing_id: int,
    code: str,
    name: Text,
    nature: str,
    year: int,
    by: int | None,
    tier: str = "",
    currency: str = "CNY",
    asks_consent: bool = False,
) -> int:
    """The id of a new fund of a pairing; its giver may ask to be asked before a project with it is approved."""
    if Fund.objects.filter(pairing_id=pairing_id, code=code).exists():
        raise Rejected([_taken("fund", code)])
    fund = Fund.objects.create(
        pairing_id=pairing_id,
        code=code,
        name_zh=name.zh,
        name_en=name.en,
        nature=nature,
        tier=tier,
        year=year,
        currency=currency,
        is_sample=clock.is_sample(),
    )
    body = {"code": code, "nature": nature, "tier": tier, "year": year}
    write_audit("fund.add", f"fund:{fund.pk}", body, by=by)
    note_consent_wish(pairing_id=pairing_id, fund_code=code, asks=asks_consent, by=by)
    return fund.pk


@transaction.atomic
def add_item(*, code: str, name: Text, unit: str, by: int | None) -> str:
    """The code of a new item in the catalogue, counted in a base unit."""
    if Item.objects.filter(pk=code).exists():
        raise Rejected([_taken("item", code)])
    Item.objects.create(code=code, name_zh=name.zh, name_en=name.en, unit=unit)
    write_audit("item.add", f"item:{code}", {"zh": name.zh, "unit": unit}, by=by)
    return code


@transaction.atomic
def add_campaign(*, code: str, name: Text, by: int | None) -> str:
    """The code of a new campaign."""
    if Campaign.objects.filter(pk=code).exists():
        raise Rejected([_taken("campaign", code)])
    Campaign.objects.create(code=code, name_zh=name.zh, name_en=name.en)
    write_audit("campaign.add", f"campaign:{code}", {"zh": name.zh}, by=by)
    return code


def _taken(column: str, code: str) -> Problem:
    cure = Text("这个代码已被使用，请换一个。", "This code is taken; choose another.")
    return Problem(f"{column}.code", COLUMNS[column], cure, value=code)


def _move(lines: Sequence[_Line], first_row: int) -> None:
    """Move what the lines move between accounts; Rejected when there is less than they take."""
    deltas: dict[AccountKey, int] = {}
    drawn_by: dict[AccountKey, list[int]] = {}
    for row, line in enumerate(lines, start=first_row):
        for key, amount in _line_movements(line):
            deltas[key] = deltas.get(key, 0) + amount
            if amount < 0:
                drawn_by.setdefault(key, []).append(row)
    balances = lock_accounts(sorted(deltas)) if deltas else {}
    # Only now, with the transit accounts locked, is what was taken of a dispatch sure to stand still.
    problems = _taken_problems(lines, first_row)
    told = {problem.row for problem in problems}
    for key, amount in deltas.items():
        if key.standing != "outside" and balances[key.text] + amount < 0:
            # A receipt above its dispatch is told once, as that.
            problems += [_short(key, balances[key.text], row) for row in drawn_by[key] if row not in told]
    if problems:
        raise Rejected(problems)
    add_balances({key.text: amount for key, amount in deltas.items() if amount})


def _line_movements(line: _Line) -> list[tuple[AccountKey, int]]:
    record = line.known.record
    made: list[tuple[AccountKey, int]] = []
    if line.replaced is not None:
        move = stage_of(line.replaced.facts.kind, line.replaced.facts.stage).move
        made += [
            (key, -amount)
            for key, amount in movements(line.replaced.facts, move=move, carries=record.carries)
        ]
    if not line.is_withdrawal:
        move = stage_of(line.facts.kind, line.facts.stage).move
        made += movements(line.facts, move=move, carries=record.carries)
    return made


def _taken_problems(lines: Sequence[_Line], first_row: int) -> list[Problem]:
    bounded = [
        (row, line)
        for row, line in enumerate(lines, start=first_row)
        if not line.is_withdrawal
        and line.known.followed is not None
        and stage_of(line.facts.kind, line.facts.stage).is_limited
    ]
    if not bounded:
        return []
    replaced_ids = [line.replaced.id for _, line in bounded if line.replaced is not None]
    roots = {line.known.followed.root_id for _, line in bounded if line.known.followed}
    taken = taken_by_limit(roots, without=replaced_ids)
    problems: list[Problem] = []
    for row, line in bounded:
        followed = line.known.followed
        assert followed is not None
        stage = stage_of(line.facts.kind, line.facts.stage)
        minor, steps = taken.get((followed.root_id, stage.limit), (0, 0))
        minor, steps = minor + (line.facts.money_minor or 0), steps + (line.facts.quantity_steps or 0)
        found = check_taken(
            taken_minor=minor,
            taken_steps=steps,
            followed=followed,
            record=line.known.record,
            stage=stage,
            currency=line.facts.currency,
        )
        problems += [problem.at_row(row) for problem in found]
        if not found:
            # A row that is refused takes nothing from those after it.
            taken[followed.root_id, stage.limit] = (minor, steps)
    return problems


def _short(key: AccountKey, balance: int, row: int) -> Problem:
    if key.item_code:
        there: object = Quantity(balance, key.measure).amount
        column, unit = "quantity", key.measure
    else:
        there, column, unit = Money(balance, key.measure).amount, "money", key.measure
    in_transit = key.standing == "transit"
    cure = Text(
        f"账上只有 {there} {unit}{'在途' if in_transit else ''}，不够这一笔；请先记入来源，或核对数额。",
        f"Only {there} {unit} {'is in transit' if in_transit else 'is held'}, less than this takes; "
        "record where it came from first, or check the amount.",
    )
    return Problem("entry.balance", COLUMNS[column], cure, row=row)


@transaction.atomic
def rebuild_totals(*, write: bool = False, by: int | None = None) -> list[Difference]:
    """Where balances or totals differ from what the entries say; with `write` they are set right and the trail says so.

    They are kept in each entry's transaction, so an empty answer is the only right one.
    """
    hold_other_writers(
        ("register_entry", "register_answer", "register_paper", "register_account", "register_total")
    )
    built = build()
    differences = differences_from(built)
    if write and differences:
        put(built)
        write_audit("register.rebuild", "register", {"differences": len(differences)}, by=by)
    return differences
