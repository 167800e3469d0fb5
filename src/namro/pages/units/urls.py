"""Routes of the units."""

from django.urls import path

from namro.pages.units import views

urlpatterns = [
    path("don-vi/", views.units, name="units"),
    path("don-vi/<str:code>/", views.unit, name="unit"),
]
