-- What measuring asks of contributions: how they are financed, what is known of them besides their
-- amount, and what they were before they were split.
-- details: `NAME=VALUE;NAME=VALUE` (registry/detail.hpp): their own, the codes and the terms of the
-- loan that their record gives. superseded: an original budget that a revised one replaces.
-- whole: the undivided amount where it was split over recipients, in the same scale; else NULL.
-- Rows of before stand empty until they are assembled anew (registry/link_store.cpp does so).

ALTER TABLE contribution ADD COLUMN finance_type TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN collaboration TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN details TEXT NOT NULL DEFAULT '';
ALTER TABLE contribution ADD COLUMN superseded SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE contribution ADD COLUMN whole BIGINT;
