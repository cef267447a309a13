"""Names that people bear, of all the countries that Faker lists (MIT licence): more than anybody would write down."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from zlib import crc32

from faker.providers import person

from .held_out_names import FAMILIES, GIVEN

# One name of so many is never drawn, and left to measure with.
SPARED = 4
_SHORTEST, _LONGEST = 2, 24


@cache
def borne_families() -> tuple[str, ...]:
    """Return family names in the letters of their countries, sorted; none that are held out or spared."""
    return tuple(name for name in _listed("last_name") if not _spared(name))


@cache
def borne_given() -> tuple[str, ...]:
    """Return given names in the letters of their countries, sorted; none that are held out or spared."""
    return tuple(name for name in _listed("first_name") if not _spared(name))


@cache
def spared_names() -> tuple[str, ...]:
    """Return names of both kinds that training never draws, sorted."""
    return tuple(sorted({name for kind in ("last_name", "first_name") for name in _listed(kind) if _spared(name)}))


def _spared(name: str) -> bool:
    return crc32(name.casefold().encode()) % SPARED == 0


@cache
def _listed(kind: str) -> tuple[str, ...]:
    held_out = {name.casefold() for name in (*FAMILIES, *GIVEN)}
    names = {name for name in _all(kind) if _SHORTEST <= len(name) <= _LONGEST and name.casefold() not in held_out}
    return tuple(sorted(names))


def _all(kind: str) -> Iterator[str]:
    """Yield the names in lists whose own name begins with `kind`, of each country."""
    for country in pkgutil.iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{country.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if attribute.startswith(kind) and isinstance(names, (tuple, list, dict)):
                yield from map(str, names)
