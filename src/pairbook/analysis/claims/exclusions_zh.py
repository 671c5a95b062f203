"""Chinese numerals that count nothing: ordinals, numbers of laws and houses, telephones, names, ages, durations.

Each group of PATTERN is named for the reason; the name comes back as `why_not`.
"""

from pairbook.analysis.claims.patterns import any_of, named, words_of

SIGNS = "一二两三四五六七八九十百千万亿零壹贰叁肆伍陆柒捌玖拾佰仟"
# Possessive: no numeral is tried again in part when the word behind it is another one.
_NUMERAL = rf"[{SIGNS}\d]++"
_COUNT = rf"(?:\d++(?:\.\d++)?|[{SIGNS}半几数]++)"
_ORDINAL_OF = any_of(
    "个 次 趟 届 批次? 期 场 名 位 章 条 款 节 轮 号 代 产业 季 版 页 师 中学 小学 医院 人民医院 方阵 梯队 阶段 "
    "书记"
)
_DURATION_OF = any_of(
    r"个[余多半]?(?:月|星期|季度|小时|钟头|工作日|学期|世纪)",
    "年(?!度|级|均|产) 年级 天 周(?!边|围|岁) 日(?!产|均) 夜 小时 分钟 秒钟? 季(?!度) 学年 学期 世纪 昼夜 载",
)
_PLACE_OF = any_of(
    "楼 室 单元 栋楼 路车 路公交 国道 省道 高速 级(?!别) 线(?!上|下) 大(?=[\u3400-\u9fff])",
    r"中(?=[\u3400-\u9fff]{0,2}(?:本科|学|校|毕业))",
)
_CLOSING = "”\"」』》'"
_MONEY_OR_PEOPLE = r"(?:[\d十百千万亿][余多]?[万亿]?(?:元|人|户|亩|吨|名)|\d[余多]?[万亿])"

_COUNTERS = "|".join(
    f"(?<={word}{mark})"
    for word in words_of(
        "字数 阅读 阅读量 阅读数 阅读次数 点击 点击数 点击量 点击次数 浏览 浏览量 浏览次数 访问量 访问次数",
        "人气 编号 邮编 微信 qq 工号 期号 评论 点赞 证号 许可证号 证编号",
    )
    for mark in (":", ": ", " ", "")
)
PATTERN = "|".join(
    (
        named(
            "list_mark",
            r"(?:(?<=\n)|(?<=\n )|(?<![\s\S]))[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.．](?!\d)",
            "[①-⑳]",
        ),
        # 第113场, 第三批, 第一、二批
        named(
            "ordinal",
            rf"第\s?{_NUMERAL}(?:[、和至到-]{_NUMERAL}(?=[批次届期轮场个]))*(?:[余多]?){_ORDINAL_OF}?",
            first=r"第",
        ),
        # 十三届全国人大五次会议
        named(
            "sitting",
            rf"[{SIGNS}]++届(?=[全人政省市县区中党{SIGNS}])",
            rf"(?<=[大协届会])[{SIGNS}]++次(?=会议|全会|全体会议)",
            first=rf"{SIGNS}",
        ),
        # 国开发〔2017〕6号
        named("law", r"[〔\[【(](?:19|20)\d\d[〕\]】)]\s?(?:第?\s?\d+\s?号)?", first=r"〔\[【("),
        named("address", r"[a-z\d._-]+@[a-z\d.]+", first=r"a-z\d"),
        # 中央一号文件, COVID-19, G327, 5G
        named(
            "code",
            rf"(?:{_NUMERAL})\s?号(?!召|称|角)",
            r"(?!(?:rmb|usd|cny|eur|us)\d)[a-z]+[-·]?\d[\d.a-z-]*(?:\+\d+)?",
            r"(?<![\d.])\d[a-z](?![a-z%])",
            r"\d++(?:\.\d++)?[a-z]{2,}\d+",
            # 图1, 表2, 附件3 by their numbers; 地图3张 counts maps.
            r"(?:(?<=[图表])|(?<=附件))\d{1,3}(?![\d.]*[张幅份个册件元万%])",
        ),
        # 阅读量: 5309, 字数: 4092; 8个字
        named(
            "counter",
            rf"(?<=[: 数读量击率览气号编信q期论赞次])(?:{_COUNTERS})\d++(?![万亿]?[元人户个家亩])",
            first=r"\d",
        ),
        named("letters", rf"{_NUMERAL}[余多]?个?字(?![典画号母幕])", first=rf"\d{SIGNS}"),
        named(
            "phone",
            r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)",
            r"\(?0\d{2,3}\)?[- ]?\d{3,4}[- ]?\d{4}(?!\d)",
            r"0\d{2,3}[-—]\d{5,8}(?!\d)",
            r"[48]00[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)",
            first=r"\d(+",
        ),
        named(
            "clock",
            r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?::[0-5]\d)?(?!\d)",
            r"(?:[01]?\d|2[0-4])时(?:[0-5]?\d分|许|半|整)?(?!间|期)",
            r"(?:[01]?\d|2[0-4])点(?:[0-5]\d分?|半|整|许|钟)",
            first=r"\d",
        ),
        named("event", r"\d{1,2}·\d{1,2}", first=r"\d"),
        named(
            "formula",
            r"\d+[:：]\d+(?![\d:：])",
            r"\d++(?:\+[\dnx])+(?!\d*[%.])",
            r"\d++[×x*]\d+(?:[×x*]\d+)?",
            first=r"\d",
        ),
        # “两不愁三保障”: short, in quotes, with a numeral, and no amount of money or people.
        named(
            "quoted",
            rf"(?<=[“\"「『《'])(?=[^{_CLOSING}，,。;；\n]{{0,14}}[{SIGNS}\d])"
            rf"(?![^{_CLOSING}]{{0,12}}{_MONEY_OR_PEOPLE})[^{_CLOSING}，,。;；:：\n]{{1,14}}(?=[{_CLOSING}])",
        ),
        named(
            "mark", r"其[一二三四五六](?=[,，、是])", r"[一二三四五六七八九十](?:是|要|则)(?=[\u3400-\u9fff])"
        ),
        named("phase", r"(?<=[，,；;。\n])[一二三四]期(?=计划|工程|项目|占地|投资|建设|再|拟|将|总)"),
        named("age", rf"{_COUNT}(?:周)?岁"),
        # 为期1至6个月
        named("duration", rf"(?:{_COUNT}(?:至|到|[-—~]{{1,2}}))?{_COUNT}[余多来几]?{_DURATION_OF}[余多半]?"),
        named("place", rf"{_NUMERAL}{_PLACE_OF}"),
    )
)
