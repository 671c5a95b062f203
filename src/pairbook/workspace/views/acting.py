"""What every page of the workspace does first: who acts, in which programme, and what a refusal looks like."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from pairbook.kernel.access import ROLE_LABELS, Actor, Standing, may, must
from pairbook.kernel.kinds import Kind, kind_of, kinds_offering
from pairbook.kernel.problems import Problem, Refusal
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, family_ids, pairing_of_code, standing_in
from pairbook.parties.reads import actor_of
from pairbook.register.shapes import Record
from pairbook.web.languages import current_lang

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Actor, Given], HttpResponse]


def acting(view: View[Given]) -> Callable[Concatenate[HttpRequest, Given], HttpResponse]:
    """The view with the signed-in actor as its second argument; the public is led to the sign-in page.

    A Refusal becomes a page of 403 (not this actor) or 409 (not in this state) with the reason.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if request.user.pk is None:
            # An act cannot be repeated by following a link, so after signing in one starts from the home page.
            wanted = request.get_full_path() if request.method == "GET" else reverse("workspace:home")
            return redirect_to_login(wanted, login_url=reverse("sign_in"))
        actor = actor_of(request.user.pk)
        try:
            return view(request, actor, *args, **kwargs)
        except Refusal as refusal:
            status = 403 if refusal.forbidden else 409
            context = {"reason": refusal.reason, "back": reverse("workspace:home")}
            return render(request, f"{status}.html", context, status=status)

    return answer


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an actor works: a pairing, and what the actor is in it."""

    pairing: PairingRow
    standing: Standing

    @property
    def family(self) -> tuple[int, ...]:
        """The pairing and all pairings below it."""
        return tuple(family_ids(self.pairing.id))

    @property
    def own_of(self) -> int | None:
        """The organisation whose entries alone may be seen, or None when all may."""
        return self.standing.organisation_id if self.standing.sees_own_only else None

    def may(self, act: str) -> bool:
        """Whether the actor may do this here."""
        return may(self.standing, act)


def desk_of(actor: Actor, pairing_code: str, act: str = "register.read") -> Desk:
    """The actor's desk in a pairing; 404 when there is no such pairing, refused when the actor may not `act`."""
    pairing = pairing_of_code(pairing_code)
    if pairing is None:
        raise Http404
    standing = standing_in(pairing.id, actor)
    must(may(standing, act), act)
    assert standing is not None, "only somebody of a standing may do something"
    return Desk(pairing, standing)


def must_set_up(actor: Actor) -> None:
    """Refuse everybody but administrators."""
    must(actor.is_administrator, "book.set_up")


def recording_kind(code: str) -> tuple[Kind, Record]:
    """The kind of this code and how its entries are recorded; 404 when there is none."""
    kind = kind_of(code)
    record = kind.offer(Record) if kind else None
    if kind is None or record is None:
        raise Http404
    return kind, record


def page(
    request: HttpRequest,
    actor: Actor,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    desk: Desk | None = None,
    problems: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of the workspace with what its navigation needs."""
    frame = {
        "actor": actor,
        "roles": _roles(actor),
        "desk": desk,
        "pairing": desk.pairing if desk else None,
        "kinds": [kind for kind, _ in kinds_offering(Record)] if desk else [],
        "problems": list(problems),
    }
    return render(request, f"workspace/{template}.html", frame | (context or {}), status=status)


def _roles(actor: Actor) -> str:
    names = dict.fromkeys(ROLE_LABELS[post.role].in_(current_lang()) for post in actor.posts)
    return ("、" if current_lang() == "zh" else ", ").join(names)


def sent_form(request: HttpRequest) -> QueryDict | None:
    """What a form sent, an empty form too; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def words(text: Text) -> str:
    """The text in the page's language."""
    return text.in_(current_lang())


def safe_way_back(request: HttpRequest, fallback: str) -> str:
    """Where the form says its reader came from, when that is a page of ours; else `fallback`."""
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return fallback
