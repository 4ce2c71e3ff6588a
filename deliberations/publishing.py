"""The words in which a cycle is made known: an article for the WeChat account, and what stands on a station's poster."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from deliberations.models import Cycle, CycleStation, Topic
from files.documents.words import day, numeral


def article(cycle: Cycle) -> dict[str, Any]:
    """Title and paragraphs, ready to be pasted; official Chinese, as the county publishes. What is unknown is left out."""
    topics = list(cycle.topics.filter(status=Topic.Status.SELECTED))
    rows = list(cycle.stations.select_related("station").order_by("station__code"))
    rows.sort(key=lambda row: row.planned_on or cycle.first_meeting_on)
    paragraphs = [
        f"为深入践行全过程人民民主，{settings.COUNTY_NAME}人大常委会组织开展{cycle.title}。{day(cycle.first_meeting_on)}起，"
        f"各级人大代表将在{len(rows)}个代表家站围绕下列议题议政建言，现面向社会公开征求意见。",
        "一、今年议什么" if topics else "",
        *[f"（{numeral(place)}）{_topic(topic)}" for place, topic in enumerate(topics, 1)],
        "二、什么时候、在哪里议" if topics else "一、什么时候、在哪里议",
        *[_place(cycle, row) for row in rows],
        "三、怎样提意见" if topics else "二、怎样提意见",
        "您可以在代表走访时当面说，可以在接待日到就近的代表家站反映，也可以扫描代表家站的二维码留言。您的姓名和电话只有经办人员能看到，"
        "办理结果会告诉您。",
        *[f"{row.station.name}：{settings.SITE_URL}{station_path(row)}" for row in rows],
    ]
    return {"title": f"您有话说，代表来听——{cycle.title}公告", "paragraphs": [line for line in paragraphs if line]}


def station_path(row: CycleStation) -> str:
    """Where the code on the station's poster leads."""
    return reverse("public:station", args=[row.station.qr_token])


def _topic(topic: Topic) -> str:
    words = topic.title if not topic.text else f"{topic.title}：{' '.join(topic.text.split())}"
    return words if words.endswith(("。", "！", "？")) else f"{words}。"


def _place(cycle: Cycle, row: CycleStation) -> str:
    where = f"（{row.station.address}）" if row.station.address else ""
    return f"{row.station.name}{where}：{day(row.planned_on or cycle.first_meeting_on)}"
