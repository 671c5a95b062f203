"""The register of one kind: the table, its totals, and confirming several entries at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pairbook.kernel.access import Actor, must
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import children_of
from pairbook.register.actions import confirm_entries
from pairbook.register.known import entry_state
from pairbook.register.reads import EntryRow, alike_sums, differences_in
from pairbook.workspace.forms.registers import FilterForm
from pairbook.workspace.reads import EntryList
from pairbook.workspace.rules import stages_of_side
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, recording_kind, safe_way_back, words

PAGE_ROWS = 50


@require_GET
@acting
def register(request: HttpRequest, actor: Actor, pairing: str, kind: str) -> HttpResponse:
    """The entries of a kind as a table: filters, totals of what is filtered, and the acts that start here."""
    desk = desk_of(actor, pairing)
    found, record = recording_kind(kind)
    form = FilterForm(request.GET, record=record, pairing_id=desk.pairing.id)
    form.is_valid()
    wanted = form.wanted(pairing_ids=desk.family, kind=kind, own_of=desk.own_of)
    rows = Paginator(EntryList(wanted), PAGE_ROWS).get_page(request.GET.get("page"))
    entries = list(rows.object_list)
    context = {
        "kind": found,
        "record": record,
        "form": form,
        "rows": rows,
        "entries": entries,
        "count": rows.paginator.count,
        "sums": alike_sums(wanted),
        "differences": differences_in(wanted),
        "confirmable": {row.id for row in entries if _is_confirmable(row, desk)},
        "stages": stages_of_side(record, desk.standing.side) if desk.may("entry.record") else [],
        "may_import": desk.may("register.import"),
        "children": children_of(desk.pairing.id),
        "query": request.GET.urlencode(),
    }
    return page(request, actor, "register", context, desk=desk)


def _is_confirmable(row: EntryRow, desk: Desk) -> bool:
    """Whether a tick beside the row would do something; the action decides again."""
    return desk.may("entry.answer") and row.recorded_side != desk.standing.side and row.state != "both_sides"


def _is_number(text: str) -> bool:
    """Whether a number of an entry could be meant; "²" is a digit to Python and nothing to a database."""
    return text.isascii() and text.isdigit() and len(text) < 19


@require_POST
@acting
def entries_confirm(request: HttpRequest, actor: Actor, pairing: str, kind: str) -> HttpResponse:
    """Confirm the ticked entries at once, all or none."""
    desk = desk_of(actor, pairing)
    recording_kind(kind)
    must(desk.may("entry.answer"), "entry.answer")
    ids = [int(number) for number in request.POST.getlist("entry") if _is_number(number)]
    back = safe_way_back(request, reverse("workspace:register", args=[pairing, kind]))
    if not ids:
        messages.warning(request, words(Text("还没有勾选记录。", "No entry was ticked yet.")))
        return redirect(back)
    states = [entry_state(number) for number in ids]
    if any(state is None or state.facts.pairing_id not in desk.family for state in states):
        raise Http404
    count = confirm_entries(ids, by=actor)
    done = Text(
        f"已确认 {count} 条记录。", f"{count} entries confirmed." if count > 1 else "1 entry confirmed."
    )
    messages.success(request, words(done))
    return redirect(back)
