"""A book's words and the claims of a text, as the tests of this room put them; no database."""

from datetime import date

from pairbook.analysis.claims.finding import find_figures
from pairbook.analysis.claims.shapes import Figure as Claim
from pairbook.bulletins.exchange_rates import yuan_per_dollar
from pairbook.bulletins.rules import PARAMETERS, limits_of
from pairbook.bulletins.shapes import Known, Measurable, Named
from pairbook.bulletins.surroundings import Surroundings, surroundings_of
from pairbook.indicators.rules import Address
from pairbook.kernel.texts import Text

DAY = date(2020, 9, 18)
LIMITS = limits_of({one.code: one.value for one in PARAMETERS}, yuan_per_dollar=yuan_per_dollar(DAY.year))


def _measurable(code: str, unit: str, *, kind: str = "funds", **more: object) -> Measurable:
    label = Text(code, code)
    given = {"version": 1, "is_stock": False, "headline": "received", **more}
    return Measurable(code=code, unit=unit, label=label, kind=kind, **given)  # type: ignore[arg-type]


_STAGES = ("planned", "allocated", "received", "spent")
_TIERS = ("municipal", "district", "township", "district_and_town")
_FIELDS = (("medical", Text("医疗", "medical")), ("education", Text("教育", "education")))
MEASURABLES = {
    one.code: one
    for one in (
        _measurable("funds.fiscal", "CNY", stages=_STAGES, tiers=_TIERS, takes_goods=True),
        _measurable("funds.social", "CNY", stages=_STAGES, takes_goods=True),
        _measurable("funds.total", "CNY", stages=_STAGES, tiers=_TIERS, takes_goods=True),
        _measurable("goods.quantity", "", kind="goods", stages=("sent", "received"), is_by_item=True),
        _measurable("visits.leaders", "visit", kind="visits", headline="held", stages=("held",)),
        *(
            _measurable(
                f"talent.{part}",
                "person",
                kind="secondment",
                headline="in_post",
                stages=("selected", "in_post"),
                fields=_FIELDS,
                is_stock=True,
            )
            for part in ("cadres", "professionals", "total")
        ),
        *(
            _measurable(
                f"training.{part}", unit, kind="training", headline="held", stages=("planned", "held")
            )
            for part, unit in (
                ("total", "person"),
                ("professionals", "person"),
                ("person_times", "person-time"),
            )
        ),
        _measurable("jobs.placed_in_assisting", "person", kind="jobs", headline="placed", stages=("placed",)),
        _measurable("poverty.households", "household", kind="", headline=None, is_stock=True),
        _measurable("poverty.persons", "person", kind="", headline=None, is_stock=True),
        _measurable("poverty.counties_remaining", "county", kind="", headline=None, is_stock=True),
        _measurable("projects.count", "project", kind="", headline=None),
    )
}
KNOWN = Known(
    pairing="jinghai-zhenyuan",
    assisting=Named("120118", Text("静海区", "Jinghai District")),
    assisted=Named("621027", Text("镇原县", "Zhenyuan County")),
    above_assisting=(Named("120000", Text("天津市", "Tianjin")),),
    above_assisted=(
        Named("620000", Text("甘肃省", "Gansu")),
        Named("621000", Text("庆阳市", "Qingyang City")),
    ),
    items=(
        Named("mask", Text("口罩", "masks"), "piece"),
        Named("disinfectant", Text("消毒液", "disinfectant"), "kg"),
        Named("school-desk", Text("课桌椅", "school desks"), "set"),
    ),
    campaigns=(Named("COVID-19", Text("新冠肺炎疫情防控", "COVID-19 response")),),
    measurables=MEASURABLES,
    is_sample=True,
    as_of=DAY,
    opened=date(2020, 1, 1),
    last_day=date(2020, 12, 31),
    published=tuple(
        Address(
            scope="jinghai-zhenyuan",
            indicator="funds.fiscal",
            version=1,
            stage="planned",
            start=date(2020, 1, 1),
            end=day,
        )
        for day in (date(2020, 4, 7), date(2020, 5, 18))
    ),
)


def claims_of(text: str, *, published: date = DAY) -> list[tuple[Claim, Surroundings]]:
    """The claims of a text with the words around them."""
    found = [figure for figure in find_figures(text, published=published).figures if figure.is_claim]
    arounds = surroundings_of(text, found)
    return [(claim, arounds[claim.id]) for claim in found]


def claim_of(text: str, *, published: date = DAY) -> tuple[Claim, Surroundings]:
    """The one claim of a text."""
    (only,) = claims_of(text, published=published)
    return only
