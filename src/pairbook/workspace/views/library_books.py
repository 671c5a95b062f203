"""The workbook of the project library: the export of what the list shows, the empty sheet, proposals from a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pairbook.exchange.actions import ImportResult
from pairbook.exchange.proposals import Outcome, ProposalsResult, import_projects
from pairbook.exchange.reads import library_workbook
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.projects.reads import LibraryFilter, negative_list
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.projects import LibraryFilterForm
from pairbook.workspace.forms.workbooks import WorkbookForm
from pairbook.workspace.library import years_of
from pairbook.workspace.uploads import keep_upload, kept_upload
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, words
from pairbook.workspace.views.workbooks import GONE, xlsx_answer

ROWS_SHOWN = 200
_LOOKED_AT: tuple[Outcome, ...] = ("refused", "new", "unchanged")


def _proposing_desk(actor: Actor, pairing: str) -> Desk:
    """The desk of somebody who may propose projects here: those are of the assisted side."""
    desk = desk_of(actor, pairing, "project.propose")
    must(desk.standing.side == "assisted", "project.propose")
    return desk


@require_http_methods(["GET", "POST"])
@acting
def projects_import(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """Preview an uploaded workbook of proposals; sent again with the preview's ticket, propose what is in it."""
    desk = _proposing_desk(actor, pairing)
    assert actor.user_id is not None
    scope = f"{pairing}/projects"
    ticket = request.POST.get("ticket", "")
    form = WorkbookForm(request.POST if request.FILES else None, request.FILES or None)
    result: ProposalsResult | None = None
    problems: list[Problem] = []
    try:
        if ticket:
            content = kept_upload(ticket, user_id=actor.user_id, scope=scope)
            if content is None:
                messages.warning(request, words(GONE))
                return redirect(request.path)
            partial = request.POST.get("partial") == "1"
            result = import_projects(content, pairing_code=pairing, by=actor, partial=partial)
            if result.is_written:
                messages.success(request, _told(result))
                return redirect(reverse("workspace:project_list", args=[pairing]))
        elif request.method == "POST":
            if not request.FILES:
                form = WorkbookForm({}, {})
            if form.is_valid():
                content = read_upload(form.cleaned_data["workbook"])
                result = import_projects(content, pairing_code=pairing, by=actor, dry_run=True)
                ticket = keep_upload(content, user_id=actor.user_id, scope=scope)
    except Rejected as rejected:
        problems, ticket, result = rejected.problems, "", None
    # What wants a look comes first: a workbook sent again is mostly rows that the library holds already.
    seen = (
        sorted(result.proposals, key=lambda one: _LOOKED_AT.index(one.outcome))[:ROWS_SHOWN] if result else []
    )
    told = {problem for one in seen for problem in one.problems}
    context = {
        "form": form,
        "result": result,
        "seen": seen,
        "told_below": [problem for problem in result.problems if problem not in told] if result else [],
        "ticket": ticket if result else "",
        "negative_list": negative_list(clock.today()),
    }
    return page(request, actor, "projects_import", context, desk=desk, problems=problems)


def _told(done: ImportResult) -> str:
    return words(
        Text(
            f"导入完成：新申报 {done.new} 个项目，{done.unchanged} 个库里已有。",
            f"Imported. Proposed: {done.new}; in the library already: {done.unchanged}.",
        )
    )


@require_GET
@acting
def projects_export(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The projects the same query shows in the list, with goals, steps, notices and assets, as a workbook."""
    desk = desk_of(actor, pairing, "register.export")
    form = LibraryFilterForm(request.GET, pairing_ids=desk.family, years=years_of(desk.family))
    form.is_valid()
    wanted = LibraryFilter(pairing_ids=desk.family, own_of=desk.own_of, **form.asked)
    content = library_workbook(pairing, current_lang(), wanted=wanted)
    return xlsx_answer(content, f"pairbook-{pairing}-projects-{clock.today().isoformat()}.xlsx")


@require_GET
@acting
def projects_template(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The empty sheets a village or a department fills in: projects, their funds, their goals."""
    _proposing_desk(actor, pairing)
    content = library_workbook(pairing, current_lang(), is_template=True)
    return xlsx_answer(content, f"pairbook-{pairing}-proposals.xlsx")
