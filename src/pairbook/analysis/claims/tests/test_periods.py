"""When a number holds, resolved against the day of publication (18 September 2020)."""

from datetime import date

import pytest

from pairbook.analysis.claims.tests.found import claims_in

# Text, first day, last day; two empty days where none is told.
TEXTS = [
    ("2019年，投入资金500万元。", "2019-01-01", "2019-12-31"),
    ("今年，投入资金500万元。", "2020-01-01", "2020-12-31"),
    ("今年以来，投入资金500万元。", "2020-01-01", "2020-09-18"),
    ("今年已投入资金500万元。", "2020-01-01", "2020-09-18"),
    ("去年，投入资金500万元。", "2019-01-01", "2019-12-31"),
    ("截至目前，投入资金500万元。", "", "2020-09-18"),
    ("截至2020年6月底，投入资金500万元。", "", "2020-06-30"),
    ("到2019年底，剩余贫困户35户。", "", "2019-12-31"),
    ("2016年以来，投入资金500万元。", "2016-01-01", ""),
    ("自2017年两地结对帮扶以来，投入资金500万元。", "2017-01-01", ""),
    ("2016年至2020年，投入资金500万元。", "2016-01-01", "2020-12-31"),
    ("2019年1月至8月，投入资金500万元。", "2019-01-01", "2019-08-31"),
    ("今年1至5月，投入资金500万元。", "2020-01-01", "2020-05-31"),
    ("今年上半年，投入资金500万元。", "2020-01-01", "2020-06-30"),
    ("前三季度，投入资金500万元。", "2020-01-01", "2020-09-30"),
    ("8月8日，某企业捐款500万元。", "2020-08-08", "2020-08-08"),
    ("12月3日，某企业捐款500万元。", "2019-12-03", "2019-12-03"),
    ("三年来，投入资金500万元。", "2017-09-18", "2020-09-18"),
    ("“十三五”期间，投入资金500万元。", "2016-01-01", "2020-12-31"),
    ("疫情发生后，捐款500万元。", "", ""),
    ("投入资金500万元。", "", ""),
    ("将从9月下旬到10月中旬投入资金500万元。", "2020-09-21", "2020-10-20"),
    ("2016年至2019年四年间，投入资金500万元。", "2016-01-01", "2019-12-31"),
    ("2017年、2018年连续两年投入资金500万元。", "2017-01-01", "2018-12-31"),
    ("据《2018年财政报告》披露，投入资金500万元。", "", ""),
    ("截至今年6月底，投入资金500万元。", "", "2020-06-30"),
    ("刚到的前两个月，投入资金500万元。", "", ""),
    ("预计2019年投入资金500万元。", "2019-01-01", "2019-12-31"),
    ("2016年建起加工厂，每年分红500万元。", "", ""),
    ("目前已开工，计划投入资金500万元。", "", ""),
    ("记者从某局了解到，截至6月底，投入资金500万元。", "", "2020-06-30"),
    ("今（8）日，投入资金500万元。", "2020-09-18", "2020-09-18"),
    ("据介绍，2019年，各项工作推进顺利。\n\n资金方面，投入资金500万元。", "2019-01-01", "2019-12-31"),
    ("9月8日，签约仪式举行。\n\n现场捐款500万元。", "2020-09-08", "2020-09-08"),
    ("2016年以来，我们一起努力。\n\n改造道路，投入资金500万元。", "2016-01-01", ""),
    ("今年以来，各项工作推进。\n\n举办2020年展销会，投入资金500万元。", "2020-01-01", "2020-09-18"),
    ("今天下午，某企业捐款500万元。", "2020-09-18", "2020-09-18"),
    ("驻村以来，三年安排资金500万元。", "2017-09-18", "2020-09-18"),
    ("去年9月开馆以来，短短一年，已累计销售500万元。", "2019-09-01", ""),
    ("预计投产后年产值达500万元。", "", ""),
    ("“十三五”成绩不易，五年间投入资金500万元。", "2016-01-01", "2020-12-31"),
    ("力争到2025年投入资金500万元。", "2025-01-01", "2025-12-31"),
    ("力争到2025年底投入资金500万元。", "", "2025-12-31"),
    ("2018年，贫困发生率从9.3%降到3.1%。", "", "2017-12-31"),
    ("2018年，未摘帽县还剩44个。", "", "2018-12-31"),
    ("2017年两地结对以来，投入资金500万元。", "2017-01-01", ""),
    ("截至上月底，投入资金500万元。", "", "2020-08-31"),
    ("上个月投入资金500万元。", "2020-08-01", "2020-08-31"),
    ("上周投入资金500万元。", "2020-09-07", "2020-09-13"),
    ("本周三捐款500万元。", "2020-09-16", "2020-09-16"),
    ("下月底前拨付资金500万元。", "", "2020-10-31"),
    ("4月7日前，已到位资金500万元。", "", "2020-04-07"),
    ("今年来投入资金500万元。", "2020-01-01", "2020-09-18"),
    ("年初以来投入资金500万元。", "2020-01-01", "2020-09-18"),
    ("今年头5个月投入资金500万元。", "2020-01-01", "2020-05-31"),
    ("三年累计投入资金500万元。", "2017-09-18", "2020-09-18"),
    ("截至6月28日，我区2020年度资金500万元全部到位。", "", "2020-06-28"),
    ("上半年引进企业3家，仅占年度任务8家的37.5%。", "2020-01-01", "2020-06-30"),
    ("党的十八大以来，投入资金500万元。", "", ""),
    ("9月8日，展销会开幕。开幕当天投入资金500万元。", "2020-09-08", "2020-09-08"),
    ("2019年12月，开会。春节前后，投入资金500万元。", "", ""),
    ("自2016年底建立帮扶关系以来，投入资金500万元。", "2016-12-31", ""),
    ("今年8月底，园区建成，预计年产值可达500万元。", "", ""),
    ("两年里，他协调资金500万元。", "2018-09-18", "2020-09-18"),
    ("2019年，每个街道至少投入资金500万元。", "", ""),
    ("“十三五”成绩不易，五年共投入资金500万元。", "2016-01-01", "2020-12-31"),
    ("签订协议，约定三年内采购农产品500万元。", "2020-09-18", "2023-09-18"),
    ("6月底前拨付资金500万元。", "", "2020-06-30"),
    ("两年下来，投入资金500万元。", "2018-09-18", "2020-09-18"),
    ("二期明年6月建成后，预计投入资金500万元。", "", ""),
    ("预计明年6月投入运营，届时年产值500万元。", "2021-06-01", ""),
    ("每年出资500万元。", "", ""),
    ("2016年至今，投入资金500万元。", "2016-01-01", ""),
    ("近半年来，投入资金500万元。", "2020-03-18", "2020-09-18"),
    ("未来三年，计划投入资金500万元。", "2020-09-18", "2023-09-18"),
    ("到2025年，投入资金500万元。", "2025-01-01", "2025-12-31"),
    ("2019年10月至2020年5月，投入资金500万元。", "2019-10-01", "2020-05-31"),
    ("去年10月至今年5月，投入资金500万元。", "2019-10-01", "2020-05-31"),
    ("12月20日前拨付500万元。", "2020-12-20", "2020-12-20"),
    ("12月，将投入资金500万元。", "2020-12-01", "2020-12-31"),
    ("现在投入资金500万元。", "", "2020-09-18"),
    ("全年计划安排帮扶资金500万元。", "2020-01-01", "2020-12-31"),
    ("全县还有贫困户35户。", "", "2020-09-18"),
    ("截至目前，贫困发生率由24.6%下降到0.43%。", "", ""),
    ("2020年上半年工作情况\n一、资金。投入资金500万元。", "2020-01-01", "2020-06-30"),
    ("In 2019 it spent 5 million yuan.", "2019-01-01", "2019-12-31"),
    ("It spent 5 million yuan in 2019.", "2019-01-01", "2019-12-31"),
    ("It spent 5 million yuan last year.", "2019-01-01", "2019-12-31"),
    ("This year it spent 5 million yuan.", "2020-01-01", "2020-12-31"),
    ("So far this year it has spent 5 million yuan.", "2020-01-01", "2020-09-18"),
    ("By the end of May it had spent 5 million yuan.", "", "2020-05-31"),
    ("As of Aug. 31, 2020, it had spent 5 million yuan.", "", "2020-08-31"),
    ("Since 2016 it has spent 5 million yuan.", "2016-01-01", ""),
    ("From 2016 to 2019 it spent 5 million yuan.", "2016-01-01", "2019-12-31"),
    ("Over the past three years it spent 5 million yuan.", "2017-09-18", "2020-09-18"),
    ("In the first half of the year it spent 5 million yuan.", "2020-01-01", "2020-06-30"),
    ("From January to August it spent 5 million yuan.", "2020-01-01", "2020-08-31"),
    ("It spent 5 million yuan in March 2019.", "2019-03-01", "2019-03-31"),
    ("It spent 5 million yuan, up from 2018.", "", ""),
    ("Since the outbreak it has spent 5 million yuan.", "", ""),
    ("It spent 5 million yuan.", "", ""),
    ("It sold 5 million yuan of cheese in the 12 months to January.", "2019-02-01", "2020-01-31"),
    ("In the three years to 2019 it spent 5 million yuan.", "2017-01-01", "2019-12-31"),
    ("The previous year it spent 5 million yuan.", "2019-01-01", "2019-12-31"),
    ("The fund, launched in 2018, has spent 5 million yuan.", "", ""),
    ("It spent 5 million yuan, above the 2018 level.", "", ""),
    ("It spent 5 million yuan at the fair, whose 2018 edition was small.", "", ""),
    ("In the year ended March 2019 it spent 5 million yuan.", "2018-04-01", "2019-03-31"),
    ("From 1 April 2018 to date it has spent 5 million yuan.", "2018-04-01", "2020-09-18"),
    ("Between July 2016 and June 2019 it spent 5 million yuan.", "2016-07-01", "2019-06-30"),
    ("From October last year to March this year it spent 5 million yuan.", "2019-10-01", "2020-03-31"),
    ("From 2015 on it has spent 5 million yuan.", "2015-01-01", ""),
    (
        "Since the two sides signed a framework agreement in 2016 it has spent 5 million yuan.",
        "2016-01-01",
        "",
    ),
    ("In spring 2019 it spent 5 million yuan.", "2019-03-01", "2019-05-31"),
    ("By mid-May it had spent 5 million yuan.", "", "2020-05-15"),
    ("In recent years it spent 5 million yuan.", "", ""),
    ("It has spent 5 million yuan, officials said on Tuesday.", "", ""),
    ("LANHE, Sept. 8 (Xinhua) -- It has spent 5 million yuan.", "", ""),
    ("The city, struck by a quake in May, spent 5 million yuan.", "", ""),
    ("It spent 5 million yuan within six months.", "", ""),
    ("It was paved, where few people live, for 5 million yuan in 2019.", "2019-01-01", "2019-12-31"),
    ("Since the end of 2016, the city has given 5 million yuan.", "2016-12-31", ""),
]


@pytest.mark.parametrize(("text", "first", "last"), TEXTS)
def test_a_time_is_resolved(text: str, first: str, last: str):
    period = claims_in(text)[0].period
    found = ("", "") if period is None else (str(period.first or ""), str(period.last or ""))
    assert found == (first, last)


def test_without_a_day_of_publication_only_absolute_times_are_told():
    (relative,) = claims_in("去年，投入资金500万元。", None)
    (absolute,) = claims_in("2019年，投入资金500万元。", None)
    assert relative.period is None and absolute.period is not None


def test_a_time_stays_in_force_for_the_sentences_that_go_on():
    periods = [one.period for one in claims_in("2019年，投入资金500万元。选派干部3名。")]
    assert periods[0] == periods[1] is not None


def test_years_are_dealt_out_to_numbers_in_order():
    found = claims_in("2018年至2020年，分别投入资金600万元、1500万元、3200万元。")
    assert [one.period.first.year for one in found if one.period and one.period.first] == [2018, 2019, 2020]


def test_since_goes_on_with_the_perfect():
    found = claims_in("Since May 2014 it has spent 5 million yuan. Donations have exceeded 9 million yuan.")
    assert found[0].period == found[1].period is not None


def test_what_is_compared_with_has_its_own_time():
    found = claims_in(
        "In 2019 the numbers of schools and clinics were 24 and 37, compared with 11 and 20 in 2016."
    )
    assert [one.period.last.year for one in found if one.period and one.period.last] == [
        2019,
        2019,
        2016,
        2016,
    ]


def test_the_base_of_a_change_has_its_own_time():
    found = claims_in("人均纯收入由2016年的2830元提高到2019年的8740元。")
    assert [one.period.last.year for one in found if one.period and one.period.last] == [2016, 2019]


def test_a_month_in_the_middle_of_a_sentence_is_not_the_time_of_the_next():
    found = claims_in("2019年，投入资金500万元，挂职干部3名于10月到岗。实施项目9个。")
    assert [str(one.period.first) for one in found if one.period] == [
        "2019-01-01",
        "2019-01-01",
        "2019-01-01",
    ]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("人均收入由2016年的6340元增加到2019年的9875元，年均增长15.9%。", ["2016", "2019", "2016"]),
        ("贫困户从2013年底的80户210人减少到2016年底的20户51人，三年减贫159人。", ["", "", "", "", "2014"]),
        ("资金从2017年的2000万元增加到2019年的6500万元，累计达1.27亿元。", ["2017", "2019", "2017"]),
        ("到2018年底，剩余贫困户35户。三年间累计减贫159人。", ["", "2016"]),
    ],
)
def test_what_changed_over_years_is_of_all_of_them(text: str, periods: list[str]):
    first_days = [one.period and one.period.first for one in claims_in(text)]
    assert [str(day.year) if day else "" for day in first_days] == periods


def test_the_same_time_of_last_year_is_the_time_of_the_account_a_year_before():
    found = claims_in("上半年，完成消费帮扶1.6亿元。去年同期，仅完成9800万元。劳动力务工2.3万人。")
    assert [one.period and one.period.first and one.period.first.year for one in found] == [2020, 2019, 2020]


def test_when_a_workshop_was_built_is_no_time_of_what_it_yields_every_year():
    found = claims_in("车间去年6月建成投产，年加工党参800吨，带动周边126户群众增收。")
    assert [one.period for one in found] == [None, None]


def test_a_title_without_a_mark_is_told_of_the_labelled_lines_under_it():
    found = claims_in("一图读懂2019年东西部协作成绩单\n财政资金：4.86亿元\n社会资金：3215万元")
    assert [one.period and str(one.period.first) for one in found] == ["2019-01-01", "2019-01-01"]


def test_what_is_still_to_come_has_the_time_behind_it():
    found = claims_in("截至8月底，支出4930万元；其余470万元将在年内支出。")
    assert [str(one.period.last) for one in found if one.period] == ["2020-08-31", "2020-12-31"]


def test_what_was_done_does_not_go_on_with_the_time_of_a_plan():
    found = claims_in("今年计划再脱贫1.2万人。12个安置点全部开工，80户已拿到钥匙。")
    assert [one.period is None for one in found] == [False, True, False]


def test_an_account_that_begins_on_no_day_named_does_not_go_on_with_the_time_before():
    found = claims_in("2019年，投入资金500万元。近年来，选派干部13名。")
    assert [one.period is None for one in found] == [False, True]


def test_what_is_so_every_year_does_not_go_on_with_the_time_before():
    found = claims_in("2019年，投入资金500万元。产业园每年分红20万元。")
    assert [one.period is None for one in found] == [False, True]


def test_a_distance_is_of_no_time():
    (found,) = claims_in("9月17日，车队驶往1700公里外的滨江区。")
    assert found.period is None


def test_half_a_year_after_an_open_time_or_a_comparison_is_this_years():
    found = claims_in("自2016年结对以来，投入资金500万元，比2015年增加200万元。上半年举办招聘会4场。")
    assert str(found[-1].period.first if found[-1].period else None) == "2020-01-01"


def test_half_a_year_after_last_year_is_last_years_and_after_a_share_of_it_is_not():
    found = claims_in("去年，引进企业3家。上半年引进1家。") + claims_in("占去年总数的90%。上半年引进1家。")
    periods = [one.period for one in found]
    assert [str(one.last) for one in periods if one] == ["2019-12-31", "2019-06-30", "2020-06-30"]


def test_an_aim_under_a_heading_is_one_of_the_headings_year():
    found = claims_in("二、2021年工作安排\n新建帮扶车间10个，力争消费帮扶突破2亿元。")
    assert {str(one.period.last) for one in found if one.period} == {"2021-12-31"} and len(found) == 2


def test_a_time_told_in_a_quotation_is_not_that_of_the_account():
    found = claims_in("“明年再投入2000万元。”他说。挂职干部3名参加。")
    assert [one.period is None for one in found] == [False, True]


def test_the_time_that_opens_a_report_holds_for_all_its_paragraphs():
    found = claims_in("截至8月底，投入资金500万元。\n选派干部3名。")
    assert [str(one.period.last) for one in found if one.period] == ["2020-08-31", "2020-08-31"]


def test_the_time_that_opens_a_story_does_not():
    found = claims_in("去年冬天，村里搬来127户。\n选派干部3名。")
    assert [one.period is None for one in found] == [False, True]


def test_the_time_of_an_english_report_outlives_its_paragraphs():
    found = claims_in(
        "Review of paired assistance in 2019\n\nThe city gave 5 million yuan.\n\nIt sent 40 teachers."
    )
    assert [one.period and one.period.last and one.period.last.year for one in found] == [2019, 2019]


def test_a_day_does_not_outlive_its_paragraph():
    found = claims_in("On May 3 the city gave 5 million yuan.\n\nIt sent 40 teachers.")
    assert [one.period is None for one in found] == [False, True]


def test_what_is_so_now_does_not_go_on_with_a_past_year():
    found = claims_in("In 2019 the city gave 5 million yuan. Twenty pairs of schools share lessons.")
    assert [one.period is None for one in found] == [False, True]


def test_a_growth_is_not_of_the_year_it_is_measured_against():
    found = claims_in("In 2011 the city gave 5 million yuan, up 8 percent over 2010, and sent 40 teachers.")
    assert {one.period.last.year for one in found if one.period and one.period.last} == {2011}


def test_the_base_of_an_english_change_keeps_its_year_to_itself():
    found = claims_in("In 2019 the share rose from 54 percent in 2016 to 72 percent, and 40 teachers came.")
    assert [one.period.last.year for one in found if one.period and one.period.last] == [2016, 2019, 2019]


def test_the_same_period_of_a_year_is_that_of_the_account():
    found = claims_in(
        "In the first eight months of 2020 it sent 40 teachers, up from 35 in the same period of 2019."
    )
    assert [str(one.period.last) for one in found if one.period] == ["2020-08-31", "2019-08-31"]


def test_the_poor_of_a_year_are_those_at_its_end():
    (found,) = claims_in("In 2014 the county had 8,000 poor residents.")
    assert found.period is not None and found.period.first is None


def test_a_month_of_a_new_paragraph_is_the_latest_before_the_text():
    found = claims_in("In 2018 the city gave 5 million yuan.\n\nIn March it sent 40 teachers.")
    assert [str(one.period.first) for one in found if one.period] == ["2018-01-01", "2020-03-01"]


def test_a_headline_is_of_the_time_that_is_told_below_for_the_same_number():
    found = claims_in("落户12家 就业350人\n2019年，两地共建的产业园落户12家企业，带动就业300人。")
    assert [one.period and str(one.period.last) for one in found] == [
        "2019-12-31",
        None,
        "2019-12-31",
        "2019-12-31",
    ]


def test_figures_of_a_headline_do_not_hide_the_lead():
    found = claims_in(
        "350人、12家……数字里的协作\n记者从某局了解到，各项工作稳步推进，成效明显。截至6月底，两地投入财政资金500万元。\n劳务方面，吸纳就业350人。"
    )
    assert {str(one.period.last) for one in found if one.period} == {"2020-06-30"}
    assert found[-1].period is not None


def test_a_year_that_somebody_quoted_does_not_open_the_account():
    found = claims_in("局长说：“2020年，我们将继续推进项目建设。还要扩大协作。”\n两地共建产业园4个。")
    assert found[0].period is None


def test_the_years_of_an_agreement_are_no_time_of_what_follows():
    found = claims_in("2019年，两市签署了2019—2025年合作框架协议。落实资金500万元。")
    assert [str(one.period.last) for one in found if one.period] == ["2019-12-31"]


def test_what_a_december_report_expects_is_of_its_year():
    (found,) = claims_in("2019年，工作成效明显。预计：全县销售农产品500万元。", published=date(2019, 12, 26))
    assert found.period is not None and str(found.period.first) == "2019-01-01"


def test_a_change_since_the_end_of_the_year_before_is_of_the_year():
    found = claims_in("2019年末，全县有贫困人口500人，比上年末减少800人。")
    assert [one.period and str(one.period.first) for one in found] == ["None", "2019-01-01"]
