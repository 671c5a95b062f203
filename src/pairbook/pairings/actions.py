"""Writes on pairings: open, close, hand over, choose the day the portal shows."""

from datetime import date

from django.db import transaction

from pairbook.kernel import clock
from pairbook.kernel.actions import write_audit
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.models import Pairing
from pairbook.pairings.reads import pairing_facts
from pairbook.pairings.rules import check_dates, check_households, check_signed


@transaction.atomic
def open_pairing(
    *,
    code: str,
    level: str,
    assisting_id: int,
    assisted_id: int,
    start_on: date,
    by: int | None,
    agreement: Text = Text("", ""),
    signed_on: date | None = None,
    covers_households: int | None = None,
    parent_id: int | None = None,
) -> int:
    """The id of a new pairing, or of a new child when `parent_id` is given.

    `covers_households` is for pairs of officials with households: a count, and no household is named.
    """
    parent = pairing_facts(parent_id) if parent_id is not None else None
    problems = check_dates(start_on=start_on, end_on=None, parent=parent)
    problems += check_households(level, covers_households)
    problems += check_signed(signed_on=signed_on, has_agreement=bool(agreement.zh.strip()))
    if Pairing.objects.filter(code=code).exists():
        cure = Text("这个结对代码已被使用，请换一个。", "This pairing code is taken; choose another.")
        problems.append(Problem("pairing.code", Text("结对代码", "Pairing code"), cure, value=code))
    if assisting_id == assisted_id:
        cure = Text("请选择两个不同的单位。", "Choose two different parties.")
        problems.append(Problem("pairing.parties", Text("受援方", "Assisted side"), cure))
    if problems:
        raise Rejected(problems)
    pairing = Pairing.objects.create(
        code=code,
        level=level,
        parent_id=parent_id,
        assisting_id=assisting_id,
        assisted_id=assisted_id,
        start_on=start_on,
        agreement_zh=agreement.zh,
        agreement_en=agreement.en,
        agreement_signed_on=signed_on,
        covers_households=covers_households,
        opened_at=clock.now(),
        is_sample=clock.is_sample(),
    )
    body = {
        "code": code,
        "assisting": assisting_id,
        "assisted": assisted_id,
        "start": start_on,
        "parent": parent_id,
        "agreement": agreement.zh,
        "signed": signed_on,
        "households": covers_households,
    }
    write_audit("pairing.open", f"pairing:{pairing.pk}", body, by=by)
    return pairing.pk


@transaction.atomic
def close_pairing(
    pairing_id: int, *, end_on: date, reason: str, by: int | None, successor_id: int | None = None
) -> None:
    """The pairing ends on a day, with its reason; with a successor it is handed over to that pairing."""
    pairing = Pairing.objects.select_for_update().get(pk=pairing_id)
    if pairing.end_on is not None:
        raise Refusal("pairing.closed", Text("这个结对已经结束。", "This pairing has already ended."))
    problems = check_dates(start_on=pairing.start_on, end_on=end_on, parent=None)
    if not reason.strip():
        cure = Text("请写明结束或移交的原因。", "Say why it ends or is handed over.")
        problems.append(Problem("pairing.reason", Text("原因", "Reason"), cure))
    if successor_id == pairing_id:
        cure = Text("不能移交给自己。", "A pairing cannot be handed over to itself.")
        problems.append(Problem("pairing.successor", Text("移交给", "Handed over to"), cure))
    if problems:
        raise Rejected(problems)
    pairing.end_on, pairing.end_reason, pairing.successor_id = end_on, reason.strip(), successor_id
    pairing.closed_at = clock.now()
    pairing.save(update_fields=["end_on", "end_reason", "successor", "closed_at"])
    body = {"end": end_on, "reason": reason, "successor": successor_id}
    write_audit(
        "pairing.hand_over" if successor_id else "pairing.close", f"pairing:{pairing_id}", body, by=by
    )


@transaction.atomic
def show_day(pairing_id: int, *, day: date | None, by: int | None) -> None:
    """The portal shows the figures of this day when nobody asks for another; None means today."""
    Pairing.objects.filter(pk=pairing_id).update(shown_on=day)
    write_audit("pairing.show_day", f"pairing:{pairing_id}", {"day": day}, by=by)
