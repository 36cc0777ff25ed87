"""Puts a converted model where the product ships it, with hashes and scores."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILES = (
    "sentencepiece.model",
    "model/model.bin",
    "model/config.json",
    "model/source_vocabulary.json",
    "model/target_vocabulary.json",
)
#: Sentences in training were no longer than this.
LONGEST = 96


def pack(package: Path, shipped: Path, report: Mapping[str, Any]) -> None:
    """Copy the model's files to `shipped` and write `contents.json`.

    `report` is what `evaluate` returned: its keys are `set.language`.
    """
    scores: dict[str, dict[str, float]] = {}
    for key, result in report.items():
        name, language = key.rsplit(".", 1)
        scores.setdefault(language, {}).update({f"{name}-bleu": result["bleu"], f"{name}-chrf": result["chrf"]})
    files = {}
    for name in FILES:
        (shipped / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / name, shipped / name)
        content = (shipped / name).read_bytes()
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    contents = {"files": files, "scores": scores, "max_source_tokens": LONGEST}
    (shipped / "contents.json").write_text(json.dumps(contents, indent=1, sort_keys=True) + "\n", encoding="utf-8")
