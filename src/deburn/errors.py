"""Every error that deburn raises.

The tree::

    DeburnError
    ├── UsageError            the caller asked for something that cannot be done
    │   └── MissingExtraError a package of an optional extra is not installed
    ├── ModelError            a model package is damaged, of another version, or does not fit
    └── RefusedError          a file is not passed on; it goes to quarantine with this reason
        ├── NotDicomError         no DICOM in it, or nothing at all
        ├── MalformedError        the structure or the attributes contradict themselves or the standard
        ├── UnsupportedError      valid, perhaps, but not something that we can redact safely
        ├── UndecodableError      the pixel data do not decode to what the header announces
        └── UnverifiedError       the redacted file did not pass its own check

Messages never hold text from the pixels nor values of identifying attributes.
"""


class DeburnError(Exception):
    """Base of everything that deburn raises."""


class UsageError(DeburnError):
    """The caller asked for something that cannot be done."""


class MissingExtraError(UsageError):
    """A package of an optional extra is not installed; the message names the pip command."""


class ModelError(DeburnError):
    """A model package is damaged, of another version, or does not fit."""


class RefusedError(DeburnError):
    """A file is not passed on; it goes to quarantine with this reason."""


class NotDicomError(RefusedError):
    """There is no DICOM in the file, or nothing at all."""


class MalformedError(RefusedError):
    """The structure or the attributes contradict themselves or the standard."""


class UnsupportedError(RefusedError):
    """The file may be valid, but is not something that we can redact safely."""


class UndecodableError(RefusedError):
    """The pixel data do not decode to what the header announces."""


class UnverifiedError(RefusedError):
    """The redacted file did not pass its own check."""
