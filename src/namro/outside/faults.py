"""What can befall what is sent outside."""


class Undelivered(Exception):
    """A thing was not taken over there; the sentence says what was heard.

    `is_final`: trying again is of no use. `whole_way`: the way itself is shut (the server does not answer), so that
    whatever else goes by it may as well wait.
    """

    def __init__(self, sentence: str, *, is_final: bool = False, whole_way: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_final = is_final
        self.whole_way = whole_way
