"""Addresses of stations and deputies."""

from django.urls import path, register_converter

from stations.views import acts, deputies, stations


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


register_converter(StationActConverter, "station_act")
register_converter(MandateActConverter, "mandate_act")

app_name = "stations"
urlpatterns = [
    path("", stations.station_list, name="list"),
    path("new/", acts.add, name="add"),
    path("<int:pk>/", stations.detail, name="detail"),
    path("<int:pk>/<station_act:verb>/", acts.station_act, name="act"),
    path("<int:pk>/staff/<int:duty>/end/", acts.end_duty, name="end_duty"),
    path("deputies/", deputies.deputy_list, name="deputies"),
    path("deputies/<int:pk>/", deputies.detail, name="deputy"),
    path("deputies/<int:pk>/<mandate_act:verb>/", acts.mandate_act, name="deputy_act"),
]
