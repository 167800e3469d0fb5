"""All routes, and the list of those that are open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from namro.config.health import health

# Url names that need no sign-in; the house test refuses any other route that is not guarded.
PUBLIC = {
    "health", "look", "look_map", "theme", "set_language", "sign_in", "second_factor", "openid_begin", "openid_return",
    "password_reset", "calendar_feed", "api_description", "api_nothing",
    "procedures", "procedure", "procedure_checklist", "procedure_history",
    "assistant", "assistant_stream", "assistant_opinion", "assistant_hand_over", "assistant_handed",
    "assistant_measures",
    "queue_worker", "queue_board", "queue_board_state", "queue_kiosk", "queue_ticket", "queue_ticket_state",
    "appointment_new", "appointment",
    "feedback_send", "feedback_published", "feedback_followed", "feedback_say",
    "offer", "offer_accept", "offer_refuse", "offer_withdraw", "offer_thanks", "own_offers", "consents",
    "consent_withdraw",
    "track", "tracked", "citizen_enter", "citizen_return", "citizen_leave", "identity_sandbox", "filing",
    "filing_draft", "filing_submit", "filing_paper", "filing_reuse", "filing_drop", "own_dossiers", "own_dossier",
    "own_receipt", "own_file", "own_fetch", "own_act", "own_pay", "own_apology", "own_paid", "gateway_sandbox",
    "payment_notice",
}  # fmt: skip
# Routes for machines, which show an API key instead of a session.
KEYED = {
    "api_units", "api_tasks", "api_task", "api_indicators", "api_figures", "api_alerts", "api_batches",
    "api_dossiers_to_synchronise", "api_dossiers_synchronised",
}  # fmt: skip

urlpatterns = [
    path("suc-khoe", health, name="health"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("api/v1/", include("namro.api.urls")),
    path("", include("namro.pages.look.urls")),
    path("", include("namro.pages.charts.urls")),
    path("", include("namro.pages.entry.urls")),
    path("", include("namro.pages.account.urls")),
    path("", include("namro.pages.home.urls")),
    path("", include("namro.pages.league.urls")),
    path("", include("namro.pages.centre.urls")),
    path("", include("namro.pages.indicators.urls")),
    path("", include("namro.pages.forms.urls")),
    path("", include("namro.pages.sources.urls")),
    path("", include("namro.pages.tasks.urls")),  # before the units: /don-vi/goi-y/ is no unit
    path("", include("namro.pages.alerts.urls")),
    path("", include("namro.pages.desk.urls")),
    path("", include("namro.pages.units.urls")),
    path("", include("namro.pages.procedures.urls")),
    path("", include("namro.pages.assistant.urls")),
    path("", include("namro.pages.queues.urls")),
    path("", include("namro.pages.offers.urls")),
    path("", include("namro.pages.feedback.urls")),  # before the dossiers: /mot-cua/gop-y/ is no dossier
    path("", include("namro.pages.citizens.urls")),
    path("", include("namro.pages.dossiers.urls")),
    path("", include("namro.pages.quality.urls")),
    path("", include("namro.pages.reports.urls")),
    path("", include("namro.pages.notices.urls")),
    path("", include("namro.pages.administration.urls")),
    path("", include("namro.pages.audit.urls")),
]

handler400 = "namro.config.guards.bad_request"
handler403 = "namro.pages.look.refusals.forbidden"
handler404 = "namro.pages.look.refusals.not_found"
handler500 = "namro.pages.look.refusals.server_error"
