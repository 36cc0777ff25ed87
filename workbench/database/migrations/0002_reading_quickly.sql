-- What a desk over a million units asks at every turn: the next unit with a note or a bookmark, the languages at hand.

CREATE INDEX unit_noted ON unit(story_id, position, id) WHERE note <> '';
CREATE INDEX unit_bookmarked ON unit(story_id, position, id) WHERE bookmarked = 1;
CREATE INDEX article_language ON article(language);
