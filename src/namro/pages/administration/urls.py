"""Routes of the administration."""

from django.urls import path

from namro.pages.administration import views

urlpatterns = [
    path("quan-tri/", views.administration, name="administration"),
    path("quan-tri/nguoi/moi/", views.person_new, name="person_new"),
    path("quan-tri/nguoi/<int:pk>/", views.person, name="person"),
    path("quan-tri/nguoi/<int:pk>/chuc-vu/", views.post_give, name="post_give"),
    path("quan-tri/nguoi/<int:pk>/khoa-mo/", views.person_active, name="person_active"),
    path("quan-tri/chuc-vu/<int:pk>/thoi/", views.post_end, name="post_end"),
]
