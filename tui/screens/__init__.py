"""Screens of the reviewer's desk."""
