"""The acts of the project library: each a form, one action, and back to the project's page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.parties.reads import parties_known
from pairbook.projects.actions import (
    attach_step_paper,
    describe_project,
    hold_asset,
    mark_asset,
    propose_project,
    register_asset,
    report_goal,
    report_income,
    set_goal,
    take_back_step,
)
from pairbook.projects.reads import negative_list
from pairbook.projects.rules import NOTICE_DAYS_MIN
from pairbook.projects.shapes import STEPS, ProjectFields
from pairbook.web.languages import typed_in_both
from pairbook.workspace.actions import post_project_notice, record_step_with_paper
from pairbook.workspace.forms.assets import AssetForm, HoldingForm, IncomeForm, StatusForm
from pairbook.workspace.forms.choosing import party_choices
from pairbook.workspace.forms.entries import ReasonForm
from pairbook.workspace.forms.fields import PlainForm
from pairbook.workspace.forms.projects import (
    FieldsForm,
    GoalForm,
    NoticeForm,
    ResultForm,
    StepForm,
    StepPaperForm,
    fields_written,
    sources_written,
)
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, sent_form, words
from pairbook.workspace.views.projects import ProjectAtHand, project_at_hand

# Where a problem belongs whose code ends otherwise than its field is called.
_FIELD_OF = {
    "project.name": "name_zh",
    "project.source": "source_0",
    "project.source_money": "money_0",
    "project.source_twice": "source_0",
    "project.source_currency": "money_0",
    "project.funding": "source_0",
    "goal.text": "text_zh",
    "asset.name": "name_zh",
    "asset.sources": "source_0",
    "status.status": "status",
    "income.shares": "share_kept",
    "income.sources": "share_kept",
    "step_paper.sort": "paper_sort",
    "evidence.empty": "paper",
    "evidence.size": "paper",
    "evidence.type": "paper",
}
_SAVE = Text("保存", "Save")


def project_address(pairing_code: str, code: str) -> str:
    """Where a project's page is."""
    return reverse("workspace:project", args=[pairing_code, code])


def _act_page(
    request: HttpRequest,
    actor: Actor,
    desk: Desk,
    form: PlainForm,
    do: Callable[[dict[str, Any]], str | None],
    *,
    title: Text,
    back: str,
    lede: Text | None = None,
    button: Text = _SAVE,
    brief: Text | None = None,
    **shown: Any,
) -> HttpResponse:
    """A form with one act behind it: do it and go on, or show the form again with its problems.

    `do` gives the address to go on to; None is back where one came from.
    """
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            onward = do(form.cleaned_data)
        except Rejected as rejected:
            problems = form.place_problems(rejected.problems, _names(form))
        else:
            messages.success(request, words(Text("已保存。", "Saved.")))
            return redirect(onward or back)
    context = {
        "form": form,
        "title": title,
        "lede": lede,
        "button": button,
        "back": back,
        "brief": brief,
        "has_files": form.is_multipart(),
        **shown,
    }
    return page(request, actor, "project_act", context, desk=desk, problems=problems)


def _names(form: PlainForm) -> Mapping[str, str]:
    return {code: name for code, name in _FIELD_OF.items() if name in form.fields}


def _hand_page(
    request: HttpRequest,
    hand: ProjectAtHand,
    form: PlainForm,
    do: Callable[[dict[str, Any]], None],
    **said: Any,
) -> HttpResponse:
    back = project_address(hand.desk.pairing.code, hand.key.code)
    brief = Text(f"{hand.key.code} {hand.opened.name.zh}", f"{hand.key.code} {hand.opened.name.en}")
    return _act_page(request, hand.actor, hand.desk, form, do, back=back, brief=brief, **said)


@require_http_methods(["GET", "POST"])
@acting
def project_propose(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """Propose a new project."""
    desk = desk_of(actor, pairing, "project.propose")
    must(desk.standing.side == "assisted", "project.propose")
    today = clock.today()
    initial = {"happened_on": today, "year": today.year, "responsible": str(desk.standing.organisation_id)}
    form = FieldsForm(
        sent_form(request), pairing_ids=desk.family, own_of=desk.own_of, is_new=True, initial=initial
    )

    def do(held: dict[str, Any]) -> str:
        propose_project(
            pairing_id=desk.pairing.id,
            code=held["code"],
            fields=form.project_fields,
            on=held.get("happened_on"),
            document_no=held.get("document_no") or "",
            by=actor,
        )
        return project_address(pairing, held["code"])

    return _act_page(
        request,
        actor,
        desk,
        form,
        do,
        title=Text("申报项目", "Propose a project"),
        lede=Text(
            "申报后由他人审核、审定。入库前各项都要填全，并有绩效目标；负面清单上的用途不能申报。",
            "Others check and approve it. Before it enters the library everything is filled in and a goal is set. "
            "Uses on the negative list cannot be proposed.",
        ),
        button=Text("申报", "Propose"),
        negative_list=negative_list(today),
        back=reverse("workspace:project_list", args=[pairing]),
    )


@require_http_methods(["GET", "POST"])
@acting
def project_change(request: HttpRequest, actor: Actor, pairing: str, code: str) -> HttpResponse:
    """Record a new version of what a project says of itself."""
    hand = project_at_hand(actor, pairing, code)
    must(hand.may_change, "project.propose")
    version = hand.opened.version
    fields = version.fields if version else ProjectFields(name=hand.opened.name)
    place = parties_known([fields.place_id])[fields.place_id].code if fields.place_id else ""
    form = FieldsForm(
        sent_form(request),
        pairing_ids=hand.desk.family,
        own_of=hand.desk.own_of,
        is_new=False,
        initial=fields_written(fields, place),
    )
    if version is None:
        del form.fields["reason"]

    def do(held: dict[str, Any]) -> None:
        describe_project(hand.key.id, form.project_fields, reason=held.get("reason") or "", by=actor)

    return _hand_page(
        request,
        hand,
        form,
        do,
        title=Text("修改项目内容", "Change what the project says"),
        lede=Text(
            "修改会成为新的版本，原版本仍可查阅。双方认可后，类别、地点和计划资金不再修改；要改，先出库再申报。",
            "A change becomes a new version; the older ones stay readable. Once agreed to, class, place and planned "
            "money stand: to change them, the project leaves the library and is proposed anew.",
        ),
    )


@require_http_methods(["GET", "POST"])
@acting
def project_step(request: HttpRequest, actor: Actor, pairing: str, code: str, step: str) -> HttpResponse:
    """Record the next step of a project, with its paper."""
    hand = project_at_hand(actor, pairing, code)
    found = STEPS.get(step)
    if found is None:
        raise Http404
    must(hand.may(found.act, found.side), found.act)
    initial = {
        "happened_on": clock.today(),
        "paper_sort": found.papers[0].code if found.papers else "other",
    }
    form = StepForm(sent_form(request), request.FILES or None, step=found, initial=initial)

    def do(held: dict[str, Any]) -> None:
        record_step_with_paper(
            hand.key.id,
            step,
            on=held.get("happened_on"),
            document_no=held.get("document_no") or "",
            reason=held.get("reason") or "",
            content=read_upload(held["paper"]) if held.get("paper") else None,
            sort=held.get("paper_sort") or "other",
            by=actor,
        )

    return _hand_page(
        request,
        hand,
        form,
        do,
        title=found.label,
        lede=_step_lede(step),
        button=Text(f"记录：{found.label.zh}", f"Record: {found.label.en.lower()}"),
    )


def _step_lede(step: str) -> Text | None:
    return {
        "consented": Text(
            "帮扶方同意后，受援方才能审定使用这些资金的项目。",
            "Only once the assisting side consents may the assisted side approve a project with this money.",
        ),
        "library_in": Text("入库要写明原因，备案留存。", "Why it enters is filed."),
        "library_out": Text("出库要写明原因，备案留存。", "Why it leaves is filed."),
        "handed_over": Text(
            "移交前，每项资产都要有所有者和管护人。",
            "Before the hand-over every asset has an owner and somebody who looks after it.",
        ),
    }.get(step)


@require_http_methods(["GET", "POST"])
@acting
def project_take_back(request: HttpRequest, actor: Actor, pairing: str, code: str) -> HttpResponse:
    """Take the last step back, which was recorded in error."""
    hand = project_at_hand(actor, pairing, code)
    must(hand.may_take_back, "project.decide")
    assert hand.opened.step is not None
    label = hand.opened.step.label
    form = ReasonForm(sent_form(request))

    def do(held: dict[str, Any]) -> None:
        take_back_step(hand.key.id, reason=held.get("reason") or "", by=actor)

    return _hand_page(
        request,
        hand,
        form,
        do,
        title=Text(f"撤回“{label.zh}”", f"Take back: {label.en.lower()}"),
        lede=Text(
            "用于记错的步骤。撤回的步骤不再计入进度，但仍可查阅。",
            "For a step recorded in error. It counts no more and stays readable.",
        ),
        button=Text("撤回这一步", "Take this step back"),
    )


@require_http_methods(["GET", "POST"])
@acting
def project_attach(request: HttpRequest, actor: Actor, pairing: str, code: str, step_id: int) -> HttpResponse:
    """Attach a paper to a step."""
    hand = project_at_hand(actor, pairing, code)
    row = next((one for one in hand.opened.steps if one.id == step_id), None)
    if row is None:
        raise Http404
    must(step_id in hand.papers_for, row.step.act)
    sort = (row.papers_missing or row.step.papers or (None,))[0]
    initial = {"paper_sort": sort.code if sort else "other"}
    form = StepPaperForm(sent_form(request), request.FILES or None, step=row.step, initial=initial)

    def do(held: dict[str, Any]) -> None:
        content = read_upload(held["paper"])
        attach_step_paper(step_id, content=content, sort=held.get("paper_sort") or "", by=actor)

    return _hand_page(
        request,
        hand,
        form,
        do,
        title=Text(f"给“{row.step.label.zh}”附材料", f"Attach a paper: {row.step.label.en.lower()}"),
        lede=Text(
            "材料按内容的指纹（SHA-256）保存，只供双方机构和审计查阅。",
            "A paper is kept under the fingerprint of its content (SHA-256), for both sides' offices and auditors.",
        ),
    )


@require_http_methods(["GET", "POST"])
@acting
def goal_new(request: HttpRequest, actor: Actor, pairing: str, code: str) -> HttpResponse:
    """Set a performance goal."""
    hand = project_at_hand(actor, pairing, code)
    must(hand.may_change, "project.propose")
    form = GoalForm(sent_form(request))

    def do(held: dict[str, Any]) -> None:
        set_goal(hand.key.id, form.draft, by=actor)

    return _hand_page(request, hand, form, do, title=Text("设绩效目标", "Set a performance goal"))


@require_http_methods(["GET", "POST"])
@acting
def goal_report(request: HttpRequest, actor: Actor, pairing: str, code: str, goal_id: int) -> HttpResponse:
    """Say what became of a goal."""
    hand = project_at_hand(actor, pairing, code)
    goal = next((one for one in hand.opened.goals if one.id == goal_id), None)
    if goal is None:
        raise Http404
    must(hand.may_carry_out, "project.carry_out")
    form = ResultForm(sent_form(request), unit=Text(*typed_in_both(goal.target.unit)))

    def do(held: dict[str, Any]) -> None:
        report_goal(
            goal_id,
            thousandths=held.get("result"),
            as_of=held.get("as_of"),
            evaluation=held.get("evaluation") or "",
            by=actor,
        )

    return _hand_page(request, hand, form, do, title=goal.text)


@require_http_methods(["GET", "POST"])
@acting
def notice_new(request: HttpRequest, actor: Actor, pairing: str, code: str) -> HttpResponse:
    """Post a notice; the money that stands on it is asked of the register."""
    hand = project_at_hand(actor, pairing, code)
    must(hand.may_carry_out, "project.carry_out")
    today = clock.today()
    days_min = threshold(NOTICE_DAYS_MIN.code, today)
    form = NoticeForm(sent_form(request), days_min=days_min, initial={"first_on": today})

    def do(held: dict[str, Any]) -> None:
        post_project_notice(hand.key.id, form.draft, by=actor)

    return _hand_page(
        request,
        hand,
        form,
        do,
        title=Text("登记公示公告", "Post a notice"),
        lede=Text(
            f"事前公示、事后公告，原则上各不少于{days_min}天。计划和支出按账本此刻的数，随公告一并留存。",
            f"Before and after, {days_min} days each in principle. The money is kept as the book says it now.",
        ),
        button=Text("登记", "Post"),
    )


@require_http_methods(["GET", "POST"])
@acting
def asset_new(request: HttpRequest, actor: Actor, pairing: str, code: str) -> HttpResponse:
    """Register an asset with its value by source."""
    hand = project_at_hand(actor, pairing, code)
    must(hand.may_carry_out, "project.carry_out")
    version = hand.opened.version
    initial = sources_written(version.fields.funding if version else ())
    form = AssetForm(sent_form(request), pairing_ids=hand.desk.family, initial=initial)

    def do(held: dict[str, Any]) -> None:
        register_asset(hand.key.id, form.draft, by=actor)

    return _hand_page(
        request,
        hand,
        form,
        do,
        title=Text("登记资产", "Register an asset"),
        lede=Text(
            "原值按资金来源逐笔填写，合计须与原值分毫不差。",
            "The value is written source by source; together they make it up to the last fen.",
        ),
    )


@require_http_methods(["GET", "POST"])
@acting
def asset_act(
    request: HttpRequest, actor: Actor, pairing: str, code: str, asset_id: int, act: str
) -> HttpResponse:
    """Say who holds an asset, how it stands, or what it brought in."""
    hand = project_at_hand(actor, pairing, code)
    asset = next((one for one in hand.opened.assets if one.id == asset_id), None)
    if asset is None or act not in _ASSET_ACTS:
        raise Http404
    must(hand.may_carry_out, "project.carry_out")
    verb, make = _ASSET_ACTS[act]
    form, do = make(request, hand, asset_id)
    title = Text(f"{asset.name.zh}：{verb.zh}", f"{asset.name.en}: {verb.en}")
    return _hand_page(request, hand, form, do, title=title)


Making = Callable[[HttpRequest, ProjectAtHand, int], tuple[PlainForm, Callable[[dict[str, Any]], None]]]


def _holding(
    request: HttpRequest, hand: ProjectAtHand, asset_id: int
) -> tuple[PlainForm, Callable[[dict[str, Any]], None]]:
    form = HoldingForm(sent_form(request), parties=party_choices(hand.desk.pairing.id))
    return form, lambda held: hold_asset(asset_id, form.draft, by=hand.actor)


def _status(
    request: HttpRequest, hand: ProjectAtHand, asset_id: int
) -> tuple[PlainForm, Callable[[dict[str, Any]], None]]:
    form = StatusForm(sent_form(request), initial={"since": clock.today()})
    return form, lambda held: mark_asset(
        asset_id,
        held.get("status") or "",
        since=held.get("since"),
        note=held.get("note") or "",
        by=hand.actor,
    )


def _income(
    request: HttpRequest, hand: ProjectAtHand, asset_id: int
) -> tuple[PlainForm, Callable[[dict[str, Any]], None]]:
    form = IncomeForm(sent_form(request), initial={"year": clock.today().year - 1})
    return form, lambda held: report_income(asset_id, form.draft, by=hand.actor)


_ASSET_ACTS: dict[str, tuple[Text, Making]] = {
    "holder": (Text("所有、经营和管护", "who owns, runs and looks after it"), _holding),
    "status": (Text("使用状态", "how it stands"), _status),
    "income": (Text("年度收益和分配", "a year's income and its distribution"), _income),
}
