"""Routes of the operations centre."""

from django.urls import path

from namro.pages.centre import own, views

urlpatterns = [
    path("trung-tam/", views.centre, name="centre"),
    path("trung-tam/nhom/<slug:code>/", views.group, name="centre_group"),
    path("trung-tam/don-vi/<str:code>/", views.unit, name="centre_unit"),
    path("trung-tam/tuong/", views.wall, name="centre_wall"),
    path("trung-tam/cua-toi/", own.board, name="centre_own"),
    path("trung-tam/bieu-do/<slug:code>/", views.chart, name="centre_chart"),
    path("trung-tam/bieu-do/<slug:code>/xuat/", views.export, name="centre_chart_export"),
]
