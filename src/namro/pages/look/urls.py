"""Routes of the look: its page, and the choice of light or dark."""

from django.urls import path

from namro.pages.look import views

urlpatterns = [
    path("giao-dien/", views.look, name="look"),
    path("giao-dien/nen-trang/", views.theme, name="theme"),
]
