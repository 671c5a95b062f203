"""How English says what a number counts and measures: by the head of its phrase, its verb, its list and its place."""

from datetime import date

import pytest

from pairbook.analysis.claims.tests.found import claims_in

# Text with one figure (or the first of several), and its unit.
COUNTED = [
    ("It opened 26 poverty-alleviation workshops.", "other:workshop"),
    ("It sent 3,680 professional and technical personnel.", "person"),
    ("It lifted 82.39 million rural poor out of poverty.", "person"),
    ("It helped 1,204 newly relocated ethnic minority families.", "household"),
    ("It held 830 labor training sessions.", "other:course"),
    ("It paired with 259 healthcare institutions.", "hospital"),
    ("It approved 186 subprojects.", "project"),
    ("It sent 5,000 pairs of gloves.", "piece"),
    ("A delegation of 21 came.", "person"),
    ("Seven of its eight counties shed poverty.", "county"),
    ("Four out of eleven counties shed poverty.", "county"),
    ("One in ten people was poor.", "percent"),
    ("Of 260 of our teachers nobody left.", "person"),
    ("It carries out 152 production and social welfare projects.", "project"),
    ("The number of poor residents in the north of the province fell to 152,400.", "person"),
    ("The platform's online orders passed the 100,000 mark.", "other:order"),
]

# Text with one figure (or the first of several), and its measure.
MEASURED = [
    # What people are called says less than what happens to them.
    ("It helped 410,800 impoverished people.", "persons.benefited"),
    ("Some 2,600 impoverished people have found employment.", "jobs.placed"),
    ("The county still has 2,600 impoverished people.", "poverty.persons"),
    ("Some 214 people who had shaken off poverty were helped to find jobs.", "jobs.placed"),
    ("It gave clean water to 2,500 people.", "persons.benefited"),
    ("It relocated 1.9 million people.", "other:persons-relocated"),
    ("Training was given to 640 village doctors.", "training.professionals"),
    ("Half the 6,900 villagers left.", "other:share"),
    ("The hospital has a staff of 164.", "other:staff"),
    # Places and firms that only say where something is.
    ("In nine villages water ran.", "other:villages-covered"),
    ("Goods came from 27 firms.", "other:enterprises"),
    ("The province took 31 counties in the east off its poverty list.", "poverty.counties_exited"),
    (
        "Some 31 counties in the north and the east of the province got rid of poverty.",
        "poverty.counties_exited",
    ),
    ("It is one of the 52 poor counties.", "poverty.counties_remaining"),
    ("Just three counties remain.", "poverty.counties_remaining"),
    # Gifts and investments by who makes them.
    ("The city has donated 5 million yuan.", "funds.total"),
    ("Ten enterprises pledged 2.6 million yuan.", "other:givers"),
    ("Companies have donated 2.6 million yuan.", "funds.social"),
    ("It received 6.2 million yuan from enterprises and the public.", "funds.social"),
    ("It received 6.2 million yuan from the city government.", "funds.fiscal"),
    ("A company from the coast has invested 5 million yuan.", "enterprises.invested"),
    ("Firms have promised to invest 260 million yuan.", "enterprises.agreed_investment"),
    ("The city invested 3.3 million yuan in the county.", "funds.total"),
    ("Each household received 600 yuan.", "other:amount-for-one"),
    ("It gave 2,000 yuan each.", "other:amount-for-one"),
    ("It gave goods and cash worth 9.4 million yuan.", "funds.social"),
    # Visits of leaders, by whatever word they are counted.
    ("Leaders of the district went to the county on seven occasions.", "visits.leaders"),
    ("District officials came to the county seven times.", "visits.leaders"),
    ("The leaders of both sides made seven trips.", "visits.leaders"),
    ("Its officials made seven visits to the county.", "visits.leaders"),
    ("It trained local staff on 3,950 occasions.", "training.total"),
    ("Its government has contributed 92 million yuan.", "funds.fiscal"),
    ("Companies have set up in the park, investing a total of 730 million yuan.", "enterprises.invested"),
    (
        "The county still has 1,124 people in 402 households who have not shaken off poverty.",
        "poverty.persons",
    ),
    ("Some 38 clinics and 97 schools had been handed over.", "assets.built"),
    ("Its hospitals have sent eight medical teams.", "other:teams"),
    ("Workers transferred to the partner cities: 6,120.", "jobs.placed_in_assisting"),
    ("It spent 4.2 percent more than the year before.", "other:growth"),
    ("Sales were 124 percent of the year's target.", "other:completion-rate"),
    ("Farmers sold 38 tonnes of potatoes to the city, earning 9.1 million yuan.", "other:quantity-sold"),
    ("They built a cold store that holds 2,000 tonnes.", "other:capacity"),
    ("It gave 800,000 yuan from the Nanhai Chamber of Commerce.", "funds.social"),
    ("The district has promised another 30 million yuan.", "funds.total"),
    # Shares of the poor, changes, what comes out every day.
    ("Some 44 percent of its residents lived below the poverty line.", "poverty.incidence"),
    ("Only 2.5 percent remain under the poverty line.", "poverty.incidence"),
    ("One in seven of the county's rural people (13.8 percent) was poor.", "poverty.incidence"),
    ("It raised its share by no less than 8 percent.", "other:growth"),
    ("They make 1,900 uniforms a day.", "other:output"),
    ("It has a 160-bed wing.", "other:bed"),
    # The words right before or behind a number.
    ("Courses on bee-keeping were held for 640 farmers.", "training.farmers"),
    ("The county has received 84,000 tourists.", "other:visitors"),
    ("The teams sold 9,000 jars of jam.", "other:quantity-sold"),
    ("It put up 4 million yuan, and 1.7 million yuan was allocated for aid.", "funds.fiscal"),
    ("It built the 31 villages anew.", "assets.built"),
    ("Nine small industrial parks have been built.", "assets.built"),
    ("By building 14 hospitals the city kept its word.", "assets.built"),
    ("Each family moved to an apartment of 80 square meters.", "other:area"),
    ("Medicine was given to 34 countries.", "other:countries"),
    ("It improved the conditions in the classrooms for more than 15,000 students.", "persons.benefited"),
    # Work is employment only where somebody finds it.
    ("It absorbed 3,200 workers to work in Zhejiang.", "jobs.placed_in_assisting"),
    ("The plant created 340 permanent jobs.", "jobs.placed_nearby"),
    ("Some 26 doctors are now working there.", "talent.professionals"),
    ("It raised the living standards of 4,000 villagers.", "persons.benefited"),
]


@pytest.mark.parametrize(("text", "unit"), COUNTED)
def test_the_head_of_its_phrase_says_what_a_number_counts(text: str, unit: str):
    assert claims_in(text)[0].unit == unit


@pytest.mark.parametrize(("text", "measure"), MEASURED)
def test_the_build_of_a_sentence_says_what_a_number_measures(text: str, measure: str):
    assert claims_in(text)[0].measure == measure


def test_a_verb_behind_a_list_is_of_all_of_it():
    found = claims_in("About 610 schools, over 120 clinics, and at least 400 halls were built.")
    assert {one.measure for one in found} == {"assets.built"}


def test_a_verb_before_a_list_is_of_all_of_it():
    found = claims_in("It benefited 1,000 villages and 1.6 million impoverished people.")
    assert found[1].measure == "persons.benefited"


def test_a_number_with_a_verb_of_its_own_leaves_the_one_before_it():
    found = claims_in("It opened three departments, the largest of which has 12 machines.")
    assert (found[0].measure, found[1].measure) == ("assets.built", "other:quantity")


def test_what_is_said_behind_a_place_is_said_of_those_who_live_there():
    found = claims_in("Some 3,400 households in around 120 villages benefited.")
    assert [one.measure for one in found] == ["households.benefited", "other:villages-covered"]


def test_the_subject_of_its_clause_says_whose_money_it_is():
    found = claims_in(
        "Financial aid of 54 million yuan came from the district, and donations by firms, associations and"
        " individuals amount to 16 million yuan."
    )
    assert [one.measure for one in found] == ["funds.fiscal", "funds.social"]


def test_money_that_was_paid_out_is_of_the_funds_told_before():
    found = claims_in(
        "It gave 54 million yuan in fiscal funds. By April 7, 51 million yuan had been disbursed."
    )
    assert found[1].measure == "funds.fiscal"


def test_people_of_no_sort_who_are_sent_are_not_of_the_sort_told_before():
    found = claims_in("Forty professionals work here, and 55 people have been sent to the coast.")
    assert found[1].measure == "talent.total"


def test_a_fraction_and_its_percentage_are_one_rate():
    found = claims_in(
        "One in seven of the rural people (13.8 percent) was poor; the rate is below 2 percent now."
    )
    assert {one.measure for one in found} == {"poverty.incidence"}


def test_sums_joined_by_and_are_of_one_kind():
    found = claims_in("Fiscal assistance of 43 million yuan and 39 million yuan was sent to two counties.")
    assert {one.measure for one in found[:2]} == {"funds.fiscal"}


def test_what_a_thing_grew_to_is_the_thing():
    found = claims_in("Income per head in the villages rose by 9 percent, to about 14,300 yuan.")
    assert found[1].measure == "income.per_capita"


def test_those_of_whom_was_spoken_may_plan_to_invest():
    found = claims_in("Firms have invested 73 million yuan in the park. They plan to invest 12 million yuan.")
    assert found[1].measure == "enterprises.agreed_investment"


def test_the_rate_of_a_later_sentence_is_that_of_the_poor_told_before():
    found = claims_in("One in three residents lived in poverty. By the end of 2019 the rate was 0.9 percent.")
    assert found[1].measure == "poverty.incidence"


def test_that_of_names_what_is_counted_next():
    found = claims_in(
        "The number of twinned townships rose from 18 to 26, that of twinned villages from 40 to 63."
    )
    assert [one.unit for one in found] == ["township", "township", "village", "village"]


def test_a_large_sum_that_is_earned_by_selling_is_a_sale():
    found = claims_in("Farmers sold 38 tonnes of potatoes to the city, earning 9.1 million yuan.")
    assert found[1].measure == "sales.amount"


def test_those_who_work_where_the_help_comes_from_have_jobs_there():
    found = claims_in(
        "Qingtan has provided 213 million yuan. Some 1,890 villagers are now working in Qingtan."
    )
    assert found[1].measure == "jobs.placed_in_assisting"


def test_what_only_people_do_is_said_of_people_also_after_a_sum():
    found = claims_in("They earn 4,300 yuan per month. Another 3,300 have found jobs.")
    assert found[1].unit == "person"


def test_so_many_of_so_many_are_the_same_things():
    found = claims_in("Projects started: 9 of 21\nCadres on secondment: 6")
    assert [one.unit for one in found] == ["project", "project", "person"]


def test_handing_over_is_no_bound():
    (found,) = claims_in("They handed over 120 computers.")
    assert found.qualifier == "exact"


def test_it_was_goes_on_with_the_measure_before():
    found = claims_in("Per capita income was 2,966 yuan. Last year it was 9,870 yuan.")
    assert found[1].measure == "income.per_capita"


def test_a_sum_without_its_currency_goes_on_with_the_sum_before():
    found = claims_in("I made 800 yuan a month. This year I have never taken home less than 2,600.")
    assert found[1].unit == "CNY"


def test_nothing_is_measured_by_a_name_of_the_rules():
    found = claims_in("Some 326,300 people were posted for the farmland; their number was trained for work.")
    assert not {"talent", "training", "jobs"} & {one.measure for one in found}


MEASURES_IN_ORDER = [
    (
        "It helped 1,480 people find work outside the province, 860 of them in Ningbo.",
        ["jobs.placed_elsewhere", "jobs.placed_in_assisting"],
    ),
    (
        "About 1,870 people, 1,120 of them from poor families, work in the workshop.",
        ["jobs.placed_nearby"] * 2,
    ),
    (
        "Investment by eight firms from Suzhou amounts to 640 million yuan; deals for 1.1 billion were signed.",
        ["other:enterprises", "enterprises.invested", "enterprises.agreed_investment"],
    ),
    (
        "It sent 50,000 masks, 2,000 suits, 300 thermometers and eight tonnes of disinfectant, worth 1.9 million yuan.",
        ["goods.quantity"] * 4 + ["funds.goods_value"],
    ),
    ("Businesses in the city gave a further 2.3 million yuan in cash.", ["funds.social"]),
    ("It runs a workshop where 240 women now make gloves.", ["jobs.placed_nearby"]),
    ("Shanghai has been spending 1 million yuan each year on training projects.", ["funds.total"]),
]


@pytest.mark.parametrize(("text", "measures"), MEASURES_IN_ORDER)
def test_each_number_of_a_sentence_measures_its_own(text: str, measures: list[str]):
    assert [one.measure for one in claims_in(text)] == measures


def test_a_number_that_stands_alone_counts_people_where_only_people_do_so():
    found = claims_in("Some work in 12 workshops. A further 200 will leave for Ningbo.")
    assert [one.unit for one in found][-1] == "person"


def test_a_year_told_of_the_whole_is_not_the_time_of_what_follows():
    found = claims_in(
        "By the end of September it had spent 38 million of this year's 42 million yuan; 19 projects are finished.",
        date(2019, 11, 12),
    )
    assert [str(one.period and one.period.last) for one in found] == [
        "2019-09-30",
        "2019-12-31",
        "2019-09-30",
    ]
