"""Bank statements: the list, a preview before one is kept, one held against the book, and what persons decide of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairbook.exchange.statement_layouts import Layout
from pairbook.exchange.statements import ReadStatement, read_statement
from pairbook.kernel.access import Actor, may_on_side, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reads import evidence_content
from pairbook.kernel.rules import MEDIA_SUFFIXES
from pairbook.kernel.texts import Text
from pairbook.register.statements.actions import (
    StatementDraft,
    accept_matches,
    keep_statement,
    match_by_hand,
    reject_match,
    take_back_match,
)
from pairbook.register.statements.reads import (
    MatchRow,
    Reconciled,
    StatementRow,
    reconciled,
    statement_of,
    statements_of,
)
from pairbook.workspace.forms.entries import ReasonForm
from pairbook.workspace.forms.statements import LayoutForm, StatementForm, party_named
from pairbook.workspace.rules import StageOfLine, stages_of_line
from pairbook.workspace.uploads import keep_upload, kept_upload
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, safe_way_back, words

ROWS_SHOWN = 200
_GONE = Text("预览已过期，请重新选择文件。", "The preview has expired; choose the file again.")


@require_GET
@acting
def statement_list(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The statements of the actor's side; an auditor sees those of both."""
    desk = desk_of(actor, pairing, "statement.read")
    side = desk.standing.side if desk.may("statement.keep") else None
    rows = statements_of([desk.pairing.id], side=side)
    return page(request, actor, "statement_list", {"rows": rows}, desk=desk)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A file that was sent now or kept since its preview, as it reads."""

    content: bytes
    ticket: str
    read: ReadStatement
    layout_form: LayoutForm


@require_http_methods(["GET", "POST"])
@acting
def statement_new(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """Preview what a file holds; sent again with the preview's ticket and "keep", keep it."""
    desk = desk_of(actor, pairing, "statement.keep")
    problems: list[Problem] = []
    sent: _Sent | None = None
    if request.method == "POST":
        try:
            sent = _sent(request, actor, pairing)
        except Rejected as rejected:
            problems = rejected.problems
    is_expired = sent is None and not problems and bool(request.POST.get("ticket"))
    if is_expired and not request.FILES:
        messages.warning(request, words(_GONE))
        return redirect(request.path)
    form = _form_of(request, desk, sent)
    if sent is not None and request.POST.get("act") == "keep" and not sent.read.problems and form.is_valid():
        try:
            statement_id = keep_statement(_draft(form, desk, sent), by=actor)
        except Rejected as rejected:
            problems = form.place_problems(rejected.problems)
        else:
            said = Text(
                "对账单已收下；下面是可能的对应，请逐项确认。", "Kept. Below is what may match; decide each."
            )
            messages.success(request, words(said))
            return redirect(_address(pairing, statement_id))
    context = {
        "form": form,
        "sent": sent,
        "lines": sent.read.lines[:ROWS_SHOWN] if sent else (),
        "layout_form": sent.layout_form if sent else None,
    }
    return page(request, actor, "statement_new", context, desk=desk, problems=problems)


def _sent(request: HttpRequest, actor: Actor, pairing: str) -> _Sent | None:
    """The file at hand, read; None where none was sent or its preview has expired. Rejected where it is no list."""
    assert actor.user_id is not None
    scope = f"{pairing}/statement"
    upload: Any = request.FILES.get("file")
    ticket = request.POST.get("ticket", "")
    if upload is not None:
        content = read_upload(upload)
    else:
        kept = kept_upload(ticket, user_id=actor.user_id, scope=scope) if ticket else None
        if kept is None:
            return None
        content = kept
    read = read_statement(content)
    # What was said of the columns of another file says nothing of this one.
    layout_form = LayoutForm(request.POST if upload is None else None, read=read)
    layout = _layout_said(layout_form, read)
    if layout is not None:
        read = read_statement(content, layout)
    if upload is not None:
        ticket = keep_upload(content, user_id=actor.user_id, scope=scope)
    return _Sent(content, ticket, read, layout_form)


def _layout_said(form: LayoutForm, read: ReadStatement) -> Layout | None:
    return form.layout(read.layout) if form.is_bound and form.is_valid() else None


def _form_of(request: HttpRequest, desk: Desk, sent: _Sent | None) -> StatementForm:
    side = desk.standing.side
    assert side is not None, "who may keep a statement is on a side"
    initial: dict[str, object] = {"party": desk.standing.organisation_id}
    if sent is None:
        bound = request.POST if request.method == "POST" else None
        return StatementForm(
            bound, request.FILES or None, pairing_id=desk.pairing.id, side=side, initial=initial
        )
    data = request.POST.copy()
    if sent.read.days and (request.FILES or not data.get("first_on")):
        # A new file brings its own days; what was typed for the one before does not hold.
        data["first_on"], data["last_on"] = (day.isoformat() for day in sent.read.days)
    if request.FILES and not data.get("account"):
        data["account"] = sent.read.account
    if request.FILES and (owner := party_named(desk.pairing.id, side, sent.read.owner)):
        data["party"] = str(owner)
    return StatementForm(data, pairing_id=desk.pairing.id, side=side, is_chosen=True)


def _draft(form: StatementForm, desk: Desk, sent: _Sent) -> StatementDraft:
    held = form.cleaned_data
    days = sent.read.days or (date.min, date.min)
    return StatementDraft(
        pairing_id=desk.pairing.id,
        party_id=int(held["party"]) if held["party"] else None,
        first_on=held["first_on"] or days[0],
        last_on=held["last_on"] or days[1],
        content=sent.content,
        media_type=sent.read.media_type,
        lines=sent.read.lines,
        account=held["account"].strip(),
        fund_id=int(held["fund"]) if held["fund"] else None,
    )


def _address(pairing: str, statement_id: int) -> str:
    return reverse("workspace:statement", args=[pairing, statement_id])


@dataclass(frozen=True, slots=True)
class StatementAtHand:
    """A statement an actor has opened, and whether the actor may decide on it."""

    desk: Desk
    row: StatementRow

    @property
    def may_decide(self) -> bool:
        """Whether the actor accepts and rejects here."""
        return may_on_side(self.desk.standing, "statement.keep", self.row.side)

    @property
    def stages_in(self) -> list[StageOfLine]:
        """What a line of money that came in can be recorded as."""
        return self._stages(1)

    @property
    def stages_out(self) -> list[StageOfLine]:
        """What a line of money that went out can be recorded as."""
        return self._stages(-1)

    def _stages(self, sign: int) -> list[StageOfLine]:
        if not (self.may_decide and self.desk.may("entry.record")):
            return []
        return stages_of_line(sign, side=self.desk.standing.side)


def statement_at_hand(actor: Actor, pairing: str, statement_id: int) -> StatementAtHand:
    """The statement opened by somebody who may see it; 404 when this pairing has none of this number."""
    desk = desk_of(actor, pairing, "statement.read")
    row = statement_of(statement_id)
    if row is None or row.pairing_id != desk.pairing.id:
        raise Http404
    must(may_on_side(desk.standing, "statement.read", row.side), "statement.read")
    return StatementAtHand(desk, row)


@require_GET
@acting
def statement(request: HttpRequest, actor: Actor, pairing: str, statement_id: int) -> HttpResponse:
    """A statement held against the book: matched, proposed, only in one of the two."""
    return _statement_page(request, actor, statement_at_hand(actor, pairing, statement_id))


def _statement_page(
    request: HttpRequest, actor: Actor, at_hand: StatementAtHand, *, problems: list[Problem] | None = None
) -> HttpResponse:
    found = reconciled(at_hand.row.id)
    assert found is not None, "it was opened"
    groups = {
        # What one button accepts is exactly what stands listed below it.
        "certain": found.certain,
        "others": [one for one in found.proposed if one.strength != "certain"],
        "lines": found.only_in_statement,
        "entries": found.only_in_book,
        "matched": found.matched,
    }
    context = {
        "hand": at_hand,
        "found": found,
        "sums": _told_sums(found),
        # Beside what was decided the reader stays on the pages that were open.
        "here": request.get_full_path() if request.method == "GET" else "",
    } | {name: Paginator(rows, ROWS_SHOWN).get_page(request.GET.get(name)) for name, rows in groups.items()}
    return page(request, actor, "statement", context, desk=at_hand.desk, problems=problems or ())


_GROUPS: dict[str, Text] = {
    "matched": Text("已对上", "Matched"),
    "proposed": Text("待确认", "Proposed"),
    "only_in_statement": Text("只在对账单", "Only in the statement"),
    "only_in_book": Text("只在账本", "Only in the book"),
}


def _told_sums(found: Reconciled) -> list[tuple[str, Text, object]]:
    return [(name, label, found.sums[name]) for name, label in _GROUPS.items()]


@require_POST
@acting
def statement_decide(request: HttpRequest, actor: Actor, pairing: str, statement_id: int) -> HttpResponse:
    """Accept the proposals named, or reject the one named."""
    statement_at_hand(actor, pairing, statement_id)
    keys = request.POST.getlist("key")
    if request.POST.get("act") == "reject":
        reject_match(statement_id, next(iter(keys), ""), by=actor)
        said = Text("已标为不是同一笔，不再提出。", "Marked as not the same; it is not proposed again.")
    else:
        count = len(accept_matches(statement_id, keys, by=actor))
        said = Text(
            f"已确认 {count} 项对应。", f"{count} matches accepted." if count > 1 else "1 match accepted."
        )
    messages.success(request, words(said))
    return redirect(safe_way_back(request, _address(pairing, statement_id)))


@require_POST
@acting
def statement_match(request: HttpRequest, actor: Actor, pairing: str, statement_id: int) -> HttpResponse:
    """Match a line by hand with the entries named; with problems the statement's page says them."""
    at_hand = statement_at_hand(actor, pairing, statement_id)
    must(at_hand.may_decide, "statement.keep")
    numbers = request.POST.get("entries", "").replace("、", " ").replace(",", " ").replace("，", " ").split()
    lines = [int(one) for one in request.POST.getlist("line") if _is_number(one)]
    entries = [int(one) for one in numbers if _is_number(one)]
    try:
        if len(entries) != len(numbers):
            cure = Text("记录号是数字，如 12。", "The number of an entry is digits, such as 12.")
            raise Rejected([Problem("match.entries", Text("记录号", "Entry no."), cure)])
        match_by_hand(statement_id, lines, entries, by=actor)
    except Rejected as rejected:
        return _statement_page(request, actor, at_hand, problems=rejected.problems)
    messages.success(request, words(Text("已对上。", "Matched.")))
    return redirect(_address(pairing, statement_id))


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 19


@require_http_methods(["GET", "POST"])
@acting
def match_take_back(
    request: HttpRequest, actor: Actor, pairing: str, statement_id: int, match_id: int
) -> HttpResponse:
    """Take back what was accepted or rejected, with the reason; it stays in the trail."""
    at_hand = statement_at_hand(actor, pairing, statement_id)
    must(at_hand.may_decide, "statement.keep")
    found = reconciled(statement_id)
    assert found is not None, "it was opened"
    match: MatchRow | None = next(
        (one for one in (*found.matched, *found.rejected) if one.id == match_id), None
    )
    if match is None:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            take_back_match(match_id, reason=form.cleaned_data["reason"], by=actor)
        except Rejected as rejected:
            problems = form.place_problems(rejected.problems)
        else:
            messages.success(request, words(Text("已撤销。", "Taken back.")))
            return redirect(_address(pairing, statement_id))
    context = {"hand": at_hand, "match": match, "form": form}
    return page(request, actor, "match_take_back", context, desk=at_hand.desk, problems=problems)


@require_GET
@acting
def statement_file(request: HttpRequest, actor: Actor, pairing: str, statement_id: int) -> HttpResponse:
    """The file as it was kept, as a download."""
    row = statement_at_hand(actor, pairing, statement_id).row
    content, media_type = evidence_content(row.sha256)
    name = f"pairbook-statement-{row.id}-{row.sha256[:12]}.{MEDIA_SUFFIXES[media_type]}"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )
