"""What a claim may mean in the book's terms, and whose number it is, by the words around it."""

import pytest

from pairbook.bulletins.addresses import neighbours, other_days, understood
from pairbook.bulletins.places import is_turned, wider_place
from pairbook.bulletins.tests.known import KNOWN, claim_of, claims_of

READINGS = (
    ("2020年，静海区安排镇原县财政帮扶资金5416万元。", "funds.fiscal@1/received/2020-01-01..2020-09-18"),
    (
        "截至2020年4月7日，静海区已拨付镇原县财政资金4070.5万元。",
        "funds.fiscal@1/allocated/2020-01-01..2020-04-07",
    ),
    (
        "截至5月18日，市级计划财政帮扶资金5150万元。",
        "funds.fiscal@1/planned/2020-01-01..2020-05-18?tier=municipal",
    ),
    ("静海区为镇原县累计捐赠社会帮扶资金1682万元。", "funds.social@1/received/..2020-09-18"),
    (
        "疫情期间，静海区向镇原县捐赠口罩1.4万只。",
        "goods.quantity@1/received/2020-01-01..2020-09-18?item=mask&campaign=COVID-19",
    ),
    (
        "Jinghai donated 600 sets of school desks to Zhenyuan.",
        "goods.quantity@1/received/2020-01-01..2020-09-18?item=school-desk",
    ),
    ("静海区选派专业技术人才107名到镇原县。", "talent.professionals@1/in_post/2020-09-18"),
    (
        "镇原县选派专业技术人才43名到静海区。",
        "talent.professionals@1/in_post/2020-09-18?direction=assisted_to_assisting",
    ),
    (
        "14,000 masks were donated by Zhenyuan to Jinghai.",
        "goods.quantity@1/received/2020-01-01..2020-09-18?direction=assisted_to_assisting&item=mask",
    ),
    (
        "By May 18, 2020, the plan of fiscal funds came to 54.065 million yuan.",
        "funds.fiscal@1/planned/2020-01-01..2020-05-18",
    ),
    (
        "Zhenyuan sent 43 professionals to Jinghai.",
        "talent.professionals@1/in_post/2020-09-18?direction=assisted_to_assisting",
    ),
    (
        "In total 113 cadres and technical personnel have been dispatched by Jinghai to Zhenyuan.",
        "talent.total@1/in_post/2020-09-18",
    ),
    ("静海区为镇原县培训专业技术人才133人次。", "training.person_times@1/held/2020-01-01..2020-09-18"),
    (
        "疫情发生以来，镇原县406人到天津就业。",
        "jobs.placed_in_assisting@1/placed/2020-01-01..2020-09-18",
    ),
)


@pytest.mark.parametrize(("text", "address"), READINGS)
def test_a_claim_is_put_in_the_books_terms(text: str, address: str):
    claim, around = claim_of(text)
    meant = understood(claim, around, KNOWN)
    assert meant is not None and meant.wider is None
    assert meant.readings[0].address.text == f"jinghai-zhenyuan/{address}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("静海区向甘肃派出党政干部34名。", "620000"),
        ("34 Party workers were sent by Jinghai to Gansu.", "620000"),
        ("天津市在庆阳市选派挂职干部22名。", "621000"),
        ("庆阳市加快建设。全市实施项目145个。", "621000"),
        ("庆阳市加快建设。静海区选派干部8名。", None),
        ("庆阳市加快建设。天津向我市选派干部22名。", "621000"),
        ("镇原县是甘肃省庆阳市唯一没有摘帽的贫困县，静海区选派干部8名。", None),
        ("甘肃省庆阳市镇原县收到财政帮扶资金5416万元。", None),
        ("In Zhenyuan County, Qingyang, Gansu Province, 8 cadres were sent by Jinghai.", None),
        ("甘肃日报讯，静海区选派干部8名到镇原县。", None),
        ("镇原县406名劳动力到天津就业。", None),
        ("天津市投入财政帮扶资金30亿元。", "120000"),
        ("天津市静海区投入财政帮扶资金5416万元。", None),
        ("静海区投入财政帮扶资金5416万元，天津市民踊跃捐款。", None),
        (
            "Zhenyuan, a poor county in Northwest China's Gansu province, received 5 million yuan from Jinghai.",
            None,
        ),
        ("Zhenyuan, located in Qingyang city of Gansu, received 5 million yuan.", None),
        ("Zhenyuan joined late. In Gansu, 7,300 cadres were sent to villages.", "620000"),
        ("QINGYANG, Sept. 18 -- The county received 5 million yuan of fiscal funds.", None),
        ("本报庆阳9月18日电，县里收到财政帮扶资金5416万元。", None),
    ],
)
def test_a_number_of_a_place_around_a_side_is_not_the_pairings(text: str, place: str | None):
    claim, around = claim_of(text)
    found = wider_place(around, claim.measure or "", KNOWN)
    assert (found.code if found else None) == place


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("静海区选派专业技术人才40名来镇原工作，镇原县选派55名干部人才赴静海区。", [False, True]),
        (
            "113 officials of Jinghai are working in Zhenyuan, while 55 officials from Zhenyuan were sent to Jinghai.",
            [False, True],
        ),
        ("Jinghai sent 12 doctors and 40 teachers to Zhenyuan.", [False, False]),
        ("静海区选派40名专业技术人才到我县挂职；我县选派55名干部到静海区。", [False, True]),
    ],
)
def test_a_sentence_that_tells_both_directions_gives_each_number_its_own(text: str, turned: list[bool]):
    found = [
        is_turned(around, "talent.total", KNOWN, (claim.giver, claim.receiver))
        for claim, around in claims_of(text)
    ]
    assert found == turned


def test_households_named_and_persons_counted_are_read_as_what_is_named():
    claim, around = claim_of("镇原县共有贫困户8570人。")
    meant = understood(claim, around, KNOWN)
    assert meant is not None and meant.readings[0].address.indicator == "poverty.households"


def test_households_and_persons_side_by_side_are_each_their_own():
    _, (claim, around) = claims_of("镇原县有贫困户3195户8570人。")
    meant = understood(claim, around, KNOWN)
    assert meant is not None and meant.readings[0].address.indicator == "poverty.persons"


def test_the_end_of_a_year_is_the_beginning_of_the_next_for_what_is_published_once_a_year():
    claim, around = claim_of("2018年底，镇原县贫困人口67732人。")
    meant = understood(claim, around, KNOWN)
    assert meant is not None
    days = [str(reading.address.end) for reading in meant.readings]
    assert days == ["2018-12-31", "2019-01-01"]


def test_a_list_of_fields_narrows_nothing():
    claim, around = claim_of(
        "Jinghai sent 113 professionals in medical, education and other fields to Zhenyuan."
    )
    meant = understood(claim, around, KNOWN)
    assert meant is not None and not any(reading.is_narrow for reading in meant.readings)


def test_neighbours_differ_in_one_part_and_stages_come_first():
    claim, around = claim_of("2020年，静海区安排镇原县财政帮扶资金5416万元。")
    meant = understood(claim, around, KNOWN)
    assert meant is not None
    base = meant.readings[0].address
    parts = [part for _, part in neighbours(base, meant.measurable, KNOWN)]
    assert parts[:4] == ["stage", "stage", "stage", "direction"]
    assert base not in [address for address, _ in neighbours(base, meant.measurable, KNOWN)]


def test_days_of_publication_are_tried_before_ends_of_months():
    claim, around = claim_of("2020年，静海区安排镇原县财政帮扶资金5416万元。")
    meant = understood(claim, around, KNOWN)
    assert meant is not None
    found = list(other_days(meant.readings[0].address, meant.measurable, KNOWN))
    assert [part for _, part in found[:3]] == ["stage,span", "stage,span", "span"]
    days = [str(address.end) for address, part in found if part == "span"]
    assert days[:2] == ["2020-05-18", "2020-04-07"] and "2020-08-31" in days[2:]
