"""Every write of the project library: proposing, steps and their taking back, papers, goals, notices, assets.

An act is decided by role, side and organisation: a line department acts on projects it is responsible for. The
project's row is locked first, so that two people who act at once follow one another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, Standing, must
from pairbook.kernel.actions import store_evidence, write_audit
from pairbook.kernel.money import Money
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import standing_in
from pairbook.projects.known import (
    asked_funds_of,
    fields_of,
    history_of,
    newest_version,
    responsible_of,
    unheld_count,
)
from pairbook.projects.models import (
    Asset,
    AssetIncome,
    AssetSource,
    AssetStatus,
    ConsentWish,
    Goal,
    GoalResult,
    Holding,
    IncomeShare,
    Notice,
    PlannedFunding,
    Project,
    ProjectStep,
    ProjectVersion,
    StepPaper,
)
from pairbook.projects.rules import (
    NOTICE_DAYS_MIN,
    check_asset,
    check_change,
    check_code,
    check_fields,
    check_goal,
    check_holding,
    check_income,
    check_measure,
    check_notice,
    check_status,
    check_step,
    current_round,
    may_act,
    refuse_step,
    refuse_taking_back,
    standing_steps,
    state_of,
)
from pairbook.projects.shapes import (
    FIELDS,
    OTHER_PAPER,
    PHOTO,
    STEPS,
    Act,
    AssetDraft,
    GoalDraft,
    HoldingDraft,
    IncomeDraft,
    Measure,
    NoticeDraft,
    ProjectFacts,
    ProjectFields,
    StepFacts,
)


@transaction.atomic
def add_project(
    *,
    pairing_id: int,
    code: str,
    name: Text,
    by: int | None,
    parent_id: int | None = None,
    started_on: date | None = None,
) -> int:
    """The id of a project that is only listed by name; with `parent_id` a part of that programme of the pairing.

    `started_on` is for a project begun before its book kept a library; otherwise the step `started` says it.
    """
    problems = []
    if Project.objects.filter(pairing_id=pairing_id, code=code).exists():
        problems.append(_code_taken(code))
    if parent_id is not None and not Project.objects.filter(pk=parent_id, pairing_id=pairing_id).exists():
        cure = Text("这个结对没有所选的上级项目。", "This pairing has no such programme.")
        problems.append(Problem("project.parent", Text("上级项目", "Part of"), cure))
    if problems:
        raise Rejected(problems)
    project = Project.objects.create(
        pairing_id=pairing_id,
        code=code,
        name_zh=name.zh,
        name_en=name.en,
        parent_id=parent_id,
        started_on=started_on,
        is_sample=clock.is_sample(),
    )
    body = {"code": code, "zh": name.zh, "parent": parent_id, "started": started_on}
    write_audit("project.add", f"project:{project.pk}", body, by=by)
    return project.pk


def _code_taken(code: str) -> Problem:
    cure = Text("这个项目编号已被使用，请换一个。", "This project code is taken; choose another.")
    return Problem("project.code", FIELDS["code"], cure, value=code)


@transaction.atomic
def note_consent_wish(*, pairing_id: int, fund_code: str, asks: bool, by: int | None) -> None:
    """A fund's giver asks, or asks no longer, to be asked before a project that takes from it is approved.

    It holds for every approval from now on, also of projects proposed before; what is approved stays so.
    """
    wishes = ConsentWish.objects.filter(pairing_id=pairing_id, fund_code=fund_code)
    if (wishes.order_by("-id").values_list("asks", flat=True).first() or False) == asks:
        return
    ConsentWish.objects.create(pairing_id=pairing_id, fund_code=fund_code, asks=asks, noted_at=clock.now())
    body = {"fund": fund_code, "asks": asks}
    write_audit("fund.consent", f"pairing:{pairing_id}", body, by=by)


@dataclass(frozen=True, slots=True)
class _AtHand:
    """A project somebody acts on, its row locked; with the standing the act is done in."""

    project: Project
    standing: Standing
    by: Actor

    @property
    def recorded(self) -> dict[str, Any]:
        """The columns that say who wrote a row."""
        return _recorded(self.standing, self.by)


def _recorded(standing: Standing, by: Actor) -> dict[str, Any]:
    return {
        "recorded_at": clock.now(),
        "recorded_by_id": by.user_id,
        "recorded_for_id": standing.organisation_id,
    }


def _at_hand(project_id: int, act: Act, by: Actor, *, side: str = "assisted") -> _AtHand:
    """The project locked, once the actor may do this with it."""
    project = Project.objects.select_for_update().get(pk=project_id)
    standing = standing_in(project.pairing_id, by)
    must(may_act(standing, act, responsible_id=responsible_of(project_id), side=side), act)
    assert standing is not None, "only somebody of a standing may act"
    return _AtHand(project, standing, by)


@transaction.atomic
def propose_project(
    *,
    pairing_id: int,
    code: str,
    fields: ProjectFields,
    on: date | None,
    by: Actor,
    document_no: str = "",
    parent_id: int | None = None,
) -> int:
    """The id of a new project, with its first version and the step `proposed`.

    A class on the negative list is refused with its reason. What is still missing may follow until it is approved.
    """
    standing = standing_in(pairing_id, by)
    _must_answer_for(fields, standing)
    problems = check_code(code) + check_fields(fields, on=on or clock.today())
    problems += check_step(
        STEPS["proposed"],
        on=on,
        reason="",
        history=(),
        project=ProjectFacts(fields, 0, 0),
        today=clock.today(),
    )
    if Project.objects.filter(pairing_id=pairing_id, code=code).exists():
        problems.append(_code_taken(code))
    if problems:
        raise Rejected(problems)
    project_id = add_project(
        pairing_id=pairing_id, code=code, name=fields.name, by=by.user_id, parent_id=parent_id
    )
    assert standing is not None, "only somebody of a standing may propose"
    _write_version(project_id, fields, 1, reason="", by=by, standing=standing)
    record_step(project_id, "proposed", on=on, by=by, document_no=document_no)
    return project_id


def _must_answer_for(fields: ProjectFields, standing: Standing | None) -> None:
    """A department hands no project to somebody else, and takes none that is not its own."""
    if standing is not None and standing.sees_own_only and fields.responsible_id is None:
        cure = Text("请选择本单位。", "Choose your own organisation.")
        raise Rejected([Problem("project.responsible", FIELDS["responsible"], cure)])
    must(may_act(standing, "project.propose", responsible_id=fields.responsible_id), "project.propose")


@transaction.atomic
def describe_project(project_id: int, fields: ProjectFields, *, by: Actor, reason: str = "") -> int:
    """The number of a new version of what a project says of itself; the first needs no reason.

    What was agreed to (class, place, planned money) is not changed this way once the giver consented or the county
    approved.
    """
    at_hand = _at_hand(project_id, "project.propose", by)
    _must_answer_for(fields, at_hand.standing)
    problems = check_fields(fields, on=clock.today())
    version = newest_version(project_id)
    if version is not None:
        state = state_of(history_of(project_id))
        problems += check_change(fields_of(version, ()), fields, state=state, reason=reason)
    if problems:
        raise Rejected(problems)
    number = version.number + 1 if version else 1
    _write_version(project_id, fields, number, reason=reason, by=by, standing=at_hand.standing)
    Project.objects.filter(pk=project_id).update(name_zh=fields.name.zh, name_en=fields.name.en)
    return number


def _write_version(
    project_id: int, fields: ProjectFields, number: int, *, reason: str, by: Actor, standing: Standing
) -> None:
    version = ProjectVersion.objects.create(
        project_id=project_id,
        number=number,
        name_zh=fields.name.zh,
        name_en=fields.name.en,
        use=fields.use,
        nature=fields.nature,
        year=fields.year,
        place_id=fields.place_id,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        responsible_id=fields.responsible_id,
        tasks=fields.tasks,
        participation=fields.participation,
        mechanism=fields.mechanism,
        households=fields.households,
        persons=fields.persons,
        poor_persons=fields.poor_persons,
        reason=reason.strip(),
        **_recorded(standing, by),
    )
    PlannedFunding.objects.bulk_create(
        PlannedFunding(
            version=version,
            source=line.source,
            fund_code=line.fund_code,
            asks_consent=line.asks_consent,
            money_minor=line.money.minor,
            currency=line.money.currency,
        )
        for line in fields.funding
    )
    planned = fields.planned
    body = {"version": number, "planned": planned.minor, "use": fields.use, "reason": reason.strip()}
    write_audit("project.describe", f"project:{project_id}", body, by=by.user_id)


@transaction.atomic
def record_step(
    project_id: int,
    step_code: str,
    *,
    on: date | None,
    by: Actor,
    document_no: str = "",
    reason: str = "",
) -> int:
    """The id of the next step of a project's life; refused out of order, Rejected where something is missing."""
    step = STEPS[step_code]
    at_hand = _at_hand(project_id, step.act, by, side=step.side)
    history = history_of(project_id)
    assert by.user_id is not None, "only somebody signed in may act"
    refuse_step(step, history, by_id=by.user_id)
    version = newest_version(project_id) if step_code in _ENTERING else None
    facts = ProjectFacts(
        fields_of(version, asked_funds_of(project_id)) if version else None,
        goals=Goal.objects.filter(project_id=project_id).count() if step_code in _ENTERING else 0,
        assets_unheld=unheld_count(project_id) if step_code == "handed_over" else 0,
    )
    problems = check_step(step, on=on, reason=reason, history=history, project=facts, today=clock.today())
    if problems:
        raise Rejected(problems)
    assert on is not None, "check_step asks for it"
    row = _write_step(at_hand, history, step_code, on=on, document_no=document_no, reason=reason)
    if step_code == "started":
        Project.objects.filter(pk=project_id).update(started_on=on)
    body = {"step": step_code, "on": on, "document_no": document_no.strip(), "reason": reason.strip()}
    write_audit("project.step", f"project:{project_id}", body, by=by.user_id)
    return row.pk


_ENTERING = ("approved", "library_in")


def _write_step(
    at_hand: _AtHand,
    history: Sequence[StepFacts],
    step_code: str,
    *,
    on: date,
    document_no: str = "",
    reason: str,
    takes_back: int | None = None,
) -> ProjectStep:
    numbers = {"consent": _consent_of(history) if step_code == "approved" else None, "takes_back": takes_back}
    rows = {
        column: ProjectStep.objects.get(project=at_hand.project, number=number)
        for column, number in numbers.items()
        if number is not None
    }
    return ProjectStep.objects.create(
        project=at_hand.project,
        number=len(history) + 1,
        step=step_code,
        happened_on=on,
        document_no=document_no.strip(),
        reason=reason.strip(),
        recorded_side=at_hand.standing.side or "",
        **rows,
        **at_hand.recorded,
    )


def _consent_of(history: Sequence[StepFacts]) -> int | None:
    """The number of the consent an approval rests on."""
    given = [row.number for row in current_round(history) if row.step == "consented"]
    return given[-1] if given else None


@transaction.atomic
def take_back_step(project_id: int, *, reason: str, by: Actor) -> None:
    """The last step that counts was recorded in error: a row of its own says so, and the step before counts again.

    Whoever may record a step may take it back.
    """
    last = refuse_taking_back(history_of(project_id))
    step = STEPS[last.step]
    at_hand = _at_hand(project_id, step.act, by, side=step.side)
    history = history_of(project_id)
    if refuse_taking_back(history).number != last.number:
        cure = Text(
            "有人刚刚记了别的步骤，请刷新后再办。", "Somebody recorded another step just now; look again."
        )
        raise Refusal("project.moved_on", cure)
    if not reason.strip():
        cure = Text("请写明为什么撤回。", "Say why it is taken back.")
        raise Rejected([Problem("project.reason", FIELDS["reason"], cure)])
    _write_step(at_hand, history, last.step, on=last.on, reason=reason, takes_back=last.number)
    if not any(row.step == "started" for row in standing_steps(history)[:-1]):
        Project.objects.filter(pk=project_id).update(started_on=None)
    body = {"step": last.step, "on": last.on, "reason": reason.strip()}
    write_audit("project.take_back", f"project:{project_id}", body, by=by.user_id)


@transaction.atomic
def attach_step_paper(step_id: int, *, content: bytes, sort: str, by: Actor) -> str:
    """The SHA-256 of a paper now attached to a step."""
    row = ProjectStep.objects.select_related("project").get(pk=step_id)
    step = STEPS[row.step]
    at_hand = _at_hand(row.project_id, step.act, by, side=step.side)
    if sort not in {paper.code for paper in (*step.papers, PHOTO, OTHER_PAPER)}:
        cure = Text("请选择材料种类。", "Choose the sort of paper.")
        raise Rejected([Problem("step_paper.sort", Text("材料种类", "Sort of paper"), cure, value=sort)])
    assert by.user_id is not None
    digest = store_evidence(content, by=by.user_id)
    if StepPaper.objects.filter(step=row, evidence_id=digest, sort=sort).exists():
        raise Refusal(
            "step_paper.again", Text("这份材料已附在这一步。", "This paper is attached to this step already.")
        )
    StepPaper.objects.create(
        step=row, evidence_id=digest, sort=sort, attached_at=clock.now(), attached_by_id=by.user_id
    )
    body = {"step": row.step, "sort": sort, "sha256": digest}
    write_audit("project.attach", f"project:{at_hand.project.pk}", body, by=by.user_id)
    return digest


@transaction.atomic
def set_goal(project_id: int, goal: GoalDraft, *, by: Actor) -> int:
    """The id of a new performance goal of a project."""
    at_hand = _at_hand(project_id, "project.propose", by)
    problems = check_goal(goal)
    if problems:
        raise Rejected(problems)
    assert goal.target is not None, "check_goal asks for it"
    row = Goal.objects.create(
        project=at_hand.project,
        sort=goal.sort,
        text_zh=goal.text.zh,
        text_en=goal.text.en,
        target_thousandths=goal.target.thousandths,
        unit=goal.target.unit,
        **at_hand.recorded,
    )
    body = {"goal": row.pk, "sort": goal.sort, "zh": goal.text.zh, "target": goal.target.thousandths}
    write_audit("project.set_goal", f"project:{project_id}", body, by=by.user_id)
    return row.pk


@transaction.atomic
def report_goal(
    goal_id: int, *, thousandths: int | None, as_of: date | None, by: Actor, evaluation: str = ""
) -> None:
    """What became of a goal by a day, with the unit's own evaluation."""
    goal = Goal.objects.get(pk=goal_id)
    at_hand = _at_hand(goal.project_id, "project.carry_out", by)
    measure = None if thousandths is None else Measure(thousandths, goal.unit)
    problems = check_measure(measure, "goal.result", Text("完成值", "Result"))
    if as_of is None or as_of > clock.today():
        cure = Text("请填写截至哪一天，不晚于今天。", "Give the day it was read, not later than today.")
        problems.append(Problem("goal.as_of", Text("截至", "As of"), cure))
    if problems:
        raise Rejected(problems)
    assert thousandths is not None and as_of is not None, "asked for above"
    GoalResult.objects.create(
        goal=goal,
        result_thousandths=thousandths,
        as_of=as_of,
        evaluation=evaluation.strip(),
        **at_hand.recorded,
    )
    body = {"goal": goal_id, "result": thousandths, "as_of": as_of}
    write_audit("project.report_goal", f"project:{goal.project_id}", body, by=by.user_id)


@transaction.atomic
def post_notice(project_id: int, notice: NoticeDraft, *, spent: Money, by: Actor) -> int:
    """The id of a posted notice; it keeps the project's money as published: planned, and `spent` as the caller asked.

    The library stands below the register and knows no entry, so the caller brings what was spent.
    """
    at_hand = _at_hand(project_id, "project.carry_out", by)
    day = notice.first_on or clock.today()
    problems = check_notice(notice, days_min=threshold(NOTICE_DAYS_MIN.code, day))
    version = newest_version(project_id)
    if version is None:
        cure = Text("先填写项目的各项内容。", "Fill in what the project is first.")
        problems.append(Problem("notice.fields", FIELDS["name"], cure))
    if problems:
        raise Rejected(problems)
    assert version is not None and notice.first_on is not None and notice.last_on is not None
    planned = fields_of(version, ()).planned
    row = Notice.objects.create(
        project=at_hand.project,
        sort=notice.sort,
        text=notice.text.strip(),
        boards=",".join(notice.boards),
        where=notice.where.strip(),
        first_on=notice.first_on,
        last_on=notice.last_on,
        reason=notice.reason.strip(),
        planned_minor=planned.minor,
        spent_minor=spent.minor,
        currency=planned.currency,
        **at_hand.recorded,
    )
    body = {"notice": row.pk, "sort": notice.sort, "from": notice.first_on, "to": notice.last_on}
    write_audit("project.post_notice", f"project:{project_id}", body, by=by.user_id)
    return row.pk


@transaction.atomic
def register_asset(project_id: int, asset: AssetDraft, *, by: Actor) -> int:
    """The id of a new asset of a project, in use from the day it was built or bought."""
    at_hand = _at_hand(project_id, "project.carry_out", by)
    problems = check_asset(asset, today=clock.today())
    if problems:
        raise Rejected(problems)
    assert asset.size is not None and asset.value is not None and asset.acquired_on is not None
    row = Asset.objects.create(
        project=at_hand.project,
        sort=asset.sort,
        name_zh=asset.name.zh,
        name_en=asset.name.en,
        size_thousandths=asset.size.thousandths,
        unit=asset.size.unit,
        acquired_on=asset.acquired_on,
        value_minor=asset.value.minor,
        currency=asset.value.currency,
        **at_hand.recorded,
    )
    AssetSource.objects.bulk_create(
        AssetSource(asset=row, source=line.source, fund_code=line.fund_code, money_minor=line.money.minor)
        for line in asset.sources
    )
    AssetStatus.objects.create(asset=row, since=asset.acquired_on, status="in_use", **at_hand.recorded)
    body = {"asset": row.pk, "zh": asset.name.zh, "value": asset.value.minor}
    write_audit("project.register_asset", f"project:{project_id}", body, by=by.user_id)
    return row.pk


def _asset_at_hand(asset_id: int, by: Actor) -> tuple[Asset, _AtHand]:
    asset = Asset.objects.get(pk=asset_id)
    return asset, _at_hand(asset.project_id, "project.carry_out", by)


@transaction.atomic
def hold_asset(asset_id: int, holding: HoldingDraft, *, by: Actor) -> None:
    """Who owns, runs and looks after an asset from a day on; the hand-over is such a row."""
    asset, at_hand = _asset_at_hand(asset_id, by)
    latest = Holding.objects.filter(asset=asset).order_by("-id").values_list("since", flat=True).first()
    problems = check_holding(holding, acquired_on=asset.acquired_on, latest=latest, today=clock.today())
    if problems:
        raise Rejected(problems)
    assert holding.since is not None, "check_holding asks for it"
    Holding.objects.create(
        asset=asset,
        since=holding.since,
        ownership=holding.ownership,
        owner_id=holding.owner_id,
        operator_id=holding.operator_id,
        carer_id=holding.carer_id,
        certificate_no=holding.certificate_no.strip(),
        note=holding.note.strip(),
        **at_hand.recorded,
    )
    body = {
        "asset": asset_id,
        "since": holding.since,
        "ownership": holding.ownership,
        "owner": holding.owner_id,
        "operator": holding.operator_id,
        "carer": holding.carer_id,
    }
    write_audit("project.hold_asset", f"project:{asset.project_id}", body, by=by.user_id)


@transaction.atomic
def mark_asset(asset_id: int, status: str, *, since: date | None, by: Actor, note: str = "") -> None:
    """How an asset stands from a day on: in use, idle, lost, written off, or recorded in error."""
    asset, at_hand = _asset_at_hand(asset_id, by)
    latest = AssetStatus.objects.filter(asset=asset).order_by("-id").values_list("since", flat=True).first()
    problems = check_status(
        status, since=since, acquired_on=asset.acquired_on, latest=latest, today=clock.today()
    )
    if problems:
        raise Rejected(problems)
    assert since is not None, "check_status asks for it"
    AssetStatus.objects.create(asset=asset, since=since, status=status, note=note.strip(), **at_hand.recorded)
    body = {"asset": asset_id, "status": status, "since": since, "note": note.strip()}
    write_audit("project.mark_asset", f"project:{asset.project_id}", body, by=by.user_id)


@transaction.atomic
def report_income(asset_id: int, income: IncomeDraft, *, by: Actor) -> None:
    """What an asset brought in during a year and what became of it; said again, the newer row counts."""
    asset, at_hand = _asset_at_hand(asset_id, by)
    problems = check_income(income, acquired_on=asset.acquired_on, today=clock.today())
    if problems:
        raise Rejected(problems)
    assert income.money is not None and income.year is not None, "check_income asks for them"
    row = AssetIncome.objects.create(
        asset=asset,
        year=income.year,
        money_minor=income.money.minor,
        currency=income.money.currency,
        **at_hand.recorded,
    )
    IncomeShare.objects.bulk_create(
        IncomeShare(income=row, use=use, money_minor=part.minor) for use, part in income.shares
    )
    body = {"asset": asset_id, "year": income.year, "income": income.money.minor}
    write_audit("project.report_income", f"project:{asset.project_id}", body, by=by.user_id)
