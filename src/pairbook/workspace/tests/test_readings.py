"""Correcting how a number of a checked text is read, from the check to the list and back."""

from datetime import date
from html import unescape

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client

from pairbook.bulletins.kept import corrections_kept
from pairbook.bulletins.models import ReadingCorrection
from tests.world import PROGRAMME, World, sign_in

HOME = f"/en/work/{PROGRAMME}/readings/"
CHECK = f"/en/p/{PROGRAMME}/check/"
TEXT = "At the 3 schools, Jinghai gave Zhenyuan 5,000 masks.\r\nNothing more."
SENT = {"text": TEXT, "published": "2020-12-31", "claim": "f2"}
FILLED = SENT | {
    "is_claim": "on",
    "value": "14,000",
    "unit": "piece",
    "qualifier": "more_than",
    "measure": "goods.quantity",
    "first": "2020-01-01",
    "last": "2020-12-31",
    "modality": "done",
    "note": "As the receipt says",
    "keep": "1",
}


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def posted(client: Client, address: str, fields: dict[str, str]) -> HttpResponse:
    response = client.post(address, fields)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize(("name", "may"), [("giver", True), ("department", True), ("auditor", False)])
def test_a_check_offers_correcting_to_those_who_may(world: World, name: str, may: bool):
    client = sign_in(Client(), world.cast[name])
    told = words(posted(client, CHECK, {"text": TEXT, "as_of": "2020-12-31"}))
    assert (f'action="{HOME}correct/"' in told) == may


def test_the_public_is_offered_no_correcting(world: World):
    assert "readings/" not in words(posted(Client(), CHECK, {"text": TEXT, "as_of": "2020-12-31"}))


def test_looking_at_a_number_keeps_nothing(world: World):
    told = words(posted(sign_in(Client(), world.giver), f"{HOME}correct/", SENT))
    assert "<strong>5,000</strong>" in told and 'value="5000"' in told
    assert not ReadingCorrection.objects.exists()


def test_a_correction_is_kept_with_its_sentence_alone(world: World):
    client = sign_in(Client(), world.giver)
    told = words(posted(client, f"{HOME}correct/", FILLED))
    assert "every check of this sentence reads it so" in told
    (row,) = corrections_kept(world.pairing_id)
    assert "Nothing more" not in row.place.sentence and row.now.value == 14_000
    assert (row.now.first, row.now.last) == (date(2020, 1, 1), date(2020, 12, 31))
    listed = words(client.get(HOME))  # type: ignore[arg-type]
    assert "more than 14,000 piece" in listed and "As the receipt says" in listed
    assert "(read by a person on " in words(posted(client, CHECK, {"text": TEXT, "as_of": "2020-12-31"}))


def test_what_is_wrong_stands_beside_its_field(world: World):
    sent = FILLED | {"value": "many", "last": "2019-12-31"}
    told = words(posted(sign_in(Client(), world.giver), f"{HOME}correct/", sent))
    assert 'class="field field-wrong"' in told and not ReadingCorrection.objects.exists()


def test_a_number_that_is_no_figure_goes_from_the_next_check(world: World):
    client = sign_in(Client(), world.giver)
    sent = {name: value for name, value in FILLED.items() if name != "is_claim"}
    posted(client, f"{HOME}correct/", sent)
    told = words(posted(client, CHECK, {"text": TEXT, "as_of": "2020-12-31"}))
    assert ">5,000</" not in told.split("Numbers taken as no figures")[0]


def test_a_correction_is_taken_back(world: World):
    client = sign_in(Client(), world.giver)
    posted(client, f"{HOME}correct/", FILLED)
    (row,) = corrections_kept(world.pairing_id)
    assert posted(client, f"{HOME}{row.id}/take-back/", {}).status_code == 302
    assert corrections_kept(world.pairing_id) == []


def test_the_list_is_exported_as_cases(world: World):
    client = sign_in(Client(), world.giver)
    posted(client, f"{HOME}correct/", FILLED)
    (case,) = yaml.safe_load(client.get(f"{HOME}cases.yaml").content)
    assert case["lang"] == "en" and case["published"] == date(2020, 12, 31)
    assert [figure["value"] for figure in case["figures"] if figure["text"] == "5,000"] == [14_000]


def test_a_number_the_text_has_not_is_not_found(world: World):
    sent = SENT | {"claim": "f9"}
    assert posted(sign_in(Client(), world.giver), f"{HOME}correct/", sent).status_code == 404
