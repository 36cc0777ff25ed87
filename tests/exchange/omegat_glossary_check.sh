#!/usr/bin/env bash
# Does OmegaT read our glossary? Usage: omegat_glossary_check.sh uk-en.txt TERM
# The glossary is one of `workbench glossary export PROJECT -f glossary-tab --pair uk-en -o uk-en.txt`.
# Needs the Debian packages omegat and groovy.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jars=/usr/share/omegat/OmegaT.jar:$(printf '%s:' /usr/share/omegat/lib/*.jar)/usr/share/java/groovy-all.jar
java -cp "$jars" groovy.ui.GroovyMain "$here/omegat_glossary.groovy" "$1" "$2"
