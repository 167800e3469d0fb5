"""Routes of the tasks."""

from django.urls import path

from namro.pages.tasks.views import file, importing, listing, writing

urlpatterns = [
    path("nhiem-vu/", listing.tasks, name="tasks"),
    path("nhiem-vu/xuat/", listing.tasks_export, name="task_export"),
    path("nhiem-vu/cung-luc/", listing.together_now, name="tasks_together"),
    path("nhiem-vu/moi/", writing.task_new, name="task_new"),
    path("nhiem-vu/do-ro/", writing.clarity, name="clarity"),
    path("nhiem-vu/nguoi-phu-trach/", writing.lead_people, name="lead_people"),
    path("nhiem-vu/nhap-excel/", importing.task_import, name="task_import"),
    path("nhiem-vu/nhap-excel/mau/", importing.task_import_template, name="task_import_template"),
    path("nhiem-vu/nhap-excel/<uuid:client_id>/", importing.task_import_preview, name="task_import_preview"),
    path(
        "nhiem-vu/nhap-excel/<uuid:client_id>/dong-sai/",
        importing.task_import_rejected,
        name="task_import_rejected",
    ),
    path("nhiem-vu/<str:code>/", file.task, name="task"),
    path("nhiem-vu/<str:code>/sua/", writing.task_edit, name="task_edit"),
    path("nhiem-vu/<str:code>/minh-chung/<int:pk>/", file.evidence, name="evidence"),
    path("nhiem-vu/<str:code>/don-doc/", file.task_urge, name="task_urge"),
    path("nhiem-vu/<str:code>/lam/<str:deed>/", file.task_act, name="task_act"),
    path("van-ban/<int:pk>/tep/", file.directive_file, name="directive_file"),
    path("don-vi/goi-y/", writing.unit_suggestions, name="unit_suggestions"),
]
