"""The nine subject fields of the county's deliberation (R54) and the rest."""

from typing import Any

FIELDS = [
    ("industry", "工业经济", []),
    ("business", "营商环境", []),
    ("livelihood", "民生事业", ["民生实事"]),
    ("building", "城建交通", ["城乡建设", "交通"]),
    ("education", "教科文卫", []),
    ("agriculture", "农业农村", ["农林水利"]),
    ("environment", "环境保护", ["生态环境"]),
    ("security", "社会保障", []),
    ("revitalisation", "乡村振兴(含巩固脱贫成果)", ["扶贫脱贫", "乡村振兴", "脱贫攻坚"]),
    ("other", "其他", ["其它"]),
]


def install(apps: Any) -> None:
    """Put the fields there; what the county changed stays."""
    model = apps.get_model("deliberations", "SubjectField")
    for order, (code, name, aliases) in enumerate(FIELDS):
        defaults = {"name": name, "aliases": aliases, "order": order}
        model.objects.get_or_create(code=code, defaults=defaults)
