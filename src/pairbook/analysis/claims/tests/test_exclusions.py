"""Numbers that claim nothing: dates, durations, ordinals, list numbers, names, slogans, laws, telephones."""

import pytest

from pairbook.analysis.claims.tests.found import claims_in, others_in

TEXTS = [
    ("2020年9月18日，会议召开。", ["2020年9月18日"]),
    ("在第113场新闻发布会上。", ["第113场"]),
    ("下达第一、二批资金。", ["第一、二批"]),
    ("“十三五”期间。", ["十三五”期间"]),
    ("聚焦“两不愁三保障”。", ["两不愁三保障"]),
    ("开展“万企帮万村”行动。", ["万企帮万村"]),
    ("落实“四个不摘”要求。", ["四个不摘"]),
    ("通过“832平台”销售。", ["832平台"]),
    ("按照国开发〔2017〕6号文件。", ["〔2017〕6号"]),
    ("依据第五十四条。", ["第五十四条"]),
    ("热线电话0936-4412207。", ["0936-4412207"]),
    ("手机13812345678。", ["13812345678"]),
    ("阅读量：5321。", ["5321"]),
    ("投稿邮箱为abc123@mail.test。", ["abc123@mail.test"]),
    ("总结起来是8个字。", ["8个字"]),
    ("十六届人大五次会议。", ["十六届", "五次"]),
    ("违反八项规定。", ["八项规定"]),
    ("热线0931—12340。", ["0931—12340"]),
    ("队员们四处奔波。", ["四处奔波"]),
    ("4·20芦山地震。", ["4·20"]),
    ("新冠肺炎（COVID-19）疫情。", ["COVID-19"]),
    ("沿G327国道行驶。", ["G327"]),
    ("5A级景区。", ["5A级"]),
    ("上午10:30开始。", ["10:30"]),
    ("为期一年半。", ["一年半"]),
    ("为期1至6个月。", ["1至6个月"]),
    ("（图2）农户在晾晒羊肚菌，详见附件3。", ["2", "3"]),
    ("整改期限为90日。", ["90日"]),
    ("一、加大投入。\n二、深化交流。", ["一、", "二、"]),
    ("（1）选派医生。", ["（1）"]),
    ("王建国今年45岁。", ["45岁"]),
    ("坚持1:1配套。", ["1:1"]),
    ("两地干部一起努力，一方面抓产业。", []),
    ("我们两家一起干，两校结成对子，老两口都去了。", []),
    ("产业园二期已经开工。", []),
    ("【帮扶年鉴·2018】塔河县卷。", ["2018"]),
    ("On Sept 18, 2020 they met.", ["Sept 18, 2020"]),
    ("Updated: 2020-09-18 19:20:13", ["2020-09-18", "19:20:13"]),
    ("The firm (SHA: 0417) came.", ["0417"]),
    ("A line of 10 kV was strung.", ["10 kV"]),
    ('The "Five Lanterns for Every Lane" project began.', ["Five Lanterns for Every Lane"]),
    ("The work falls into three stages.", ["three"]),
    ("The 113th news conference was held.", ["113th"]),
    ("It was the fifth visit of its kind.", ["fifth"]),
    ("During the COVID-19 epidemic.", ["COVID-19"]),
    ("The 13th Five-Year Plan was passed.", ["13th Five-Year Plan"]),
    ('The "two no worries and three guarantees" standard.', ["two no worries and three guarantees"]),
    ("Under document No. 51 [2021].", ["51", "[2021]"]),
    ("Article 12 of Decree No. 384.", ["12", "384"]),
    ("Tel. 0933-861-2200.", ["0933-861-2200"]),
    ("Dial 12317 for help.", ["12317"]),
    ("Room 302, No. 18 Renmin Road.", ["302", "18"]),
    ("The office is at 88 Renmin Road.", ["88"]),
    ("It opens at 10:30 am.", ["10:30 am"]),
    ("Wang Li, 45, is the director.", ["45"]),
    ("Wang Li, now 45, is the director.", ["45"]),
    ('"Life is better," said Wang Li, 45.', ["45"]),
    ("Photo 3: Workers pack mushrooms.", ["3"]),
    ("Children aged 6-15 attend.", ["aged 6-15"]),
    ("It took three years.", ["three years"]),
    ("1. Funds.\n2. Talent.", ["1.", "2."]),
    ("One of them left; no one came.", []),
]


@pytest.mark.parametrize(("text", "wanted"), TEXTS)
def test_what_counts_nothing_is_no_claim(text: str, wanted: list[str]):
    assert claims_in(text) == []
    assert others_in(text) == wanted


def test_an_amount_in_quotes_is_a_claim_all_the_same():
    (found,) = claims_in("他说：“去年增收3000元。”")
    assert found.value == 3000
