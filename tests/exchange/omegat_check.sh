#!/usr/bin/env bash
# Does OmegaT translate with our TMX? Usage: omegat_check.sh news.tmx uk ru
# Makes an OmegaT project whose source is the first unit's text in the first language, puts the TMX into tm/auto,
# lets OmegaT translate it, and compares the result with the unit's text in the second language.
set -euo pipefail
tmx=$1 from=$2 to=$3
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
mkdir -p "$project"/{source,target,tm/auto,glossary,dictionary,omegat}
cp "$tmx" "$project/tm/auto/"
python3 - "$tmx" "$from" "$to" "$project" <<'PYTHON'
import sys
from xml.etree import ElementTree
path, source, target, project = sys.argv[1:]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
for unit in ElementTree.parse(path).iter("tu"):
    texts = {tuv.get(LANG): tuv.findtext("seg") for tuv in unit.iter("tuv")}
    if source in texts and target in texts:
        open(f"{project}/source/a.txt", "w", encoding="utf-8").write(texts[source] + "\n")
        open(f"{project}/expected.txt", "w", encoding="utf-8").write(texts[target] + "\n")
        break
else:
    sys.exit(f"no unit with {source} and {target}")
PYTHON
cat > "$project/omegat.project" <<XML
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>$from</source_lang><target_lang>$to</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
XML
omegat --mode=console-translate "$project" > "$project/log.txt" 2>&1
diff "$project/expected.txt" "$project/target/a.txt" && echo "OmegaT translated $from to $to with $tmx"
