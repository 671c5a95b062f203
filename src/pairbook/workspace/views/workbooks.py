"""Workbooks: a preview of what an upload would change, then the import; and the export of exactly what is seen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pairbook.exchange.actions import ImportResult, import_workbook
from pairbook.exchange.reads import workbook
from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.registers import FilterForm
from pairbook.workspace.forms.workbooks import WorkbookForm
from pairbook.workspace.uploads import keep_upload, kept_upload
from pairbook.workspace.views.acting import acting, desk_of, page, recording_kind, words

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GONE = Text("预览已过期，请重新选择工作簿。", "The preview has expired; choose the workbook again.")


@require_http_methods(["GET", "POST"])
@acting
def workbook_import(request: HttpRequest, actor: Actor, pairing: str, kind: str) -> HttpResponse:
    """Preview an uploaded workbook; sent again with the preview's ticket, import it."""
    desk = desk_of(actor, pairing, "register.import")
    found, _ = recording_kind(kind)
    assert actor.user_id is not None
    scope = f"{pairing}/{kind}"
    ticket = request.POST.get("ticket", "")
    form = WorkbookForm(request.POST if request.FILES else None, request.FILES or None)
    result: ImportResult | None = None
    problems: list[Problem] = []
    content: bytes | None = None
    try:
        if ticket:
            content = kept_upload(ticket, user_id=actor.user_id, scope=scope)
            if content is None:
                messages.warning(request, words(GONE))
                return redirect(request.path)
            done = import_workbook(
                content,
                kind=kind,
                pairing_code=pairing,
                by=actor,
                dry_run=False,
                partial=request.POST.get("partial") == "1",
            )
            if done.is_written:
                messages.success(request, _told(done))
                return redirect(reverse("workspace:register", args=[pairing, kind]))
            result = done
        elif request.method == "POST":
            if not request.FILES:
                form = WorkbookForm({}, {})
            if form.is_valid():
                content = read_upload(form.cleaned_data["workbook"])
                result = import_workbook(
                    content,
                    kind=kind,
                    pairing_code=pairing,
                    by=actor,
                    dry_run=True,
                    partial=True,
                )
                ticket = keep_upload(content, user_id=actor.user_id, scope=scope)
    except Rejected as rejected:
        problems, ticket = rejected.problems, ""
    context = {
        "kind": found,
        "form": form,
        "result": result,
        "told_below": result.problems if result else (),
        "ticket": ticket if result else "",
    }
    return page(request, actor, "import", context, desk=desk, problems=problems)


def _told(done: ImportResult) -> str:
    return words(
        Text(
            f"导入完成：新增 {done.new} 条，更正 {done.corrected} 条，未变 {done.unchanged} 条。",
            f"Imported: {done.new} new, {done.corrected} corrected, {done.unchanged} unchanged.",
        )
    )


@require_GET
@acting
def workbook_export(request: HttpRequest, actor: Actor, pairing: str, kind: str) -> HttpResponse:
    """The entries the same query shows on the register page, as a workbook that can be imported again."""
    desk = desk_of(actor, pairing, "register.export")
    _, record = recording_kind(kind)
    must(desk.may("register.export"), "register.export")
    form = FilterForm(request.GET, record=record, pairing_id=desk.pairing.id)
    form.is_valid()
    wanted = form.wanted(pairing_ids=desk.family, kind=kind, own_of=desk.own_of)
    content = workbook([kind], wanted, pairing, current_lang())
    name = f"pairbook-{pairing}-{kind}-{clock.today().isoformat()}.xlsx"
    return xlsx_answer(content, name)


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    """A workbook to download under this name."""
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
