"""Routes of the procedures."""

from django.urls import path

from namro.pages.procedures import importing, views, worklist

urlpatterns = [
    path("thu-tuc/", views.procedures, name="procedures"),
    path("thu-tuc/nhap/", importing.procedure_imports, name="procedure_imports"),
    path("thu-tuc/nhap/<uuid:client_id>/", importing.procedure_import, name="procedure_import"),
    path(
        "thu-tuc/nhap/<uuid:client_id>/dong-sai/",
        importing.procedure_import_faults,
        name="procedure_import_faults",
    ),
    path("thu-tuc/can-ra/", worklist.procedure_doubts, name="procedure_doubts"),
    path("thu-tuc/<str:code>/", views.procedure_page, name="procedure"),
    path("thu-tuc/<str:code>/can-gi/", views.procedure_checklist, name="procedure_checklist"),
    path("thu-tuc/<str:code>/lich-su/", views.procedure_history, name="procedure_history"),
]
