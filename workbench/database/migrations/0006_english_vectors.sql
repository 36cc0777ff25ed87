-- Under which hash the vector of a rendering's English is found: alignment compares English as well as the sources.
ALTER TABLE rendering ADD COLUMN english_hash TEXT NOT NULL DEFAULT '';
UPDATE rendering SET english_hash = text_hash(text);
DROP INDEX rendering_to_compare;
