"""Recordings and papers of the sample classes, all made by the scripts in this folder (see README.md)."""
