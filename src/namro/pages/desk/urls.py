"""Routes of the desk."""

from django.urls import path

from namro.pages.desk import views

urlpatterns = [path("ban-lam-viec/", views.desk, name="desk")]
