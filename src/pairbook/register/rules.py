"""When an entry may be recorded: the draft, what is known, the checks, and the facts of a checked draft.

Plain values in, answers or problems out. `actions` gathers what is known, asks here, and writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from pairbook.kernel.access import Side
from pairbook.kernel.money import MINOR_UNITS, Money
from pairbook.kernel.parameters import Parameter
from pairbook.kernel.periods import is_in_calendar, months_after
from pairbook.kernel.problems import Problem
from pairbook.kernel.quantities import UNITS, Quantity
from pairbook.kernel.texts import Text
from pairbook.pairings.rules import PairingFacts, side_of
from pairbook.parties.rules import PartyFacts
from pairbook.register.months import check_day_open
from pairbook.register.shapes import COLUMNS, Conversion, Direction, Record, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to record, already read into values; nothing of it is believed yet."""

    pairing_id: int
    kind: str
    stage: str
    giver_id: int | None
    receiver_id: int | None
    happened_on: date | None
    money: Money | None = None
    quantity: Quantity | None = None
    of_which: Money | Quantity | None = None
    """The part of the amount the kind tells apart, such as the registered poor."""
    fund_id: int | None = None
    item_code: str | None = None
    campaign_code: str | None = None
    project_id: int | None = None
    document_no: str = ""
    note: str = ""
    details: dict[str, str | int] = field(default_factory=dict)
    follows_id: int | None = None
    """The entry of an earlier stage this one continues; any version of it."""
    source_key: str | None = None
    """A digest of where it came from; the same key is recorded once."""


@dataclass(frozen=True, slots=True)
class FundFacts:
    """What rules need to know of a fund."""

    id: int
    pairing_id: int
    nature: str
    tier: str
    year: int
    currency: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What rules need to know of the entry that is continued, in its current version, and of what continues it."""

    id: int
    root_id: int
    pairing_id: int
    kind: str
    stage: str
    direction: Direction
    happened_on: date
    giver_id: int
    receiver_id: int
    fund_id: int | None
    item_code: str | None
    campaign_code: str | None
    project_id: int | None
    money_minor: int | None
    quantity_steps: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the check of one draft needs to know."""

    pairing: PairingFacts
    record: Record
    giver: PartyFacts | None
    receiver: PartyFacts | None
    fund: FundFacts | None
    item_unit: str | None
    campaign_exists: bool
    project_pairing_id: int | None
    followed: Followed | None
    today: date
    open_from: date | None = None
    """The first day that is not of a closed month; None where no month was closed."""
    replaced_on: date | None = None
    """The day of the entry the draft corrects; None for a new one."""


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry's columns that totals and movements depend on."""

    pairing_id: int
    kind: str
    stage: str
    direction: str
    happened_on: date
    year: int
    giver_id: int
    receiver_id: int
    nature: str
    tier: str
    category: str
    field: str
    fund_id: int | None
    item_code: str
    campaign_code: str
    project_id: int | None
    money_minor: int | None
    currency: str
    quantity_steps: int | None
    unit: str
    subset_amount: int | None
    """In minor units or steps, as the amount it is a part of."""


_IDLE_SOURCE = Text(
    "各级审计以一年、两年为闲置资金的界限（财政部门各有规定，未见文件）",
    "Audits take one and two years as the marks of idle money (treasuries set their own; no document seen)",
)
PARAMETERS = (
    Parameter(
        "register.idle_months_first",
        Text("资金闲置：从几个月起", "Money is idle from so many months on"),
        12,
        Text("个月", "months"),
        date(2016, 1, 1),
        _IDLE_SOURCE,
    ),
    Parameter(
        "register.idle_months_second",
        Text("资金长期闲置：从几个月起", "Money is idle for long from so many months on"),
        24,
        Text("个月", "months"),
        date(2016, 1, 1),
        _IDLE_SOURCE,
    ),
    Parameter(
        "register.statement_days",
        Text(
            "对账：银行与账本的日期至多相差几天",
            "Reconciliation: days that bank and book may differ by",
        ),
        5,
        Text("天", "days"),
        date(2016, 1, 1),
        Text(
            "业务常识：跨行、跨节假日入账会晚几天，未见文件",
            "Background knowledge: banks book some days later over holidays; no document seen",
        ),
    ),
)


def idle_class(since: date, day: date, *, first_months: int, second_months: int) -> int:
    """How long money has rested on a day: 0 below the first limit, 1 from it on, 2 from the second on."""
    return sum(months_after(since, months) <= day for months in (first_months, second_months))


def idle_since(day: date, months: int) -> date:
    """The last day since when money has rested so many months on a day: what came later has not."""
    since = months_after(day, -months)
    # Of months of unlike lengths several days may come to the same one: the last of them counts.
    while months_after(since + timedelta(days=1), months) <= day:
        since += timedelta(days=1)
    return since


def _problem(code: str, column: str, zh: str, en: str, value: object = "") -> Problem:
    return Problem(f"entry.{code}", COLUMNS[column], Text(zh, en), value="" if value is None else str(value))


def check_draft(draft: Draft, known: Known) -> list[Problem]:
    """Everything that keeps a draft from being recorded; empty means it may be.

    What it takes from an account or from the entry it follows is checked by `check_taken` and by the database.
    """
    record = known.record
    stage = record.stage(draft.stage)
    if stage is None:
        names = "、".join(one.label.zh for one in record.stages)
        words = ", ".join(one.label.en for one in record.stages)
        return [_problem("stage", "stage", f"请填：{names}。", f"Write one of: {words}.", draft.stage)]
    return [
        *_check_day(draft, known),
        *check_day_open(draft.happened_on, open_from=known.open_from, replaced_on=known.replaced_on),
        *_check_parties(draft, stage, known),
        *_check_amounts(draft, stage, known),
        *_check_subset(draft, stage, record),
        *_check_catalogue(draft, stage, known),
        *_check_details(draft, stage, record),
        *_check_followed(draft, stage, known),
    ]


def _check_day(draft: Draft, known: Known) -> Iterator[Problem]:
    day = draft.happened_on
    if day is None:
        yield _problem(
            "date", "happened_on", "请填写日期，如 2020-09-18。", "Give the date, such as 2020-09-18."
        )
        return
    if day > known.today:
        yield _problem("future", "happened_on", "日期还没有到。", "This day has not come yet.", day)
    if day < known.pairing.start_on:
        start = known.pairing.start_on
        yield _problem(
            "before_pairing",
            "happened_on",
            f"结对从 {start} 才开始。",
            f"The pairing starts on {start}.",
            day,
        )
    if known.pairing.end_on is not None and day > known.pairing.end_on:
        end = known.pairing.end_on
        yield _problem(
            "after_pairing", "happened_on", f"结对已于 {end} 结束。", f"The pairing ended on {end}.", day
        )


def _check_parties(draft: Draft, stage: Stage, known: Known) -> Iterator[Problem]:
    for column, party, party_id in (
        ("giver", known.giver, draft.giver_id),
        ("receiver", known.receiver, draft.receiver_id),
    ):
        if party is None:
            yield _problem(
                f"{column}_unknown",
                column,
                "请写明已登记的地方或单位的名称或代码。",
                "Name a registered place or organisation, by name or code.",
                party_id,
            )
    if known.giver is None or known.receiver is None:
        return
    # Money assigned to a project most often stays with the office that holds it.
    if known.giver.id == known.receiver.id and stage.move != "assign":
        yield _problem(
            "same_party", "receiver", "给出单位与接收单位不能相同。", "From and To cannot be the same."
        )
        return
    giver_side, receiver_side = side_of(known.giver, known.pairing), side_of(known.receiver, known.pairing)
    if stage.move == "refund":
        # A payee may be anywhere; that it pays back whoever paid it is checked with the payment.
        return
    if giver_side is None:
        yield _problem(
            "no_side",
            "giver",
            "看不出这个单位属于哪一方；请核对它登记的所在地。",
            "Which side this party is on cannot be told; check the place it is registered in.",
            known.giver.name.zh,
        )
    elif stage.move == "use" or not stage.is_across:
        return
    elif receiver_side is None:
        yield _problem(
            "no_side",
            "receiver",
            "看不出这个单位属于哪一方；请核对它登记的所在地。",
            "Which side this party is on cannot be told; check the place it is registered in.",
            known.receiver.name.zh,
        )
    elif giver_side == receiver_side:
        yield _problem(
            "one_side_only",
            "receiver",
            "给出与接收单位在同一方；这个阶段应从一方到另一方。",
            "From and To are on the same side; this stage goes from one side to the other.",
            known.receiver.name.zh,
        )


def _check_amounts(draft: Draft, stage: Stage, known: Known) -> Iterator[Problem]:
    record = known.record
    money_need, quantity_need = record.money_at(stage), record.quantity_at(stage)
    if money_need == "required" and draft.money is None:
        yield _problem("money", "money", "请填写金额。", "Give the amount.")
    if money_need == "none" and draft.money is not None:
        yield _problem(
            "no_money",
            "money",
            "这个阶段不填金额。",
            "Entries of this stage hold no amount.",
            draft.money.amount,
        )
    if draft.money is not None and draft.money.minor <= 0:
        yield _problem(
            "money_sign", "money", "金额应大于 0。", "The amount must be above 0.", draft.money.amount
        )
    if quantity_need == "none" and draft.quantity is not None:
        yield _problem(
            "no_quantity",
            "quantity",
            "这个阶段不填数量。",
            "Entries of this stage hold no quantity.",
            draft.quantity.amount,
        )
    if quantity_need == "required" and draft.quantity is None:
        yield _problem("quantity", "quantity", "请填写数量和单位。", "Give the quantity and its unit.")
    if draft.quantity is not None and draft.quantity.steps <= 0:
        yield _problem(
            "quantity_sign",
            "quantity",
            "数量应大于 0。",
            "The quantity must be above 0.",
            draft.quantity.amount,
        )
    if draft.quantity is not None and known.item_unit is not None and draft.quantity.unit != known.item_unit:
        unit = known.item_unit
        yield _problem(
            "unit",
            "unit",
            f"这种物资按 {unit} 计；{draft.quantity.unit} 不能换算。",
            f"This item is counted in {unit}; {draft.quantity.unit} cannot be converted.",
            draft.quantity.unit,
        )
    allowed = {UNITS[code].base for code in record.units_at(stage)}
    if draft.quantity is not None and quantity_need != "none" and draft.quantity.unit not in allowed:
        zh = "、".join(UNITS[code].label.zh for code in record.units_at(stage))
        en = ", ".join(UNITS[code].label.en for code in record.units_at(stage))
        yield _problem(
            "unit", "unit", f"这个阶段按 {zh} 计。", f"This stage is counted in {en}.", draft.quantity.unit
        )
    if draft.money is not None and known.fund is not None and draft.money.currency != known.fund.currency:
        yield _problem(
            "currency", "money", "币种与资金不一致。", "The currency is not the fund's.", draft.money.currency
        )


def _check_subset(draft: Draft, stage: Stage, record: Record) -> Iterator[Problem]:
    """The problems of a part told apart: it is of the same unit as the whole, and never above it."""
    part = draft.of_which
    if part is None:
        return
    subset = record.subset
    if subset is None or not subset.is_held_at(stage.code):
        cure = Text("这个阶段不分列其中数。", "Entries of this stage tell no part apart.")
        yield Problem("entry.of_which", subset.label if subset else COLUMNS["of_which"], cure)
        return
    whole = draft.money if subset.of == "money" else draft.quantity
    if isinstance(part, Money) and isinstance(whole, Money):
        is_alike, is_within = part.currency == whole.currency, 0 <= part.minor <= whole.minor
    elif isinstance(part, Quantity) and isinstance(whole, Quantity):
        is_alike, is_within = part.unit == whole.unit, 0 <= part.steps <= whole.steps
    else:
        is_alike, is_within = False, False
    if not (is_alike and is_within):
        cure = Text("其中数不能大于总数，单位须相同。", "A part cannot be above its whole, and has its unit.")
        yield Problem("entry.of_which", subset.label, cure, value=str(part.amount))


def _check_catalogue(draft: Draft, stage: Stage, known: Known) -> Iterator[Problem]:
    record = known.record
    item_need = record.item_at(stage)
    for need, column, given in (
        (record.fund, "fund", draft.fund_id),
        (item_need, "item", draft.item_code),
        (record.project_at(stage), "project", draft.project_id),
    ):
        if need == "none" and given is not None:
            yield _problem(
                f"no_{column}", column, "这类记录不填此项。", "Entries of this kind do not hold this.", given
            )
    if stage.needs_document and not draft.document_no.strip():
        yield _problem(
            "document", "document_no", "请填写文号。", "Give the number of the document it was issued by."
        )
    if record.fund == "required" and draft.fund_id is None:
        yield _problem("fund", "fund", "请选择资金来源。", "Choose the fund.")
    elif draft.fund_id is not None and (known.fund is None or known.fund.pairing_id != draft.pairing_id):
        yield _problem(
            "fund_unknown",
            "fund",
            "这个结对没有登记这笔资金。",
            "This pairing has no such fund.",
            draft.fund_id,
        )
    if item_need == "required" and draft.item_code is None:
        yield _problem("item", "item", "请选择物资名称。", "Choose the item.")
    elif draft.item_code is not None and known.item_unit is None:
        yield _problem(
            "item_unknown",
            "item",
            "物资目录里没有这一项。",
            "This item is not in the catalogue.",
            draft.item_code,
        )
    if draft.campaign_code is not None and not known.campaign_exists:
        yield _problem(
            "campaign_unknown",
            "campaign",
            "没有登记这个专项行动。",
            "This campaign is not registered.",
            draft.campaign_code,
        )
    if draft.project_id is not None and known.project_pairing_id != draft.pairing_id:
        yield _problem(
            "project_unknown",
            "project",
            "这个结对没有该项目。",
            "This pairing has no such project.",
            draft.project_id,
        )
    if record.project_at(stage) == "required" and draft.project_id is None:
        yield _problem("project", "project", "请选择项目。", "Choose the project.")


def _check_details(draft: Draft, stage: Stage, record: Record) -> Iterator[Problem]:
    for code in sorted(set(draft.details) - {detail.code for detail in record.details}):
        cure = Text("这类记录没有这一项。", "Entries of this kind have no such field.")
        yield Problem("entry.detail_unknown", Text(code, code), cure, value=str(draft.details[code]))
    for detail in record.details:
        value = draft.details.get(detail.code)
        if value not in (None, "") and not detail.is_held_at(stage.code):
            cure = Text(
                f"“{stage.label.zh}”阶段不填此项。",
                f"Entries of the stage '{stage.label.en}' do not hold this.",
            )
            yield Problem(f"entry.{detail.code}", detail.label, cure, value=str(value))
        elif value in (None, ""):
            if detail.required and detail.is_held_at(stage.code):
                cure = Text(f"请填写{detail.label.zh}。", f"Give: {detail.label.en.lower()}.")
                yield Problem(f"entry.{detail.code}", detail.label, cure)
        elif detail.sort == "choice" and value not in {code for code, _ in detail.choices}:
            zh = "、".join(label.zh for _, label in detail.choices)
            en = ", ".join(label.en for _, label in detail.choices)
            yield Problem(
                f"entry.{detail.code}",
                detail.label,
                Text(f"请填：{zh}。", f"Write one of: {en}."),
                value=str(value),
            )
        elif detail.sort == "whole" and (not isinstance(value, int) or value < 0):
            cure = Text("请填写不小于 0 的整数。", "Write a whole number, 0 or more.")
            yield Problem(f"entry.{detail.code}", detail.label, cure, value=str(value))
        elif detail.sort == "day" and not _is_day(value):
            cure = Text("日期写成 2020-09-18。", "Write a day as 2020-09-18.")
            yield Problem(f"entry.{detail.code}", detail.label, cure, value=str(value))
        elif detail.sort == "number" and number_in(value) is None:
            cure = Text("请填写大于 0 的数，如 6.7675。", "Write a number above 0, such as 6.7675.")
            yield Problem(f"entry.{detail.code}", detail.label, cure, value=str(value))
    if record.conversion is not None:
        yield from _check_conversion(draft, record, record.conversion)


_NUMBER_MAX, _NUMBER_PLACES = Decimal(10) ** 13, 10


def number_in(value: object) -> Decimal | None:
    """The number above 0 that a detail holds as text, or None; finer or larger than any rate or sum is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 < number < _NUMBER_MAX:
        return None
    return number if round(number, _NUMBER_PLACES) == number else None


def exchanged(original: Decimal, rate: Decimal, currency: str) -> Decimal:
    """An amount of another currency in this one: times the rate, rounded half up to the smallest unit."""
    with localcontext(prec=60):
        return (original * rate).quantize(Decimal(1) / MINOR_UNITS[currency], ROUND_HALF_UP)


def _check_conversion(draft: Draft, record: Record, conversion: Conversion) -> Iterator[Problem]:
    """The problems of an amount given in another currency.

    Rule: the amount is original x rate, rounded half up to the smallest unit, so that anybody can work it out again.
    """
    given = {code for code in conversion.codes if draft.details.get(code) not in (None, "")}
    labels = {detail.code: detail.label for detail in record.details}
    if not given:
        return
    for code in conversion.codes:
        if code not in given:
            cure = Text(
                "外币款项须同时写明原币、原币金额、汇率及汇率来源。",
                "Money in another currency has its currency, amount, rate and the source of the rate.",
            )
            yield Problem(f"entry.{code}", labels[code], cure)
    original, rate = (number_in(draft.details.get(code)) for code in (conversion.original, conversion.rate))
    if draft.money is None or original is None or rate is None:
        return
    due = exchanged(original, rate, draft.money.currency)
    if draft.money.amount != due:
        yield _problem(
            "conversion",
            "money",
            f"原币金额 {original} 乘以汇率 {rate} 应为 {due}。",
            f"{original} at a rate of {rate} comes to {due}.",
            draft.money.amount,
        )


def _is_day(value: object) -> bool:
    try:
        return is_in_calendar(date.fromisoformat(str(value)))
    except ValueError:
        return False


def _check_followed(draft: Draft, stage: Stage, known: Known) -> Iterator[Problem]:
    followed = known.followed
    if draft.follows_id is None:
        if stage.must_follow:
            names = [known.record.stage(code) for code in stage.follows]
            zh = "、".join(one.label.zh for one in names if one)
            en = " or ".join(one.label.en for one in names if one)
            yield _problem(
                "follows",
                "follows",
                f"请指明它承接哪一条“{zh}”记录（填记录号）。",
                f"Name the entry ({en}) it follows, by its number.",
            )
        return
    if followed is None:
        yield _problem(
            "follows_unknown",
            "follows",
            "没有这个记录号，或它已撤回。",
            "No such entry, or it was withdrawn.",
            draft.follows_id,
        )
        return
    if (
        followed.kind != draft.kind
        or followed.pairing_id != draft.pairing_id
        or followed.stage not in stage.follows
    ):
        yield _problem(
            "follows_stage",
            "follows",
            "所承接的记录不是本结对同类的前一阶段。",
            "The entry named is not an earlier stage of the same kind in this pairing.",
            draft.follows_id,
        )
        return
    if draft.happened_on is not None and draft.happened_on < followed.happened_on:
        day = followed.happened_on
        yield _problem(
            "follows_day",
            "happened_on",
            f"不能早于它承接的记录（{day}）。",
            f"This cannot be earlier than the entry it follows ({day}).",
            draft.happened_on,
        )
    if (
        stage.is_bounded
        and draft.quantity is not None
        and draft.quantity.unit != (followed.unit or draft.quantity.unit)
    ):
        yield _problem(
            "follows_unit",
            "unit",
            "单位与所承接的记录不一致。",
            "The unit is not that of the entry it follows.",
            draft.quantity.unit,
        )
    if known.record.fund != "none" and draft.fund_id != followed.fund_id:
        yield _problem(
            "follows_fund",
            "fund",
            "资金与所承接的记录不一致。",
            "The fund is not that of the entry it follows.",
            draft.fund_id,
        )
    if known.record.item_at(stage) != "none" and draft.item_code != followed.item_code:
        yield _problem(
            "follows_item",
            "item",
            "物资与所承接的记录不一致。",
            "The item is not that of the entry it follows.",
            draft.item_code,
        )
    if stage.move == "receive" and draft.giver_id != followed.giver_id:
        yield _problem(
            "follows_giver",
            "giver",
            "给出单位与所承接的记录不一致。",
            "From is not that of the entry it follows.",
            draft.giver_id,
        )
    if known.record.carries == "money" and stage.move in TAKING:
        yield from _check_holder(draft, stage, followed, known.record)
    elif known.record.carries == "money" and stage.project == "required":
        yield from _check_project(draft, followed.project_id)


TAKING = ("assign", "use", "refund", "return")
"""What money does after it was received: each takes from the entry it follows, at whoever holds it."""


def _check_holder(draft: Draft, stage: Stage, followed: Followed, record: Record) -> Iterator[Problem]:
    """The problems of taking money from an entry: only who holds it may, and only for the project it is held under."""
    if draft.giver_id != followed.receiver_id:
        yield _problem(
            "follows_holder",
            "giver",
            f"第 {followed.id} 号记录的钱不在这个单位；应由其接收单位办理。",
            f"This party does not hold the money of entry {followed.id}; its receiver does.",
            draft.giver_id,
        )
    if stage.move == "refund" and draft.receiver_id != followed.giver_id:
        yield _problem(
            "follows_payer",
            "receiver",
            f"应退回第 {followed.id} 号支出的付款单位。",
            f"It goes back to whoever paid entry {followed.id}.",
            draft.receiver_id,
        )
    before = record.stage(followed.stage)
    is_held_under = before is not None and before.move in ("assign", "use", "refund")
    bound_to = followed.project_id if is_held_under or stage.move == "assign" else None
    # Money given for a project from the start is assigned to that project and no other.
    if bound_to is not None or stage.move != "assign":
        yield from _check_project(draft, bound_to)


def _check_project(draft: Draft, project_id: int | None) -> Iterator[Problem]:
    if draft.project_id != project_id:
        yield _problem(
            "follows_project",
            "project",
            "项目与所承接的记录不一致。",
            "The project is not that of the entry it follows.",
            draft.project_id,
        )


def check_taken(
    *, taken_minor: int, taken_steps: int, followed: Followed, record: Record, stage: Stage, currency: str
) -> list[Problem]:
    """The problem of taking more than the followed entry gave, counting what was taken before; else empty.

    Rule: CONTRACT section 8: what is received comes out of transit; a surplus was never sent. No more people have
    stayed in a job than were placed (DOMAIN 3.6, phantom posts).
    """
    if stage.move in TAKING and record.carries == "money":
        return _check_left(taken_minor, followed, currency)
    if stage.move != "receive":
        return list(_check_bound(taken_minor, taken_steps, followed))
    if record.carries == "money" and taken_minor > (followed.money_minor or 0):
        sent = Money(followed.money_minor or 0, currency).amount
        over = Money(taken_minor - (followed.money_minor or 0), currency).amount
        return [
            _problem(
                "more_than_sent",
                "money",
                f"比拨付的多 {over} {currency}：记录 {followed.id} 只拨付了 {sent}。请核对；确有追加的，先补记拨付。",
                f"{over} {currency} more than was sent: entry {followed.id} sent {sent}. "
                "Check the amount, or have the extra allocation recorded first.",
            )
        ]
    if record.carries == "quantity" and taken_steps > (followed.quantity_steps or 0):
        return [
            _problem(
                "more_than_sent",
                "quantity",
                f"比发出的多：请与发货记录 {followed.id} 核对；若确有追加，请先补记发出。",
                f"More than was sent: compare with entry {followed.id}, or have the extra dispatch recorded first.",
            )
        ]
    return []


def _check_left(taken_minor: int, followed: Followed, currency: str) -> list[Problem]:
    """The problem of taking more money from an entry than it brought, whatever it was taken for."""
    whole = followed.money_minor or 0
    if taken_minor <= whole:
        return []
    there, over = Money(whole, currency).amount, Money(taken_minor - whole, currency).amount
    return [
        _problem(
            "more_than_left",
            "money",
            f"第 {followed.id} 号记录共 {there} {currency}，由它支用的合计多出 {over}；请核对，或另从别的记录支用。",
            f"Entry {followed.id} brought {there} {currency}; what is taken from it is {over} more. "
            "Check the amount, or take the rest from another entry.",
        )
    ]


def _check_bound(taken_minor: int, taken_steps: int, followed: Followed) -> Iterator[Problem]:
    for column, taken, whole in (
        ("money", taken_minor, followed.money_minor),
        ("quantity", taken_steps, followed.quantity_steps),
    ):
        if whole is not None and taken > whole:
            yield _problem(
                "more_than_followed",
                column,
                f"同一阶段的记录合计超过了所承接的第 {followed.id} 号记录；请核对，或先更正那一条。",
                f"The entries of this stage together are above entry {followed.id}, which they follow; "
                "check the number, or correct that entry first.",
            )


def direction_of(draft: Draft, stage: Stage, known: Known) -> Direction:
    """Which way the assistance goes. Use inside the receiving side keeps the direction it arrived by."""
    assert known.giver is not None and known.receiver is not None
    if known.record.carries == "money" and stage.move in TAKING and known.followed is not None:
        # Money assigned, spent or given back belongs to the help it came with.
        return known.followed.direction
    side = side_of(known.giver, known.pairing)
    if not stage.is_across and side_of(known.receiver, known.pairing) != "assisting":
        return "assisting_to_assisted"
    towards_assisted = (side == "assisting") != (stage.move == "use")
    return "assisting_to_assisted" if towards_assisted else "assisted_to_assisting"


def facts_of(draft: Draft, known: Known) -> EntryFacts:
    """The columns of a draft that passed `check_draft`."""
    stage = known.record.stage(draft.stage)
    assert stage and draft.happened_on and draft.giver_id and draft.receiver_id, (
        "only a checked draft has facts"
    )
    quantity = draft.quantity
    if quantity is None and (counts := known.record.counts_at(stage)):
        quantity = Quantity.of(1, counts)
    facet, category = known.record.facet, known.record.category
    part = draft.of_which
    return EntryFacts(
        pairing_id=draft.pairing_id,
        kind=draft.kind,
        stage=draft.stage,
        direction=direction_of(draft, stage, known),
        happened_on=draft.happened_on,
        year=known.fund.year if known.fund else draft.happened_on.year,
        giver_id=draft.giver_id,
        receiver_id=draft.receiver_id,
        nature=known.fund.nature if known.fund else known.record.nature,
        tier=known.fund.tier if known.fund else "",
        category=str(draft.details.get(category.code, "")) if category else "",
        field=str(draft.details.get(facet.code, "")) if facet else "",
        fund_id=draft.fund_id,
        item_code=draft.item_code or "",
        campaign_code=draft.campaign_code or "",
        project_id=draft.project_id,
        money_minor=draft.money.minor if draft.money else None,
        currency=draft.money.currency if draft.money else "",
        quantity_steps=quantity.steps if quantity else None,
        unit=quantity.unit if quantity else "",
        subset_amount=part.minor if isinstance(part, Money) else part.steps if part else None,
    )


def answering_side(recorded_side: str) -> Side:
    """The side whose answer an entry waits for."""
    return "assisted" if recorded_side == "assisting" else "assisting"


def check_dispute(
    *,
    own_money: Money | None,
    own_quantity: Quantity | None,
    reason: str,
    record: Record,
    currency: str,
    unit: str,
) -> list[Problem]:
    """What is wrong with a dispute: it needs the side's own amount, in the entry's measure, and the reason."""
    problems = []
    if own_money is not None and (
        own_money.minor < 0 or own_money.currency != (currency or own_money.currency)
    ):
        problems.append(
            _problem(
                "own_money",
                "money",
                f"请按 {currency} 填写，不小于 0。",
                f"Give it in {currency}, 0 or more.",
            )
        )
    if own_quantity is not None and own_quantity.steps < 0:
        problems.append(
            _problem("own_quantity", "quantity", "数量不能小于 0。", "The quantity cannot be below 0.")
        )
    if record.carries == "money" and own_money is None:
        problems.append(
            _problem(
                "own_money",
                "money",
                "请填写贵方核定的金额（可为 0）。",
                "Give your own amount (0 is allowed).",
            )
        )
    if record.carries == "quantity" and own_quantity is None:
        problems.append(
            _problem(
                "own_quantity",
                "quantity",
                "请填写贵方核定的数量（可为 0）。",
                "Give your own quantity (0 is allowed).",
            )
        )
    if own_quantity is not None and own_quantity.unit != unit:
        problems.append(
            _problem("own_unit", "unit", f"请按 {unit} 填写。", f"Give it in {unit}.", own_quantity.unit)
        )
    if not reason.strip():
        cure = Text("请写明理由。", "Give the reason.")
        problems.append(Problem("entry.dispute_reason", Text("理由", "Reason"), cure))
    return problems
