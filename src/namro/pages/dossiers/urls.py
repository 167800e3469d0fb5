"""Routes of the one-stop desk."""

from django.urls import path

from namro.pages.dossiers import listing, receiving, views, workload

urlpatterns = [
    path("mot-cua/", listing.dossiers, name="dossiers"),
    path("mot-cua/tiep-nhan/", receiving.reception, name="reception"),
    path("mot-cua/tiep-nhan/nguoi-nop/", receiving.known_applicant, name="known_applicant"),
    path("mot-cua/tiep-nhan/<str:code>/", receiving.reception_of, name="reception_of"),
    path("mot-cua/khoi-luong/", workload.workload, name="dossier_workload"),
    path("mot-cua/khoi-luong/<str:code>/giao-lai/", workload.workload_hand_over, name="workload_hand_over"),
    path("mot-cua/ho-so/<str:code>/", views.dossier, name="dossier"),
    path("mot-cua/ho-so/<str:code>/phieu/", views.dossier_slip, name="dossier_slip"),
    path("mot-cua/ho-so/<str:code>/quet/", views.dossier_scan, name="dossier_scan"),
    path("mot-cua/ho-so/<str:code>/tep/<int:pk>/", views.dossier_file, name="dossier_file"),
    path("mot-cua/ho-so/<str:code>/xin-loi/<int:number>/", views.apology, name="apology"),
    path("mot-cua/ho-so/<str:code>/lam/<str:deed>/", views.dossier_act, name="dossier_act"),
]
