"""Keeps the model libraries off the network and off the user's terminal."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "true",
}
_LOGGERS = ("transformers", "sentence_transformers", "huggingface_hub")


@contextmanager
def quiet() -> Iterator[None]:
    """Run library code offline, without its bars, log lines and warnings."""
    os.environ.update(_OFFLINE)
    # Read when torch is first imported. Threads that spin while they wait take the cores from each other as soon as
    # anything else runs: measured five times slower on two busy cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import huggingface_hub.constants
    from transformers.utils import logging as transformers_logging

    # The library reads the environment once, at import; somebody may have imported it before us.
    huggingface_hub.constants.HF_HUB_OFFLINE = True
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
