-- The first schema. Everything is kept: sources byte for byte, retired segments, every action.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE story (
    id            INTEGER PRIMARY KEY,
    title         TEXT NOT NULL DEFAULT '',
    origin        TEXT NOT NULL DEFAULT 'machine',
    mode          TEXT,                          -- a reviewer's choice of alignment mode; NULL lets the data decide
    alignment_key TEXT NOT NULL DEFAULT ''       -- of the inputs that its units were made from; '' means to be aligned
);

CREATE TABLE article (
    id                  INTEGER PRIMARY KEY,
    path                TEXT NOT NULL UNIQUE,
    format              TEXT NOT NULL,
    title               TEXT NOT NULL DEFAULT '',
    text                TEXT NOT NULL,
    language            TEXT NOT NULL,
    language_confidence REAL NOT NULL,
    language_origin     TEXT NOT NULL,
    encoding            TEXT NOT NULL,
    encoding_origin     TEXT NOT NULL,
    published           TEXT NOT NULL DEFAULT '',
    url                 TEXT NOT NULL DEFAULT '',
    sha256              TEXT NOT NULL,
    version             INTEGER NOT NULL DEFAULT 1,
    story_id            INTEGER REFERENCES story(id) ON DELETE SET NULL,
    story_origin        TEXT NOT NULL DEFAULT 'machine',
    added               TEXT NOT NULL
);
CREATE INDEX article_sha256 ON article(sha256);
CREATE INDEX article_story ON article(story_id);

CREATE TABLE source (                            -- what was read, byte for byte, one row a version
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    content    BLOB NOT NULL,
    added      TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
) WITHOUT ROWID;

CREATE TABLE segment (
    id           INTEGER PRIMARY KEY,
    article_id   INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    paragraph    INTEGER NOT NULL,
    text         TEXT NOT NULL,
    norm         TEXT NOT NULL,
    hash         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    kind_origin  TEXT NOT NULL DEFAULT 'machine',
    duplicate_of INTEGER,                        -- position, in the same article
    retired      INTEGER NOT NULL DEFAULT 0      -- 1: no longer in the article's newest version
);
CREATE INDEX segment_article ON segment(article_id, retired, position);
CREATE INDEX segment_hash ON segment(hash);

CREATE TABLE line (                              -- in how many articles a line occurs: repetition betrays boilerplate
    hash       TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
CREATE INDEX line_article ON line(article_id);

CREATE TABLE rendering (
    hash         TEXT NOT NULL,
    language     TEXT NOT NULL,
    model        TEXT NOT NULL,
    text         TEXT NOT NULL,
    score        REAL NOT NULL,
    quality      REAL NOT NULL,
    alternatives TEXT NOT NULL DEFAULT '[]',
    flags        TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (hash, language, model)
) WITHOUT ROWID;

CREATE TABLE vector (
    hash    TEXT NOT NULL,
    encoder TEXT NOT NULL,
    vector  BLOB NOT NULL,                       -- little-endian float16
    PRIMARY KEY (hash, encoder)
) WITHOUT ROWID;

CREATE TABLE unit (
    id             INTEGER PRIMARY KEY,
    story_id       INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    confidence     REAL NOT NULL,
    status         TEXT NOT NULL DEFAULT 'proposed',
    origin         TEXT NOT NULL DEFAULT 'machine',
    english        TEXT NOT NULL DEFAULT '',
    english_origin TEXT NOT NULL DEFAULT 'machine',
    english_norm   TEXT NOT NULL DEFAULT '',
    note           TEXT NOT NULL DEFAULT '',
    bookmarked     INTEGER NOT NULL DEFAULT 0,
    reasons        TEXT NOT NULL DEFAULT '{}',
    revision       INTEGER NOT NULL DEFAULT 0,
    changed        TEXT NOT NULL DEFAULT ''
);
CREATE INDEX unit_order ON unit(story_id, position, id);
CREATE INDEX unit_status ON unit(status, story_id, position, id);
CREATE INDEX unit_confidence ON unit(confidence, id);

CREATE TABLE variant (
    unit_id    INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    text       TEXT,                             -- a reviewer's correction; NULL: the segments' own text
    PRIMARY KEY (unit_id, article_id)
) WITHOUT ROWID;
CREATE INDEX variant_article ON variant(article_id);

CREATE TABLE variant_segment (
    unit_id    INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segment(id),
    article_id INTEGER NOT NULL,
    PRIMARY KEY (unit_id, segment_id)
) WITHOUT ROWID;
CREATE INDEX variant_segment_segment ON variant_segment(segment_id);

CREATE TABLE action (                            -- append-only: the audit trail, and what undo stands on
    id       INTEGER PRIMARY KEY,
    uid      TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    at       TEXT NOT NULL,
    undoes   INTEGER REFERENCES action(id)
);
CREATE TRIGGER action_is_for_ever BEFORE UPDATE ON action BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;
CREATE TRIGGER action_stays BEFORE DELETE ON action BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;

CREATE TABLE draft (                             -- what was typed into an editor and not saved yet
    unit_id INTEGER NOT NULL REFERENCES unit(id) ON DELETE CASCADE,
    field   TEXT NOT NULL,
    text    TEXT NOT NULL,
    at      TEXT NOT NULL,
    PRIMARY KEY (unit_id, field)
) WITHOUT ROWID;

CREATE TABLE concept (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    subject    TEXT NOT NULL DEFAULT '',
    definition TEXT NOT NULL DEFAULT '',
    note       TEXT NOT NULL DEFAULT '',
    source     TEXT NOT NULL DEFAULT ''
);
CREATE TABLE term (
    id               INTEGER PRIMARY KEY,
    concept_id       INTEGER NOT NULL REFERENCES concept(id) ON DELETE CASCADE,
    language         TEXT NOT NULL,
    text             TEXT NOT NULL,
    status           TEXT NOT NULL,
    part_of_speech   TEXT NOT NULL DEFAULT '',
    gender           TEXT NOT NULL DEFAULT '',
    do_not_translate INTEGER NOT NULL DEFAULT 0,
    case_sensitive   INTEGER NOT NULL DEFAULT 0,
    note             TEXT NOT NULL DEFAULT ''
);
CREATE INDEX term_concept ON term(concept_id);

CREATE TABLE ignored_candidate (                 -- a term candidate that the user does not want to see again
    language TEXT NOT NULL,
    norm     TEXT NOT NULL,
    PRIMARY KEY (language, norm)
) WITHOUT ROWID;

CREATE TABLE dismissal (                         -- a finding that a reviewer waved through; its key holds the text
    key TEXT PRIMARY KEY,
    at  TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIRTUAL TABLE segment_fts USING fts5(norm, content='segment', content_rowid='id',
    tokenize="unicode61 remove_diacritics 1");
CREATE TRIGGER segment_fts_insert AFTER INSERT ON segment BEGIN
    INSERT INTO segment_fts(rowid, norm) VALUES (new.id, new.norm);
END;
CREATE TRIGGER segment_fts_delete AFTER DELETE ON segment BEGIN
    INSERT INTO segment_fts(segment_fts, rowid, norm) VALUES ('delete', old.id, old.norm);
END;
CREATE TRIGGER segment_fts_update AFTER UPDATE OF norm ON segment WHEN old.norm <> new.norm BEGIN
    INSERT INTO segment_fts(segment_fts, rowid, norm) VALUES ('delete', old.id, old.norm);
    INSERT INTO segment_fts(rowid, norm) VALUES (new.id, new.norm);
END;

CREATE VIRTUAL TABLE unit_fts USING fts5(english_norm, content='unit', content_rowid='id',
    tokenize="unicode61 remove_diacritics 1");
CREATE TRIGGER unit_fts_insert AFTER INSERT ON unit BEGIN
    INSERT INTO unit_fts(rowid, english_norm) VALUES (new.id, new.english_norm);
END;
CREATE TRIGGER unit_fts_delete AFTER DELETE ON unit BEGIN
    INSERT INTO unit_fts(unit_fts, rowid, english_norm) VALUES ('delete', old.id, old.english_norm);
END;
CREATE TRIGGER unit_fts_update AFTER UPDATE OF english_norm ON unit WHEN old.english_norm <> new.english_norm BEGIN
    INSERT INTO unit_fts(unit_fts, rowid, english_norm) VALUES ('delete', old.id, old.english_norm);
    INSERT INTO unit_fts(rowid, english_norm) VALUES (new.id, new.english_norm);
END;
