"""The four national result classes; a county may define its own."""

from typing import Any

CLASSES = [
    ("A", "已经解决或基本解决", True, False),
    ("B", "正在解决或列入计划逐步解决", False, True),
    ("C", "因条件限制暂时不能解决", False, False),
    ("D", "留作参考", False, False),
]


def install(apps: Any) -> None:
    """Put the classes there; what the county changed stays."""
    model = apps.get_model("suggestions", "ResultClass")
    for order, (code, label, solved, follow_up) in enumerate(CLASSES):
        defaults = {"label": label, "counts_as_solved": solved, "needs_follow_up": follow_up, "order": order}
        model.objects.get_or_create(code=code, defaults=defaults)
