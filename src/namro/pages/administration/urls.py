"""Routes of the administration."""

from django.urls import path

from namro.pages.administration import accounts, keys, views

urlpatterns = [
    path("quan-tri/", views.administration, name="administration"),
    path("quan-tri/nguoi/moi/", views.person_new, name="person_new"),
    path("quan-tri/nguoi/<int:pk>/", views.person, name="person"),
    path("quan-tri/nguoi/<int:pk>/chuc-vu/", views.post_give, name="post_give"),
    path("quan-tri/nguoi/<int:pk>/khoa-mo/", views.person_active, name="person_active"),
    path("quan-tri/chuc-vu/<int:pk>/thoi/", views.post_end, name="post_end"),
    path("quan-tri/nguoi/<int:pk>/dat-lai-mat-khau/", accounts.person_reset, name="person_reset"),
    path("quan-tri/nguoi/<int:pk>/go-lop-hai/", accounts.person_factors_clear, name="person_factors_clear"),
    path("quan-tri/chuc-vu/<int:pk>/ban-giao/", accounts.post_hand_over, name="post_hand_over"),
    path("quan-tri/khoa-api/", keys.api_keys, name="api_keys"),
    path("quan-tri/khoa-api/moi/", keys.api_account_new, name="api_account_new"),
    path("quan-tri/khoa-api/<int:pk>/cap-khoa/", keys.api_key_new, name="api_key_new"),
    path("quan-tri/khoa-api/khoa/<int:pk>/thu-hoi/", keys.api_key_revoke, name="api_key_revoke"),
]
