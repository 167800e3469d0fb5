"""Reads of the dossiers; each that shows more than a code to track takes the viewer or the applicant first."""
