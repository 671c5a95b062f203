"""Pages across kinds: the registers there are, what auditors would ask about, what is due."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.kinds import Kind, kinds_offering
from pairbook.pairings.reads import children_of
from pairbook.register.reads import EntryFilter, entry_count
from pairbook.register.shapes import Record
from pairbook.workspace.quality import quality_of, to_do
from pairbook.workspace.views.acting import acting, desk_of, page

_ROWS = 100


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One register on the overview: its entries, and how many of them wait for the other side."""

    kind: Kind
    entries: int
    one_sided: int
    disputed: int


@require_GET
@acting
def registers(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The registers of a pairing, one line a kind."""
    desk = desk_of(actor, pairing)
    family = desk.family

    def count(kind: Kind, state: str | None = None) -> int:
        return entry_count(EntryFilter(pairing_ids=family, kind=kind.code, state=state, own_of=desk.own_of))

    lines = [
        RegisterLine(kind, count(kind), count(kind, "one_side"), count(kind, "disputed"))
        for kind, _ in kinds_offering(Record)
    ]
    context = {"lines": lines, "children": children_of(desk.pairing.id)}
    return page(request, actor, "registers", context, desk=desk)


@require_GET
@acting
def quality(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """What an auditor would ask about in this programme's entries, the serious first."""
    desk = desk_of(actor, pairing)
    must(not desk.standing.sees_own_only, "register.read")
    return page(request, actor, "quality", {"quality": quality_of(desk.family)}, desk=desk)


@require_GET
@acting
def due(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """Everything overdue or due within a month: of the actor's side, or of both for an auditor."""
    desk = desk_of(actor, pairing)
    found = to_do(desk.family, clock.today(), side=desk.standing.side, own_of=desk.own_of)
    rows = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    return page(request, actor, "due", {"rows": rows, "count": len(found)}, desk=desk)
