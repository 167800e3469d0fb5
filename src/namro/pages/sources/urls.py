"""Routes of the sources."""

from django.urls import path

from namro.pages.sources import views
from namro.pages.sources.adding import views as adding

BATCH = "nguon/<slug:code>/lo/<uuid:pk>/"
DRAFT = "nguon/moi/<uuid:pk>/"

urlpatterns = [
    path("nguon/", views.sources, name="sources"),
    path("nguon/moi/", adding.source_new, name="source_new"),
    path(DRAFT, adding.source_draft, name="source_draft"),
    path(f"{DRAFT}bo/", adding.source_draft_discard, name="source_draft_discard"),
    path(f"{DRAFT}<slug:step>/", adding.source_draft_step, name="source_draft_step"),
    path("nguon/<slug:code>/", views.source, name="source"),
    path("nguon/<slug:code>/hop-dong/", views.contract, name="source_contract"),
    path("nguon/<slug:code>/sua/", adding.source_revise, name="source_revise"),
    path(BATCH, views.batch, name="batch"),
    path(f"{BATCH}dong-cach-ly/", views.held, name="batch_held"),
]
