-- English that humans wrote elsewhere, read from the translation memories of other tools.

CREATE TABLE memory (
    language TEXT NOT NULL,
    norm     TEXT NOT NULL,                      -- the source text in its searchable form
    english  TEXT NOT NULL,
    origin   TEXT NOT NULL,                      -- the file that it came from
    PRIMARY KEY (language, norm)
) WITHOUT ROWID;
