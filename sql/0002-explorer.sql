-- What the explorer asks of the register: contributions carry their own coding and whose side tells
-- of them; words are found by the search index and no longer kept beside each initiative.
-- sides: 1 counted where only providers' records are asked, 2 where only recipients' are, 3 both.
-- sectors, goals: `CODE:WEIGHT;CODE:WEIGHT` where the initiative says otherwise, else empty.
-- Rows of before stand empty until they are assembled anew (registry/link_store.cpp does so).

ALTER TABLE initiative DROP COLUMN words;

ALTER TABLE contribution ADD COLUMN sides SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE contribution ADD COLUMN sectors TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN goals TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN modality TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN flow_type TEXT NOT NULL DEFAULT '';
