"""Routes of the log."""

from django.urls import path

from namro.pages.audit import views

urlpatterns = [
    path("nhat-ky/", views.audit, name="audit"),
    path("nhat-ky/xuat-du-lieu/", views.audit_exports, name="audit_exports"),
]
