"""Cửa vào: how one comes in: identities, second factors, visits, API keys of service accounts."""
