"""The papers that prove a gift in kind, stage by stage."""

from pairbook.kernel.texts import Text
from pairbook.register.shapes import PaperKind

PLEDGE = PaperKind("pledge", Text("捐赠意向书或协议", "pledge or gift agreement"))
LIST = PaperKind("goods_list", Text("物资清单", "goods list"))
HANDOVER = PaperKind("handover_note", Text("交接单", "hand-over note"))
DISTRIBUTION = PaperKind("distribution_list", Text("发放登记表", "distribution list"))
