"""Routes of those outside."""

from django.urls import path

from namro.outside.identity import SANDBOX_PAGE as IDENTITY
from namro.outside.payments import SANDBOX_PAGE as GATEWAY
from namro.pages.citizens import entering, filing, own, paying, tracking

urlpatterns = [
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/<str:code>/", tracking.tracked, name="tracked"),
    path("cong-dan/vao/", entering.citizen_enter, name="citizen_enter"),
    path("cong-dan/ve/", entering.citizen_return, name="citizen_return"),
    path("cong-dan/ra/", entering.citizen_leave, name="citizen_leave"),
    path(IDENTITY[1:], entering.identity_sandbox, name="identity_sandbox"),
    path("nop-ho-so/ban-nhap/<uuid:client_id>/", filing.filing_draft, name="filing_draft"),
    path("nop-ho-so/ban-nhap/<uuid:client_id>/nop/", filing.filing_submit, name="filing_submit"),
    path("nop-ho-so/ban-nhap/<uuid:client_id>/giay/<str:key>/", filing.filing_paper, name="filing_paper"),
    path("nop-ho-so/ban-nhap/<uuid:client_id>/dung-lai/<str:key>/", filing.filing_reuse, name="filing_reuse"),
    path("nop-ho-so/ban-nhap/<uuid:client_id>/bo/<int:pk>/", filing.filing_drop, name="filing_drop"),
    path("nop-ho-so/<str:code>/", filing.filing, name="filing"),
    path("ho-so-cua-toi/", own.own_dossiers, name="own_dossiers"),
    path("ho-so-cua-toi/tep/<uuid:client_id>/<int:pk>/", own.own_file, name="own_file"),
    path("ho-so-cua-toi/<str:code>/", own.own_dossier, name="own_dossier"),
    path("ho-so-cua-toi/<str:code>/phieu/", own.own_receipt, name="own_receipt"),
    path("ho-so-cua-toi/<str:code>/xin-loi/<int:number>/", own.own_apology, name="own_apology"),
    path("ho-so-cua-toi/<str:code>/nhan/", own.own_fetch, name="own_fetch"),
    path("ho-so-cua-toi/<str:code>/tra-phi/", paying.own_pay, name="own_pay"),
    path("ho-so-cua-toi/<str:code>/tra-phi/<str:reference>/", paying.own_paid, name="own_paid"),
    path("ho-so-cua-toi/<str:code>/lam/<str:deed>/", own.own_act, name="own_act"),
    path(GATEWAY[1:], paying.gateway_sandbox, name="gateway_sandbox"),
    path("thanh-toan/bao/", paying.payment_notice, name="payment_notice"),
]
