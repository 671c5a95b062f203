"""The lists behind the registers of a pairing: funds, items, campaigns, projects; and what each account holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from pairbook.kernel import clock
from pairbook.kernel.access import Actor, must
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.quantities import UNITS
from pairbook.kernel.texts import Text
from pairbook.projects.actions import add_project, note_consent_wish
from pairbook.projects.reads import projects_of
from pairbook.register.actions import add_campaign, add_fund, add_item
from pairbook.register.reads import balances, campaigns, funds_of, items
from pairbook.register.shapes import NATURES, TIERS
from pairbook.workspace.forms.lists import FORMS, FundForm, ItemForm, NamedForm, WishForm
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, words

STANDINGS: dict[str, Text] = {
    "held": Text("在手", "held"),
    "paid": Text("已付给", "paid to"),
    "transit": Text("在途", "in transit"),
    "outside": Text("账外来源", "outside source"),
}


@require_http_methods(["GET", "POST"])
@acting
def lists(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The lists with a form to add to each, for officers; balances for everybody who reads the whole register."""
    desk = desk_of(actor, pairing)
    must(not desk.standing.sees_own_only, "register.read")
    forms = {name: form(auto_id=f"{name}_%s", initial=_initial(name)) for name, form in FORMS.items()}
    problems: list[Problem] = []
    sent = request.POST.get("list", "")
    if request.method == "POST":
        if sent == "wish":
            return _note_wish(request, desk, actor)
        must(desk.may("catalogue.add"), "catalogue.add")
        if sent not in FORMS:
            raise Http404
        form = forms[sent] = FORMS[sent](request.POST, auto_id=f"{sent}_%s")
        if form.is_valid():
            try:
                _add(form, sent, desk, actor)
            except Rejected as rejected:
                problems = form.place_problems(rejected.problems)
            else:
                messages.success(request, words(Text("已加入目录。", "Added to the list.")))
                return redirect(request.path)
    context = {
        "may_add": desk.may("catalogue.add"),
        "may_wish": _may_wish(desk),
        "forms": forms,
        "sent": sent,
        "funds": [(fund, NATURES[fund.nature], TIERS.get(fund.tier)) for fund in funds_of(desk.family)],
        "items": [(item, UNITS[item.unit].label) for item in items()],
        "campaigns": campaigns(),
        "projects": projects_of(desk.pairing.id),
        "balances": [(row, STANDINGS[row.standing]) for row in balances(desk.family)],
    }
    return page(request, actor, "lists", context, desk=desk, problems=problems)


def _may_wish(desk: Desk) -> bool:
    """Whether the actor speaks for the side that gives the consent."""
    return desk.standing.side == "assisting" and desk.may("project.consent")


def _note_wish(request: HttpRequest, desk: Desk, actor: Actor) -> HttpResponse:
    """The giver of a fund asks to be asked before a project is approved, or asks it no longer."""
    must(_may_wish(desk), "project.consent")
    form = WishForm(request.POST)
    fund = next(
        (one for one in funds_of(desk.family) if form.is_valid() and one.id == form.cleaned_data["fund"]),
        None,
    )
    if fund is None:
        raise Http404
    asks = form.cleaned_data["asks"]
    note_consent_wish(pairing_id=fund.pairing_id, fund_code=fund.code, asks=asks, by=actor.user_id)
    said = (
        Text(
            "已登记：用这项资金的项目，审定前须征得出资方同意。",
            "Noted: a project with this fund is approved only with its giver's consent.",
        )
        if asks
        else Text(
            "已登记：用这项资金的项目，不再一律征求出资方同意。",
            "Noted: projects with this fund no longer ask for its giver's consent.",
        )
    )
    messages.success(request, words(said))
    return redirect(request.path)


def _initial(name: str) -> dict[str, object]:
    return {"year": clock.today().year} if name == "fund" else {}


def _add(form: NamedForm, sent: str, desk: Desk, actor: Actor) -> None:
    """Add what the form holds to its list."""
    held = form.cleaned_data
    if isinstance(form, FundForm):
        add_fund(
            pairing_id=desk.pairing.id,
            code=held["code"],
            name=form.name,
            nature=held["nature"],
            tier=held["tier"],
            year=held["year"],
            asks_consent=held["asks_consent"],
            by=actor.user_id,
        )
    elif isinstance(form, ItemForm):
        add_item(code=held["code"], name=form.name, unit=held["unit"], by=actor.user_id)
    elif sent == "campaign":
        add_campaign(code=held["code"], name=form.name, by=actor.user_id)
    else:
        add_project(pairing_id=desk.pairing.id, code=held["code"], name=form.name, by=actor.user_id)
