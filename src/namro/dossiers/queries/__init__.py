"""Reads of the dossiers; each that shows more than what a code tells takes the viewer or the applicant first."""
