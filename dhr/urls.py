from django.urls import include, path

from dhr import health

urlpatterns = [
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
    path("health", health.status, name="health"),
    path("account/", include("accounts.urls")),
    path("account/", include("accounts.sign_in_urls")),
    path("agencies/", include("reviews.agency_urls")),
    path("", include("chronologies.urls")),
    path("", include("findings.urls")),
    path("", include("actionplans.urls")),
    path("", include("reports.urls")),
    path("", include("reviews.urls")),
    path("", include("desk.urls")),
]

handler500 = "dhr.errors.server_error"
