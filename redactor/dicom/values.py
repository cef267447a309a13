"""Read an element's value, or refuse the file: pydicom raises whatever its converters do."""

from typing import Any

from pydicom import Dataset
from pydicom.config import disable_value_validation
from pydicom.tag import Tag

from ...errors import MalformedError
from .elements import name


def read_value(dataset: Dataset, key: str | int) -> Any:
    """Return an element's value, None where it is absent or empty.

    Parameters
    ----------
    dataset : pydicom.Dataset
        One level.
    key : str or int
        Keyword or tag.

    Raises
    ------
    MalformedError
        If the bytes are not what the element's VR says.
    """
    tag = Tag(key)
    if tag not in dataset:
        return None
    try:
        with disable_value_validation():  # its warnings quote values
            value = dataset[tag].value
    except Exception as error:
        raise MalformedError(f"{name(int(tag))} holds no value of its VR ({type(error).__name__})") from error
    return None if value == "" else value
