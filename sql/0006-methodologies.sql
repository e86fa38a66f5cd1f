-- Methodologies that institutions publish: a name and version is never changed, a newer version
-- stands beside it. Frozen answers: what was published by them, with everything it was made from.

CREATE TABLE methodology (
  key {key} PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  digest TEXT NOT NULL,
  text TEXT NOT NULL,
  methods TEXT NOT NULL,
  who TEXT NOT NULL,
  at BIGINT NOT NULL,
  UNIQUE (name, version)
);
