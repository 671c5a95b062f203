"""The papers each stage of a job expects.

Source: DOMAIN section 4 (S63, S64): a contract or the employer's certificate proves a placement; bank wage records or a
signed and stamped payroll prove that somebody stayed. Either of two papers is one sort, so that none is missed in vain.
"""

from pairbook.kernel.texts import Text
from pairbook.register.shapes import PaperKind

FAIR_NOTICE = PaperKind("fair_notice", Text("招聘会公告或方案", "notice or plan of the fair"))
FAIR_RECORD = PaperKind("fair_record", Text("签到表或现场照片", "sign-in sheet or photos"))
VACANCY_LIST = PaperKind("vacancy_list", Text("加盖公章的岗位清单", "stamped list of vacancies"))
INTENTION_LIST = PaperKind("intention_list", Text("就业意向登记表", "list of intentions"))
CONTRACT = PaperKind("contract", Text("劳动合同或用人单位证明", "contract or employer's certificate"))
WAGES = PaperKind("wages", Text("银行工资流水或签章工资表", "bank wage records or signed payroll"))
LEAVING_NOTICE = PaperKind(
    "leaving_notice", Text("离岗证明或回访记录", "notice of leaving or follow-up record")
)
