"""DICOM in, decision, DICOM out: the pipeline and its commands."""
