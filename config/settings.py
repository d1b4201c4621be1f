"""Every setting in one place. What a deployment may change is read from the environment; docs/settings.md lists it."""

import secrets
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env

django_stubs_ext.monkeypatch()  # so that a field can say at run time what it holds: ModelChoiceField[Unit]

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("FENGQIAO_DATA", str(BASE_DIR / "var"))).resolve()

# --- Who we are, and to whom we answer ---------------------------------------------------------------------
DEBUG = env.flag("FENGQIAO_DEBUG")
PUBLIC_ADDRESS = env.text("FENGQIAO_ADDRESS").rstrip("/")  # https://… once in service; empty while trying it out
IN_SERVICE = bool(PUBLIC_ADDRESS)
LASTING_KEY = env.secret("FENGQIAO_SECRET_KEY", DATA_DIR / "secret.key")
SECRET_KEY = LASTING_KEY or secrets.token_urlsafe(50)
IDENTITY_KEY_FILE = Path(env.text("FENGQIAO_IDENTITY_KEY_FILE", str(DATA_DIR / "identity.key")))
ALLOWED_HOSTS = env.words("FENGQIAO_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if IN_SERVICE else []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- What it is made of ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "template_partials",
    "fengqiao.web.shared",
    "fengqiao.web.console",  # before allauth: the pages of signing in are ours
    "fengqiao.web.resident",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "config.checks.Checks",
    "procrastinate.contrib.django",
    "fengqiao.places",
    "fengqiao.people",
    "fengqiao.rights",
    "fengqiao.files",
    "fengqiao.cases",
    "fengqiao.mediation",
    "fengqiao.intake",
    "fengqiao.reception",
    "fengqiao.oversight",
    "fengqiao.desk",
    "fengqiao.playbooks",
    "fengqiao.jobs",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fengqiao.web.shared.headers.Sources",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fengqiao.web.shared.idle.renew_session",
    "fengqiao.web.shared.language.speak",
    "django.middleware.common.CommonMiddleware",
    "fengqiao.web.shared.errors.explain_methods",  # inside the one that counts the length of an answer
    "django.middleware.csrf.CsrfViewMiddleware",
    "fengqiao.web.shared.backends.Recognition",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fengqiao.web.shared.swapping.note",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "fengqiao.web.shared.letting_go.Templates",
        "NAME": "django",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("fengqiao.web.shared.folding.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fengqiao.web.shared.context.page",
            ],
        },
    }
]
FORM_RENDERER = "fengqiao.web.shared.forms.Renderer"

# --- The database ------------------------------------------------------------------------------------------
DATABASE_URL = env.secret("FENGQIAO_DATABASE_URL")
DATABASES = {
    "default": {
        **env.database(DATABASE_URL or "postgresql://fengqiao@127.0.0.1:5432/fengqiao"),
        "CONN_MAX_AGE": env.integer("FENGQIAO_CONNECTION_SECONDS", 600),
        "CONN_HEALTH_CHECKS": True,
        # A page that waits longer than this is a fault; the worker and the loaders set their own limit. Many ask at
        # once and each for little: compiling a statement, or sharing it out to helpers, costs more than it brings. What
        # the indexes of words have not yet sorted in is read through by every search: it is kept short.
        "OPTIONS": {
            "options": f"-c statement_timeout={env.integer('FENGQIAO_STATEMENT_SECONDS', 0)}s -c lock_timeout="
            f"{env.integer('FENGQIAO_LOCK_SECONDS', 10)}s -c jit=off -c max_parallel_workers_per_gather=0 "
            "-c gin_pending_list_limit=128kB",
            # For `kit/prepared.py` alone: what Django writes anew each time is planned anew, as its values ask.
            "prepare_threshold": None if env.flag("FENGQIAO_SHARED_CONNECTIONS") else 0,
        },
        "TEST": {"NAME": f"test_{env.text('FENGQIAO_TEST_DATABASE', 'fengqiao')}"},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- Time and language -------------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Signing in --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "fengqiao.web.shared.backends.Staff",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("username", "name")},
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
] + [{"NAME": "fengqiao.people.passwords.NotOnesName"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/console/"
ACCOUNT_ADAPTER = "fengqiao.web.shared.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords are counted by axes, which shows its own page; wrong codes of a phone by us, for each account.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",  # a county's desks share an address
    "login_failed": False,
    "code_failed": "5/900s/key",
}
MFA_ADAPTER = "fengqiao.web.shared.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # the device asks its owner, too: a passkey alone is two proofs
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole office shares an address, and there is nothing to guess
MFA_FORMS = {
    "authenticate": "fengqiao.web.shared.factors.CodeForm",
    "reauthenticate": "fengqiao.web.shared.factors.CodeAgainForm",
    "add_webauthn": "fengqiao.web.shared.passkeys.AddForm",
    "edit_webauthn": "fengqiao.web.shared.passkeys.RenameForm",
    "login_webauthn": "fengqiao.web.shared.passkeys.SignInForm",
    "authenticate_webauthn": "fengqiao.web.shared.passkeys.SecondStepForm",
    "reauthenticate_webauthn": "fengqiao.web.shared.passkeys.AgainForm",
}
MFA_TOTP_ISSUER = "枫桥"
MFA_TOTP_TOLERANCE = 1  # half a minute: the clocks of cheap phones
MFA_RECOVERY_CODES_SHOW_ONCE = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "fengqiao.web.shared.addresses.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
SESSION_ENGINE = "fengqiao.web.shared.sessions"
SESSION_COOKIE_AGE = env.integer("FENGQIAO_IDLE_MINUTES", 30) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "fengqiao.web.shared.errors.csrf_failed"

# --- What the browser is told ------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_SERVICE
SECURE_HSTS_SECONDS = 31536000 if IN_SERVICE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("FENGQIAO_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True  # scripts of ours take the token from the page
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Files -------------------------------------------------------------------------------------------------
FRONTEND_DIR = BASE_DIR / "frontend" / "dist"
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("built", FRONTEND_DIR)]
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # in one form
FILE_UPLOAD_HANDLERS = [
    "fengqiao.web.shared.bounded.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FONTS_DIR = BASE_DIR / "frontend" / "fonts"  # laid out by the build; for PDF only, never served
OWN_PAPERS_DIR = DATA_DIR / "papers"  # a county's own Word templates, used in place of ours
ARRIVING_ROOT = DATA_DIR / "arriving"  # pieces of uploads that are not whole yet; not backed up
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[\w-]{8}\.(js|css)$"  # the build puts a hash into these names
REAL_DATA_DIR = Path(env.text("FENGQIAO_REAL_DATA", str(BASE_DIR.parent / "shared" / "data")))

# --- What it says while running ----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("FENGQIAO_LOG_LEVEL", "INFO")},
    "loggers": {
        "axes": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "django.template": {"level": "INFO"},  # its finest lines quote whole pages, secrets and all
        "django.db": {"level": "INFO"},  # and these every value of every statement
    },
}
