"""Everything that knows DICOM; the rest of the redactor sees no tag except through here."""
