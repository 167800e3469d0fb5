"""Settings of what this place connects to: accounts of the city, mail, services of the one-stop desk, a language model.

Part of the settings (`namro.config.settings` takes all of it in). Everything is off until the environment names it,
but for the demo's sandboxes; a secret never has a default.
"""

import environ

env = environ.Env()
# The demo: a place with made-up people, on this machine only.
DEMO = env.bool("NAMRO_DEMO", default=True)

# --- Accounts of officers ---------------------------------------------------------------------------------------
# A city's own accounts by OpenID Connect; without an issuer the sign-in page does not speak of them.
NAMRO_OPENID_ISSUER = env.str("NAMRO_OPENID_ISSUER", default="")
NAMRO_OPENID_CLIENT_ID = env.str("NAMRO_OPENID_CLIENT_ID", default="")
NAMRO_OPENID_CLIENT_SECRET = env.str("NAMRO_OPENID_CLIENT_SECRET", default="")
# The claim that carries the sign-in name here, and whether someone unknown is put down as a person (without any right).
NAMRO_OPENID_NAME_CLAIM = env.str("NAMRO_OPENID_NAME_CLAIM", default="preferred_username")
NAMRO_OPENID_CREATE = env.bool("NAMRO_OPENID_CREATE", default=False)

# --- Mail -------------------------------------------------------------------------------------------------------
# EMAIL_URL=smtp+tls://name:password@host:587; without one nothing is mailed, and the log of each notice says so.
NAMRO_MAIL = bool(env.str("EMAIL_URL", default=""))
if NAMRO_MAIL:
    vars().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 15  # seconds
NAMRO_MAIL_FROM = env.str("NAMRO_MAIL_FROM", default="Năm Rõ <khong-tra-loi@localhost>")

# --- What the one-stop desk asks of others: a sandbox in the demo, nothing elsewhere until it is set up ----------
# Identities of citizens: by OpenID Connect, or (demo only) by a page that believes whatever is typed.
NAMRO_CITIZEN_OPENID_ISSUER = env.str("NAMRO_CITIZEN_OPENID_ISSUER", default="")
NAMRO_CITIZEN_OPENID_CLIENT_ID = env.str("NAMRO_CITIZEN_OPENID_CLIENT_ID", default="")
NAMRO_CITIZEN_OPENID_CLIENT_SECRET = env.str("NAMRO_CITIZEN_OPENID_CLIENT_SECRET", default="")
NAMRO_CITIZEN_NUMBER_CLAIM = env.str("NAMRO_CITIZEN_NUMBER_CLAIM", default="national_id")
# Whether that provider speaks of citizens from the national database of the population (parts 4.5 of Decision 766).
NAMRO_CITIZEN_OPENID_POPULATION = env.bool("NAMRO_CITIZEN_OPENID_POPULATION", default=False)
NAMRO_CITIZEN_SANDBOX = DEMO
# Fees online: "sandbox" (no money moves) or nothing (paid at the desk). Never a sandbox outside the demo.
NAMRO_PAYMENTS = "sandbox" if DEMO else ""
# Where ClamAV listens, host:port; without it each file says that nobody looked.
NAMRO_CLAMAV = env.str("NAMRO_CLAMAV", default="")
# Look-ups a minute from one address by people outside: dossiers by code, ways to the identity provider. A whole office
# or a telephone network may stand behind one address.
NAMRO_OUTSIDE_PER_ADDRESS = env.int("NAMRO_OUTSIDE_PER_ADDRESS", default=120)
# People a clerk may look up by their number in an hour.
NAMRO_LOOKUPS_PER_HOUR = env.int("NAMRO_LOOKUPS_PER_HOUR", default=120)
# The key that signs results: a PKCS#12 file, "sandbox" (demo), or nothing: results are not signed.
NAMRO_SIGNING = env.str("NAMRO_SIGNING", default="sandbox" if DEMO else "")
NAMRO_SIGNING_PASSWORD = env.str("NAMRO_SIGNING_PASSWORD", default="")

# --- The assistant ----------------------------------------------------------------------------------------------
# A language model over the OpenAI protocol, such as http://10.0.0.5:8000/v1; without one, answers are composed.
NAMRO_MODEL_URL = env.str("NAMRO_MODEL_URL", default="")
NAMRO_MODEL_NAME = env.str("NAMRO_MODEL_NAME", default="")
NAMRO_MODEL_KEY = env.str("NAMRO_MODEL_KEY", default="")
NAMRO_MODEL_FIRST_SECONDS = env.float("NAMRO_MODEL_FIRST_SECONDS", default=10)
NAMRO_MODEL_TOTAL_SECONDS = env.float("NAMRO_MODEL_TOTAL_SECONDS", default=45)
# Đồng for a million tokens read and written, for the ledger.
NAMRO_MODEL_PRICE_IN = env.int("NAMRO_MODEL_PRICE_IN", default=0)
NAMRO_MODEL_PRICE_OUT = env.int("NAMRO_MODEL_PRICE_OUT", default=0)
# Questions a minute from one browser, and from one address, which a whole office may share.
NAMRO_ASSISTANT_PER_MINUTE = env.int("NAMRO_ASSISTANT_PER_MINUTE", default=20)
NAMRO_ASSISTANT_PER_ADDRESS = env.int("NAMRO_ASSISTANT_PER_ADDRESS", default=120)
# How long a conversation stays in the browser's session, and what people typed in opinions and hand-overs.
NAMRO_ASSISTANT_KEEP_MINUTES = env.int("NAMRO_ASSISTANT_KEEP_MINUTES", default=60)
NAMRO_ASSISTANT_KEEP_DAYS = env.int("NAMRO_ASSISTANT_KEEP_DAYS", default=90)
