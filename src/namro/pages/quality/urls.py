"""Routes of the service index."""

from django.urls import path

from namro.pages.quality import costs, views

urlpatterns = [
    path("chat-luong-phuc-vu/", views.quality, name="quality"),
    path("chat-luong-phuc-vu/<str:code>/<str:month>/", views.quality_score, name="quality_score"),
    path("chat-luong-phuc-vu/<str:code>/<str:month>/<slug:part>/", costs.quality_costs, name="quality_costs"),
]
