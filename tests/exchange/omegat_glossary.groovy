// Reads a tab-separated glossary with the reader of OmegaT itself.
// Arguments: glossary file, a source term that must be in it.
import org.omegat.gui.glossary.GlossaryReaderTSV

def entries = GlossaryReaderTSV.read(new File(args[0]), false)
println "${entries.size()} entries"
def found = entries.find { it.srcText == args[1] }
if (!found) { println "not found: ${args[1]}"; System.exit(1) }
println "${found.srcText} -> ${found.locText} (${found.commentText})"
