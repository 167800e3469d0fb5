"""All routes, and the list of those that are open to everybody."""

from django.urls import path

from namro.config.health import health

# Url names that need no sign-in; the house test refuses any other route that is not guarded.
PUBLIC = {"health"}

urlpatterns = [
    path("suc-khoe", health, name="health"),
]
