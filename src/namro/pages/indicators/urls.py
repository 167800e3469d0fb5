"""Routes of the indicators."""

from django.urls import path

from namro.pages.indicators import views

urlpatterns = [
    path("chi-so/", views.indicators, name="indicators"),
    path("chi-so/xuat/", views.export_list, name="indicators_export"),
    path("chi-so/<slug:code>/", views.indicator, name="indicator"),
    path("chi-so/<slug:code>/xuat/", views.export_one, name="indicator_export"),
]
