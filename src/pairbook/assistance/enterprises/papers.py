"""The papers each stage of an enterprise expects.

Source: DOMAIN section 4: licence, investment contract, bank proof of paid-in money, wage roll of poor workers.
"""

from pairbook.kernel.texts import Text
from pairbook.register.shapes import PaperKind

AGREEMENT = PaperKind("agreement", Text("投资协议", "investment contract"))
LICENCE = PaperKind("licence", Text("营业执照或认定文件", "licence or recognition"))
BANK_PROOF = PaperKind("bank_proof", Text("验资报告或银行进账单", "bank proof of paid-in money"))
WAGE_ROLL = PaperKind("wage_roll", Text("用工花名册和工资发放表", "wage roll"))
LINK_CONTRACT = PaperKind("link_contract", Text("利益联结协议", "contract of the benefit link"))
CLOSING_NOTICE = PaperKind("closing_notice", Text("注销或停业证明", "notice of closing"))
