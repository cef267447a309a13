"""Any token-classification checkpoint in the Hugging Face format, asked about pages of text."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import MissingExtraError, ModelError, UsageError
from .categories import CATEGORIES, Category

# What published checkpoints call things: of clinical de-identifiers (i2b2 2006 and 2014 and their kin), of detectors
# of personal information, and of plain named-entity recognisers. Names of our own categories mean themselves.
_NAMES: dict[Category, str] = {
    "name": "PATIENT NAME PER PERSON FIRSTNAME LASTNAME GIVENNAME SURNAME MIDDLENAME FULLNAME PATIENTNAME",
    "person": "STAFF HCW DOCTOR PHYSICIAN USERNAME RELATIVE PROVIDER NURSE",
    "id": "ID IDNUM MEDICALRECORD MRN SSN HEALTHPLAN ACCOUNT ACCOUNTNUM LICENSE BIOID IDCARDNUM PASSPORTNUM "
    "SOCIALNUM DRIVERLICENSENUM TAXNUM PATIENTID OTHERPHI CREDITCARDNUMBER",
    "accession": "ACCESSION",
    "date": "DATE DOB DATEOFBIRTH BIRTHDATE",
    "time": "TIME",
    "institution": "HOSP HOSPITAL ORG ORGANIZATION PATORG FACILITY DEPARTMENT VENDOR COMPANY",
    "address": "LOC LOCATION LOCATIONOTHER ADDRESS STREET STREETADDRESS BUILDINGNUM CITY STATE ZIP ZIPCODE COUNTRY "
    "COUNTY GPE FAC",
    "phone": "PHONE TELEPHONENUM PHONENUMBER EMAIL URL FAX CONTACT IP IPADDR",
    "age": "AGE",
    "serial": "DEVICE VEHICLE VEHICLEID",
    "other": "O MISC PROFESSION JOBTITLE NORP",
}
LABELS: dict[str, Category] = {
    label: category for category, labels in _NAMES.items() for label in labels.split()
} | {category.upper(): category for category in CATEGORIES}  # fmt: skip
# Tokens of a window; long pages are cut into several that overlap.
WINDOW, OVERLAP = 384, 48


class TokenClassifier:
    """A checkpoint, its tokenizer, and which of our categories each of its labels means."""

    def __init__(self, network: Any, tokenizer: Any, columns: NDArray[np.int64]) -> None:
        self._network, self._tokenizer, self._columns = network, tokenizer, columns

    def judge(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], ...]:
        """Return what each character of a page's lines is.

        Parameters
        ----------
        texts : sequence of str
            The lines, in reading order: to the checkpoint they are one text.

        Returns
        -------
        tuple of ndarray
            float32[len(text), len(CATEGORIES)] per line, rows add up to 1. Where windows overlap the one that
            finds more identifying stands.
        """
        import torch

        page = "\n".join(texts)
        scores = np.zeros((len(page), len(CATEGORIES)), np.float32)
        scores[:, CATEGORIES.index("other")] = 1
        given = self._tokenizer(
            page, max_length=WINDOW, stride=OVERLAP, truncation=True, padding=True,
            return_overflowing_tokens=True, return_offsets_mapping=True, return_special_tokens_mask=True,
            return_tensors="pt",
        )  # fmt: skip
        with torch.inference_mode():
            output = self._network(input_ids=given["input_ids"], attention_mask=given["attention_mask"])
        shares = output.logits.softmax(dim=2).numpy()
        real = (given["special_tokens_mask"] == 0) & (given["attention_mask"] == 1)
        for window, token in real.nonzero().tolist():
            start, end = given["offset_mapping"][window, token].tolist()
            row = np.bincount(self._columns, shares[window, token], len(CATEGORIES)).astype(np.float32)
            part = scores[start:end]
            part[row[_OTHER] < part[:, _OTHER]] = row
        edges = np.cumsum([len(text) + 1 for text in texts])
        return tuple(scores[end - 1 - len(text) : end - 1] for text, end in zip(texts, edges, strict=True))


_OTHER = CATEGORIES.index("other")


def open_token_classifier(source: Path | str) -> TokenClassifier:
    """Return a checkpoint, from a folder or by its name on the hub; only safetensors are read.

    Parameters
    ----------
    source : Path or str
        With a fast tokenizer, and labels that `LABELS` knows, with or without B-, I-, E-, S- or L-, U- before them.

    Raises
    ------
    MissingExtraError
        transformers or torch is not installed.
    ModelError
        There is no such checkpoint, it has no safetensors, or no fast tokenizer.
    UsageError
        One of its labels means none of our categories.
    """
    try:
        from transformers import AutoModelForTokenClassification, AutoTokenizer
    except ImportError:
        raise MissingExtraError(
            "a checkpoint of token classification needs transformers and torch: pip install 'deburn[train]'"
        ) from None
    try:
        network = AutoModelForTokenClassification.from_pretrained(source, use_safetensors=True).eval()
        tokenizer = AutoTokenizer.from_pretrained(source, use_fast=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{source} cannot be opened as a token-classification checkpoint with safetensors and a tokenizer "
            f"({type(error).__name__})"
        ) from error
    if not tokenizer.is_fast:
        raise ModelError(f"{source} has no fast tokenizer, which says where each token stands; choose one that has")
    return TokenClassifier(network, tokenizer, _columns(network.config.id2label, source))


def _columns(labels: dict[int, str], source: Path | str) -> NDArray[np.int64]:
    """Return the index of our category for each of the checkpoint's labels."""
    meant = [LABELS.get(_plain(labels[index])) for index in range(len(labels))]
    if unknown := sorted({labels[index] for index, category in enumerate(meant) if category is None}):
        raise UsageError(
            f"{source} has labels that mean none of deburn's categories: {', '.join(unknown)}; "
            "rename them in id2label of its config.json to categories of deburn.model.categories"
        )
    return np.array([CATEGORIES.index(category) for category in meant if category is not None], np.int64)


def _plain(label: str) -> str:
    return re.sub(r"[^A-Z]", "", re.sub(r"^[BIESLU][-_]", "", label.upper()))
