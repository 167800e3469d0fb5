"""The words by which a dossier is found."""

from namro.ground.text import fold


def fold_words(code: str, procedure_name: str, applicant_name: str) -> str:
    """Code, procedure and applicant without marks; the parts of the code can be looked for by themselves."""
    return fold(f"{code} {procedure_name} {applicant_name}")[:2000]
