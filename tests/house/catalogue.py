"""What the translation tests read: the catalogue as written and as compiled, and the sentences of the sources.

Everything is keyed as in a compiled catalogue: context, \\x04, sentence, \\x00, its plural.
"""

import ast
import re
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.utils.translation.template import templatize

from tests.house.building import SOURCE, sources

FOLDER = SOURCE / "locale" / "en" / "LC_MESSAGES"
WRITTEN, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
CONTEXT, PLURAL = "\x04", "\x00"
MAGIC = 0x950412DE

VIETNAMESE = re.compile(r"[à-ãè-êìíò-õùúýăđĩũơưạ-ỹ]", re.IGNORECASE)
CALLED = re.compile(r"\b(_|n?p?gettext)\(")
# How many leading arguments of a call are words, by the name of the function without "_lazy" and "_noop".
WORDS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}


def written(path: Path = WRITTEN) -> dict[str, str]:
    """Return the catalogue as people write it; what has no translation is not in it."""
    entries = [_entry(block) for block in path.read_text(encoding="utf-8").split("\n\n")]
    return {key: words for key, words in entries if words.strip(PLURAL)}


def _entry(block: str) -> tuple[str, str]:
    """Return the key and the words of one entry."""
    parts: dict[str, str] = {}
    field = ""
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        name, _, text = line.partition('"')
        field = name.strip() or field
        parts[field] = parts.get(field, "") + ast.literal_eval(f'"{text}')
    words = [text for name, text in parts.items() if name.startswith("msgstr")]
    return _key(parts.get("msgid", ""), parts.get("msgid_plural"), parts.get("msgctxt")), PLURAL.join(words)


def _key(words: str, plural: str | None = None, context: str | None = None) -> str:
    return (f"{context}{CONTEXT}" if context else "") + words + (f"{PLURAL}{plural}" if plural else "")


def compiled(path: Path = COMPILED) -> dict[str, str]:
    """Return the catalogue as programs read it (the format of GNU gettext, little-endian)."""
    raw = path.read_bytes()
    magic, _, count, keys, words = struct.unpack("<5I", raw[:20])
    assert magic == MAGIC
    return {_text(raw, keys + 8 * place): _text(raw, words + 8 * place) for place in range(count)}


def _text(raw: bytes, at: int) -> str:
    length, start = struct.unpack("<2I", raw[at : at + 8])
    return raw[start : start + length].decode()


def sentences() -> dict[str, str]:
    """Return every sentence marked for translation, with the file it stands in."""
    found: dict[str, str] = {}
    for path in sources(".py"):
        found |= dict.fromkeys(of_program(path.read_text(encoding="utf-8")), path.name)
    for path in sources(".html"):
        found |= dict.fromkeys(of_template(path.read_text(encoding="utf-8")), path.name)
    return found


def of_program(text: str) -> list[str]:
    """Return the sentences of a program."""
    return [key for call, name in _calls(ast.parse(text)) if (key := _called(call, name))]


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id.removesuffix("_lazy").removesuffix("_noop")
            if name in WORDS:
                yield node, name


def _called(call: ast.Call, name: str) -> str:
    """Return the key of a call, '' for one whose words are not written there."""
    written_there = [argument for argument in call.args[: WORDS[name]] if isinstance(argument, ast.Constant)]
    if len(written_there) < WORDS[name]:
        return ""
    words = [str(argument.value) for argument in written_there]
    context = words.pop(0) if name in ("pgettext", "npgettext") else None
    return _key(words[0], words[1] if len(words) > 1 else None, context)


def of_template(text: str) -> list[str]:
    """Return the sentences of a template, as Django itself hands them to gettext."""
    program = templatize(text)
    calls = [_parsed(program[found.start() :]) for found in CALLED.finditer(program)]
    return [key for call in calls for key in of_program(call)]


def _parsed(text: str) -> str:
    """Return the shortest beginning of the text that is a whole call."""
    ends = (found.end() for found in re.finditer(r"\)", text))
    return next(text[:end] for end in ends if _is_whole(text[:end]))


def _is_whole(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def bare_in_program(text: str) -> list[str]:
    """Return the Vietnamese words of a program that nothing translates."""
    tree = ast.parse(text)
    marked = {id(inner) for call, _ in _calls(tree) for each in call.args for inner in ast.walk(each)}
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and VIETNAMESE.search(node.value)
        if id(node) not in marked | told
    ]


def bare_in_template(text: str) -> list[str]:
    """Return the Vietnamese words of a template that nothing translates."""
    for spared in (
        r"{#.*?#}", r"{% *comment *%}.*?{% *endcomment *%}", r"{% *blocktrans.*?endblocktrans(?:late)? *%}",
        r"{% *trans .*?%}", r"\b_\(\".*?\"\)", r"<(\w+)[^>]* lang=\"vi\".*?</\1>",
    ):  # fmt: skip
        text = re.sub(spared, "", text, flags=re.DOTALL)
    return [line.strip() for line in text.splitlines() if VIETNAMESE.search(line)]


# What has no words, and drawings: what a package calls things stands there broken into lines, and beside it in a table.
SILENT = ("script", "style", "svg")


class Shown(HTMLParser):
    """The words of a page in its own language: text and spoken attributes, not what is marked as another language."""

    SPOKEN = ("aria-label", "placeholder", "title", "alt")
    VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr")

    def __init__(self, page: str, language: str) -> None:
        super().__init__()
        self.language = language
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        other = about.get("lang") not in (None, self.language) or tag in SILENT
        hidden = other or (bool(self._open) and self._open[-1][1])
        if not hidden:
            self.words += [" ".join((about[name] or "").split()) for name in self.SPOKEN if about.get(name)]
        if tag not in self.VOID:
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1][1]):
            self.words.append(" ".join(data.split()))
