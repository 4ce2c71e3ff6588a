"""What offices write for the values that the portal knows (D23).

Words are compared by ``workflow.text.key``: without blanks and width, so each is written here as it then reads.
"""

from collections.abc import Mapping

from accounts.models import Organ, Person
from stations.models import Level, Station, Township

KEY_STATION: Mapping[str, bool] = {
    "是": True,
    "★": True,
    "☆": True,
    "√": True,
    "✓": True,
    "重点": True,
    "y": True,
    "否": False,
    "不是": False,
    "×": False,
    "非重点": False,
    "无": False,
    "-": False,
    "/": False,
    "n": False,
}

STATION_KINDS: Mapping[str, str] = {
    "代表之家": Station.Kind.HOME,
    "人大代表之家": Station.Kind.HOME,
    "家": Station.Kind.HOME,
    "代表联络站": Station.Kind.STATION,
    "人大代表联络站": Station.Kind.STATION,
    "代表工作站": Station.Kind.STATION,
    "联络站": Station.Kind.STATION,
    "站": Station.Kind.STATION,
    "代表联络点": Station.Kind.POINT,
    "代表工作室": Station.Kind.POINT,
    "联络点": Station.Kind.POINT,
    "点": Station.Kind.POINT,
}

#: The end of a township's name tells its kind.
TOWNSHIP_ENDINGS: Mapping[str, str] = {
    "镇": Township.Kind.TOWN,
    "乡": Township.Kind.TOWNSHIP,
    "街道": Township.Kind.SUB_DISTRICT,
    "街道办": Township.Kind.SUB_DISTRICT,
    "街道办事处": Township.Kind.SUB_DISTRICT,
}

LEVELS: Mapping[str, str] = {
    "乡镇": Level.TOWNSHIP,
    "乡(镇)": Level.TOWNSHIP,
    "乡": Level.TOWNSHIP,
    "镇": Level.TOWNSHIP,
    "乡级": Level.TOWNSHIP,
    "镇级": Level.TOWNSHIP,
    "乡镇级": Level.TOWNSHIP,
    "县": Level.COUNTY,
    "县级": Level.COUNTY,
    "区": Level.COUNTY,
    "区级": Level.COUNTY,
    "县(区)": Level.COUNTY,
    "县(市、区)": Level.COUNTY,
    "市": Level.CITY,
    "市级": Level.CITY,
    "设区的市": Level.CITY,
    "省": Level.PROVINCE,
    "省级": Level.PROVINCE,
    "自治区": Level.PROVINCE,
    "全国": Level.NATION,
    "全国级": Level.NATION,
    "国家": Level.NATION,
    "国家级": Level.NATION,
}

SEXES: Mapping[str, str] = {
    "": "",
    "男": Person.Sex.MALE,
    "男性": Person.Sex.MALE,
    "女": Person.Sex.FEMALE,
    "女性": Person.Sex.FEMALE,
}

ORGAN_KINDS: Mapping[str, str] = {
    "政府办": Organ.Kind.GOVERNMENT_OFFICE,
    "政府办公室": Organ.Kind.GOVERNMENT_OFFICE,
    "县政府办": Organ.Kind.GOVERNMENT_OFFICE,
    "县政府办公室": Organ.Kind.GOVERNMENT_OFFICE,
    "政府部门": Organ.Kind.GOVERNMENT_DEPARTMENT,
    "政府工作部门": Organ.Kind.GOVERNMENT_DEPARTMENT,
    "县直部门": Organ.Kind.GOVERNMENT_DEPARTMENT,
    "县政府部门": Organ.Kind.GOVERNMENT_DEPARTMENT,
    "乡镇政府": Organ.Kind.TOWNSHIP_GOVERNMENT,
    "乡镇": Organ.Kind.TOWNSHIP_GOVERNMENT,
    "乡镇(街道)": Organ.Kind.TOWNSHIP_GOVERNMENT,
    "街道办事处": Organ.Kind.TOWNSHIP_GOVERNMENT,
    "法院": Organ.Kind.COURT,
    "人民法院": Organ.Kind.COURT,
    "检察院": Organ.Kind.PROCURATORATE,
    "人民检察院": Organ.Kind.PROCURATORATE,
    "监委": Organ.Kind.SUPERVISORY_COMMISSION,
    "监察委": Organ.Kind.SUPERVISORY_COMMISSION,
    "监察委员会": Organ.Kind.SUPERVISORY_COMMISSION,
    "党委部门": Organ.Kind.PARTY,
    "县委部门": Organ.Kind.PARTY,
    "党群部门": Organ.Kind.PARTY,
    "群团": Organ.Kind.MASS,
    "群团组织": Organ.Kind.MASS,
    "群众团体": Organ.Kind.MASS,
    "人民团体": Organ.Kind.MASS,
    "垂直管理单位": Organ.Kind.VERTICAL,
    "垂直单位": Organ.Kind.VERTICAL,
    "垂管单位": Organ.Kind.VERTICAL,
    "中省直单位": Organ.Kind.VERTICAL,
    "人大机构": Organ.Kind.CONGRESS_BODY,
    "人大工作机构": Organ.Kind.CONGRESS_BODY,
    "上级": Organ.Kind.HIGHER_LEVEL,
    "上级单位": Organ.Kind.HIGHER_LEVEL,
    "上级部门": Organ.Kind.HIGHER_LEVEL,
}
