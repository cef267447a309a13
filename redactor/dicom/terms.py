"""Words of the Standard itself: what its dictionary and its context groups say is no name of anybody."""

import re
from functools import cache
from itertools import chain

from pydicom._dicom_dict import DicomDictionary
from pydicom.sr.codedict import codes

# Context groups of PS3.16 whose words stand on images: anatomy, views, positions, measurements, units, findings,
# phases, modes. Left out: those that hold names of people and peoples (breeds, eponyms, registries, equations).
_GROUPS = (
    *(2, 4, 5, 6, 7, 19, 20, 21, 23, 26, 27, 29, 33, 42, 83, 84, 85, 91, 92, 93, 94),
    *range(210, 223),
    *(230, 240, 242, 244, 245, 246, 250, 251, 252, 1010, 1011),
    *(3001, 3010, 3014, 3019, 3101, 3102, 3104, 3250, 3467, 3468, 3469, 3472, 3481, 3482, 3483, 3486, 3488),
    *(3500, 3602, 3604, 3611, 3612, 3613, 3627, 3703, 3705, 3712, 3716, 3717, 3778, 3827, 3829, 3835),
    *(4005, 4009, 4010, 4011, 4013, 4014, 4015, 4016, 4017, 4028, 4030, 4031, 4040, 4042),
    *(7455, 7456, 7460, 7461, 7462, 7464, 7469, 7470, 7471, 7472, 7550, 7600, 7602, 7603, 7604),
    *(8301, 8302, 10004, 10006, 10007, 10013, 10014, 10016, 10017, 10030, 10033),
    *(12001, 12002, 12004, 12005, 12006, 12007, 12008, 12009, 12011, 12018, 12019, 12020, 12021, 12022, 12023, 12032),
    *range(12101, 12142),
    *range(12200, 12246),
    *range(12250, 12276),
    *range(12280, 12295),
    *(12300, 12304, 12305, 12307, 12308, 12321, 12322),
)


@cache
def standard_words() -> frozenset[str]:
    """Return the words of element names and of the chosen context groups, lower case, three letters or more."""
    names = (entry[2] for entry in DicomDictionary.values())
    concepts = chain.from_iterable(getattr(codes, f"cid{group}").dir() for group in _GROUPS if _exists(group))
    words = chain(
        chain.from_iterable(re.findall(r"[a-z]+", name.lower()) for name in names),
        # "FetalHeartRate" -> fetal, heart, rate; a word before a year is an author's name
        (word.lower() for name in concepts for word in re.findall(r"[A-Z]?[a-z]+(?!\d{4})(?![a-z])", name)),
    )
    # "zzz" and the like are placeholders in the dictionary's names.
    return frozenset(word for word in words if len(word) > 2 and len(set(word)) > 1)


def _exists(group: int) -> bool:
    # pydicom adds groups with the Standard; an older one lacks the newest.
    return hasattr(codes, f"cid{group}")
