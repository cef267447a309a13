"""Everything that knows DICOM; the rest of the redactor sees no tag except through here."""

from .attributes import mark_deidentified
from .carriers import clean_carriers, refuse_unsafe, whole_frame_is_phi
from .frames import Frames, PixelFormat, visible
from .gate import Element, Structure, check_structure
from .identity import Identity, Known, identity_of
from .masking import fit_boxes
from .opening import open_dataset, open_file
from .palette import Palette
from .source import Source, read_frames
from .terms import standard_words
from .write import mask_dataset, mask_to_file

__all__ = [
    "Element",
    "Frames",
    "Identity",
    "Known",
    "Palette",
    "PixelFormat",
    "Source",
    "Structure",
    "check_structure",
    "clean_carriers",
    "fit_boxes",
    "identity_of",
    "mark_deidentified",
    "mask_dataset",
    "mask_to_file",
    "open_dataset",
    "open_file",
    "read_frames",
    "refuse_unsafe",
    "standard_words",
    "visible",
    "whole_frame_is_phi",
]
