"""What a figure measures, one line for each measure and the wordings it comes in."""

import pytest

from pairbook.analysis.claims.tests.found import claims_in

# Text with one figure (or the first of several), and its measure.
TEXTS = [
    ("到位财政帮扶资金5020万元。", "funds.fiscal"),
    ("市级财政安排5150万元。", "funds.fiscal"),
    ("动员社会力量捐款600万元。", "funds.social"),
    ("社会各界捐款捐物折合1230.5万元。", "funds.social"),
    ("累计投入帮扶资金3.26亿元。", "funds.total"),
    ("捐赠价值30万元的防疫物资。", "funds.goods_value"),
    ("捐赠口罩1.4万只。", "goods.quantity"),
    ("支援消毒液10余吨。", "goods.quantity"),
    ("两地党政主要领导互访4次。", "visits.leaders"),
    ("选派挂职干部3名。", "talent.cadres"),
    ("选派党务工作者34名。", "talent.cadres"),
    ("选派40名教师、医生赴镇原县支教支医。", "talent.professionals"),
    ("选派55名干部人才到静海区挂职学习。", "talent.total"),
    ("培训党政干部320人次。", "training.cadres"),
    ("培训教师、医生等专业技术人才560人次。", "training.professionals"),
    ("农民实用技术培训4200人次。", "training.farmers"),
    ("培训各类人员360人次。", "training.total"),
    ("转移就业1508人。", "jobs.placed"),
    ("输转劳动力到天津就业192人。", "jobs.placed_in_assisting"),
    ("省内就近就业121人。", "jobs.placed_nearby"),
    ("扶贫车间吸纳就业1500人。", "jobs.placed_nearby"),
    ("到其他地区就业1195人。", "jobs.placed_elsewhere"),
    ("举办招聘会3场。", "jobs.fairs"),
    ("提供就业岗位2475个。", "jobs.vacancies"),
    ("达成就业意向205人。", "jobs.intentions"),
    ("引进落地企业12家。", "enterprises.count"),
    ("引进企业12家，实际到位投资1.26亿元。", "enterprises.count"),
    ("协议投资额9.8亿元。", "enterprises.agreed_investment"),
    ("建成扶贫车间33个。", "workshops.count"),
    ("采购和帮助销售农特产品1.5亿元。", "sales.amount"),
    ("实施帮扶项目58个。", "projects.count"),
    ("结对乡镇12对。", "twinning.townships"),
    ("28所学校结成友好学校。", "twinning.schools"),
    ("9家医院建立结对关系。", "twinning.hospitals"),
    ("社会组织41家参与结对。", "twinning.social_orgs"),
    ("带动贫困户3000户增收。", "households.benefited"),
    ("惠及群众12万人。", "persons.benefited"),
    ("累计脱贫17.8万人。", "persons.lifted"),
    ("累计减贫15738户。", "other:households-lifted"),
    ("再减少农村贫困人口1.2万人。", "persons.lifted"),
    ("实现430名建档立卡贫困人口就近就业。", "jobs.placed_nearby"),
    ("两村88户305人全部如期脱贫。", "other:households-lifted"),
    ("易地扶贫搬迁640户。", "other:households-relocated"),
    ("结对之初，剩余贫困人口620户。", "poverty.households"),
    ("土井村共有117户，建档立卡贫困户20户。", "other:households"),
    ("捐赠音箱6对。", "goods.quantity"),
    ("建档立卡贫困学生37人。", "other:students"),
    ("直接受益农户1071人。", "persons.benefited"),
    ("企业协议投资20亿元，", "enterprises.agreed_investment"),
    ("企业均已开工，实际到位资金1.9亿元。", "enterprises.invested"),
    ("选派教师、医生499人次赴重庆帮扶。", "talent.professionals"),
    ("转移输出农村劳动力3.2万人次。", "jobs.placed"),
    ("农村贫困人口比上年末减少1.2万人。", "persons.lifted"),
    ("贫困人口减少到1.2万人。", "poverty.persons"),
    ("村村结对28个。", "twinning.villages"),
    ("镇企结对12个。", "twinning.enterprises"),
    ("創造就業崗位260個。", "jobs.placed_nearby"),
    ("吸納當地脫貧勞動力3200人就業。", "jobs.placed_nearby"),
    ("新建水厂，并将全县46个村划片。", "other:villages-covered"),
    ("人均消费支出12311元。", "other:cost"),
    ("3个省共建产业园。", "other:provinces"),
    ("累计培训建档立卡贫困户1795人。", "training.farmers"),
    ("资金被挤占挪用1595万元。", "other:idle-funds"),
    ("贫困发生率降至1.75%。", "poverty.incidence"),
    ("8个县退出贫困县序列。", "poverty.counties_exited"),
    ("未摘帽贫困县还有52个。", "poverty.counties_remaining"),
    ("132个贫困村全部退出。", "poverty.villages_exited"),
    ("尚有贫困户3195户。", "poverty.households"),
    ("剩余贫困人口8570人。", "poverty.persons"),
    ("人均纯收入10740元。", "income.per_capita"),
    ("新建便民桥12座。", "assets.built"),
    ("硬化道路86.4公里。", "assets.built"),
    ("举办培训班6期。", "other:training-courses"),
    ("同比增长12.3%。", "other:growth"),
    ("It gave 54.16 million yuan in fiscal assistance.", "funds.fiscal"),
    ("It gave 54.16 million yuan ($8 million) in financial assistance.", "funds.fiscal"),
    ("It gave 16.82 million yuan in social assistance funds.", "funds.social"),
    ("Local firms donated 3.07 million yuan.", "funds.social"),
    ("Aid of 3.4 billion yuan was provided.", "funds.total"),
    ("It sent medical supplies worth 3.2 million yuan.", "funds.goods_value"),
    ("It sent 14,000 masks.", "goods.quantity"),
    ("District leaders have visited Zhenyuan seven times.", "visits.leaders"),
    ("It sent 18 cadres to the county.", "talent.cadres"),
    ("It sent 42 teachers to the county.", "talent.professionals"),
    ("A total of 113 officials and professionals were sent to the county.", "talent.total"),
    ("It trained 890 cadres.", "training.cadres"),
    ("It trained 96 local doctors.", "training.professionals"),
    ("It trained 600 farmers.", "training.farmers"),
    ("It trained up to 360 officials, professionals and farmers.", "training.total"),
    ("It helped 731,000 people find jobs.", "jobs.placed"),
    ("It found 550 people jobs in local workshops.", "jobs.placed_nearby"),
    ("Five job fairs were held.", "jobs.fairs"),
    ("Employers offered 1,180 openings.", "jobs.vacancies"),
    ("312 people signed letters of intent.", "jobs.intentions"),
    ("171 enterprises settled in Gansu.", "enterprises.count"),
    ("Firms made an actual investment of 6.97 billion yuan.", "enterprises.invested"),
    ("The sides signed projects worth 1.2 billion yuan.", "enterprises.agreed_investment"),
    ("Eleven workshops now operate.", "workshops.count"),
    ("Sales exceeded 260 million yuan.", "sales.amount"),
    ("It carried out 58 projects.", "projects.count"),
    ("Twelve schools have been paired.", "twinning.schools"),
    ("87 enterprises paired up with villages.", "twinning.enterprises"),
    ("It benefited 12,000 families.", "households.benefited"),
    ("It lifted 10,200 people out of poverty.", "persons.lifted"),
    ("The poverty rate fell to 1.75 percent.", "poverty.incidence"),
    ("832 counties have been removed from the list.", "poverty.counties_exited"),
    ("52 counties remain on the poverty list.", "poverty.counties_remaining"),
    ("3,195 households were still in poverty.", "poverty.households"),
    ("It had 101,400 poor people left.", "poverty.persons"),
    ("Per capita income reached 9,800 yuan.", "income.per_capita"),
    ("It built 58 greenhouses.", "assets.built"),
    ("It rose 12 percent year-on-year.", "other:growth"),
    ("The district allocated 6 million yuan to the county.", "funds.fiscal"),
    ("It sent 140 nurses east for further training.", "training.professionals"),
    ("Online lectures were attended 22,000 times.", "training.total"),
    ("It paid the fees of 64 pupils.", "persons.benefited"),
    ("In all 214 cadres, teachers and doctors were sent to the county.", "talent.total"),
    ("Only nine counties had yet to shed poverty.", "poverty.counties_remaining"),
    ("The project cost 4.2 million yuan.", "other:cost"),
    ("The net income of farmers reached 10,740 yuan.", "income.per_capita"),
    ("It donated 16 ultrasound scanners.", "goods.quantity"),
    ("Some 14 social organizations took part.", "other:givers"),
    ("Some 1,500 residents work at a factory.", "jobs.placed_nearby"),
    ("Support from the Donghu government came to 62 million yuan.", "funds.fiscal"),
    ("The poverty ratio was down to 0.8 percent.", "poverty.incidence"),
    ("Some 620 people were resettled.", "persons.benefited"),
    ("Knitting circles made 1,150 blankets.", "goods.quantity"),
    ("There were 0.9 persons of working age per dependant.", "other:ratio"),
    ("Firms twinned with villages had risen to 48.", "twinning.enterprises"),
    ("The numbers of paired townships and villages stood at 24 and 61.", "twinning.townships"),
    ("It surfaced 90 kilometers of village road.", "assets.built"),
    ("单个项目资金50万元以上的应当公开招标。", "other:threshold"),
    ("结对共建中，18对乡镇、36对村签订协议。", "twinning.townships"),
    ("自筹资金400万元。", "other:self-raised"),
    ("组织劳务协作对接会5场。", "jobs.fairs"),
    ("23个县申请摘帽。", "other:counties-applied"),
    ("360名学生领到了书包。", "persons.benefited"),
    ("有挂职干部22名。", "talent.cadres"),
    ("在岗专技人才达39名。", "talent.professionals"),
    ("村党组织书记30名来我区跟班学习。", "training.cadres"),
    ("培训农牧民5300人次。", "training.farmers"),
    ("惠及贫困群众4.7万多人。", "persons.benefited"),
    ("资助品学兼优的困难学生200名。", "persons.benefited"),
    ("全县还有6214户没有脱贫。", "poverty.households"),
    ("捐建录播教室11间。", "assets.built"),
    ("对口帮扶的北港区引来4家企业。", "enterprises.count"),
    ("300多名村民在基地务工。", "jobs.placed_nearby"),
    ("帮扶车间建成，输转劳动力3万人。", "jobs.placed"),
    ("民营企业家认捐助学金100万元。", "funds.social"),
    ("3名副处级干部到县任职。", "talent.cadres"),
    ("17名医生到县医院帮扶。", "talent.professionals"),
    ("10多名医生到乡卫生院坐诊。", "talent.professionals"),
    ("培训村医90名。", "training.professionals"),
    ("有组织输转赴区务工320人。", "jobs.placed_in_assisting"),
    ("公益性岗位安置210人。", "jobs.placed_nearby"),
    ("当年到位投资8600万元。", "enterprises.invested"),
    ("打机井12眼。", "assets.built"),
    ("慰问贫困户80户。", "households.benefited"),
    ("到位社会帮扶资金（含物资折款）1.97亿元。", "funds.social"),
    ("贫困户每户分得1200元。", "other:dividend"),
    ("一中本科上线人数达到1036人。", "other:admissions"),
    ("企业签约后已完成投资5.6亿元。", "enterprises.invested"),
    ("医疗队10名队员抵达卓尼原县，开始医疗帮扶。", "talent.professionals"),
    ("全区12个镇街、46家企业与48个村签订结对协议。", "twinning.townships"),
    ("村里有236户，其中监测户6户。", "other:households"),
    ("共有结对乡镇21对、结对学校42对。", "twinning.townships"),
    ("企业结对帮扶脱贫村1580个。", "twinning.villages_covered"),
    ("直接受益贫困人口3.9万人。", "persons.benefited"),
    ("累计向珠海输送务工人员4236人。", "jobs.placed_in_assisting"),
    ("养殖基地建设牛舍12栋。", "assets.built"),
    ("培育网络主播65名。", "training.total"),
    ("投入财政援助和社会帮扶资金1005亿元。", "funds.total"),
    ("对口援疆项目累计完成投资97.6亿元。", "funds.total"),
    ("11个贫困县（市）全部摘帽。", "poverty.counties_exited"),
    ("48户贫困户户均分红1200元。", "households.benefited"),
    ("爱心人士结对助学310人。", "persons.benefited"),
    ("为上坪乡修建蓄水池3座。", "assets.built"),
    ("首批8名队员半年里诊疗患者5600余人次。", "talent.professionals"),
    ("去年我们转移就业4.1万人。", "jobs.placed"),
    ("投入帮扶资金11.6亿元（不含社会捐赠）。", "funds.total"),
    ("12个镇街与15个乡镇续签结对，46家企业结对帮扶60个村。", "twinning.townships"),
    ("力争到位协作资金6000万元，招引企业8家。", "funds.total"),
    ("投入财政援助资金，县均5676万元。", "other:money-per-each"),
    ("这个总投资6800万元的园区一字排开。", "other:project-investment"),
    ("27名干部到会宁塬县挂职，189名教师前来支援。", "talent.cadres"),
    ("5支医疗队到位，捐赠设备18台。", "other:teams"),
    ("20名乡镇卫生院院长来我区进修。", "training.professionals"),
    ("专列载着216名务工人员抵达。", "jobs.placed_in_assisting"),
]


@pytest.mark.parametrize(("text", "measure"), TEXTS)
def test_a_figure_measures_what_its_words_say(text: str, measure: str):
    assert claims_in(text)[0].measure == measure


def test_a_list_shares_its_verb_and_each_number_has_its_own_noun():
    found = claims_in("选派党政干部3名、专业技术人才42名到镇原县挂职。")
    assert [one.measure for one in found] == ["talent.cadres", "talent.professionals"]


def test_a_part_is_of_the_measure_of_its_whole():
    found = claims_in("吸纳就业1500人，其中建档立卡贫困人口600人。")
    assert [one.measure for one in found] == ["jobs.placed_nearby", "jobs.placed_nearby"]


def test_a_table_measures_what_its_title_and_the_heads_of_its_columns_say():
    found = claims_in("劳务输转统计\n去向|批次|人数\n省内|2|97\n其他省区|1|640\n合计|3|737")
    assert [one.measure for one in found if one.unit == "person"] == [
        "jobs.placed_nearby",
        "jobs.placed_elsewhere",
        "jobs.placed",
    ]


def test_a_column_of_units_gives_each_row_its_own():
    found = claims_in("指标|单位|完成\n社会帮扶资金|万元|642.3\n达成就业意向|人|205")
    assert [(one.measure, one.unit, str(one.value)) for one in found] == [
        ("funds.social", "CNY", "6423000"),
        ("jobs.intentions", "person", "205"),
    ]


def test_what_a_table_counts_is_said_by_its_columns_and_not_by_the_places_in_its_rows():
    found = claims_in("劳务输转统计\n去向|人数\n海门市|213\n本省|97")
    assert [one.unit for one in found] == ["person", "person"]


def test_a_currency_in_brackets_is_none_to_go_on_with():
    found = claims_in(
        "It signed contracts for 11.7 billion yuan ($1.74 billion), after contracts for 9 billion."
    )
    assert [one.unit for one in found] == ["CNY", "USD", "CNY"]


def test_numbers_take_the_nouns_of_their_places_in_a_list():
    found = claims_in(
        "The numbers of paired townships, villages and schools stood at 24, 61 and 37 respectively."
    )
    assert [one.measure for one in found] == ["twinning.townships", "twinning.villages", "twinning.schools"]


def test_the_households_of_persons_go_with_them():
    found = claims_in("There were 8,570 poor people in 3,195 households.")
    assert [one.measure for one in found] == ["poverty.persons", "poverty.households"]


def test_the_persons_of_households_go_with_them():
    found = claims_in("剩余贫困户3195户8570人。")
    assert [one.measure for one in found] == ["poverty.households", "poverty.persons"]


def test_a_growth_says_what_it_is_of():
    found = claims_in("销售农产品1.5亿元，同比增长23.4%。")
    assert (found[1].measure, found[1].of) == ("other:growth", "sales.amount")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("已到位资金5150万元。", "done"),
        ("计划投入5150万元。", "planned"),
        ("预计投入5150万元。", "forecast"),
        ("力争投入5150万元。", "target"),
        ("全年应到位资金4500万元。", "required"),
        ("会议要求，全年到位资金4500万元。", "required"),
        ("根据教育人才帮扶工作要求，选派教师25名。", "done"),
        ("派出了精兵强将，先后有113人奔赴当地。", "done"),
        ("现场签约项目14个。", "signed"),
        ("签订合作协议，计划总投资16.5亿元。", "signed"),
        ("超额完成全年任务（5150万元）。", "target"),
        ("每个街道至少帮扶3个村。", "required"),
        ("结对企业要增加到50家。", "target"),
        ("结对企业要由20家增加到50家。", "done"),
        ("明年再引进企业3家。", "planned"),
        ("现场签下意向订单2350万元。", "signed"),
        ("签订协议，约定援助资金5200万元。", "signed"),
        ("“支教计划”第二批教师412人到位。", "done"),
        ("五、下半年打算。再引进企业3家。", "planned"),
        ("预期目标是：生产总值增长8%。", "target"),
        ("2020年协议任务指标\n1.资金支持。财政援助资金不少于5000万元。", "target"),
        ("下一步工作计划\n再引进企业3家。", "planned"),
        ("全年任务完成情况\n引进企业3家。", "done"),
        ("2个县将300万元直接发放给农户。", "done"),
        ("将投入300万元用于修路。", "planned"),
        ("将自家的菜园改建成200平方米菇棚。", "done"),
        ("违反八项规定精神的有6起。", "done"),
        ("累计争取各类补助资金2亿元。", "done"),
        ("今年再减少贫困人口1000万人。", "target"),
        ("行动方案提出，引进企业30家。", "target"),
        ("预计将带动农户300户。", "forecast"),
        ("规划建设了电站30座。", "done"),
        ("完成搬迁任务140万人。", "done"),
        ("“钱江”计划启动，惠及44万人。", "done"),
        ("It spent 5 million yuan.", "done"),
        ("It will spend 5 million yuan.", "planned"),
        ("It is expected to spend 5 million yuan.", "forecast"),
        ("It aims to spend 5 million yuan.", "target"),
        ("It must spend 5 million yuan.", "required"),
        ("The sides signed 11 projects.", "signed"),
    ],
)
def test_the_modality_is_told(text: str, modality: str):
    assert claims_in(text)[0].modality == modality


def test_the_parts_of_people_sent_have_their_own_sorts():
    found = claims_in("38名援疆干部人才在岗，其中医生12名、教师15名；培训干部9名。")
    assert [one.measure for one in found] == [
        "talent.total",
        "talent.professionals",
        "talent.professionals",
        "training.cadres",
    ]


def test_a_part_of_the_workers_may_have_its_own_destination():
    found = claims_in("闽江市帮扶固川县。固川县输转劳动力1.2万人次，其中赴闽江3860人次。")
    assert [one.measure for one in found] == ["jobs.placed", "jobs.placed_in_assisting"]


def test_the_parts_of_a_course_have_their_own_audiences():
    found = claims_in("培训干部人才500人次，其中党政干部200人次、专业技术人才300人次。")
    assert [one.measure for one in found] == [
        "training.total",
        "training.cadres",
        "training.professionals",
    ]


def test_a_number_without_a_noun_counts_what_the_last_with_its_classifier_did():
    found = claims_in("开展新技术37项，27项填补了县内空白。")
    assert [one.unit for one in found] == ["other:patent", "other:patent"]


def test_a_noun_may_close_a_list():
    (found,) = claims_in("社区安排了56个保洁、护绿岗位。")
    assert (found.unit, found.measure) == ("vacancy", "jobs.placed_nearby")


def test_money_obtained_is_no_aim():
    (found,) = claims_in("全县争取东部财政资金1.12亿元。")
    assert found.modality == "done"


def test_a_part_of_what_a_project_costs_has_a_giver_of_its_own():
    found = claims_in("建设项目总投资1500万元，其中沪滇协作资金1200万元。")
    assert [one.measure for one in found] == ["other:project-investment", "funds.fiscal"]


def test_what_was_spent_of_aid_is_no_investment_of_a_firm():
    found = claims_in("2022年安排项目38个、资金6.2亿元，目前完成投资3.1亿元。")
    assert [one.measure for one in found] == ["projects.count", "funds.total", "funds.total"]


def test_nouns_before_their_numbers_are_dealt_out_in_order():
    found = claims_in("互派干部和专业技术人员分别为13.1万人次和22.6万人次。")
    assert [one.measure for one in found] == ["talent.cadres", "talent.professionals"]


def test_what_has_come_of_an_aim_is_none():
    found = claims_in("今年计划完成消费帮扶2.23亿元，已完成5056万元，占年度目标任务的22.7%。")
    assert [one.modality for one in found] == ["planned", "done", "done"]


def test_what_was_signed_ends_at_the_semicolon():
    found = claims_in("签订合作协议8份，计划总投资16.5亿元；现场捐赠帮扶资金1000万元。")
    assert [one.modality for one in found] == ["signed", "signed", "done"]


def test_what_has_arrived_is_no_plan():
    found = claims_in("全年计划安排资金5800万元，上半年到位5120万元。")
    assert [one.modality for one in found] == ["planned", "done"]


def test_sides_are_named_only_where_they_are_not_the_texts_own():
    text = "静海区向镇原县拨付资金500万元。静海区向镇原县选派干部3名。镇原县选派55名干部到静海区挂职。"
    found = claims_in(text)
    assert [(one.giver, one.receiver) for one in found] == [(None, None), (None, None), ("镇原县", "静海区")]


def test_a_headline_is_of_what_the_text_below_says_of_the_same_number():
    found = claims_in(
        "231.9万元、80人 协作见成效\n2019年，两地投入财政援助资金231.9万元，帮助80名农村劳动力实现就业。"
    )
    assert [one.measure for one in found] == ["funds.fiscal", "jobs.placed", "funds.fiscal", "jobs.placed"]
