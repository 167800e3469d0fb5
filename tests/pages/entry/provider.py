"""A city's sign-in (OpenID provider) on loopback: real HTTP, tokens signed with RS256, PKCE checked."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET, KID = "namro-thu", "bi-mat-thu", "k1"


class Provider:
    """Hands out codes for whom the test says is at the other side; `twist` spoils what it hands out."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signer: Any = self.key
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {"sub": "cong-dan-1", "preferred_username": ""}
        self.twist: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.is_down = False

    def authorize(self, address: str) -> dict[str, str]:
        """Play the browser at the provider's page: return the code and the state that lead back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def token(self, sent: dict[str, str], basic: str) -> dict[str, Any] | None:
        """Exchange a code, once, for whoever knows the secret and the verifier."""
        asked = self.codes.pop(sent.get("code", ""), None)
        right = base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or basic != f"Basic {right}" or asked["code_challenge"] != challenge:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        """The signed word on who is there."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            "auth_time": now,
        }
        return jwt.encode(said | self.claims | self.twist, self.signer, self.algorithm, headers={"kid": KID})

    @property
    def documents(self) -> dict[str, dict[str, Any]]:
        """What it says of itself."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        doors = {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
        }  # fmt: skip
        keys = {"keys": [public | {"kid": KID, "alg": "RS256", "use": "sig"}]}
        return {"/.well-known/openid-configuration": doors, "/keys": keys}


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider while the `with` lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        self._answer(None if provider.is_down else provider.documents.get(self.path))

    def do_POST(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(provider.token(sent, self.headers.get("Authorization", "")))

    def _answer(self, found: dict[str, Any] | None) -> None:
        body = json.dumps(found).encode()
        self.send_response(200 if found else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
