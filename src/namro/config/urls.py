"""All routes, and the list of those that are open to everybody."""

from django.urls import include, path

from namro.config.health import health

# Url names that need no sign-in; the house test refuses any other route that is not guarded.
PUBLIC = {"health", "look", "theme"}

urlpatterns = [
    path("suc-khoe", health, name="health"),
    path("", include("namro.pages.look.urls")),
]

handler400 = "namro.pages.look.refusals.bad_request"
handler403 = "namro.pages.look.refusals.forbidden"
handler404 = "namro.pages.look.refusals.not_found"
handler500 = "namro.pages.look.refusals.server_error"
