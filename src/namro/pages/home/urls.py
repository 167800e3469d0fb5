"""Routes of the first page."""

from django.urls import path

from namro.pages.home import views

urlpatterns = [path("", views.home, name="home")]
