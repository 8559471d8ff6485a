"""Who is asking: the owner whose boards a page or a picture request may see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from db.history import LOCAL_OWNER

__all__ = ["current_owner", "owner_of_cookies", "sign_in_is_configured"]


def sign_in_is_configured() -> bool:
    """Whether `.streamlit/secrets.toml` has an `[auth]` section (see `st.login`)."""
    from streamlit.auth_util import get_secrets_auth_section

    return bool(get_secrets_auth_section())


def current_owner() -> str | None:
    """The owner of this page's session; None for somebody who has to sign in first. Without sign-in everybody who
    reaches the app is the local owner, which is why it then answers on loopback only."""
    import streamlit as st

    if not sign_in_is_configured():
        return LOCAL_OWNER
    return _owner(st.user.to_dict()) if st.user.is_logged_in else None


def owner_of_cookies(cookies: Mapping[str, str]) -> str | None:
    """The owner of a plain HTTP request, from the cookie that `st.login` signed; None where there is no valid one."""
    if not sign_in_is_configured():
        return LOCAL_OWNER
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return None if value is None else decode_signed_value(get_cookie_secret(), name, value.encode("latin-1"))

    cookie = get_cookie_with_chunks(signed, AUTH_COOKIE_NAME)
    return _owner(json.loads(cookie)) if cookie else None


def _owner(user: Mapping[str, Any]) -> str | None:
    """One id per person and provider: a digest of issuer and subject, which OpenID Connect promises to be unique and
    never given to somebody else (OpenID Connect Core 1.0, section 5.7)."""
    if not user.get("sub"):
        return None
    return "u" + hashlib.sha256(f"{user.get('iss', '')}\n{user['sub']}".encode()).hexdigest()[:32]
