"""Routes of the operations centre."""

from django.urls import path

from namro.pages.centre import beside, own, views

urlpatterns = [
    path("trung-tam/", views.centre, name="centre"),
    path("trung-tam/nhom/<slug:code>/", views.group, name="centre_group"),
    path("trung-tam/don-vi/<str:code>/", views.unit, name="centre_unit"),
    path("trung-tam/tuong/", views.wall, name="centre_wall"),
    path("trung-tam/cua-toi/", own.board, name="centre_own"),
    path("trung-tam/chi-so-tong-hop/", beside.indices, name="indices"),
    path("trung-tam/chi-so-tong-hop/<slug:code>/", beside.index, name="index"),
    path("trung-tam/chi-so-tong-hop/<slug:code>/<str:unit>/", beside.index_unit, name="index_unit"),
    path("trung-tam/ngang-hang/<str:unit>/", beside.unit_peers, name="peers"),
    path("trung-tam/so-sanh/", beside.compare, name="compare"),
    path("trung-tam/bieu-do/<slug:code>/", views.chart, name="centre_chart"),
    path("trung-tam/bieu-do/<slug:code>/xuat/", views.export, name="centre_chart_export"),
]
