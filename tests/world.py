"""The cast every test plays with, built through the book's own actions: one pairing and the people around it.

`build_world()` runs once, when the test database is made (`conftest.py`); the fixture `world` gives it to a test.
The builders (`a_draft`, `an_entry`, …) are plain functions and know no kind by name: they read what a kind declares.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.test import Client

from pairbook.kernel.access import PUBLIC, Actor
from pairbook.kernel.actions import add_user
from pairbook.kernel.kinds import kind_of
from pairbook.kernel.models import User
from pairbook.kernel.money import Money
from pairbook.kernel.quantities import UNITS, Quantity
from pairbook.kernel.texts import Text
from pairbook.pairings.actions import open_pairing
from pairbook.parties.actions import add_organisation, add_place, add_post
from pairbook.parties.reads import actor_of, party_of_code
from pairbook.projects.actions import add_project
from pairbook.register.actions import (
    add_campaign,
    add_fund,
    add_item,
    attach_paper,
    confirm_entry,
    record_entries,
    record_entry,
)
from pairbook.register.closings.actions import sign_months
from pairbook.register.closings.reads import months_of_book
from pairbook.register.rules import Draft
from pairbook.register.shapes import Detail, Record, Stage

PASSWORD = "eleven-hills-92"
PROGRAMME = "jinghai-zhenyuan"
OTHER_PROGRAMME = "heping-huining"
SENT_ON = date(2020, 3, 2)
A_PAPER = b"%PDF-1.4\n% a small paper of the tests\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class World:
    """The ids and people of the test book."""

    pairing_id: int
    child_id: int
    """A township pair below the pairing."""
    other_pairing_id: int
    """Another pair of the same two provinces, where only the stranger is at home."""

    jinghai: int
    zhenyuan: int
    giver_office: int
    receiver_office: int
    health_bureau: int
    """The department's organisation, on the receiver's side."""
    enterprise: int
    """A donor on the giver's side."""
    cooperative: int
    """A payee on the receiver's side."""
    stranger_office: int

    giver: Actor
    """The giver's officer, username `giver`."""
    receiver: Actor
    """The receiver's officer, username `receiver`."""
    department: Actor
    """A line department of the receiver's side, username `department`."""
    auditor: Actor
    administrator: Actor
    stranger: Actor
    """An officer of another pair of the same provinces, username `stranger`."""

    fiscal: int
    social: int
    project: int

    public: Actor = PUBLIC

    @property
    def cast(self) -> dict[str, Actor]:
        """Everybody by username, the public by an empty name."""
        return {
            "": self.public,
            "giver": self.giver,
            "receiver": self.receiver,
            "department": self.department,
            "auditor": self.auditor,
            "administrator": self.administrator,
            "stranger": self.stranger,
        }


@cache
def the_world() -> World:
    """The world of this run; `conftest.py` asks first, while the test database is made."""
    return build_world()


def build_world() -> World:
    """A book with the cast in it and no entry yet; the table of divisions must be loaded."""
    jinghai, zhenyuan = _place("120118"), _place("621027")
    giver_office = _organisation("jinghai-office", "静海区合作交流办", "Jinghai Cooperation Office", jinghai)
    receiver_office = _organisation(
        "zhenyuan-office", "镇原县协作办", "Zhenyuan Cooperation Office", zhenyuan
    )
    health = _organisation(
        "zhenyuan-health", "镇原县卫健局", "Zhenyuan Health Bureau", zhenyuan, "government"
    )
    enterprise = _organisation(
        "jinghai-steel", "静海某钢管企业", "A Jinghai tube mill", jinghai, "enterprise"
    )
    cooperative = _organisation(
        "zhenyuan-rabbits", "镇原某肉兔合作社", "A Zhenyuan rabbit cooperative", zhenyuan, "cooperative"
    )
    audit = _organisation("zhenyuan-audit", "镇原县审计局", "Zhenyuan Audit Office", zhenyuan, "audit")
    stranger_office = _organisation(
        "heping-office", "和平区合作交流办", "Heping Cooperation Office", _place("120101")
    )
    pairing = open_pairing(
        code=PROGRAMME,
        level="county",
        assisting_id=jinghai,
        assisted_id=zhenyuan,
        start_on=date(2017, 1, 1),
        agreement=Text("静海区镇原县帮扶协议", "Jinghai-Zhenyuan agreement"),
        by=None,
    )
    child = open_pairing(
        code="daqiuzhuang-tunzi",
        level="township",
        assisting_id=_township("120118100", "大邱庄镇", "Daqiuzhuang Town", jinghai),
        assisted_id=_township("621027101", "屯字镇", "Tunzi Town", zhenyuan),
        start_on=date(2018, 5, 1),
        parent_id=pairing,
        by=None,
    )
    other = open_pairing(
        code=OTHER_PROGRAMME,
        level="county",
        assisting_id=_place("120101"),
        assisted_id=_place("620422"),
        start_on=date(2017, 1, 1),
        by=None,
    )
    add_item(code="mask", name=Text("口罩", "masks"), unit="piece", by=None)
    add_item(code="disinfectant", name=Text("消毒液", "disinfectant"), unit="kg", by=None)
    add_campaign(code="covid-19", name=Text("新冠肺炎疫情防控", "COVID-19 response"), by=None)
    return World(
        pairing_id=pairing,
        child_id=child,
        other_pairing_id=other,
        jinghai=jinghai,
        zhenyuan=zhenyuan,
        giver_office=giver_office,
        receiver_office=receiver_office,
        health_bureau=health,
        enterprise=enterprise,
        cooperative=cooperative,
        stranger_office=stranger_office,
        giver=_person("giver", "officer", giver_office),
        receiver=_person("receiver", "officer", receiver_office),
        department=_person("department", "department", health),
        auditor=_person("auditor", "auditor", audit),
        administrator=_person("administrator", "administrator", None),
        stranger=_person("stranger", "officer", stranger_office),
        fiscal=a_fund(pairing, "fiscal-2020", nature="fiscal", tier="municipal"),
        social=a_fund(pairing, "social-2020", nature="social"),
        project=add_project(
            pairing_id=pairing, code="rabbits", name=Text("肉兔养殖", "Rabbit breeding"), by=None
        ),
    )


def _place(code: str) -> int:
    place = party_of_code(code)
    assert place is not None, f"the table of divisions has no {code}"
    return place.id


def _township(code: str, zh: str, en: str, parent_id: int) -> int:
    return add_place(code=code, name=Text(zh, en), level="township", parent_id=parent_id, by=None)


def _organisation(code: str, zh: str, en: str, place_id: int, type: str = "office") -> int:
    return add_organisation(code=code, name=Text(zh, en), type=type, place_id=place_id, by=None)


def _person(username: str, role: str, organisation_id: int | None) -> Actor:
    user_id = add_user(username, password=PASSWORD)
    add_post(user_id=user_id, role=role, organisation_id=organisation_id, since=date(2019, 1, 1), by=None)
    return actor_of(user_id)


def an_officer(username: str, organisation_id: int) -> Actor:
    """One more officer of an organisation, where a thing asks for a second pair of eyes."""
    return _person(username, "officer", organisation_id)


def a_fund(pairing_id: int, code: str, *, nature: str = "fiscal", tier: str = "", year: int = 2020) -> int:
    """The id of a fund of a pairing."""
    name = Text(f"资金 {code}", f"Fund {code}")
    return add_fund(pairing_id=pairing_id, code=code, name=name, nature=nature, tier=tier, year=year, by=None)


def sign_in(client: Client, actor: Actor) -> Client:
    """The client, signed in as this actor; signed out for the public."""
    client.logout()
    if actor.user_id is not None:
        client.force_login(
            User.objects.get(pk=actor.user_id), backend="django.contrib.auth.backends.ModelBackend"
        )
    return client


def record_of_kind(kind: str) -> Record:
    """How entries of a kind are recorded."""
    found = kind_of(kind)
    record = found.offer(Record) if found else None
    assert record is not None, f"{kind} is no kind"
    return record


def a_draft(kind: str = "funds", stage: str | None = None, **changes: Any) -> Draft:
    """A draft of a kind that may be recorded as it stands, but for the entry it must follow (`follows_id`).

    By default of the kind's headline stage: the fiscal fund, 1,000 yuan, 100 masks, the first choice of each detail.
    """
    world, record = the_world(), record_of_kind(kind)
    found = record.stage(stage or record.headline)
    assert found is not None, f"{kind} has no stage {stage}"
    giver, receiver = _parties_of(record, found)
    draft = Draft(
        pairing_id=world.pairing_id,
        kind=kind,
        stage=found.code,
        giver_id=giver,
        receiver_id=receiver,
        happened_on=SENT_ON + timedelta(days=record.stage_place(found.code)),
        money=Money.of(1000) if record.money_at(found) == "required" else None,
        quantity=_quantity(record, found),
        fund_id=world.fiscal if record.fund == "required" else None,
        item_code="mask" if record.item_at(found) == "required" else None,
        project_id=world.project if record.project_at(found) == "required" else None,
        document_no="津财预〔2020〕1号" if found.needs_document else "",
        details={
            detail.code: _detail(detail)
            for detail in record.details
            if detail.required and detail.is_held_at(found.code)
        },
    )
    return replace(draft, **changes)


def _parties_of(record: Record, stage: Stage) -> tuple[int, int]:
    """Who gives and who receives at a stage: the two offices, the office that holds and the payee."""
    world = the_world()
    followed = record.stage(stage.follows[-1]) if stage.must_follow else None
    if record.carries == "money" and stage.move == "none" and followed and followed.move == "use":
        return world.receiver_office, world.cooperative
    return {
        "assign": (world.receiver_office, world.receiver_office),
        "use": (world.receiver_office, world.cooperative),
        "refund": (world.cooperative, world.receiver_office),
        "return": (world.receiver_office, world.giver_office),
    }.get(stage.move, (world.giver_office, world.receiver_office))


def _quantity(record: Record, stage: Stage) -> Quantity | None:
    if record.quantity_at(stage) != "required":
        return None
    return Quantity.of(100, "piece" if record.item_at(stage) == "required" else record.units_at(stage)[0])


def _detail(detail: Detail) -> str | int:
    if detail.sort == "choice":
        return detail.choices[0][0]
    if detail.sort == "day":
        return "2020-12-31"
    return 12 if detail.sort == "whole" else "调研"


def a_draft_with_its_chain(kind: str = "funds", stage: str | None = None, **changes: Any) -> Draft:
    """A draft ready to be recorded: the earlier stages it draws from are recorded before, with the same amounts."""
    draft = a_draft(kind, stage, **changes)
    record = record_of_kind(kind)
    found = record.stage(draft.stage)
    assert found is not None
    if draft.follows_id is not None or not (found.must_follow or found.move in ("receive", "use")):
        return draft
    if not found.follows:
        return draft
    return replace(draft, follows_id=an_entry(kind, found.follows[-1], **_of_the_chain(draft, found)))


def _of_the_chain(draft: Draft, stage: Stage) -> dict[str, Any]:
    """What an earlier stage shares with the draft that will follow it."""
    shared: dict[str, Any] = {
        "pairing_id": draft.pairing_id,
        "money": draft.money,
        "quantity": draft.quantity,
        "fund_id": draft.fund_id,
        "item_code": draft.item_code,
        "campaign_code": draft.campaign_code,
        "project_id": draft.project_id,
    }
    record = record_of_kind(draft.kind)
    before = record.stage(stage.follows[-1])
    assert before is not None
    # An earlier stage may count something else: vacancies before people placed.
    units = {UNITS[unit].base for unit in record.units_at(before)}
    if draft.quantity is None or record.quantity_at(before) == "none" or draft.quantity.unit not in units:
        del shared["quantity"]
    if record.money_at(before) == "none" or draft.money is None:
        del shared["money"]
    if record.item_at(before) == "none":
        del shared["item_code"]
    if draft.happened_on is not None:
        shared["happened_on"] = draft.happened_on
    if before.move == "receive":
        # What is received is held for no project yet.
        shared["project_id"] = None if record.carries == "money" else draft.project_id
    if before.move == "assign":
        return shared | {"giver_id": draft.giver_id, "receiver_id": draft.giver_id}
    if stage.move in ("refund", "return"):
        return shared | {"giver_id": draft.receiver_id, "receiver_id": draft.giver_id}
    if stage.move in ("use", "assign"):
        return shared | {"receiver_id": draft.giver_id}
    return shared | {"giver_id": draft.giver_id, "receiver_id": draft.receiver_id}


def recorder_of(draft: Draft) -> Actor:
    """The officer whose task it is to record this stage."""
    stage = record_of_kind(draft.kind).stage(draft.stage)
    assert stage is not None
    return the_world().receiver if stage.recorded_by == "receiver" else the_world().giver


def answerer_of(draft: Draft) -> Actor:
    """The officer of the other side, who answers it."""
    return the_world().giver if recorder_of(draft) == the_world().receiver else the_world().receiver


def an_entry(
    kind: str = "funds", stage: str | None = None, *, by: Actor | None = None, **changes: Any
) -> int:
    """The id of a recorded entry, by default of the kind's headline stage and by the officer whose task it is.

    The stages before it are recorded too: `an_entry("goods")` is 100 masks received of 100 sent.
    """
    draft = a_draft_with_its_chain(kind, stage, **changes)
    return record_entry(draft, by=by or recorder_of(draft))


def a_confirmed_entry(kind: str = "funds", stage: str | None = None, **changes: Any) -> int:
    """The id of an entry both sides signed."""
    draft = a_draft_with_its_chain(kind, stage, **changes)
    entry_id = record_entry(draft, by=recorder_of(draft))
    confirm_entry(entry_id, by=answerer_of(draft))
    return entry_id


def an_entry_with_a_paper(kind: str = "funds", stage: str | None = None, **changes: Any) -> int:
    """The id of an entry with one small paper of the first sort its stage expects."""
    draft = a_draft_with_its_chain(kind, stage, **changes)
    entry_id = record_entry(draft, by=recorder_of(draft))
    papers = (record_of_kind(draft.kind).stage(draft.stage) or Stage("", Text("", ""))).papers
    sort = papers[0].code if papers else "other"
    attach_paper(entry_id, content=A_PAPER, sort=sort, by=recorder_of(draft))
    return entry_id


def a_closed_month(month: date) -> None:
    """The month, and every earlier one with entries, is signed by both sides and closed."""
    world = the_world()
    for due in iter(lambda: months_of_book(world.pairing_id).due, None):
        if due.first.month > month:
            return
        for officer in (world.giver, world.receiver):
            sign_months(world.pairing_id, due.statements, by=officer)


def many_entries(count: int, kind: str = "funds", stage: str | None = None, **changes: Any) -> list[int]:
    """The ids of so many alike entries, recorded at once; of a stage that follows nothing."""
    draft = a_draft(kind, stage, **changes)
    return record_entries([draft] * count, by=recorder_of(draft))
