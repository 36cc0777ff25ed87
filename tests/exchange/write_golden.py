"""Write the golden files anew: `python -m tests.exchange.write_golden`. Read the difference before committing it."""

import io
import zipfile
from pathlib import Path

from tests.exchange.examples import CONCEPTS, UNITS, aids, context
from workbench.exchange import FORMATS

GOLDEN = Path(__file__).parent / "golden"
NAMES = [name for name, known in FORMATS.items() if not known.several_files and name != "parquet"]


def golden(name: str) -> tuple[Path, bytes]:
    """Return the golden file of a format, and what the format writes now; of Word only the text of the document."""
    stream = io.BytesIO()
    values = CONCEPTS if FORMATS[name].holds == "concepts" else UNITS
    FORMATS[name].write(values, stream, context(title="Bridge", aids=aids))
    if name == "docx":
        with zipfile.ZipFile(stream) as archive:
            return GOLDEN / "docx.document.xml", archive.read("word/document.xml")
    return GOLDEN / f"{name}{FORMATS[name].suffix}", stream.getvalue()


if __name__ == "__main__":
    for each in NAMES:
        path, data = golden(each)
        path.write_bytes(data)
