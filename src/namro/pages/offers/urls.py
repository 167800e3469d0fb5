"""Routes of the offers."""

from django.urls import path

from namro.pages.offers import at_desk, consents, own, running

urlpatterns = [
    path("chu-dong/", running.offer_rules, name="offer_rules"),
    path("chu-dong/dot/<int:pk>/", running.offer_run, name="offer_run"),
    path("chu-dong/dot/<int:pk>/thu/", running.offer_letters, name="offer_letters"),
    path("chu-dong/dot/<int:pk>/<str:deed>/", running.offer_run_act, name="offer_run_act"),
    path("chu-dong/<str:code>/", running.offer_rule, name="offer_rule"),
    path("loi-moi/", own.own_offers, name="own_offers"),
    path("loi-moi/cam-on/", own.offer_thanks, name="offer_thanks"),
    path("loi-moi/<str:token>/", own.offer, name="offer"),
    path("loi-moi/<str:token>/nhan/", own.offer_accept, name="offer_accept"),
    path("loi-moi/<str:token>/tu-choi/", own.offer_refuse, name="offer_refuse"),
    path("loi-moi/<str:token>/rut/", own.offer_withdraw, name="offer_withdraw"),
    path("mot-cua/ho-so/<str:code>/dong-y/", at_desk.dossier_consents, name="dossier_consents"),
    path("dong-y/", consents.consents, name="consents"),
    path("dong-y/<int:pk>/rut/", consents.consent_withdraw, name="consent_withdraw"),
]
