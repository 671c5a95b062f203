"""Numbers with their units, ranges and qualifiers, one line for each way of writing them."""

import pytest

from pairbook.analysis.claims.tests.found import claims_in

# Text, then each claim as (span, low end, high end, unit, qualifier).
Case = tuple[str, list[tuple[str, float, float | None, str, str]]]

CHINESE: list[Case] = [
    ("投入资金1500余万元。", [("1500余万元", 15_000_000, None, "CNY", "more_than")]),
    ("惠及群众4万余名。", [("4万余名", 40_000, None, "person", "more_than")]),
    ("销售额达1.5亿多元。", [("1.5亿多元", 150_000_000, None, "CNY", "more_than")]),
    ("价值218.6余万元。", [("218.6余万元", 2_186_000, None, "CNY", "more_than")]),
    ("投入2亿5000万元。", [("2亿5000万元", 250_000_000, None, "CNY", "exact")]),
    ("挣了1万5千块钱。", [("1万5千块钱", 15_000, None, "CNY", "exact")]),
    ("引进十余家企业。", [("十余家", 10, None, "enterprise", "more_than")]),
    ("镇上有两千三百人。", [("两千三百人", 2_300, None, "person", "exact")]),
    ("销售三点六亿元。", [("三点六亿元", 360_000_000, None, "CNY", "exact")]),
    ("投下三百二十万元。", [("三百二十万元", 3_200_000, None, "CNY", "exact")]),
    ("增收四十来万元。", [("四十来万元", 400_000, None, "CNY", "about")]),
    ("收入七八千元。", [("七八千元", 7_000, 8_000, "CNY", "range")]),
    ("增收两三百元。", [("两三百元", 200, 300, "CNY", "range")]),
    ("带动十五六个村。", [("十五六个", 15, 16, "village", "range")]),
    ("数百名妇女学会了刺绣。", [("数百名", 200, None, "person", "at_least")]),
    ("上千名干部参加培训。", [("上千名", 1_000, None, "person", "at_least")]),
    ("培训几十万群众。", [("几十万", 200_000, None, "person", "at_least")]),
    ("近百家企业参加。", [("百家", 100, None, "enterprise", "nearly")]),
    ("全县一半多的村有产业。", [("一半多", 50, None, "percent", "more_than")]),
    ("超过半数的村受益。", [("半数", 50, None, "percent", "more_than")]),
    ("近九成农户参与。", [("九成", 90, None, "percent", "nearly")]),
    ("占百分之十二点五。", [("百分之十二点五", 12.5, None, "percent", "exact")]),
    ("占全市的三分之一。", [("三分之一", 33.33, None, "percent", "exact")]),
    ("投入资金10 851.8万元。", [("10 851.8万元", 108_518_000, None, "CNY", "exact")]),
    ("有三、四百人务工。", [("三、四百人", 300, 400, "person", "range")]),
    ("28.11亿扶贫资金闲置。", [("28.11亿", 2_811_000_000, None, "CNY", "exact")]),
    ("年薪9万起。", [("9万", 90_000, None, "CNY", "at_least")]),
    ("一个月能挣上1800左右。", [("1800", 1_800, None, "CNY", "about")]),
    ("东部9省市参加。", [("9省市", 9, None, "other:province", "exact")]),
    ("签约34个项目。", [("34个", 34, None, "project", "exact")]),
    ("北京16区结对帮扶。", [("16区", 16, None, "county", "exact")]),
    ("31个嘎查受益。", [("31个", 31, None, "village", "exact")]),
    ("已发车500趟次。", [("500趟次", 500, None, "other:trip", "exact")]),
    ("共发电9.5万度。", [("9.5万度", 95_000, None, "other:kwh", "exact")]),
    ("与两所学校领导交流。", [("两所", 2, None, "school", "exact")]),
    ("走遍11个村民组。", [("11个", 11, None, "other:group", "exact")]),
    ("解决141万只牲畜饮水。", [("141万只", 1_410_000, None, "other:head", "exact")]),
    ("11部门联合部署。", [("11部门", 11, None, "other:unit", "exact")]),
    ("覆盖145个国家扶贫开发工作重点县。", [("145个", 145, None, "county", "exact")]),
    ("96个地区建档立卡数据不全。", [("96个", 96, None, "other:region", "exact")]),
    ("23.24万农村常住人口受访。", [("23.24万", 232_400, None, "person", "exact")]),
    (
        "捐赠两台饮水机和30个水杯。",
        [("两台", 2, None, "piece", "exact"), ("30个", 30, None, "piece", "exact")],
    ),
    ("50余种临县特色农副产品。", [("50余种", 50, None, "other:product", "more_than")]),
    ("較上年翻了一番多。", [("翻了一番多", 2, None, "other:times", "more_than")]),
    ("较上年翻了一番多。", [("翻了一番多", 2, None, "other:times", "more_than")]),
    ("是种玉米的三四倍。", [("三四倍", 3, 4, "other:times", "range")]),
    ("提高6.8个百分点。", [("6.8个百分点", 6.8, None, "other:percentage-point", "exact")]),
    ("月薪3000—5000元。", [("3000—5000元", 3_000, 5_000, "CNY", "range")]),
    ("月薪3000元至5000元。", [("3000元至5000元", 3_000, 5_000, "CNY", "range")]),
    ("投资1.2-1.5万元。", [("1.2-1.5万元", 12_000, 15_000, "CNY", "range")]),
    ("风险消除率在85%—90%之间。", [("85%—90%", 85, 90, "percent", "range")]),
    ("惠及12万人(次)。", [("12万人(次)", 120_000, None, "person-time", "exact")]),
    ("培训6.5万人次。", [("6.5万人次", 65_000, None, "person-time", "exact")]),
    ("捐赠12台(套)设备。", [("12台(套)", 12, None, "piece", "exact")]),
    ("消毒液10余吨。", [("10余吨", 10_000, None, "kg", "more_than")]),
    ("卖了300多斤蜂蜜。", [("300多斤", 150, None, "kg", "more_than")]),
    ("流转土地1.26万亩。", [("1.26万亩", 12_600, None, "mu", "exact")]),
    ("投资￥3,500,000.00元。", [("￥3,500,000.00元", 3_500_000, None, "CNY", "exact")]),
    ("获赠款120万美元。", [("120万美元", 1_200_000, None, "USD", "exact")]),
    ("共有86村参与结对。", [("86村", 86, None, "village", "exact")]),
    ("结对乡镇12对。", [("12对", 12, None, "other:pair", "exact")]),
    (
        "帮助9家医院、28所学校结对。",
        [("9家", 9, None, "hospital", "exact"), ("28所", 28, None, "school", "exact")],
    ),
    ("１２３４．５万元资金到位。", [("１２３４．５万元", 12_345_000, None, "CNY", "exact")]),
    ("投入资金1，260万元。", [("1，260万元", 12_600_000, None, "CNY", "exact")]),
    ("捐出3吨半粮食。", [("3吨半", 3_500, None, "kg", "exact")]),
    ("投入1.2个亿。", [("1.2个亿", 120_000_000, None, "CNY", "exact")]),
    ("月收入三千五。", [("三千五", 3_500, None, "CNY", "exact")]),
    ("每月能挣四五千块。", [("四五千块", 4_000, 5_000, "CNY", "range")]),
    ("捐出4吨多土豆。", [("4吨", 4_000, None, "kg", "more_than")]),
    ("每斤高出5元多。", [("5元", 5, None, "CNY", "more_than")]),
    ("是搬迁前的4倍还多。", [("4倍", 4, None, "other:times", "more_than")]),
    ("较上年翻了近一番。", [("翻了近一番", 2, None, "other:times", "nearly")]),
    ("保底价每斤八块五。", [("八块五", 8.5, None, "CNY", "exact")]),
    ("少说也有三万块。", [("三万块", 30_000, None, "CNY", "at_least")]),
    ("与东部3个区签订协议。", [("3个", 3, None, "county", "exact")]),
    ("跟三家东部的公司签了订单。", [("三家", 3, None, "enterprise", "exact")]),
    ("花了七百多万。", [("七百多万", 7_000_000, None, "CNY", "more_than")]),
    ("打工去年挣了5.8万。", [("5.8万", 58_000, None, "CNY", "exact")]),
    (
        "17个区县与对口的3省32县结对。",
        [
            ("17个", 17, None, "county", "exact"),
            ("3省", 3, None, "other:province", "exact"),
            ("32县", 32, None, "county", "exact"),
        ],
    ),
    ("6家乡镇卫生院结对。", [("6家", 6, None, "hospital", "exact")]),
    ("改建卫生院两所。", [("两所", 2, None, "hospital", "exact")]),
    ("引进企业两家。", [("两家", 2, None, "enterprise", "exact")]),
    (
        "互访12批次156人次。",
        [("12批次", 12, None, "other:batch", "exact"), ("156人次", 156, None, "person-time", "exact")],
    ),
    (
        "由2830元提高到10740元。",
        [("2830元", 2_830, None, "CNY", "exact"), ("10740元", 10_740, None, "CNY", "exact")],
    ),
    (
        "贫困户3195，贫困人口8570。",
        [("3195", 3_195, None, "household", "exact"), ("8570", 8_570, None, "person", "exact")],
    ),
]
ENGLISH: list[Case] = [
    ("It spent 54.16 million yuan.", [("54.16 million yuan", 54_160_000, None, "CNY", "exact")]),
    ("A 40-billion-yuan fund was set up.", [("40-billion-yuan", 40_000_000_000, None, "CNY", "exact")]),
    ("It cost 1.5 millon yuan.", [("1.5 millon yuan", 1_500_000, None, "CNY", "exact")]),
    ("It cost 1.46 trillon yuan.", [("1.46 trillon yuan", 1_460_000_000_000, None, "CNY", "exact")]),
    (
        "It received $3.5 mln and 1.36 bn yuan.",
        [
            ("$3.5 mln", 3_500_000, None, "USD", "exact"),
            ("1.36 bn yuan", 1_360_000_000, None, "CNY", "exact"),
        ],
    ),
    (
        "It raised RMB1.8m and £4,500.",
        [("RMB1.8m", 1_800_000, None, "CNY", "exact"), ("£4,500", 4_500, None, "other:gbp", "exact")],
    ),
    ("They earn between 500 and 1,000 yuan more.", [("500 and 1,000 yuan", 500, 1_000, "CNY", "range")]),
    ("They earn 4,500-6,800 yuan.", [("4,500-6,800 yuan", 4_500, 6_800, "CNY", "range")]),
    ("It drew 2,000 to 2,500 visitors.", [("2,000 to 2,500", 2_000, 2_500, "person", "range")]),
    ("Hundreds of teachers came.", [("Hundreds", 200, None, "person", "at_least")]),
    ("Tens of thousands of farmers joined.", [("Tens of thousands", 20_000, None, "person", "at_least")]),
    ("It sent dozens of doctors.", [("dozens", 24, None, "person", "at_least")]),
    ("It sent a dozen cadres.", [("a dozen", 12, None, "person", "about")]),
    ("It trained twenty-three officials.", [("twenty-three", 23, None, "person", "exact")]),
    (
        "They employ four hundred and fifty-three villagers.",
        [("four hundred and fifty-three", 453, None, "person", "exact")],
    ),
    ("Half a million visitors came.", [("Half a million", 500_000, None, "person", "exact")]),
    ("One in five opened a shop.", [("One in five", 20, None, "percent", "exact")]),
    ("7 in 10 buyers came back.", [("7 in 10", 70, None, "percent", "exact")]),
    ("Two-thirds of the kids were sold.", [("Two-thirds", 66.67, None, "percent", "exact")]),
    ("Three quarters of the families moved.", [("Three quarters", 75, None, "percent", "exact")]),
    ("More than half of them left.", [("half", 50, None, "percent", "more_than")]),
    ("Output doubled.", [("doubled", 2, None, "other:times", "exact")]),
    (
        "Sales were nearly three times the figure for 2019.",
        [("three times", 3, None, "other:times", "nearly")],
    ),
    ("Output has grown 2.5-fold.", [("2.5-fold", 2.5, None, "other:times", "exact")]),
    ("Leaders visited the county seven times.", [("seven", 7, None, "visit", "exact")]),
    (
        "It planted 73,300 mu (4,887 hectares).",
        [
            ("73,300 mu", 73_300, None, "mu", "exact"),
            ("4,887 hectares", 4_887, None, "other:hectare", "exact"),
        ],
    ),
    ("It gave 10 tons of disinfectant.", [("10 tons", 10_000, None, "kg", "exact")]),
    ("A 3,000-square-meter workshop opened.", [("3,000-square-meter", 3_000, None, "other:m2", "exact")]),
    (
        "It fell by 11.3 percentage points.",
        [("11.3 percentage points", 11.3, None, "other:percentage-point", "exact")],
    ),
    (
        "Training reached 0.96 million person-times.",
        [("0.96 million", 960_000, None, "person-time", "exact")],
    ),
    ("The 30-member cooperative sells apples.", [("30", 30, None, "person", "exact")]),
    ("It bought 80-odd pumps.", [("80-odd", 80, None, "other:pump", "more_than")]),
    ("1,000 lamps or more will be put up.", [("1,000", 1_000, None, "other:lamp", "exact")]),
    ("It will create 1,000 or more jobs.", [("1,000", 1_000, None, "person", "at_least")]),
    ("It sent 14 000 masks.", [("14 000", 14_000, None, "piece", "exact")]),
    ("It collected 12,\n600 books.", [("12,\n600", 12_600, None, "piece", "exact")]),
    (
        "The yield rose from 300 to 420 kg.",
        [("300", 300, None, "kg", "exact"), ("420 kg", 420, None, "kg", "exact")],
    ),
    (
        "They hired 550 workers, 180 of them poor.",
        [("550", 550, None, "person", "exact"), ("180", 180, None, "person", "exact")],
    ),
    ("At least 34 courses were held.", [("34", 34, None, "other:course", "at_least")]),
    ("Fewer than 2,000 people remain.", [("2,000", 2_000, None, "person", "at_most")]),
    ("It trained up to 360 people.", [("360", 360, None, "person", "up_to")]),
]


@pytest.mark.parametrize(("text", "wanted"), CHINESE + ENGLISH)
def test_a_number_is_read_as_it_is_written(
    text: str, wanted: list[tuple[str, float, float | None, str, str]]
):
    found = [
        (
            one.text,
            one.value,
            None if one.value_high is None else float(one.value_high),
            one.unit,
            one.qualifier,
        )
        for one in claims_in(text)
    ]
    assert [(one[0], float(one[1] or 0), *one[2:]) for one in found] == wanted


QUALIFIERS = [
    ("资金超5000万元", "more_than"),
    ("资金超过5000万元", "more_than"),
    ("资金突破5000万元", "more_than"),
    ("资金逾5000万元", "more_than"),
    ("资金近5000万元", "nearly"),
    ("资金约5000万元", "about"),
    ("资金5000万元左右", "about"),
    ("资金5000万元上下", "about"),
    ("资金5000万元以上", "at_least"),
    ("资金不少于5000万元", "at_least"),
    ("资金不低于5000万元", "at_least"),
    ("资金不超过5000万元", "up_to"),
    ("资金不足5000万元", "at_most"),
    ("资金5000万元以下", "at_most"),
    ("资金高达5000万元", "exact"),
    ("资金达5000万元", "exact"),
    ("It spent over 5 million yuan", "more_than"),
    ("Funds exceeded 5 million yuan", "more_than"),
    ("Funds passed 5 million yuan", "more_than"),
    ("It spent nearly 5 million yuan", "nearly"),
    ("It spent almost 5 million yuan", "nearly"),
    ("It spent some 5 million yuan", "about"),
    ("It spent around 5 million yuan", "about"),
    ("It spent 5 million yuan or so", "about"),
    ("It spent at least 5 million yuan", "at_least"),
    ("It spent no less than 5 million yuan", "at_least"),
    ("It spent 5 million yuan or more", "at_least"),
    ("It spent up to 5 million yuan", "up_to"),
    ("It spent as much as 5 million yuan", "up_to"),
    ("It spent no more than 5 million yuan", "up_to"),
    ("It spent less than 5 million yuan", "at_most"),
]


@pytest.mark.parametrize(("text", "qualifier"), QUALIFIERS)
def test_the_words_beside_a_number_qualify_it(text: str, qualifier: str):
    (found,) = claims_in(text)
    assert found.qualifier == qualifier


def test_a_conversion_in_brackets_takes_the_qualifier_before_it():
    first, second = claims_in("Sales were nearly 1.1 billion yuan ($170 million).")
    assert (first.qualifier, second.qualifier) == ("nearly", "nearly")
    assert second.measure == first.measure
