"""The county's present term, to be numbered by the first import or by hand; what a station usually must have."""

from typing import Any

#: The usual members of a county's list ("十有"): code, name, what shows it. The county changes them as it likes.
STANDARD = (
    ("place", "有固定场所", "面积、位置照片"),
    ("sign", "有统一标牌", "门牌照片"),
    ("facilities", "有办公设施", "桌椅、档案柜、电脑"),
    ("systems", "有制度上墙", "接待、联系、学习等制度照片"),
    ("deputies", "有代表公示", "公示栏照片"),
    ("plan", "有年度计划", "计划文件"),
    ("activities", "有经常活动", "活动台账"),
    ("ledgers", "有工作台账", "走访接待登记台账"),
    ("funds", "有经费保障", "经费文件或凭证"),
    ("staff", "有专人负责", "站长、联络员名单"),
)


def install(apps: Any) -> None:
    """Put the present term of the county congress there, and the list of what a station must have."""
    apps.get_model("stations", "Term").objects.get_or_create(level="COUNTY", township=None, is_current=True)
    try:
        items = apps.get_model("stations", "StandardItem")
    except LookupError:
        # an earlier migration asks; the table comes later, and so does its list
        return
    if not items.objects.exists():
        rows = enumerate(STANDARD, 1)
        items.objects.bulk_create(
            items(code=code, name=name, evidence=shows, order=place) for place, (code, name, shows) in rows
        )
