"""Django settings, read from a few environment variables; safe by default.

PAIRBOOK_HOME       where the book lives (database, evidence, secret key); `var` in a checkout, else ~/.pairbook
PAIRBOOK_DATABASE   postgresql://user:password@host:port/name; an embedded SQLite book when empty
PAIRBOOK_PERSON_KEY the keys of the privacy wall, where they are not to lie in PAIRBOOK_HOME (households.keys)
PAIRBOOK_HOSTS      host names the site answers to, joined by commas
PAIRBOOK_HTTPS      1 when a proxy in front serves HTTPS: cookies are then sent over HTTPS only
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pairbook.kernel.kinds import kind_packages

_PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = _PACKAGE.parent.parent


def _home() -> Path:
    named = os.environ.get("PAIRBOOK_HOME")
    if named:
        return Path(named).expanduser().resolve()
    return _CHECKOUT / "var" if (_CHECKOUT / "pyproject.toml").is_file() else Path.home() / ".pairbook"


def _secret_key(home: Path) -> str:
    path = home / "secret-key"
    if not path.is_file():
        home.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


def _database(home: Path) -> dict[str, object]:
    address = os.environ.get("PAIRBOOK_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "book.sqlite3",
            "OPTIONS": {
                # A write begins by taking the write lock, so two writers queue instead of failing halfway.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-65536;",
            },
            "TEST": {"NAME": os.environ.get("PAIRBOOK_TEST_SQLITE") or home / "test.sqlite3"},
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # PostgreSQL compiles what it takes for long: of figures as known at a moment that was 250 ms of 350.
        "OPTIONS": {"options": "-c jit=off"},
    }


PAIRBOOK_HOME = _home()
SECRET_KEY = _secret_key(PAIRBOOK_HOME)
PAIRBOOK_PERSON_KEY = os.environ.get("PAIRBOOK_PERSON_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [
    host for host in os.environ.get("PAIRBOOK_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "pairbook.web",
    "pairbook.kernel",
    "pairbook.parties",
    "pairbook.households",
    "pairbook.pairings",
    "pairbook.projects",
    "pairbook.register",
    "pairbook.indicators",
    "pairbook.bulletins",
    "pairbook.exchange",
    "pairbook.portal",
    "pairbook.workspace",
    *kind_packages(),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pairbook.web.middleware.page_safety",
    # A page of tables and drawings travels at a fifth of its size; Django pads what it packs against guessing.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "pairbook.workspace.middleware.early_size_limit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pairbook.config.ribbon.ribbon",
                "pairbook.config.closed.closed_up_to",
            ],
            "builtins": ["pairbook.web.templatetags.pairbook"],
        },
    }
]

ROOT_URLCONF = "pairbook.config.urls"
WSGI_APPLICATION = "pairbook.config.wsgi.application"
DATABASES = {"default": _database(PAIRBOOK_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "kernel.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    os.environ.get("PAIRBOOK_TEST_HASHER") or "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "workspace:home"
LOGOUT_REDIRECT_URL = "portal:programmes"
# By name and address together: one person's typing errors must not lock out an office behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# One paper at a time, and never a 2 GB body in memory: evidence has its own limit (`kernel.rules`).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

_https = os.environ.get("PAIRBOOK_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
