-- The mappings by which sheets were read: each version is kept, so that what was read can be read
-- again. The newest of a name is used for the next sheet.

CREATE TABLE mapping (
  key {key} PRIMARY KEY,
  name TEXT NOT NULL,
  version BIGINT NOT NULL,
  digest TEXT NOT NULL,
  text TEXT NOT NULL,
  who TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (name, version)
);
