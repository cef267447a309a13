"""Find what identifies by its form alone, whatever the header says."""

import re
from itertools import chain

from .contacts import addresses, contacts
from .dates import dates
from .labelled import labelled
from .named import names
from .spans import Span

# Tags of the Standard, as screens of measurements quote them; their digits are nobody's.
_TAG = re.compile(r"\([0-9A-Fa-f]{4},\s?[0-9A-Fa-f]{4}\)")


def patterns(text: str) -> list[Span]:
    """Find everything whose form identifies: dates, times, numbers, addresses, values of labels, names."""
    if _TAG.search(text):
        text = _TAG.sub(lambda tag: " " * len(tag.group()), text)
        return [*dates(text), *contacts(text)]
    return list(chain(dates(text), contacts(text), addresses(text), labelled(text), names(text)))
