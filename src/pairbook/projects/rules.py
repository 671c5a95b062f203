"""Decisions of the project library: which step may come next, what a project must say of itself before it enters,
what a notice, a goal and an asset must be. Plain values in, problems or refusals out.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from pairbook.kernel.access import Standing, may_with
from pairbook.kernel.money import Money, sum_money
from pairbook.kernel.parameters import Parameter
from pairbook.kernel.periods import YEAR_FIRST, YEAR_LAST
from pairbook.kernel.problems import Problem, Refusal
from pairbook.kernel.texts import Text
from pairbook.projects.shapes import (
    ASSET_SORTS,
    BOARDS,
    FIELDS,
    GOAL_SORTS,
    INCOME_USES,
    NATURES,
    NOTICE_SORTS,
    OWNERSHIPS,
    SOURCES,
    STATUSES,
    STEPS,
    AssetDraft,
    FundingLine,
    GoalDraft,
    HoldingDraft,
    IncomeDraft,
    Measure,
    NoticeDraft,
    NoticeFacts,
    ProjectFacts,
    ProjectFields,
    Step,
    StepFacts,
)
from pairbook.projects.uses import USES

NOTICE_DAYS_MIN = Parameter(
    code="projects.notice_days_min",
    label=Text("公示公告最少张贴天数", "fewest days a notice hangs"),
    value=10,
    unit=Text("天", "days"),
    valid_from=date(2018, 1, 1),
    source=Text(
        "扶贫资金项目公告公示制度：原则上不少于10天（据各地公布的细则，原文待附）",
        "Rules on notices of poverty-relief projects: ten days in principle (as local rules published it)",
    ),
)
PARAMETERS = (NOTICE_DAYS_MIN,)
"""The thresholds the library offers to the lists of the book."""

_CHOOSE = Text("请从列表中选择。", "Choose one of the list.")
_FILL_IN = Text("请填写。", "Fill this in.")
_GIVE_DAY = Text("请填写日期。", "Give the day.")
_ABOVE_ZERO = Text("金额必须大于零。", "The amount must be above zero.")
_FUTURE = Text("这一天还没有到。", "This day is still to come.")

# A code is a part of addresses, so it has no blanks, strokes or letters that would be escaped there.
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
# What the columns hold, the same on both databases.
NAME_ZH_MAX, NAME_EN_MAX, UNIT_MAX, DOCUMENT_NO_MAX = 160, 200, 40, 120
_COUNT_MAX, _THOUSANDTHS_MAX = 100_000_000, 10**17


def standing_steps(history: Sequence[StepFacts]) -> list[StepFacts]:
    """The steps that count, in their order: without those taken back, and without the rows that took them back."""
    taken_back = {row.takes_back for row in history}
    return [row for row in history if row.takes_back is None and row.number not in taken_back]


def state_of(history: Sequence[StepFacts]) -> str:
    """The code of the last step that counts; empty for a project that was never proposed."""
    steps = standing_steps(history)
    return steps[-1].step if steps else ""


def current_round(history: Sequence[StepFacts]) -> list[StepFacts]:
    """The standing steps since the project was last proposed."""
    steps = standing_steps(history)
    starts = [place for place, row in enumerate(steps) if row.step == "proposed"]
    return steps[starts[-1] :] if starts else steps


def next_steps(state: str) -> list[Step]:
    """The steps that may come after a state."""
    return [step for step in STEPS.values() if state in step.follows]


def may_act(
    standing: Standing | None, act: str, *, responsible_id: int | None, side: str = "assisted"
) -> bool:
    """Whether someone of this standing may do an act of the library on a project of this responsible unit."""
    own = frozenset() if responsible_id is None else frozenset({responsible_id})
    return standing is not None and standing.side == side and may_with(standing, act, organisation_ids=own)


def refuse_step(step: Step, history: Sequence[StepFacts], *, by_id: int) -> None:
    """Refuse a step that cannot come now, or not by this person.

    Four eyes: whoever proposed a project neither checks nor approves it.
    """
    state = state_of(history)
    if state not in step.follows:
        before = "、".join(STEPS[code].label.zh for code in step.follows if code) or "无"
        before_en = " or ".join(STEPS[code].label.en.lower() for code in step.follows if code) or "nothing"
        now = STEPS[state].label if state else Text("尚未申报", "not proposed")
        raise Refusal(
            "project.order",
            Text(
                f"“{step.label.zh}”须在“{before}”之后；项目现在是“{now.zh}”。",
                f"'{step.label.en}' comes after: {before_en}. The project now stands at: {now.en.lower()}.",
            ),
        )
    if not has_four_eyes(step, history, by_id=by_id):
        raise Refusal(
            "project.four_eyes",
            Text(
                "申报的人不能审核、审定同一个项目，请由他人办理。",
                "Whoever proposed a project neither checks nor approves it; somebody else does.",
            ),
            forbidden=True,
        )


def has_four_eyes(step: Step, history: Sequence[StepFacts], *, by_id: int) -> bool:
    """Whether this person may take the step without deciding on a proposal of their own."""
    proposed = [row for row in current_round(history) if row.step == "proposed"]
    return step.code not in ("checked", "approved") or not proposed or proposed[-1].by_id != by_id


def check_step(
    step: Step,
    *,
    on: date | None,
    reason: str,
    history: Sequence[StepFacts],
    project: ProjectFacts,
    today: date,
) -> list[Problem]:
    """Everything that keeps a step from being recorded; that it may come now is decided by `refuse_step`."""
    problems = _check_step_day(on, history, today)
    if step.asks_reason and not reason.strip():
        cure = Text("出入库和退回都要写明原因，备案留存。", "Say why: it is filed with the step.")
        problems.append(Problem("project.reason", FIELDS["reason"], cure))
    if step.code in ("approved", "library_in"):
        # What is approved is what enters: an incomplete project is stopped before the group meets.
        problems += missing_fields(project.fields) + _missing_goals(project.goals)
    if step.code == "approved":
        problems += _missing_consent(project.fields, current_round(history))
    if step.code == "handed_over" and project.assets_unheld:
        cure = Text(
            f"还有 {project.assets_unheld} 项资产没有所有者或管护人，请先登记。",
            f"{project.assets_unheld} assets have no owner or nobody who looks after them; register that first.",
        )
        problems.append(Problem("project.unheld", Text("资产", "Assets"), cure))
    return problems


def _check_step_day(on: date | None, history: Sequence[StepFacts], today: date) -> list[Problem]:
    steps = standing_steps(history)
    if on is None:
        return [Problem("project.happened_on", FIELDS["happened_on"], _GIVE_DAY)]
    if on > today:
        return [Problem("project.happened_on", FIELDS["happened_on"], _FUTURE, value=str(on))]
    if steps and on < steps[-1].on:
        last = steps[-1]
        label = STEPS[last.step].label
        cure = Text(
            f"上一步“{label.zh}”在 {last.on}，不能更早。",
            f"The step before ({label.en.lower()}) was on {last.on}; this one cannot be earlier.",
        )
        return [Problem("project.happened_on", FIELDS["happened_on"], cure, value=str(on))]
    return []


def _missing_goals(goals: int) -> list[Problem]:
    if goals:
        return []
    # Rule: DOMAIN 3.1 [S36][S37]: entry needs a performance goal, otherwise refused.
    cure = Text(
        "没有绩效目标的项目不得入库。", "A project without a performance goal does not enter the library."
    )
    return [Problem("project.goals", FIELDS["goals"], cure)]


def _missing_consent(fields: ProjectFields | None, steps: Sequence[StepFacts]) -> list[Problem]:
    if fields is None or not fields.needs_consent or any(row.step == "consented" for row in steps):
        return []
    cure = Text(
        "计划资金中有须经帮扶方同意的资金；请先由帮扶方同意。",
        "Part of the planned money needs the giver's consent; the assisting side gives it first.",
    )
    return [Problem("project.consent", FIELDS["funding"], cure)]


def missing_fields(fields: ProjectFields | None) -> list[Problem]:
    """The fields a project must have before it enters the library, and has not.

    Rule: DOMAIN 3.1 [S37].
    """
    if fields is None:
        cure = Text("先填写项目的各项内容。", "Fill in what the project is first.")
        return [Problem("project.fields", FIELDS["name"], cure)]
    needed = {
        "name": fields.name.zh.strip(),
        "use": fields.use,
        "nature": fields.nature,
        "year": fields.year,
        "place": fields.place_id,
        "starts_on": fields.starts_on,
        "ends_on": fields.ends_on,
        "responsible": fields.responsible_id,
        "tasks": fields.tasks.strip(),
        "participation": fields.participation.strip(),
        "mechanism": fields.mechanism.strip(),
        "funding": fields.funding,
    }
    missing = [code for code, value in needed.items() if not value]
    counts = {
        "households": fields.households,
        "persons": fields.persons,
        "poor_persons": fields.poor_persons,
    }
    # Nobody registered poor is an answer; an empty cell is none.
    missing += [code for code, count in counts.items() if count is None]
    cure = Text("入库前必须填写。", "This is needed before the project enters the library.")
    return [Problem(f"project.{code}", FIELDS[code], cure) for code in missing]


def check_code(code: str) -> list[Problem]:
    """What is wrong with a project's code."""
    if _CODE.fullmatch(code):
        return []
    cure = Text(
        "请用字母、数字、点、短横线，不超过 40 个，如 2021-07。",
        "Write letters, digits, dots and dashes, at most 40, such as 2021-07.",
    )
    return [Problem("project.code", FIELDS["code"], cure, value=code)]


def _check_name(name: Text, code: str, place: Text) -> list[Problem]:
    """What is wrong with a name or a text in two languages."""
    if not name.zh.strip() or not name.en.strip():
        return [Problem(code, place, _FILL_IN)]
    if len(name.zh) > NAME_ZH_MAX or len(name.en) > NAME_EN_MAX:
        cure = Text(
            f"中文不超过 {NAME_ZH_MAX} 字，英文不超过 {NAME_EN_MAX} 个字符。",
            f"At most {NAME_ZH_MAX} characters in Chinese and {NAME_EN_MAX} in English.",
        )
        return [Problem(code, place, cure, value=name.zh)]
    return []


def check_fields(fields: ProjectFields, *, on: date) -> list[Problem]:
    """What is wrong with the fields somebody wrote; fields not filled in yet are no problem here."""
    problems = _check_name(fields.name, "project.name", FIELDS["name"])
    problems += _check_use(fields.use, on)
    if fields.nature and fields.nature not in NATURES:
        problems.append(Problem("project.nature", FIELDS["nature"], _CHOOSE, value=fields.nature))
    if fields.year is not None and not YEAR_FIRST <= fields.year <= YEAR_LAST:
        cure = Text("请填写年份，如 2021。", "Write a year such as 2021.")
        problems.append(Problem("project.year", FIELDS["year"], cure, value=str(fields.year)))
    if fields.starts_on and fields.ends_on and fields.ends_on < fields.starts_on:
        cure = Text("计划完工不能早于计划开工。", "The planned end cannot be before the planned start.")
        problems.append(Problem("project.ends_on", FIELDS["ends_on"], cure, value=str(fields.ends_on)))
    problems += _check_counts(fields)
    problems += check_sources(fields.funding)
    return problems


def _check_use(code: str, on: date) -> list[Problem]:
    if not code:
        return []
    if code not in USES:
        return [Problem("project.use", FIELDS["use"], _CHOOSE, value=code)]
    refused = USES[code].refused_on(on)
    if refused is None:
        return []
    mark = Text("", "") if refused.is_verified else Text("（依据待核实）", " (source to be verified)")
    cure = Text(
        f"负面清单：{refused.reason.zh}依据：{refused.source.zh}{mark.zh}。",
        f"On the negative list: {refused.reason.en} Source: {refused.source.en}{mark.en}.",
    )
    return [Problem("project.use", FIELDS["use"], cure, value=USES[code].label.zh)]


def _check_counts(fields: ProjectFields) -> Iterator[Problem]:
    counts = (
        ("households", fields.households),
        ("persons", fields.persons),
        ("poor_persons", fields.poor_persons),
    )
    for code, count in counts:
        if count is not None and not 0 <= count <= _COUNT_MAX:
            cure = Text(
                "请填写不小于零的人数或户数。", "Write a number of people or households, zero or more."
            )
            yield Problem(f"project.{code}", FIELDS[code], cure, value=str(count))
    if fields.households is not None and fields.persons is not None and fields.persons < fields.households:
        cure = Text(
            "受益人数不会少于户数，请核对。", "There cannot be fewer persons than households; check both."
        )
        yield Problem("project.persons", FIELDS["persons"], cure, value=str(fields.persons))
    if (fields.poor_persons or 0) > (fields.persons or 0):
        cure = Text("其中数不能大于受益人数。", "The part cannot be above all who benefit.")
        yield Problem("project.poor_persons", FIELDS["poor_persons"], cure, value=str(fields.poor_persons))


def check_sources(lines: Sequence[FundingLine]) -> list[Problem]:
    """What is wrong with a split by source: unknown sources, amounts of nothing, the same line twice."""
    problems = []
    place = FIELDS["funding"]
    for line in lines:
        if line.source not in SOURCES:
            problems.append(Problem("project.source", place, _CHOOSE, value=line.source))
        if line.money.minor <= 0:
            problems.append(Problem("project.source_money", place, _ABOVE_ZERO, value=str(line.money.amount)))
    for (source, fund_code), count in Counter((line.source, line.fund_code) for line in lines).items():
        if count > 1:
            cure = Text("同一来源写了两次，请合并。", "The same source stands here twice; write it once.")
            problems.append(Problem("project.source_twice", place, cure, value=fund_code or source))
    if len({line.money.currency for line in lines}) > 1:
        cure = Text("请按同一币种填写。", "Give all amounts in one currency.")
        problems.append(Problem("project.source_currency", place, cure))
    return problems


# What was approved: to change it, the project leaves the library and is proposed anew.
_APPROVED = {"use": FIELDS["use"], "funding": FIELDS["funding"], "place_id": FIELDS["place"]}
_UNDECIDED = ("", "proposed", "checked", "turned_down", "library_out")


def check_change(before: ProjectFields, after: ProjectFields, *, state: str, reason: str) -> list[Problem]:
    """What keeps a new version of the fields from being recorded, beyond what is wrong with them as such.

    Class, place and planned money are what both sides agreed to; nothing of the rest may become empty again.
    """
    problems = []
    if before == after:
        cure = Text("与现行版本相同，没有可保存的改动。", "This is what the book says already.")
        return [Problem("project.unchanged", FIELDS["name"], cure)]
    if not reason.strip():
        cure = Text("请写明为什么修改。", "Say why this is changed.")
        problems.append(Problem("project.reason", FIELDS["reason"], cure))
    if state not in _UNDECIDED:
        for column, label in _APPROVED.items():
            if getattr(before, column) != getattr(after, column):
                cure = Text(
                    "已经双方认可；要改，请先出库并重新申报。",
                    "This was agreed to; to change it, the project leaves the library and is proposed anew.",
                )
                problems.append(Problem(f"project.{column.removesuffix('_id')}", label, cure))
        problems += missing_fields(after)
    return problems


def refuse_taking_back(history: Sequence[StepFacts]) -> StepFacts:
    """The step that would be taken back: the last that counts; refused where there is none."""
    steps = standing_steps(history)
    if not steps:
        raise Refusal("project.no_step", Text("没有可撤回的步骤。", "There is no step to take back."))
    return steps[-1]


def check_goal(goal: GoalDraft) -> list[Problem]:
    """What is wrong with a goal."""
    problems: list[Problem] = []
    if goal.sort not in GOAL_SORTS:
        problems.append(Problem("goal.sort", Text("目标类别", "Sort of goal"), _CHOOSE, value=goal.sort))
    problems += _check_name(goal.text, "goal.text", Text("指标内容", "What is measured"))
    problems += check_measure(goal.target, "goal.target", Text("目标值", "Target"))
    return problems


def check_measure(measure: Measure | None, code: str, place: Text) -> list[Problem]:
    """What is wrong with an amount and its unit."""
    if measure is None:
        return [Problem(code, place, _FILL_IN)]
    if not measure.unit.strip():
        cure = Text("请写明单位，如 只、%、天。", "Give the unit, such as head, % or days.")
        return [Problem(code, place, cure, value=str(measure.amount))]
    if len(measure.unit) > UNIT_MAX:
        cure = Text(f"单位不超过 {UNIT_MAX} 个字符。", f"A unit has at most {UNIT_MAX} characters.")
        return [Problem(code, place, cure, value=measure.unit)]
    if measure.thousandths < 0:
        cure = Text("不能小于零。", "It cannot be below zero.")
        return [Problem(code, place, cure, value=str(measure.amount))]
    if measure.thousandths > _THOUSANDTHS_MAX:
        cure = Text("数大得账本放不下，请核对单位。", "This is more than a book can hold; check the unit.")
        return [Problem(code, place, cure, value=str(measure.amount))]
    return []


def is_reached(sort: str, *, target: Measure, result: Measure) -> bool:
    """Whether a result meets its goal: at least the target, or at most for time and cost."""
    if GOAL_SORTS[sort].bound == "at_least":
        return result.thousandths >= target.thousandths
    return result.thousandths <= target.thousandths


def check_notice(notice: NoticeDraft, *, days_min: int) -> list[Problem]:
    """What is wrong with a notice. Rule: at least ten days in principle (DOMAIN 3.2 [S40][S78])."""
    problems = []
    if notice.sort not in NOTICE_SORTS:
        problems.append(Problem("notice.sort", Text("公示或公告", "Sort of notice"), _CHOOSE))
    if not notice.text.strip():
        problems.append(Problem("notice.text", Text("内容", "What it says"), _FILL_IN))
    if not notice.boards or set(notice.boards) - set(BOARDS):
        cure = Text("请选择张贴在哪里。", "Choose where it hangs.")
        problems.append(Problem("notice.boards", Text("张贴处", "Where"), cure))
    if notice.first_on is None or notice.last_on is None:
        return [*problems, Problem("notice.last_on", Text("起止日期", "From and to"), _GIVE_DAY)]
    days = (notice.last_on - notice.first_on).days + 1
    if days < 1:
        cure = Text("结束日期早于开始日期。", "The last day is before the first.")
        problems.append(Problem("notice.last_on", Text("到哪天", "To"), cure, value=str(notice.last_on)))
    elif days < days_min and not notice.reason.strip():
        cure = Text(
            f"原则上不少于 {days_min} 天，这里只有 {days} 天；请延长，或写明缩短的原因。",
            f"A notice hangs {days_min} days in principle, this one {days}; let it hang longer or say why not.",
        )
        problems.append(Problem("notice.last_on", Text("到哪天", "To"), cure, value=str(notice.last_on)))
    return problems


def check_asset(asset: AssetDraft, *, today: date) -> list[Problem]:
    """What is wrong with an asset; its sources must sum to its value to the last fen, and are typed, never split."""
    problems = []
    if asset.sort not in ASSET_SORTS:
        problems.append(Problem("asset.sort", Text("资产类别", "Class of asset"), _CHOOSE, value=asset.sort))
    problems += _check_name(asset.name, "asset.name", Text("资产名称", "Name"))
    problems += check_measure(asset.size, "asset.size", Text("规模", "Size"))
    if asset.acquired_on is None:
        problems.append(
            Problem("asset.acquired_on", Text("建成（购置）日期", "Built or bought on"), _GIVE_DAY)
        )
    elif asset.acquired_on > today:
        place = Text("建成（购置）日期", "Built or bought on")
        problems.append(Problem("asset.acquired_on", place, _FUTURE, value=str(asset.acquired_on)))
    place = Text("原值", "Original value")
    if asset.value is None or asset.value.minor <= 0:
        return [*problems, Problem("asset.value", place, _ABOVE_ZERO), *check_sources(asset.sources)]
    wrong = check_sources(asset.sources)
    return problems + (wrong or _check_split(asset.value, [line.money for line in asset.sources], "asset"))


def _check_split(whole: Money, parts: Sequence[Money], code: str) -> list[Problem]:
    if any(part.currency != whole.currency for part in parts):
        cure = Text("请按同一币种填写。", "Give all amounts in one currency.")
        return [Problem(f"{code}.sources", Text("分项金额", "Parts"), cure)]
    left = whole - sum_money(parts, whole.currency)
    if not left.minor:
        return []
    cure = Text(
        f"分项之和与总额相差 {abs(left.amount):,.2f} 元，须分毫不差。",
        f"The parts and the whole differ by {abs(left.amount):,.2f} yuan; they must agree to the last fen.",
    )
    return [Problem(f"{code}.sources", Text("分项金额", "Parts"), cure)]


def check_holding(
    holding: HoldingDraft, *, acquired_on: date, latest: date | None, today: date
) -> list[Problem]:
    """What is wrong with who owns, runs and looks after an asset from a day on."""
    problems = _check_since(holding.since, latest or acquired_on, today, "holding")
    if holding.ownership not in OWNERSHIPS:
        place = Text("所有权", "Ownership")
        problems.append(Problem("holding.ownership", place, _CHOOSE, value=holding.ownership))
    return problems


def check_status(
    status: str, *, since: date | None, acquired_on: date, latest: date | None, today: date
) -> list[Problem]:
    """What is wrong with a status from a day on."""
    problems = _check_since(since, latest or acquired_on, today, "status")
    if status not in STATUSES:
        problems.append(Problem("status.status", Text("状态", "Status"), _CHOOSE, value=status))
    return problems


def _check_since(since: date | None, earliest: date, today: date, code: str) -> list[Problem]:
    place = Text("从哪天起", "Since")
    if since is None:
        return [Problem(f"{code}.since", place, _GIVE_DAY)]
    if since > today:
        return [Problem(f"{code}.since", place, _FUTURE, value=str(since))]
    if since < earliest:
        cure = Text(f"不能早于 {earliest}。", f"It cannot be before {earliest}.")
        return [Problem(f"{code}.since", place, cure, value=str(since))]
    return []


def check_income(income: IncomeDraft, *, acquired_on: date, today: date) -> list[Problem]:
    """What is wrong with a year's income; its shares, what is kept included, sum to it to the last fen."""
    problems = []
    if income.year is None or not max(acquired_on.year, YEAR_FIRST) <= income.year <= min(
        today.year, YEAR_LAST
    ):
        cure = Text("请填写资产建成以来的年份。", "Give a year since the asset was there.")
        problems.append(Problem("income.year", FIELDS["year"], cure, value=str(income.year or "")))
    if income.money is None or income.money.minor < 0:
        cure = Text("请填写收益；没有收益写 0。", "Give the income; write 0 for none.")
        return [*problems, Problem("income.money", Text("收益", "Income"), cure)]
    if any(use not in INCOME_USES for use, _ in income.shares):
        problems.append(Problem("income.shares", Text("分配", "Distribution"), _CHOOSE))
    if any(part.minor <= 0 for _, part in income.shares):
        problems.append(Problem("income.shares", Text("分配", "Distribution"), _ABOVE_ZERO))
    return problems + _check_split(income.money, [part for _, part in income.shares], "income")


def notices_missing(state: str, notices: Collection[NoticeFacts], *, days_min: int) -> list[Text]:
    """Which notices a project of this state should have and has not, or not for long enough. Listed, not refused.

    Source: DOMAIN 3.2, and "not published" among the findings of audits (DOMAIN 3.6 [S47]).
    """
    found = []
    before = [one for one in notices if one.sort == "before"]
    if state in _IN_LIBRARY and not before:
        found.append(Text("入库前没有公示", "no prior notice before it entered the library"))
    if state in ("settled", "handed_over", "reviewed") and not any(one.sort == "after" for one in notices):
        found.append(Text("完工结算后没有公告", "no announcement of the result and the money"))
    for one in notices:
        days = (one.last_on - one.first_on).days + 1
        if days < days_min:
            label = NOTICE_SORTS[one.sort]
            found.append(
                Text(f"{label.zh}只有 {days} 天", f"{label.en.lower()} hung {days} days only"),
            )
    return found


_IN_LIBRARY = tuple(
    code
    for code in STEPS
    if code not in ("proposed", "checked", "turned_down", "consented", "approved", "library_out")
)


def is_open_to_public(state: str) -> bool:
    """Whether everybody may see a project: once approved, or where it was only listed; a proposal is not yet."""
    return state not in ("proposed", "checked", "turned_down", "consented")
