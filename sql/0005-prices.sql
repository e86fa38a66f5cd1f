-- Prices that institutions import, set by set. A set that is imported again gets a new version:
-- prices that went are closed with the last version in which they stood, so that every version can
-- be read again. Days are days since 1970; values are decimal text.

CREATE TABLE price_set (
  key {key} PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  version BIGINT NOT NULL,
  prices BIGINT NOT NULL,
  digest TEXT NOT NULL,
  who TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE price (
  key {key} PRIMARY KEY,
  price_set BIGINT NOT NULL REFERENCES price_set (key),
  first_version BIGINT NOT NULL,
  last_version BIGINT,
  series TEXT NOT NULL,
  price_key TEXT NOT NULL,
  country TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  to_day BIGINT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  currency TEXT NOT NULL,
  source TEXT NOT NULL
);
CREATE INDEX price_by_set ON price (price_set, last_version);
