"""Routes of maps."""

from django.urls import path

from namro.pages.charts import views

urlpatterns = [
    path("ban-do/<str:code>.json", views.boundaries, name="boundaries"),
]
