"""Routes of the queues."""

from django.urls import path

from namro.pages.queues import booking, desk, hall, kiosk, office, running, simulating, ticket

urlpatterns = [
    path("hang-doi/", office.queue_offices, name="queue_offices"),
    path("hang-doi/ngoai-tuyen.js", desk.queue_worker, name="queue_worker"),
    path("hang-doi/<str:unit>/", office.queue_office, name="queue_office"),
    path("hang-doi/<str:unit>/so/", office.queue_tickets, name="queue_tickets"),
    path("hang-doi/<str:unit>/mo-phong/", simulating.queue_simulation, name="queue_simulation"),
    path("hang-doi/<str:unit>/dieu-hanh/", running.queue_run, name="queue_run"),
    path("hang-doi/<str:unit>/quay/<int:number>/", desk.queue_desk, name="queue_desk"),
    path("hang-doi/<str:unit>/quay/<int:number>/dong-bo/", desk.queue_sync, name="queue_sync"),
    path("bang-goi/<str:unit>/", hall.queue_board, name="queue_board"),
    path("bang-goi/<str:unit>/trang-thai/", hall.queue_board_state, name="queue_board_state"),
    path("lay-so/<str:unit>/", kiosk.queue_kiosk, name="queue_kiosk"),
    path("so-thu-tu/<str:key>/", ticket.queue_ticket, name="queue_ticket"),
    path("so-thu-tu/<str:key>/trang-thai/", ticket.queue_ticket_state, name="queue_ticket_state"),
    path("dat-hen/<str:unit>/", booking.appointment_new, name="appointment_new"),
    path("lich-hen/<str:code>/", booking.appointment_page, name="appointment"),
]
