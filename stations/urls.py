"""Addresses of stations and deputies."""

from django.urls import path

from stations.views import deputies, stations

app_name = "stations"
urlpatterns = [
    path("", stations.station_list, name="list"),
    path("<int:pk>/", stations.detail, name="detail"),
    path("deputies/", deputies.deputy_list, name="deputies"),
    path("deputies/<int:pk>/", deputies.detail, name="deputy"),
]
