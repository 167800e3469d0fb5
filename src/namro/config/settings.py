"""Settings: everything that differs between places comes from the environment, nothing secret has a default."""

from ipaddress import ip_network
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from namro.config import place
from namro.config.connections import *  # noqa: F403
from namro.config.connections import DEMO, env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = place.data_folder()

DEBUG = False

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY and DEMO:
    SECRET_KEY = place.demo_secret_key()
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Thiếu SECRET_KEY: ngoài bản trình diễn, hãy đặt biến môi trường SECRET_KEY bằng một chuỗi ngẫu nhiên dài. / "
        "SECRET_KEY is missing: outside the demo, set it to a long random string."
    )

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- What the program is made of --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "namro.lake",
    "namro.audit",
    "namro.organisation",
    "namro.delivery",
    "namro.access",
    "namro.sources",
    "namro.indicators",
    "namro.alerts",
    "namro.tasks",
    "namro.procedures",
    "namro.dossiers",
    "namro.queues",
    "namro.quality",
    "namro.offers",
    "namro.reports",
    "namro.assistant",
    "namro.flows",
    "namro.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages over a weak line; Django pads what it packs, so that secrets in a page cannot be guessed by its length.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "namro.pages.viewing.ViewerMiddleware",
    "namro.config.sessions.IdleSessionMiddleware",
    "namro.config.guards.NoZeroByteMiddleware",
    "namro.config.guards.KeepNothingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "namro.config.urls"
WSGI_APPLICATION = "namro.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["namro.pages.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "namro.pages.context.page",
            ],
        },
    },
]

# --- Where data lives -------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=place.embedded_url())}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
# A pooler that gives each transaction another connection keeps no plans between them.
NAMRO_POOLED = env.bool("NAMRO_POOLED", default=False)
DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = None if NAMRO_POOLED else 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA / "media"
# Attachments have no URL of their own: a view that knows who may read them hands them out.
MEDIA_URL = ""
# Rows of the sources: a folder of the place, or a bucket (s3://bucket/prefix; its keys by AWS's own variables).
NAMRO_LAKE = env.str("NAMRO_LAKE", default="")
NAMRO_LAKE_FOLDER = DATA / "lake"
# What the assistant finds passages by: derived from the tables, made again when it is gone.
NAMRO_INDEX_FOLDER = DATA / "index"
# Where agencies drop their files, a folder a source.
NAMRO_INBOX = DATA / "inbox"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
NAMRO_MAX_ATTACHMENT_BYTES = 25 * 1024**2

DEMO_PACKAGE = PACKAGE.parent.parent / "packages" / "danang"
# Which synthetic sources the demo fills its lake with: all, none, or some of them by code, with commas between.
NAMRO_DEMO_CENTRE = env.str("NAMRO_DEMO_CENTRE", default="all")

# Charts are drawn above the reports: commands, which stand below the pages, learn here who draws them.
NAMRO_CHART_RENDERER = "namro.pages.reports.drawing.pictures"
# Where the numbers of a report made by a command lead; in the demo, where `up` serves unless told otherwise.
NAMRO_SITE = env.str("NAMRO_SITE", default="http://127.0.0.1:8057" if DEMO else "")

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA / "static"
# `up` builds the hashed and compressed files, then tells its web server so; elsewhere plain files do.
STATIC_IS_BUILT = env.bool("NAMRO_STATIC_IS_BUILT", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "namro.config.static.StaticFiles"
        if STATIC_IS_BUILT
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# --- Language and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
# How long a process keeps the working calendar: after a load of swapped days the others learn of it so late.
NAMRO_CALENDAR_SECONDS = env.int("NAMRO_CALENDAR_SECONDS", default=60)

# --- Who comes in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "namro.config.passwords.KnownPasswordValidator"},
]
# A link to set a new password, handed over by the administration: one hour, once.
PASSWORD_RESET_TIMEOUT = 60 * 60
# By name and address together: one address alone would shut out a whole office behind it, one name alone
# would let a stranger shut out its owner.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "namro.pages.callers.address_of"
AXES_LOCKOUT_CALLABLE = "namro.pages.entry.refusing.locked_out"

# Roles whose holders must use a second factor, by code (administrator,secretariat,...); whoever has one uses it anyway.
NAMRO_SECOND_FACTOR_ROLES = env.list(
    "NAMRO_SECOND_FACTOR_ROLES", default=[] if DEMO else ["administrator", "secretariat"]
)
SESSION_COOKIE_AGE = 8 * 60 * 60  # idle seconds, see namro.config.sessions
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "namro.pages.look.refusals.csrf_failure"

# --- The browser's guard rails ----------------------------------------------------------------------------------
HTTPS = env.bool("NAMRO_HTTPS", default=not DEMO)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # the server in front of us, which holds the certificate, redirects
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Servers in front of us whose X-Forwarded-For is believed, as addresses or networks (10.0.0.7,10.1.0.0/16); none: the
# address that is counted, at the door and wherever else one may ask too often, is the one that connects.
NAMRO_TRUSTED_PROXIES = [ip_network(each) for each in env.list("NAMRO_TRUSTED_PROXIES", default=[])]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- Jobs -------------------------------------------------------------------------------------------------------
# "Task" is human work here, "job" is machine work: a domain's jobs stand in its jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- Words for the operator: what happened and where, never who or what they typed ------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"tokens": {"()": "namro.config.redaction.HideTokens"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Its lines carry the user name that was tried.
        "axes": {"level": "CRITICAL"},
        # Its lines carry the arguments of a job.
        "procrastinate": {"level": "WARNING"},
    },
}
