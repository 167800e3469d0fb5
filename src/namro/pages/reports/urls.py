"""Routes of the reports."""

from django.urls import path

from namro.pages.reports import views

urlpatterns = [
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/<slug:template>/", views.report, name="report"),
    path("bao-cao/<slug:template>/tai/", views.report_file, name="report_file"),
    path("bao-cao/<slug:template>/tinh/", views.report_compute, name="report_compute"),
]
