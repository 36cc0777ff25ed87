"""How each stage meets the project file: what is missing is fetched, a room computes it, the result is stored.

Rooms are pure and know no SQL; `Project` is a façade and knows no details. What lies between is here, one module a
stage. Every stage works in batches, each committed before progress is reported, so that a stop at any moment loses
at most the batch in flight and running again does only what is missing.
"""
