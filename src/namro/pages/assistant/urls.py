"""Routes of the assistant."""

from django.urls import path

from namro.pages.assistant import editing, handing, measuring, views

urlpatterns = [
    path("hoi-dap/", views.assistant, name="assistant"),
    path("hoi-dap/dong/", views.assistant_stream, name="assistant_stream"),
    path("hoi-dap/y-kien/", views.assistant_opinion, name="assistant_opinion"),
    path("hoi-dap/chuyen/", handing.assistant_hand_over, name="assistant_hand_over"),
    path("hoi-dap/chuyen/<uuid:client_id>/", handing.assistant_handed, name="assistant_handed"),
    path("hoi-dap/do-luong/", measuring.assistant_measures, name="assistant_measures"),
    path("hoi-dap/can-bo/", views.officer_assistant, name="officer_assistant"),
    path("hoi-dap/can-bo/dong/", views.officer_assistant_stream, name="officer_assistant_stream"),
    path("hoi-dap/can-bo/cau-hoi/", handing.handed_questions, name="handed_questions"),
    path("hoi-dap/can-bo/y-kien/", editing.opinions, name="opinions"),
    path("hoi-dap/can-bo/y-kien/tap-danh-gia/", editing.opinions_export, name="opinions_export"),
]
