-- The register's first tables: what a source says (record), the thing (initiative), the journal.
-- One text for SQLite and PostgreSQL; words in braces differ: {blob}, bytes; {key}, a whole-number
-- primary key (SQLite's INTEGER makes it the table's own order, without a second index);
-- {clustered}, a table kept in the order of its primary key. PostgreSQL's TEXT becomes
-- TEXT COLLATE "C" (store/schema.cpp).
-- Tables marked "derived" are made from record_version.body and can be rebuilt from it.

CREATE TABLE register_info (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE journal_head (
  id {key} PRIMARY KEY,
  revision BIGINT NOT NULL,
  digest {blob} NOT NULL
);
-- The chain begins at 32 zero digits. The row is there from the beginning, so that writers can
-- queue for it, and so that its absence is damage.
INSERT INTO journal_head (id, revision, digest)
VALUES (1, 0, CAST('00000000000000000000000000000000' AS {blob}));
CREATE TABLE journal (
  revision {key} PRIMARY KEY,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  object BIGINT NOT NULL,
  action TEXT NOT NULL,
  before {blob},
  after {blob},
  digest {blob} NOT NULL
);

-- One row a file that was given to an import.
CREATE TABLE import_file (
  key {key} PRIMARY KEY,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  started BIGINT NOT NULL,
  finished BIGINT,
  bytes BIGINT NOT NULL,
  read_count BIGINT NOT NULL,
  new_count BIGINT NOT NULL,
  changed_count BIGINT NOT NULL,
  unchanged_count BIGINT NOT NULL,
  finding_count BIGINT NOT NULL,
  damage TEXT NOT NULL
);

-- What one source says about an initiative; the version in force.
CREATE TABLE record (
  key {key} PRIMARY KEY,
  publisher TEXT NOT NULL,
  identifier TEXT NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  digest {blob} NOT NULL,
  updated TEXT NOT NULL,
  initiative BIGINT NOT NULL,
  counted SMALLINT NOT NULL,
  standing TEXT NOT NULL,
  UNIQUE (publisher, identifier, kind)
);
CREATE INDEX record_identifier ON record (identifier);
CREATE INDEX record_initiative ON record (initiative);

-- Every version ever read. content is one compressed frame: the source text as published
-- (source_bytes long), then the mapped fields as JSON, which repeat much of it.
CREATE TABLE record_version (
  record BIGINT NOT NULL REFERENCES record (key),
  version BIGINT NOT NULL,
  import_file BIGINT NOT NULL REFERENCES import_file (key),
  imported BIGINT NOT NULL,
  format TEXT NOT NULL,
  updated TEXT NOT NULL,
  source_digest {blob} NOT NULL,
  body_digest {blob} NOT NULL,
  source_bytes BIGINT NOT NULL,
  content {blob} NOT NULL,
  place TEXT NOT NULL,
  PRIMARY KEY (record, version)
);

-- Derived: what a record names of other records.
CREATE TABLE reference (
  record BIGINT NOT NULL,
  n BIGINT NOT NULL,
  kind TEXT NOT NULL,
  identifier TEXT NOT NULL,
  PRIMARY KEY (record, n)
) {clustered};
CREATE INDEX reference_identifier ON reference (identifier);

-- Derived: how records were found to belong together, or not, and why.
CREATE TABLE record_link (
  record BIGINT NOT NULL,
  other BIGINT NOT NULL,
  kind TEXT NOT NULL,
  joins SMALLINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (record, other, kind)
) {clustered};

-- Derived: the thing itself, assembled from its records.
CREATE TABLE initiative (
  key {key} PRIMARY KEY,
  identifier TEXT NOT NULL,
  lead BIGINT NOT NULL,
  records BIGINT NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  publisher TEXT NOT NULL,
  status TEXT NOT NULL,
  start_date TEXT NOT NULL,
  end_date TEXT NOT NULL,
  year BIGINT,
  framework TEXT NOT NULL,
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  updated TEXT NOT NULL,
  budgeted_cents BIGINT NOT NULL,
  committed_cents BIGINT NOT NULL,
  disbursed_cents BIGINT NOT NULL,
  words TEXT NOT NULL,
  facets TEXT NOT NULL
);
CREATE INDEX initiative_identifier ON initiative (identifier);

-- Derived: everything an initiative can be filtered by. dim is a registry::Dimension; share in
-- millionths. An initiative's own row lists the same in initiative.facets (registry/facet.hpp),
-- which is how its rows here are found again without a second index.
CREATE TABLE facet (
  dim SMALLINT NOT NULL,
  value TEXT NOT NULL,
  initiative BIGINT NOT NULL,
  share BIGINT NOT NULL,
  PRIMARY KEY (dim, value, initiative)
) {clustered};

-- Derived: what partners bring, split over recipients so that parts add up exactly in both units.
CREATE TABLE contribution (
  initiative BIGINT NOT NULL,
  record BIGINT NOT NULL,
  n BIGINT NOT NULL,
  part BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  counted SMALLINT NOT NULL,
  day TEXT NOT NULL,
  year SMALLINT,
  provider TEXT NOT NULL,
  recipient TEXT NOT NULL,
  unit TEXT NOT NULL,
  amount BIGINT NOT NULL,
  scale SMALLINT NOT NULL,
  usd_cents BIGINT,
  PRIMARY KEY (initiative, record, n, part)
) {clustered};

-- Derived: who was named in records, by the best source (3 itself, 2 a participant, 1 in passing).
CREATE TABLE organization (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  country TEXT NOT NULL,
  named_by SMALLINT NOT NULL,
  words TEXT NOT NULL DEFAULT ''
);

CREATE TABLE finding (
  import_file BIGINT NOT NULL REFERENCES import_file (key),
  n BIGINT NOT NULL,
  record BIGINT NOT NULL,
  severity SMALLINT NOT NULL,
  rule TEXT NOT NULL,
  place TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (import_file, n)
) {clustered};
CREATE INDEX finding_record ON finding (record);
