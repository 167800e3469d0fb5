"""Putting what a package has the city say: all of it anew when something changed, else nothing."""

import hashlib
from pathlib import Path

from namro.assistant.catalog.city import read_city
from namro.assistant.models import CityText, CorpusState
from namro.assistant.terms import Corpus


def put_city(folder: Path) -> int:
    """Store what the city says; returns how many texts. FileRefused with the line of a fault."""
    texts = read_city(folder)
    digest = hashlib.sha256("\n".join(each.digest for each in texts).encode()).hexdigest()
    if CorpusState.objects.filter(corpus=Corpus.CITY, digest=digest).exists():
        return len(texts)
    CityText.objects.all().delete()
    CityText.objects.bulk_create(CityText(**vars(each), digest=each.digest) for each in texts)
    CorpusState.objects.update_or_create(corpus=Corpus.CITY, defaults={"digest": digest, "as_of": ""})
    return len(texts)
