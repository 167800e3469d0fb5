"""Dịch vụ chủ động: who could be helped before they ask, told so by their own consent, with the dossier begun."""
