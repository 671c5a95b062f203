"""Writes on indicators: note what was published where."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from pairbook.indicators.models import PublishedFigure
from pairbook.indicators.reads import address_of
from pairbook.kernel.actions import write_audit


@transaction.atomic
def note_published(
    *,
    pairing_id: int,
    address: str,
    value: Decimal,
    unit: str,
    qualifier: str,
    source_title: str,
    by: int | None,
    publisher: str = "",
    published_on: date | None = None,
) -> int:
    """The id of a published figure, held against the book at `address` from now on."""
    figure = PublishedFigure.objects.create(
        pairing_id=pairing_id,
        address=address_of(address).text,
        value=str(value),
        unit=unit,
        qualifier=qualifier,
        source_title=source_title,
        publisher=publisher,
        published_on=published_on,
    )
    body = {"address": figure.address, "value": figure.value, "source": source_title}
    write_audit("figure.note_published", f"published:{figure.pk}", body, by=by)
    return figure.pk
