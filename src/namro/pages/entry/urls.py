"""Routes of the door."""

from django.urls import path

from namro.pages.entry.views import SignIn, SignOut

urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", SignOut.as_view(), name="sign_out"),
]
