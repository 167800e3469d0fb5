"""Routes of the reports."""

from django.urls import path

from namro.pages.reports import letters, periodic, views

urlpatterns = [
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/don-doc/", letters.letters, name="letters"),
    path("bao-cao/dinh-ky/<slug:code>/", periodic.reports_owed, name="reports_owed"),
    path("bao-cao/dinh-ky/<slug:code>/<str:period>/<str:unit>/", periodic.report_owed, name="report_owed"),
    path("bao-cao/da-gui/<int:pk>/tai/", periodic.report_sent_file, name="report_sent_file"),
    path("bao-cao/<slug:template>/", views.report, name="report"),
    path("bao-cao/<slug:template>/tai/", views.report_file, name="report_file"),
    path("bao-cao/<slug:template>/tinh/", views.report_compute, name="report_compute"),
]
