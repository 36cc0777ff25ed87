-- What other programs said of a unit and the workbench has no field for. A deleted unit leaves it behind, since undo
-- may bring the unit back.
CREATE TABLE extra (
    unit_id INTEGER PRIMARY KEY,
    fields  TEXT NOT NULL
);
