"""Settings from the environment: each read once, each malformed value stopped with one plain sentence."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def read(name: str, reader: Callable[..., Any], default: Any, wanted: str) -> Any:
    """The variable through a reader of django-environ; raises ImproperlyConfigured naming it and what is wanted."""
    try:
        return reader(name, default=default)
    except Exception as error:
        raise stop(name, wanted) from error


def stop(name: str, wanted: str) -> ImproperlyConfigured:
    """The sentence for a malformed variable."""
    value = os.environ.get(name, "")
    shown = "…" if name in ("SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL") else f"“{value}”"
    return ImproperlyConfigured(f"环境变量 {name}={shown} 不对 / is malformed: {wanted}.")


def boolean(name: str, default: bool) -> bool:
    """on/off, true/false, yes/no, 1/0; anything else is malformed."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise stop(name, "true or false")
    return default


def folder(name: str, default: Path) -> Path:
    """A folder that is created and can be written to."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".probe{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise stop(name, "a folder that can be written to") from error
    return path


def site_url(name: str) -> str:
    """The address under which people reach the portal, without a slash at the end."""
    value = os.environ.get(name, "").rstrip("/") or "http://127.0.0.1:8000"
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise stop(name, "an address such as https://rd.example.cn")
    return value


def time_zone(name: str) -> str:
    """A name of the time zone database."""
    value = os.environ.get(name) or "Asia/Shanghai"
    if value not in available_timezones():
        raise stop(name, "a time zone such as Asia/Shanghai")
    return value


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """An address of one of the schemes."""
    value = os.environ.get(name) or default
    if value and (urlsplit(value).scheme not in schemes or "://" not in value):
        raise stop(name, " / ".join(f"{scheme}://…" for scheme in schemes))
    return value


def secret(name: str, data: Path) -> str:
    """The variable, or a key made once under the data folder and readable by its owner only."""
    given = os.environ.get(name)
    if given is not None:
        if len(given) < 32:
            raise stop(name, "at least 32 characters")
        return given
    kept = data / name.lower()
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept(kept)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return _kept(kept)


def _kept(path: Path) -> str:
    key = path.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(
            f"密钥文件 {path} 是空的，请删除后重试 / the key file is empty; delete it and start again."
        )
    return key
