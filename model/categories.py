"""What a span of text can be: the one list that policy, decision, records and classifier share."""

from typing import Literal, get_args

# What identifies someone. "person" is anyone but the patient, named or by initials: operator, physician, owner.
# "phone" covers e-mail addresses and URLs, "age" only ages over 89, "serial" numbers of one device.
Identifying = Literal[
    "name", "person", "id", "accession", "date", "time", "institution", "address", "phone", "age", "serial"
]
# What says nothing about who it is. "position" covers views and orientation, "device" maker and model,
# "interface" menus and the labels of fields; "other" is read well and none of these.
Harmless = Literal[
    "laterality", "position", "technique", "measurement", "scale", "device", "interface", "anatomy", "other"
]
Category = Identifying | Harmless

IDENTIFYING: tuple[Identifying, ...] = get_args(Identifying)
HARMLESS: tuple[Harmless, ...] = get_args(Harmless)
# The classifier's output classes, in the order of its last axis. Published weights depend on the order:
# append, never insert.
CATEGORIES: tuple[Category, ...] = (*IDENTIFYING, *HARMLESS)
