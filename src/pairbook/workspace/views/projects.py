"""The project library: its list, one project with everything known of it, the assets, and the sheet of a notice."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pairbook.kernel.access import Actor, may_with, must
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import children_of, pairing_of_code, standing_in
from pairbook.projects.assets import asset_lists
from pairbook.projects.opening import ProjectOpened, open_project
from pairbook.projects.reads import LibraryFilter, ProjectKey, library, notice_of, project_of_code
from pairbook.projects.rules import has_four_eyes, may_act
from pairbook.projects.shapes import Act, Step
from pairbook.register.project_money import money_by_fund
from pairbook.register.reads import AlikeSum, EntryFilter, alike_sums
from pairbook.register.tracing import spent_by_project
from pairbook.workspace.forms.projects import LibraryFilterForm
from pairbook.workspace.library import library_page, years_of
from pairbook.workspace.views.acting import Desk, acting, desk_of, page


@dataclass(frozen=True, slots=True)
class ProjectAtHand:
    """A project an actor has opened, and the acts the page offers. The actions decide; this only hides."""

    desk: Desk
    key: ProjectKey
    opened: ProjectOpened
    actor: Actor

    def may(self, act: Act, side: str = "assisted") -> bool:
        """Whether the actor may do this with the project."""
        return may_act(self.desk.standing, act, responsible_id=self.key.responsible_id, side=side)

    @property
    def may_change(self) -> bool:
        """Whether the actor may change what the project says of itself, and set goals."""
        return self.may("project.propose") and self.opened.state != "reviewed"

    @property
    def may_carry_out(self) -> bool:
        """Whether the actor may post notices, register assets and report results."""
        return self.may("project.carry_out") and self.opened.version is not None

    @property
    def next_steps(self) -> list[Step]:
        """The steps the actor may take now, those that go on before those that stop."""
        by_id = self.actor.user_id or 0
        steps = [
            step
            for step in self.opened.next_steps
            if self.may(step.act, step.side)
            and has_four_eyes(step, self.opened.history, by_id=by_id)
            # A project that is only listed says what it is before it is proposed.
            and (step.code != "proposed" or self.opened.version is not None)
        ]
        return sorted(steps, key=lambda step: step.code in ("turned_down", "library_out"))

    @property
    def waits_for(self) -> list[Step]:
        """The steps that may come and are somebody else's task."""
        return [step for step in self.opened.next_steps if step not in self.next_steps]

    @property
    def may_take_back(self) -> bool:
        """Whether the actor may take the last step back."""
        step = self.opened.step
        return step is not None and self.may(step.act, step.side)

    @property
    def papers_for(self) -> frozenset[int]:
        """The steps, by id, to which the actor may attach a paper."""
        return frozenset(
            row.id for row in self.opened.steps if row.counts and self.may(row.step.act, row.step.side)
        )


def project_at_hand(actor: Actor, pairing_code: str, code: str) -> ProjectAtHand:
    """The project opened by somebody who may see it; 404 when this pairing has none of this code."""
    pairing = pairing_of_code(pairing_code)
    key = project_of_code(pairing.id, code) if pairing else None
    if pairing is None or key is None:
        raise Http404
    standing = standing_in(pairing.id, actor)
    must(may_with(standing, "register.read", organisation_ids=key.organisation_ids), "register.read")
    assert standing is not None
    return ProjectAtHand(Desk(pairing, standing), key, open_project(key.id), actor)


@require_GET
@acting
def project_list(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The library: a table with filters, and how many projects stand where."""
    desk = desk_of(actor, pairing)
    form = LibraryFilterForm(request.GET, pairing_ids=desk.family, years=years_of(desk.family))
    form.is_valid()
    wanted = LibraryFilter(pairing_ids=desk.family, own_of=desk.own_of, **form.asked)
    context = {
        "form": form,
        "library": library_page(wanted),
        "is_filtered": any(form.asked.values()),
        "chosen": form.asked["state"],
        "may_propose": desk.may("project.propose") and desk.standing.side == "assisted",
        "may_export": desk.may("register.export"),
        "children": children_of(desk.pairing.id),
    }
    return page(request, actor, "project_list", context, desk=desk)


def money_of(hand: ProjectAtHand) -> tuple[list[AlikeSum], Any]:
    """What the entries of a project add up to, kind by kind and stage by stage; and what was spent of it."""
    family = hand.desk.family
    sums = alike_sums(EntryFilter(pairing_ids=family, project_id=hand.key.id))
    return sums, spent_by_project(family).get(hand.key.id)


@require_GET
@acting
def project(request: HttpRequest, actor: Actor, pairing: str, code: str) -> HttpResponse:
    """One project: fields of a version, steps, papers, goals, notices, assets, money, and what may be done now."""
    hand = project_at_hand(actor, pairing, code)
    versions = {version.number: version for version in hand.opened.versions}
    asked = request.GET.get("version", "")
    shown = versions.get(int(asked)) if asked.isdecimal() and len(asked) < 5 else None
    # A department sees its own entries only; the sums of a project hold others' too.
    sums, spent = ([], None) if hand.desk.own_of else money_of(hand)
    planned = hand.opened.version.fields.funding if hand.opened.version else ()
    context = {
        "funds": [] if hand.desk.own_of else money_by_fund(hand.key.id, hand.desk.family, planned),
        "hand": hand,
        "opened": hand.opened,
        "shown": shown or hand.opened.version,
        "sums": sums,
        "spent": spent,
    }
    return page(request, actor, "project", context, desk=hand.desk)


@require_GET
@acting
def asset_list(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The assets of a programme: all, the idle, and those nobody owns or looks after."""
    desk = desk_of(actor, pairing)
    rows = library(LibraryFilter(pairing_ids=desk.family, own_of=desk.own_of))
    lists = asset_lists([row.id for row in rows])
    sections = (
        (
            Text("闲置资产", "Idle assets"),
            Text("没有闲置的资产。", "No asset lies idle."),
            lists.idle,
        ),
        (
            Text("没有所有者或管护人的资产", "Assets without an owner or a carer"),
            Text("每项资产都有所有者和管护人。", "Every asset has an owner and somebody who looks after it."),
            lists.unheld,
        ),
        (
            Text("全部资产", "All assets"),
            Text("还没有登记资产。", "No asset is registered yet."),
            lists.all,
        ),
    )
    return page(request, actor, "asset_list", {"sections": sections}, desk=desk)


@require_GET
@acting
def notice_sheet(request: HttpRequest, actor: Actor, pairing: str, code: str, notice_id: int) -> HttpResponse:
    """A notice as a sheet for the board, on A4."""
    hand = project_at_hand(actor, pairing, code)
    notice = notice_of(notice_id)
    if notice is None or notice.project_id != hand.key.id:
        raise Http404
    context = {"opened": hand.opened, "notice": notice, "version": hand.opened.version}
    return page(request, actor, "project_notice", context, desk=hand.desk)
