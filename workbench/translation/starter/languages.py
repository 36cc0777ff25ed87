"""What the starter's packages say of themselves."""

from collections.abc import Mapping
from typing import Any

from workbench import languages

#: The languages that the starter renders into English.
LANGUAGES = languages.SOURCE_LANGUAGES
#: Raised with every new model.
VERSION = "0.1"
LICENCE = "CC-BY-SA-4.0"


def package_metadata(code: str, contents: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `metadata.json` of one package, in Argos Translate's terms and with scores of our own."""
    return {
        "package_version": VERSION,
        "argos_version": "1.9.0",
        "from_code": code,
        "from_name": languages.name(code),
        "to_code": languages.EN,
        "to_name": languages.name(languages.EN),
        "target_prefix": "",
        "licence": LICENCE,
        "origin": "starter",
        "description": "Ships with the translation workbench so that English can be had without any network.",
        "scores": contents["scores"].get(code, {}),
        "max_source_tokens": contents["max_source_tokens"],
    }
