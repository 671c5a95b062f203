"""When a figure of an English text holds, and whether it is done, planned or aimed at: by clause, tense and verb."""

import pytest

from pairbook.analysis.claims.tests.found import claims_in

# Text published on 18 September 2020, and the period of its last figure.
PERIODS = [
    # A day without a year is the latest before the text, unless its own sentence tells a year.
    (
        "At the end of 2018 the county had 857 poor. Gifts reached 6.4 million yuan by April 7.",
        "..2020-04-07",
    ),
    ("In 2018 it gave 3 million yuan by April 7.", "..2018-04-07"),
    # Years later count from the time told before, and so does "by then".
    ("At the end of 2016 it had 857 poor people. Three years later 85 were left.", "..2019-12-31"),
    ("It began in 2016. Two years later the district sent 85 doctors.", "2018-01-01..2018-12-31"),
    ("At the end of 2016 it had 857 poor people. By then 87 enterprises had joined.", "..2016-12-31"),
    # What is compared with is no time of what follows.
    ("This year sales rose, up 12 percent on last year. In May it sold 30 tonnes.", "2020-05-01..2020-05-31"),
    ("In May sales rose compared with 2017. By June 3 it had sold 30 tonnes.", "..2020-06-03"),
    # Lengths of time with a half, ends of years.
    ("In three and a half years it has given 33 million yuan.", "2017-03-18..2020-09-18"),
    ("Workers at year-end: 58 teachers.", "..2020-12-31"),
    ("We ended 2018 with 412 members.", "..2018-12-31"),
    ("A room opened in March has handled 417 cases since.", "2020-03-01.."),
    ("Sales are hoped to pass; it hopes to reach 90 million yuan by the end of December.", "..2020-12-31"),
    (
        "During 2019 it grew. The hall was finished in May for 5 million yuan. We paid eleven teachers.",
        "2019-01-01..2019-12-31",
    ),
    ("In May it built a bridge, 180 meters long.", ""),
    ("In the past four years the number of the poor has dropped from 314 to 215.", "..2020-09-18"),
    (
        "Under a plan released in September the city will build 15 workshops before the end of 2021.",
        "..2021-12-31",
    ),
    ("We must see that 600 more people find work by November.", "..2020-11-30"),
    ("In 2018 he made 48,000 yuan, four times what he earned in 2015.", "2018-01-01..2018-12-31"),
    (
        "Since 2016 it has trained 146 teachers, and 34 cadres took part in courses there last year.",
        "2019-01-01..2019-12-31",
    ),
    ("Funds came to 8.4 million yuan (first quarter of 2019: 5.1 million yuan).", "2019-01-01..2019-03-31"),
    # Tenses.
    ("By the end of 2021 it wants 20 more schools. The market cost 12.8 million yuan.", ""),
    ("The remaining 904 poor households will be visited before the end of December.", "..2020-09-18"),
    ("It met on July 21. According to the report presented, 43 million yuan has been paid.", "..2020-07-21"),
    ("In 2019 it grew. The district has trained 60 villagers and set up 83 stations.", ""),
    # What goes on in the paragraph after.
    ("Since 2016 it has sent 20 doctors.\nIt has trained 300 nurses.", "2016-01-01.."),
    ("Over the past two years it has sent 20 doctors.\nIt has trained 300 nurses.", "2018-09-18..2020-09-18"),
    ("Since 2016 it has sent 20 doctors.\nIn May it trained 300 nurses.", "2020-05-01..2020-05-31"),
    ("As of the end of June 2020, it had 20 doctors.\nIt has trained 300 nurses.", "..2020-06-30"),
    ("From 2016 to 2018 it paid for 20 roads.\nThe county introduced 300 firms.", "2016-01-01..2018-12-31"),
    ("Currently it has 20 firms. Some 300 people from the county work there.", "..2020-09-18"),
    ("In May 2019 they met. Subsequently they twinned 12 schools.", ""),
    ("Last year it sent 20 doctors, who treated 300 patients that year.", "2019-01-01..2019-12-31"),
    ("The money grew at a rate of 21 percent from 2014 to 2019.", "2014-01-01..2019-12-31"),
    ("In May she was given a job, earning 2,100 yuan a month.", ""),
    ("Since 2016 it has sent 20 doctors.\nIt also sent 300 nurses.", "2016-01-01.."),
    ("In 2019 it grew. On average, each family manages 3 ponds.", ""),
    ("It gave to the school that we built in 2012 this year: 60 desks.", "2020-01-01..2020-12-31"),
    ("It has given 18 million yuan and sent in 84 cadres over the past two years.", "2018-09-18..2020-09-18"),
]

# Text, and the modality of its last figure.
MODALITIES = [
    ("The target for 2021 was 223 million yuan.", "target"),
    ("The target was 223 million yuan, of which 50 million yuan had been achieved.", "done"),
    ("The goal is to lift 1,200 people out of poverty, of whom 300 have already been lifted.", "done"),
    ("We want 20 more villages to have a partner.", "target"),
    ("It is hoped that 400 people will find jobs.", "target"),
    ("By 2025, sales to reach 300 million yuan.", "planned"),
    ("A further 200 will leave in May.", "planned"),
    ("The plan called for 40 million yuan.", "planned"),
    ("The plan called for 40 million yuan; 38 million yuan has arrived.", "done"),
    ("It had planned to send 30 teachers but sent 24.", "done"),
    ("The agreement provides for 30 million yuan a year.", "signed"),
    ("Projects worth 5.9 billion yuan were signed at the meeting.", "signed"),
    ("For 2022 the plan provides for 160 million yuan of fiscal funds.", "planned"),
    ("The district has promised another 30 million yuan.", "signed"),
    ("The mayor announced 6 million yuan for a bridge.", "planned"),
    ("It signed agreements with 45 firms; it held 49 courses.", "done"),
    ("It signed contracts worth 3 million yuan, up 15 percent.", "done"),
    ("Due to the drought, 40 wells fell dry.", "done"),
    ("The list shows the skills required by 17 companies.", "done"),
    ("It reached its goal of clean water, with 98 percent of households connected.", "done"),
    ("It will raise the funds in 2020 and has allocated 64 million yuan.", "done"),
]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("At this spring's job fairs, 2,475 vacancies were offered.", ["2020-03-01"]),
        (
            "At this spring's job fairs, 2,475 vacancies were offered; more than 400 people now work in Tianjin.",
            ["2020-03-01", None],
        ),
    ],
)
def test_the_time_of_an_occasion_does_not_hold_for_what_came_of_it(text: str, periods: list[str | None]):
    found = [one.period for one in claims_in(text)]
    assert [str(one.first) if one and one.first else None for one in found] == periods


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_sentence_says_when_its_number_holds(text: str, period: str):
    told = claims_in(text)[-1].period
    assert ("" if told is None else f"{told.first or ''}..{told.last or ''}") == period


def test_a_time_in_brackets_is_of_the_number_in_them():
    found = claims_in("Report on 2019\n\nFunds: 8.4 million yuan (first quarter of 2018: 5.1 million yuan).")
    assert [str(one.period.last) for one in found if one.period] == ["2019-12-31", "2018-03-31"]


@pytest.mark.parametrize(("text", "modality"), MODALITIES)
def test_a_sentence_says_whether_its_number_is_done(text: str, modality: str):
    assert claims_in(text)[-1].modality == modality
