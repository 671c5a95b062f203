"""Closing the months of a programme: what stands in the month whose turn it is, who signed, and the button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from pairbook.kernel.access import Actor, must
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairing_of_id
from pairbook.register.actions import sign_month
from pairbook.register.closings import months_of_book
from pairbook.register.months import MONTH
from pairbook.workspace.forms.closings import SignMonthForm
from pairbook.workspace.views.acting import acting, desk_of, page, words

_NOT_SHOWN = Problem(
    "closing.month",
    MONTH,
    Text("请签认本页所示的月份。", "Sign the month this page shows."),
)


@require_http_methods(["GET", "POST"])
@acting
def closing(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The months with how far each is closed; an officer signs the one whose turn it is."""
    desk = desk_of(actor, pairing)
    must(not desk.standing.sees_own_only, "register.read")
    problems: list[Problem] = []
    if request.method == "POST":
        must(desk.may("month.sign"), "month.sign")
        form = SignMonthForm(request.POST)
        if form.is_valid():
            try:
                is_closed = sign_month(
                    desk.pairing.id,
                    form.cleaned_data["month"],
                    statement_sha256=form.cleaned_data["statement"],
                    by=actor,
                )
            except Rejected as rejected:
                problems = rejected.problems
            else:
                messages.success(request, words(_CLOSED if is_closed else _SIGNED))
                return redirect(request.path)
        else:
            problems = [_NOT_SHOWN]
    months = months_of_book(desk.pairing.id)
    due = months.due
    context = {
        "months": months,
        "above": pairing_of_id(desk.pairing.parent_id) if desk.pairing.parent_id else None,
        # Whether the button would do something; the action decides again.
        "may_sign": due is not None
        and not due.reasons
        and desk.may("month.sign")
        and desk.standing.side in due.awaited,
    }
    return page(request, actor, "closing", context, desk=desk, problems=problems)


_CLOSED = Text("双方都已签认：这个月已结账。", "Both sides signed: the month is closed.")
_SIGNED = Text("已签认，等待对方签认。", "Signed; the other side's signature is awaited.")
