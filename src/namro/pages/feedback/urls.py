"""Routes of the feedback; they stand before those of the dossiers, whose codes would take their place."""

from django.urls import path

from namro.pages.feedback import answering, sending

urlpatterns = [
    path("gop-y/", sending.feedback_send, name="feedback_send"),
    path("gop-y/da-tra-loi/", sending.feedback_published, name="feedback_published"),
    path("gop-y/<str:code>/", sending.feedback_followed, name="feedback_followed"),
    path("gop-y/<str:code>/<str:deed>/", sending.feedback_say, name="feedback_say"),
    path("mot-cua/gop-y/", answering.feedbacks, name="feedbacks"),
    path("mot-cua/gop-y/<int:number>/", answering.feedback, name="feedback"),
    path("mot-cua/gop-y/<int:number>/<str:deed>/", answering.feedback_act, name="feedback_act"),
]
