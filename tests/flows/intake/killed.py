"""A process that takes a shipment in and hangs at a chosen moment, to be killed there. Called with that moment."""

import sys
import time
from typing import Any

import django


def hang(*_: Any, **__: Any) -> None:
    """Say that the moment has come, and stay in it."""
    sys.stdout.write("here\n")
    sys.stdout.flush()
    time.sleep(60)


def main(moment: str) -> None:
    """Fetch the test source with a hole at the moment."""
    django.setup()
    from namro.flows.intake import run_source
    from namro.lake.catalogue import LakeCatalogue
    from namro.outside import folder
    from namro.sources.actions import intake

    match moment:
        case "files are written, the catalogue does not know":
            LakeCatalogue.commit_table = hang
        case "the lake has it, the receipt does not":
            intake._close = hang
        case "the receipt is closed, the file lies there":
            folder._put_aside = hang
    run_source("muc_nuoc")


if __name__ == "__main__":
    main(sys.argv[1])
