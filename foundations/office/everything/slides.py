"""Presentations and OpenDocument files: every part's words, without the finer points of their kind."""

from foundations.office.everything import parts


def read(gathered, archive, read_one):
    parts.read_others(gathered, archive, archive.namelist(), read_one)
