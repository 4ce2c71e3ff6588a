"""Addresses of stations and deputies."""

from django.urls import path, register_converter

from stations.views import (
    acts,
    cards,
    codes,
    deputies,
    districts,
    my_phones,
    reception_acts,
    receptions,
    standards,
    stations,
)
from stations.views.reception_catalogue import DAY_ACTS, DUTY_ACTS, STATION_ACTS


class StationActConverter:
    """The name of an act on a station; only known acts have an address."""

    regex = "|".join(acts.STATION_ACTS)

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


class MandateActConverter(StationActConverter):
    """The name of an act on a mandate."""

    regex = "|".join(acts.MANDATE_ACTS)


class PhoneActConverter(StationActConverter):
    """The name of an act on a phone."""

    regex = "|".join(cards.ACTS)


class CodeActConverter(StationActConverter):
    """The name of an act on the codes of a station."""

    regex = "|".join(codes.STATION_ACTS)


class PageActConverter(StationActConverter):
    """The name of an act on a deputy's public page."""

    regex = "|".join(codes.PAGE_ACTS)


register_converter(CodeActConverter, "code_act")
register_converter(PageActConverter, "page_act")
register_converter(PhoneActConverter, "phone_act")


class ReceptionActConverter(StationActConverter):
    """The name of an act on the reception days of a station, on one of them or on a duty."""

    regex = "|".join({**STATION_ACTS, **DAY_ACTS, **DUTY_ACTS})


register_converter(ReceptionActConverter, "reception_act")
register_converter(StationActConverter, "station_act")
register_converter(MandateActConverter, "mandate_act")

app_name = "stations"
urlpatterns = [
    path("", stations.station_list, name="list"),
    path("new/", acts.add, name="add"),
    path("<int:pk>/", stations.detail, name="detail"),
    path("<int:pk>/receptions/", receptions.schedule, name="receptions"),
    path("<int:pk>/receptions/roster.xlsx", receptions.roster, name="roster"),
    path("<int:pk>/receptions/<reception_act:verb>/", reception_acts.station_act, name="reception_of"),
    path("<int:pk>/duties/", receptions.overview, name="duties"),
    path("my-duties/", receptions.my_duties, name="my_duties"),
    path("reception-rules/<int:pk>/end/", reception_acts.end_rule, name="end_rule"),
    path("receptions/<int:pk>/", receptions.detail, name="reception"),
    path("receptions/<int:pk>/notice/", receptions.notice, name="reception_notice"),
    path("receptions/<int:pk>/sign-in/", receptions.sign_in, name="reception_sign_in"),
    path("receptions/<int:pk>/register/", receptions.register, name="reception_register"),
    path("receptions/<int:pk>/papers/<int:paper>/", receptions.paper, name="reception_paper"),
    path("receptions/<int:pk>/papers/<int:paper>/remove/", reception_acts.remove_paper, name="remove_paper"),
    path("receptions/<int:pk>/duties/<int:duty>/<reception_act:verb>/", reception_acts.duty_act, name="duty_act"),
    path("receptions/<int:pk>/<reception_act:verb>/", reception_acts.day_act, name="reception_act"),
    path("<int:pk>/<station_act:verb>/", acts.station_act, name="act"),
    path("<int:pk>/staff/<int:duty>/end/", acts.end_duty, name="end_duty"),
    path("<int:pk>/cards/", cards.print_cards, name="print_cards"),
    path("phones/", cards.phone_list, name="phones"),
    path("phones/<uuid:uuid>/<phone_act:verb>/", cards.phone_act, name="phone_act"),
    path("my-phones/", my_phones.my_phones, name="my_phones"),
    path("my-phones/pin/", my_phones.choose_pin, name="pin"),
    path("deputies/<int:pk>/card/", cards.print_card, name="print_card"),
    path("<int:pk>/code/", codes.station_code, name="code"),
    path("<int:pk>/codes/", codes.deputy_codes, name="codes"),
    path("<int:pk>/codes/<code_act:verb>/", codes.station_act, name="code_act"),
    path("deputies/<int:pk>/page/", codes.deputy_page, name="deputy_page"),
    path("deputies/<int:pk>/page/<page_act:verb>/", codes.page_act, name="page_act"),
    path("standards/", standards.overview, name="standards"),
    path("standards/standards.xlsx", standards.workbook, name="standards_workbook"),
    path("standards/items/", standards.item_list, name="standard_items"),
    path("standards/items/<int:pk>/", standards.edit_item, name="edit_standard_item"),
    path("standards/photos/<int:pk>/", standards.photo, name="standard_photo"),
    path("<int:pk>/standard/", standards.of_station, name="standard"),
    path("<int:pk>/standard/check/", standards.check, name="check_standard"),
    path("<int:pk>/standard/<int:item>/", standards.check_item, name="check_standard_item"),
    path("districts/", districts.district_list, name="districts"),
    path("districts/new/", districts.add, name="add_district"),
    path("districts/<int:pk>/", districts.detail, name="district"),
    path("districts/<int:pk>/edit/", districts.edit, name="edit_district"),
    path("districts/<int:pk>/deputies/", districts.put_deputies, name="put_to_district"),
    path("deputies/", deputies.deputy_list, name="deputies"),
    path("deputies/new/", districts.add_deputy, name="add_deputy"),
    path("deputies/<int:pk>/", deputies.detail, name="deputy"),
    path("deputies/<int:pk>/<mandate_act:verb>/", acts.mandate_act, name="deputy_act"),
]
