"""How the starter model was made: corpora, alignment, training, conversion, packing. Not used by the product."""
