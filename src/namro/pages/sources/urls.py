"""Routes of the sources."""

from django.urls import path

from namro.pages.sources import views

BATCH = "nguon/<slug:code>/lo/<uuid:pk>/"

urlpatterns = [
    path("nguon/", views.sources, name="sources"),
    path("nguon/<slug:code>/", views.source, name="source"),
    path(BATCH, views.batch, name="batch"),
    path(f"{BATCH}dong-cach-ly/", views.held, name="batch_held"),
]
