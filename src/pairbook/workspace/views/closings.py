"""Closing the months of a programme: what stands in the months to sign, who signed them, and the button."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from pairbook.kernel.access import OTHER_SIDE, Actor, must
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import pairing_of_id
from pairbook.register.closings.actions import SignedMonths, sign_months
from pairbook.register.closings.reads import months_of_book, months_signed_by_one, months_to_sign
from pairbook.register.months import MONTH
from pairbook.workspace.forms.closings import SignMonthsForm, UpToForm, months_shown
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, words

_NOT_SHOWN = Problem(
    "closing.month",
    MONTH,
    Text("请签认本页所示的月份。", "Sign the months this page shows."),
)


@require_http_methods(["GET", "POST"])
@acting
def closing(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The months with how far each is closed; an officer signs the one whose turn it is, or all up to `to`."""
    desk = desk_of(actor, pairing)
    must(not desk.standing.sees_own_only, "register.read")
    problems: list[Problem] = []
    if request.method == "POST":
        must(desk.may("month.sign"), "month.sign")
        form = SignMonthsForm(request.POST)
        if form.is_valid():
            try:
                done = sign_months(desk.pairing.id, form.cleaned_data["shown"], by=actor)
            except Rejected as rejected:
                problems = rejected.problems
            else:
                messages.success(request, words(_said(done)))
                return redirect(request.path)
        else:
            problems = [_NOT_SHOWN]
    return page(request, actor, "closing", _shown(request, desk), desk=desk, problems=problems)


def _shown(request: HttpRequest, desk: Desk) -> dict[str, object]:
    months = months_of_book(desk.pairing.id)
    up_to = UpToForm(request.GET if "to" in request.GET else None, months=months.signable)
    last: date | None = up_to.cleaned_data["to"] if up_to.is_valid() else None
    due = months_to_sign(desk.pairing.id, last) if last else months.due
    side = desk.standing.side
    signed = months_signed_by_one(desk.pairing.id) if side and desk.may("month.sign") else None
    may_sign = due is not None and not due.reasons and desk.may("month.sign")
    return {
        "months": months,
        "due": due,
        "above": pairing_of_id(desk.pairing.parent_id) if desk.pairing.parent_id else None,
        "up_to": up_to if len(months.signable) > 1 and desk.pairing.parent_id is None else None,
        # Whether the button would do something; the action decides again.
        "may_sign": may_sign and due is not None and due.await_side(side),
        "shown": months_shown(due.statements) if due else "",
        "signed_by_other": signed[OTHER_SIDE[side]] if signed and side else (),
        "signed_by_us": signed[side] if signed and side else (),
    }


def _said(done: SignedMonths) -> Text:
    """What came of it, in a sentence."""
    signed, closed = len(done.signed), len(done.closed)
    if closed == signed == 1:
        return Text("双方都已签认：这个月已结账。", "Both sides signed: the month is closed.")
    if signed == 1 and not closed:
        return Text("已签认，等待对方签认。", "Signed; the other side's signature is awaited.")
    if not closed:
        return Text(
            f"已签认{signed}个月，等待对方签认。",
            f"{signed} months signed; the other side's signature is awaited.",
        )
    if closed >= signed:
        return Text(f"双方都已签认：{closed}个月已结账。", f"Both sides signed: {closed} months are closed.")
    return Text(
        f"已签认{signed}个月，其中{closed}个月双方都已签认，已结账。",
        f"{signed} months signed; {closed} of them are closed, as both sides have signed.",
    )
