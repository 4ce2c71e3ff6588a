"""Settings of the portal, from the environment only; with none set everything works (see README)."""

import sys
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment as the
from config.api_names import ENUMS

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

DATA_DIR = the.folder("DATA_DIR", BASE_DIR / "var")
SITE_URL = the.site_url("SITE_URL")
HTTPS = SITE_URL.startswith("https://")
DEBUG = the.boolean("DEBUG", False)
SECRET_KEY = the.secret("SECRET_KEY", DATA_DIR)
#: Keys of encrypted fields, the newest first; old ones stay to read what they wrote.
FIELD_KEYS = the.keys("FIELD_KEYS", DATA_DIR)
ALLOWED_HOSTS = the.hosts("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", the.host_of(SITE_URL)])
CSRF_TRUSTED_ORIGINS = the.origins("CSRF_TRUSTED_ORIGINS", [SITE_URL])
#: Believe X-Forwarded-Proto and -For only behind a proxy that sets them itself.
TRUST_PROXY = the.boolean("TRUST_PROXY", False)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "csp",
    "workflow",
    "accounts",
    "notifications",
    "files",
    "stations",
    "deliberations",
    "suggestions",
    "supervision",
]

MIDDLEWARE = [
    "workflow.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.HeadersMiddleware",
    "config.middleware.MethodsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TrustedPhoneMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "workflow.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.actor",
            ],
        },
    },
]

DATABASE_URL = the.url("DATABASE_URL", f"sqlite:///{DATA_DIR}/portal.sqlite3", ("sqlite", "postgres", "postgresql"))
DATABASES = {"default": the.env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: the transaction is the lock; WAL: readers do not wait for the writer
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive triggers: without them INSERT OR REPLACE would pass by the guards of the record
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;"
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;"
        "PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # compiling a query, which PostgreSQL does for those it takes for long, takes ten times as long as any page's query
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

REDIS_URL = the.url("REDIS_URL", "", ("redis", "rediss"))

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.validators.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "supervision:workbench"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "accounts.doors.address_of"
AXES_VERBOSE = False
#: Failed sign-ins from one address, under whatever names, after which it waits a quarter of an hour.
FAILED_SIGN_INS_PER_ADDRESS = 30

#: A session ends twelve hours after sign-in, whatever happens in it.
SESSION_COOKIE_AGE = 12 * 3600
#: Minutes without a click after which it ends sooner, by role. The county profile has none.
SESSION_IDLE_MINUTES: dict[str, int] = {}
#: A one-time link for a first or forgotten password is good for three days.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
#: A deputy's phone is trusted for half a year after it was bound, and signs in by itself.
TRUSTED_PHONE_DAYS = 180
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "workflow.pages.csrf_failure"
LANGUAGE_COOKIE_NAME = "language"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = HTTPS
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # blob: a photo or recording that is still on the phone only
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = the.time_zone("TIME_ZONE")
USE_TZ = True
#: What an unused filter shows instead of a row of dashes.
FILTERS_EMPTY_CHOICE_LABEL = _("any")

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "config.static.Storage"
    },
}

EMAIL_URL = the.url("EMAIL_URL", "", ("smtp", "smtp+tls", "smtp+ssl", "smtps", "consolemail", "filemail", "dummymail"))
if EMAIL_URL:
    vars().update(the.env.email_url_config(EMAIL_URL))
else:
    # without a mail server letters are kept as files, so that nothing is lost and nothing goes out
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = the.given("MAIL_FROM", "portal@localhost")
#: A restored copy must not write to anybody until an operator releases it.
OUTGOING_PAUSED = the.boolean("OUTGOING_PAUSED", False)

#: The name of the county, and the line at the foot of each page that says whom to ask.
COUNTY_NAME = the.given("COUNTY_NAME", "望川县")
HELP_LINE = the.given("HELP_LINE", "县人大常委会代表工作委员会")

#: Functions that jobs and the page of imports run, and what /readyz asks.
JOB_KINDS = "config.jobs.JOBS"
IMPORT_KINDS = "config.imports.IMPORTS"
READY_CHECKS = [
    "workflow.health.database",
    "workflow.health.migrations",
    "workflow.health.heartbeats",
    "workflow.health.calendar_year",
    "workflow.health.disk",
    "files.health.queue",
]

#: What deliberation asks of the apps above it: facts before a cycle is concluded, and which of the opinions in
#: deliberation (by key) have become something there and stay as they are.
CYCLE_FACTS = ["suggestions.gates.cycle_facts"]
OPINIONS_TAKEN_UP = ["suggestions.gates.collected"]
#: What is asked just before a letter is sent: which notifications (by key) are no longer true, and why.
FACTS_NO_LONGER_TRUE = ["supervision.reminders.no_longer_true"]

#: What programs ask; each operation is put together in config/api.py.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.Bearer", "accounts.authentication.Session"],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.authentication.SignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["workflow.api.bodies.JsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "workflow.api.bodies.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "workflow.api.schema.Described",
    "EXCEPTION_HANDLER": "workflow.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Deputy stations and deliberation",
    "DESCRIPTION": "What one sees and does on the pages, for programs. See docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": ENUMS,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "",
    "SWAGGER_UI_SETTINGS": {"docExpansion": "none", "deepLinking": True, "defaultModelsExpandDepth": 0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.logs.RequestIdFilter"}},
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
}
#: HSTS is promised for this host only; without a proxy that says so nobody can tell HTTPS, and on HTTP there is none.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SILENCED_SYSTEM_CHECKS += [] if HTTPS and TRUST_PROXY else ["security.W008"]
#: An index that holds more than its keys: SQLite leaves the rest out and works all the same.
SILENCED_SYSTEM_CHECKS += ["models.W040"]
SILENCED_SYSTEM_CHECKS += [] if HTTPS else ["security.W004", "security.W012", "security.W016"]
