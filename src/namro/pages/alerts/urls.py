"""Routes of the alerts."""

from django.urls import path

from namro.pages.alerts import duty, file, listing, rules

urlpatterns = [
    path("canh-bao/", listing.alerts, name="alerts"),
    path("canh-bao/cung-luc/", listing.together, name="alerts_together"),
    path("canh-bao/ca-truc/", duty.duties, name="duties"),
    path("canh-bao/ca-truc/<str:deed>/", duty.duty_act, name="duty_act"),
    path("canh-bao/quy-tac/", rules.alert_rules, name="alert_rules"),
    path("canh-bao/quy-tac/<slug:code>/", rules.alert_rule, name="alert_rule"),
    path("canh-bao/<int:pk>/", file.alert, name="alert"),
    path("canh-bao/<int:pk>/lam/<str:deed>/", file.alert_act, name="alert_act"),
]
