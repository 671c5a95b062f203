"""Setting the book up, for administrators: organisations, places, users and their posts, pairings."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from pairbook.kernel import clock
from pairbook.kernel.access import ROLE_LABELS, Actor
from pairbook.kernel.actions import set_parameter
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reads import thresholds
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import close_pairing, open_pairing, show_day
from pairbook.pairings.reads import PairingRow, family_of, pairing_of_code, programmes
from pairbook.pairings.rules import PAIRING_LEVELS
from pairbook.parties.actions import add_organisation, add_place, add_post
from pairbook.parties.reads import organisations, places_below_county, users_with_posts
from pairbook.parties.rules import ORGANISATION_TYPES, PLACE_LEVELS
from pairbook.workspace.actions import add_user_with_post
from pairbook.workspace.forms.fields import Choices, PlainForm
from pairbook.workspace.forms.set_up import (
    ClosingForm,
    OrganisationForm,
    PairingForm,
    PlaceForm,
    PostForm,
    ShownDayForm,
    ThresholdForm,
)
from pairbook.workspace.views.acting import acting, must_set_up, page, sent_form, words

_FIELD_OF = {
    "party.code": "code",
    "organisation.credit_code": "credit_code",
    "post.organisation": "organisation",
    "user.name": "username",
    "pairing.parties": "assisted",
    "pairing.agreement": "agreement_zh",
}


@require_GET
@acting
def set_up(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The way to each list of the book."""
    must_set_up(actor)
    counts = {
        "pairings": len(list(_all_pairings())),
        "organisations": len(organisations()),
        "places": len(places_below_county()),
        "users": len({row.user_id for row in users_with_posts()}),
    }
    return page(request, actor, "set_up", {"counts": counts})


@require_http_methods(["GET", "POST"])
@acting
def organisation_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The organisations, and a form for one more."""
    must_set_up(actor)
    form = OrganisationForm(sent_form(request))

    def add(held: dict[str, Any]) -> None:
        name = Text(held["name_zh"], held["name_en"])
        add_organisation(
            code=held["code"],
            name=name,
            type=held["type"],
            place_id=held["place"],
            credit_code=held["credit_code"],
            by=actor.user_id,
        )

    return _list_page(
        request,
        actor,
        "set_up_organisations",
        form,
        add,
        lambda: {"rows": [(row, ORGANISATION_TYPES[row.type]) for row in organisations()]},
    )


@require_http_methods(["GET", "POST"])
@acting
def place_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The places below the county, and a form for one more."""
    must_set_up(actor)
    form = PlaceForm(sent_form(request))

    def add(held: dict[str, Any]) -> None:
        name = Text(held["name_zh"], held["name_en"])
        add_place(
            code=held["code"], name=name, level=held["level"], parent_id=held["parent"], by=actor.user_id
        )

    return _list_page(
        request,
        actor,
        "set_up_places",
        form,
        add,
        lambda: {"rows": [(row, PLACE_LEVELS[row.level]) for row in places_below_county()]},
    )


@require_http_methods(["GET", "POST"])
@acting
def threshold_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The thresholds in force today with their sources, and a form to set one anew from a document."""
    must_set_up(actor)
    form = ThresholdForm(sent_form(request))

    def add(held: dict[str, Any]) -> None:
        set_parameter(
            held["code"],
            value=held["value"],
            valid_from=held["valid_from"],
            source=held["source"],
            by=actor.user_id,
        )

    return _list_page(
        request, actor, "set_up_thresholds", form, add, lambda: {"rows": thresholds(clock.today())}
    )


@require_http_methods(["GET", "POST"])
@acting
def user_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The users with their posts, and a form for one more post, of somebody known or new."""
    must_set_up(actor)
    form = PostForm(sent_form(request))

    def add(held: dict[str, Any]) -> None:
        post: dict[str, Any] = {
            "role": held["role"],
            "organisation_id": int(held["organisation"]) if held["organisation"] else None,
            "since": held["since"],
            "by": actor.user_id,
        }
        if held["user"]:
            add_post(user_id=int(held["user"]), **post)
        else:
            add_user_with_post(
                username=held["username"],
                password=held["password"],
                display_name=held["display_name"],
                **post,
            )

    return _list_page(
        request,
        actor,
        "set_up_users",
        form,
        add,
        lambda: {"rows": [(row, ROLE_LABELS.get(row.role)) for row in users_with_posts()]},
    )


@require_http_methods(["GET", "POST"])
@acting
def pairing_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The pairings with their children, and a form to open one more."""
    must_set_up(actor)
    form = PairingForm(sent_form(request), parents=_pairing_choices())

    def add(held: dict[str, Any]) -> None:
        open_pairing(
            code=held["code"],
            level=held["level"],
            parent_id=int(held["parent"]) if held["parent"] else None,
            assisting_id=held["assisting"],
            assisted_id=held["assisted"],
            start_on=held["start"],
            agreement=Text(held["agreement_zh"], held["agreement_en"]),
            signed_on=held["signed"],
            covers_households=held["households"],
            by=actor.user_id,
        )

    return _list_page(
        request,
        actor,
        "set_up_pairings",
        form,
        add,
        lambda: {"rows": [(row, depth, PAIRING_LEVELS[row.level]) for row, depth in _all_pairings()]},
    )


def _list_page(
    request: HttpRequest,
    actor: Actor,
    template: str,
    form: PlainForm,
    add: Callable[[dict[str, Any]], None],
    context: Callable[[], dict[str, Any]],
) -> HttpResponse:
    """A list with a form below it: add what was sent, or show the form again with its problems."""
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            add(form.cleaned_data)
        except Rejected as rejected:
            problems = form.place_problems(rejected.problems, _FIELD_OF)
        else:
            messages.success(request, words(Text("已保存。", "Saved.")))
            return redirect(request.path)
    return page(request, actor, template, {"form": form, **context()}, problems=problems)


@require_http_methods(["GET", "POST"])
@acting
def pairing_page(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """One pairing: close it or hand it over, choose the day the portal shows."""
    must_set_up(actor)
    row = pairing_of_code(pairing)
    if row is None:
        raise Http404
    sent = request.POST.get("act", "")
    closing = ClosingForm(
        request.POST if sent == "close" else None,
        successors=[choice for choice in _pairing_choices() if choice[0] != str(row.id)],
    )
    shown = {"day": row.shown_on.isoformat() if row.shown_on else ""}
    showing = ShownDayForm(request.POST if sent == "show" else None, initial=shown)
    problems: list[Problem] = []
    try:
        if sent == "close" and closing.is_valid():
            held = closing.cleaned_data
            close_pairing(
                row.id,
                end_on=held["end"],
                reason=held["reason"],
                successor_id=int(held["successor"]) if held["successor"] else None,
                by=actor.user_id,
            )
            messages.success(request, words(Text("结对已结束。", "The pairing has ended.")))
            return redirect(request.path)
        if sent == "show" and showing.is_valid():
            show_day(row.id, day=showing.cleaned_data["day"], by=actor.user_id)
            messages.success(
                request, words(Text("门户显示的日期已保存。", "The day the portal shows is saved."))
            )
            return redirect(request.path)
    except Rejected as rejected:
        problems = closing.place_problems(rejected.problems)
    context = {"row": row, "level": PAIRING_LEVELS[row.level], "closing": closing, "showing": showing}
    return page(request, actor, "set_up_pairing", context, problems=problems)


def _all_pairings() -> Iterator[tuple[PairingRow, int]]:
    """Every pairing followed by its children, with how deep it stands; a few queries a programme."""
    for programme in programmes():
        below: dict[int | None, list[PairingRow]] = {}
        for row in family_of(programme.id)[1:]:
            below.setdefault(row.parent_id, []).append(row)
        yield from _with_depth(programme, below, 0)


def _with_depth(
    row: PairingRow, below: dict[int | None, list[PairingRow]], depth: int
) -> Iterator[tuple[PairingRow, int]]:
    yield row, depth
    for child in sorted(below.get(row.id, []), key=lambda child: child.level):
        yield from _with_depth(child, below, depth + 1)


def _pairing_choices() -> Choices:
    return [
        (str(row.id), f"{'– ' * depth}{words(row.assisting)} — {words(row.assisted)} ({row.code})")
        for row, depth in _all_pairings()
    ]
