"""Routes of the forms."""

from django.urls import path

from namro.pages.forms import views

ONE = "bieu-bao-cao/<slug:form>/<str:period>/<str:unit>/"

urlpatterns = [
    path("bieu-bao-cao/", views.forms, name="forms"),
    path("bieu-bao-cao/<slug:form>/", views.form_returns, name="form_returns"),
    path("bieu-bao-cao/<slug:form>/xuat/", views.export, name="form_export"),
    path(ONE, views.form, name="form"),
    path(f"{ONE}kiem-tra/", views.check, name="form_check"),
]
