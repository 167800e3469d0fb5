"""Routes of the league."""

from django.urls import path

from namro.pages.league import views

urlpatterns = [
    path("xep-hang/", views.table, name="league"),
    path("xep-hang/xuat/", views.export, name="league_export"),
]
