-- How good the machine's English of a unit probably is, so that a reviewer can begin with the worst. What a person
-- wrote is in no doubt.
ALTER TABLE unit ADD COLUMN english_quality REAL NOT NULL DEFAULT 1;
CREATE INDEX unit_by_english
    ON unit(CASE english_origin WHEN 'machine' THEN english_quality ELSE 1 END, id);

-- How near the sentence encoder sees a rendering and its source; nothing where it was not asked. `quality` counts it.
ALTER TABLE rendering ADD COLUMN similarity REAL;
CREATE INDEX rendering_to_compare ON rendering(language, model) WHERE similarity IS NULL;
