-- The source text as it was written, for what leaves the project; of older rows only the searchable form is known.
ALTER TABLE memory ADD COLUMN source TEXT NOT NULL DEFAULT '';
UPDATE memory SET source = norm;
