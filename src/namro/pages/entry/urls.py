"""Routes of the door."""

from django.urls import path

from namro.pages.entry.openid import openid_begin, openid_return
from namro.pages.entry.reset import Reset
from namro.pages.entry.second import second_factor
from namro.pages.entry.views import SignIn, SignOut

urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="sign_in"),
    path("dang-nhap/lop-hai/", second_factor, name="second_factor"),
    path("dang-nhap/thanh-pho/", openid_begin, name="openid_begin"),
    path("dang-nhap/thanh-pho/ve/", openid_return, name="openid_return"),
    path("dat-lai-mat-khau/<uidb64>/<token>/", Reset.as_view(), name="password_reset"),
    path("dang-xuat/", SignOut.as_view(), name="sign_out"),
]
