"""Widgets of the reviewer's desk."""
