"""How figures hang together, and whether it holds."""

import pytest

from pairbook.analysis.claims.finding import find_figures

TEXTS = [
    (
        "到天津就业192人，省内就近就业121人，其他地区就业1195人，共转移就业1508人。",
        "sum",
        ["1508人", "192人", "121人", "1195人"],
        True,
    ),
    (
        "市、区、镇三级分别安排2800万元、650万元和120万元，共计3470万元。",
        "sum",
        ["3470万元", "2800万元", "650万元", "120万元"],
        False,
    ),
    (
        "投入15.17亿元，其中天津市7.6亿元、福州市2.47亿元、厦门市2.4亿元、青岛市2.7亿元。",
        "sum",
        ["15.17亿元", "7.6亿元", "2.47亿元", "2.4亿元", "2.7亿元"],
        True,
    ),
    ("吸纳就业1500人，其中贫困人口600人。", "part_sum", ["1500人", "600人"], True),
    ("吸纳就业1500人，其中贫困人口1600人。", "part_sum", ["1500人", "1600人"], False),
    ("安排项目37个，其中产业类项目23个，占62.2%。", "share", ["62.2%", "23个", "37个"], True),
    ("安排项目37个，其中产业类项目23个，占72.2%。", "share", ["72.2%", "23个", "37个"], False),
    ("销售5056万元，完成全年目标2.23亿元的22.7%。", "share", ["22.7%", "5056万元", "2.23亿元"], True),
    ("从1200人增加到1850人，增幅54.2%。", "growth", ["54.2%", "1850人", "1200人"], True),
    ("规划面积3200亩（约213公顷）。", "ratio", ["3200亩", "213公顷"], True),
    ("It gave 54.16 million yuan ($8 million).", "ratio", ["54.16 million yuan", "$8 million"], True),
    (
        "It put 3.4 billion yuan ($50 million) into roads.",
        "ratio",
        ["3.4 billion yuan", "$50 million"],
        False,
    ),
    (
        "It sent 18 cadres, 42 teachers and 27 nurses, 89 people in all.",
        "sum",
        ["89", "18", "42", "27"],
        False,
    ),
    ("They employ 453 villagers, of whom 212 were poor.", "part_sum", ["453", "212"], True),
    (
        "The rate was cut from 12.9% to 1.6%, a fall of 11.3 percentage points.",
        "growth",
        ["11.3 percentage points", "1.6%", "12.9%"],
        True,
    ),
]


@pytest.mark.parametrize(("text", "kind", "figures", "holds"), TEXTS)
def test_a_relation_is_found_and_tested(text: str, kind: str, figures: list[str], holds: bool):
    found = find_figures(text)
    texts = {figure.id: figure.text for figure in found.figures}
    told = [(one.type, [texts[name] for name in one.figures], one.holds) for one in found.relations]
    assert (kind, figures, holds) in told


def test_the_same_figure_told_again_is_linked_to_its_first_mention():
    found = find_figures("剩余贫困户3195户。这3195户都有帮扶措施。")
    assert [(one.type, one.figures) for one in found.relations] == [("ratio", ("f1", "f2"))]


def test_a_running_total_is_no_sum_of_what_stands_before_it():
    found = find_figures("新引进企业6家，新增入园企业3家，累计27家。")
    assert [one for one in found.relations if not one.holds] == []


def test_heads_of_other_sentences_that_nearly_make_a_total_are_no_parts_of_it():
    found = find_figures("选派40名教师。派出55名干部。到天津192人，就近121人，其他1195人，共计1608人。")
    (relation,) = found.relations
    assert relation.type == "sum" and relation.computed == 1508 and not relation.holds


def test_a_range_before_of_them_is_no_total():
    found = find_figures(
        "Some 64,000 to 70,000 households gained. A survey of 1,204 of them asked for incomes."
    )
    assert found.relations == ()
