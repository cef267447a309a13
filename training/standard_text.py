"""What the Standard calls things: names of elements and meanings of codes, as lines that identify nobody."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from zlib import crc32

from pydicom._dicom_dict import DicomDictionary
from pydicom.sr.codedict import codes

from ..redactor.vocabulary import plain_words

# Coding schemes of PS3.16 whose meanings stand on images: DICOM's own, SNOMED CT, LOINC.
_SCHEMES = ("DCM", "SCT", "LN")
# A line is so long at most.
_WORDS, _CHARACTERS = 5, 40


@cache
def standard_phrases() -> tuple[str, ...]:
    """Return phrases of the data dictionary (PS3.6) and of coded concepts (PS3.16), sorted.

    Those whose words are all plain ones or have two letters at most: breeds, eponyms and the like fall out. A quarter
    is left to evaluation.
    """
    names = (entry[2] for entry in DicomDictionary.values())
    phrases = {phrase for phrase in chain(names, _meanings()) if _plain(phrase)}
    return tuple(sorted(phrase for phrase in phrases if not is_held_out(phrase)))


def is_held_out(text: str) -> bool:
    """Tell whether evaluation keeps a word or a phrase for itself: a quarter of them."""
    return crc32(text.encode()) % 4 == 0


def _meanings() -> Iterator[str]:
    for scheme in _SCHEMES:
        concepts = getattr(codes, scheme)
        for keyword in concepts.dir():
            code = getattr(concepts, keyword)
            # "(body structure)", "(procedure)": SNOMED CT's kinds, which no screen shows
            yield re.sub(r" \([a-z ]+\)$", "", code.meaning)


def _plain(phrase: str) -> bool:
    if not phrase.isascii() or len(phrase) > _CHARACTERS or len(phrase.split()) > _WORDS:
        return False
    words = re.findall(r"[A-Za-z]+", phrase)
    return bool(words) and all(len(word) < 3 or word.lower() in plain_words() for word in words)
