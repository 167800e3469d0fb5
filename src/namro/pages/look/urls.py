"""Routes of the look: its page with a made-up map, and the choice of light or dark."""

from django.urls import path

from namro.pages.look import views

urlpatterns = [
    path("giao-dien/", views.look, name="look"),
    path("giao-dien/ban-do-mau.json", views.look_map, name="look_map"),
    path("giao-dien/nen-trang/", views.theme, name="theme"),
]
