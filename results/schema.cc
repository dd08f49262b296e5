// How a campaign lies on disk.
//
// A nightly run stores a million compilations and finds next to nothing, so compilations are the table that counts:
// integers only, words interned in `texts`, nothing stored for what went well. What is rare (findings, where they were
// seen, what could not be proved, failures) hangs on it by id. Seeds and hashes are 64 bits without sign in the program
// and the same bits with sign in the file; times are microseconds, dates in `seen` are Unix seconds.
#include "results/schema.h"

namespace objhound::results {

namespace {

const char* const kMigrations[] = {
    R"sql(
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  generator TEXT NOT NULL,
  config TEXT NOT NULL,
  objhound_version TEXT NOT NULL,
  first_seed INTEGER NOT NULL,
  last_seed INTEGER NOT NULL,
  started TEXT NOT NULL,
  finished TEXT NOT NULL DEFAULT '',
  seconds REAL NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE generators (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  include_flags TEXT NOT NULL,
  UNIQUE (name, version, include_flags)
) STRICT;

CREATE TABLE programs (
  id INTEGER PRIMARY KEY,
  generator INTEGER NOT NULL REFERENCES generators,
  seed INTEGER NOT NULL,
  options TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  failure INTEGER REFERENCES texts
) STRICT;
CREATE INDEX programs_by_seed ON programs (generator, seed);

CREATE TABLE configurations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  compiler TEXT NOT NULL,
  executable TEXT NOT NULL,
  version TEXT NOT NULL,
  arch TEXT NOT NULL,
  level TEXT NOT NULL,
  flag_set TEXT NOT NULL,
  flags TEXT NOT NULL,
  UNIQUE (name, compiler, executable, version, arch, level, flag_set, flags)
) STRICT;

CREATE TABLE compilations (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns,
  program INTEGER NOT NULL REFERENCES programs,
  configuration INTEGER NOT NULL REFERENCES configurations,
  outcome INTEGER NOT NULL,
  detail INTEGER REFERENCES texts,
  compile_us INTEGER NOT NULL,
  check_us INTEGER NOT NULL,
  object_hash INTEGER,
  object_bytes INTEGER NOT NULL,
  functions INTEGER NOT NULL,
  proved INTEGER NOT NULL,
  unproved INTEGER NOT NULL,
  violating INTEGER NOT NULL,
  instructions INTEGER NOT NULL,
  check_error INTEGER REFERENCES texts
) STRICT;
CREATE UNIQUE INDEX compilations_by_work ON compilations (campaign, program, configuration);

CREATE TABLE unproved (
  compilation INTEGER NOT NULL REFERENCES compilations,
  function INTEGER NOT NULL REFERENCES texts,
  reason INTEGER NOT NULL REFERENCES texts,
  offset INTEGER NOT NULL,
  detail INTEGER REFERENCES texts
) STRICT;

CREATE TABLE findings (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  slug TEXT NOT NULL,
  severity TEXT NOT NULL,
  arch TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'new',
  first_seen INTEGER NOT NULL,
  reduced_lines INTEGER,
  best INTEGER REFERENCES occurrences,
  best_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE occurrences (
  id INTEGER PRIMARY KEY,
  finding INTEGER NOT NULL REFERENCES findings,
  compilation INTEGER NOT NULL REFERENCES compilations,
  seen INTEGER NOT NULL,
  function INTEGER NOT NULL REFERENCES texts,
  section INTEGER NOT NULL REFERENCES texts,
  address INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  severity TEXT NOT NULL,
  message INTEGER NOT NULL REFERENCES texts,
  evidence TEXT,
  path TEXT
) STRICT;
CREATE INDEX occurrences_by_finding ON occurrences (finding);
CREATE INDEX occurrences_by_compilation ON occurrences (compilation);

CREATE TABLE objects (
  compilation INTEGER PRIMARY KEY REFERENCES compilations,
  zstd BLOB NOT NULL
) STRICT;
)sql",

    // Wall time by run, each with a name of its own: a run that is killed is accounted for, and a database that is
    // merged twice is not counted twice. Seeds that gave no program belong to the campaign that tried them.
    R"sql(
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns,
  uid TEXT NOT NULL UNIQUE,
  seconds REAL NOT NULL
) STRICT;
CREATE INDEX runs_by_campaign ON runs (campaign);
INSERT INTO runs (campaign, uid, seconds) SELECT id, started || '/' || id, seconds FROM campaigns;
ALTER TABLE campaigns DROP COLUMN seconds;

CREATE TABLE failed_programs (
  campaign INTEGER NOT NULL REFERENCES campaigns,
  program INTEGER NOT NULL REFERENCES programs,
  PRIMARY KEY (campaign, program)
) STRICT, WITHOUT ROWID;
)sql",

    // What the broken rule demands and where that is written, as it was when the finding was first seen.
    R"sql(
ALTER TABLE findings ADD COLUMN statement INTEGER REFERENCES texts;
ALTER TABLE findings ADD COLUMN source INTEGER REFERENCES texts;
)sql",

    // What the fingerprint was made from, and by which scheme: the oracle that makes another one for the same defect
    // does not find the old one again.
    R"sql(
ALTER TABLE findings ADD COLUMN cause INTEGER REFERENCES texts;
ALTER TABLE findings ADD COLUMN fingerprint_version INTEGER NOT NULL DEFAULT 1;
)sql",

    // What the objects exercised. The most rows of a campaign after its compilations, so a row is a few small integers,
    // and what is counted is the run's, so that merging again changes nothing. A spot is where a feature was seen: a
    // compiler at a level, there with a flag set, or a compiler with one drawn flag.
    R"sql(
CREATE TABLE features (
  id INTEGER PRIMARY KEY,
  hash INTEGER NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  closed INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE spots (
  id INTEGER PRIMARY KEY,
  compiler TEXT NOT NULL,
  version TEXT NOT NULL,
  arch TEXT NOT NULL,
  level TEXT NOT NULL,
  flag TEXT NOT NULL,
  UNIQUE (compiler, version, arch, level, flag)
) STRICT;

CREATE TABLE reach (
  run INTEGER NOT NULL REFERENCES runs,
  spot INTEGER NOT NULL REFERENCES spots,
  feature INTEGER NOT NULL REFERENCES features,
  functions INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  PRIMARY KEY (run, spot, feature)
) STRICT, WITHOUT ROWID;
)sql",

    // Combinations of flags that a compiler does not take, whatever the program, so that they are not drawn again.
    R"sql(
CREATE TABLE refused_flags (
  version TEXT NOT NULL,
  arch TEXT NOT NULL,
  units TEXT NOT NULL,
  complaint TEXT NOT NULL,
  PRIMARY KEY (version, arch, units)
) STRICT, WITHOUT ROWID;
)sql",
};

}  // namespace

std::span<const char* const> migrations() { return kMigrations; }

}  // namespace objhound::results
