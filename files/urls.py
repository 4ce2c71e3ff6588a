"""Addresses of jobs and imports."""

from django.urls import path

from files import views

app_name = "files"
urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:uuid>/", views.job, name="job"),
    path("jobs/<uuid:uuid>/result/", views.job_result, name="job_result"),
    path("jobs/<uuid:uuid>/cancel/", views.cancel_job, name="cancel_job"),
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.new_import, name="new_import"),
    path("imports/check/<slug:kind>/<uuid:uuid>/", views.check_import, name="check_import"),
    path("imports/check/<slug:kind>/<uuid:uuid>/refused/", views.refused_rows, name="refused_rows"),
    path("imports/left-out/<uuid:uuid>/", views.left_out, name="left_out"),
    path("imports/<int:pk>/", views.import_batch, name="import"),
    path("imports/<int:pk>/take-back/", views.take_back, name="take_back"),
]
