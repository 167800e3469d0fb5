"""Routes of one's own account."""

from django.urls import path

from namro.pages.account import factors, views

urlpatterns = [
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/mat-khau/", views.password_change, name="password_change"),
    path("tai-khoan/phien/ket-thuc/", views.visits_end, name="visits_end"),
    path("tai-khoan/lop-hai/", factors.second_factors, name="second_factors"),
    path("tai-khoan/lop-hai/ung-dung/", factors.totp_add, name="totp_add"),
    path("tai-khoan/lop-hai/khoa-thong-hanh/", factors.passkey_add, name="passkey_add"),
    path("tai-khoan/lop-hai/ma-du-phong/", factors.recovery_codes, name="recovery_codes"),
    path("tai-khoan/lop-hai/<int:pk>/go/", factors.factor_remove, name="factor_remove"),
]
