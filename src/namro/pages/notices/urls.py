"""Routes of the notices."""

from django.urls import path

from namro.pages.notices import calendar, machines, settings, views

urlpatterns = [
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.notices_read, name="notices_read"),
    path("thong-bao/<int:pk>/mo/", views.notice_open, name="notice_open"),
    path("thong-bao/vi-sao/", views.notice_log, name="notice_log"),
    path("thong-bao/cai-dat/", settings.notice_settings, name="notice_settings"),
    path("thong-bao/cai-dat/thu/", settings.notice_email, name="notice_email"),
    path("thong-bao/cai-dat/vang-mat/", settings.deputise_new, name="deputise_new"),
    path("thong-bao/cai-dat/vang-mat/<int:pk>/ket-thuc/", settings.deputise_end, name="deputise_end"),
    path("thong-bao/cai-dat/lich/", settings.calendar_link, name="calendar_link"),
    path("thong-bao/hop-thu-chet/", machines.dead_letters, name="dead_letters"),
    path("thong-bao/hop-thu-chet/<uuid:pk>/gui-lai/", machines.dead_letter_retry, name="dead_letter_retry"),
    path(
        "thong-bao/hop-thu-chet/nguoi-nop/<int:pk>/gui-lai/",
        machines.applicant_letter_retry,
        name="applicant_letter_retry",
    ),
    path("thong-bao/diem-nhan/", machines.webhooks, name="webhooks"),
    path("thong-bao/diem-nhan/<uuid:pk>/ngung/", machines.webhook_end, name="webhook_end"),
    path("lich/<slug:token>.ics", calendar.calendar_feed, name="calendar_feed"),
]
