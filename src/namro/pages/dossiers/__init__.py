"""The one-stop desk as officers see it: the list, reception, one dossier, where dossiers wait, slips and letters."""
