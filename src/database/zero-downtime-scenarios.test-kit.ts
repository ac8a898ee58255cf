import type { Scenario } from './zero-downtime.test-kit.ts'

const posts = `CREATE TABLE users (id integer PRIMARY KEY, email text);
  CREATE TABLE posts (id integer PRIMARY KEY, author integer, title text, body text NOT NULL, likes integer NOT NULL DEFAULT 0);
  CREATE INDEX posts_title ON posts (title);`

const seedPosts = `CREATE TABLE posts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title varchar(255) NOT NULL, deleted_at timestamptz)`
const seedChange = `ALTER TABLE posts ADD COLUMN status varchar(50) NOT NULL DEFAULT 'published';
  CREATE INDEX idx_posts_status ON posts (status) WHERE deleted_at IS NULL`

const moods = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'bad'); CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok')`

const parts = `CREATE TABLE users (id integer PRIMARY KEY);
  CREATE TABLE events (id integer NOT NULL, at date NOT NULL, kind text NOT NULL, author integer) PARTITION BY RANGE (at);
  CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (kind);
  CREATE TABLE events_2026_a PARTITION OF events_2026 FOR VALUES IN ('a', 'b');
  CREATE TABLE events_2026_other PARTITION OF events_2026 DEFAULT;
  CREATE INDEX events_kind ON events (kind);`

const byMonth = `CREATE TABLE users (id integer PRIMARY KEY);
  CREATE TABLE events (id integer NOT NULL, at date NOT NULL, kind text, author integer REFERENCES users, CONSTRAINT positive CHECK (id > 0), PRIMARY KEY (id, at))
    PARTITION BY RANGE (at);
  CREATE INDEX events_kind ON events (lower(kind), at DESC);
  CREATE UNIQUE INDEX once ON events (at, id) WHERE kind IS NOT NULL;
  CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`

/** A scenario and the phases of its plan, in order. */
interface Expectation extends Scenario {
  readonly phases: string
}

const post = (change: string, phases: string, decide: Scenario['decide'] = {}): Expectation => ({
  base: posts,
  change,
  phases,
  decide,
})

const partitioned = (change: string, phases: string): Expectation => ({ base: parts, change, phases })

/** What is changed in a schema that is in use, by name. */
export const scenarios: Readonly<Record<string, Expectation>> = {
  'add a nullable column': post('ALTER TABLE posts ADD COLUMN note text', 'expand'),
  'add a column with a constant default': post(
    'ALTER TABLE posts ADD COLUMN n int NOT NULL DEFAULT 5',
    'expand',
  ),
  'add a column with a volatile default': post(
    'ALTER TABLE posts ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()',
    'expand backfill validate',
  ),
  'add a NOT NULL column with one value for all rows': post(
    'ALTER TABLE posts ADD COLUMN n int NOT NULL DEFAULT 5; ALTER TABLE posts ALTER n DROP DEFAULT',
    'expand contract',
    { 'posts.n': '5' },
  ),
  'add a NOT NULL column computed from others': post(
    `ALTER TABLE posts ADD COLUMN slug text NOT NULL DEFAULT ''; ALTER TABLE posts ALTER slug DROP DEFAULT`,
    'expand backfill validate',
    { 'posts.slug': 'lower(body)' },
  ),
  'set NOT NULL': post('ALTER TABLE posts ALTER title SET NOT NULL', 'backfill validate', {
    'posts.title': `'untitled'`,
  }),
  'drop NOT NULL': post('ALTER TABLE posts ALTER body DROP NOT NULL', 'expand'),
  'set a default': post(`ALTER TABLE posts ALTER title SET DEFAULT 'new'`, 'expand'),
  'drop a default': post('ALTER TABLE posts ALTER likes DROP DEFAULT', 'contract'),
  'drop a column': post('ALTER TABLE posts DROP COLUMN title', 'contract'),
  'drop a NOT NULL column': post('ALTER TABLE posts DROP COLUMN body', 'expand contract'),
  'rename a column': {
    base: `${posts} ALTER TABLE posts ADD CHECK (likes >= 0), ADD UNIQUE (likes, author), ADD FOREIGN KEY (likes) REFERENCES users;
      CREATE INDEX posts_likes ON posts (likes) WHERE likes > 5; CREATE VIEW liked AS SELECT id, likes FROM posts`,
    change:
      'ALTER TABLE posts RENAME likes TO hearts; DROP VIEW liked; CREATE VIEW liked AS SELECT id, hearts AS likes FROM posts',
    phases: 'expand backfill validate contract',
  },
  'rename a table': post('ALTER TABLE posts RENAME TO articles', 'expand contract'),
  'widen a type': {
    base: 'CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b numeric(10,2))',
    change: 'ALTER TABLE t ALTER a TYPE varchar(20), ALTER b TYPE numeric(12,2)',
    phases: 'expand',
  },
  'change a type with a rewrite': {
    base: `${posts} ALTER TABLE posts ADD CHECK (likes >= 0), ADD UNIQUE (likes, author);
      CREATE INDEX posts_likes ON posts (likes); CREATE VIEW liked AS SELECT id, likes FROM posts`,
    change:
      'DROP VIEW liked; ALTER TABLE posts ALTER likes TYPE bigint; CREATE VIEW liked AS SELECT id, likes FROM posts',
    phases: 'expand backfill validate contract',
  },
  'create an index': post('CREATE INDEX posts_author ON posts (author)', 'expand'),
  'drop an index': post('DROP INDEX posts_title', 'contract'),
  'change an index': post(
    'DROP INDEX posts_title; CREATE INDEX posts_title ON posts (lower(title))',
    'validate contract',
  ),
  'add a unique constraint': post('ALTER TABLE posts ADD UNIQUE (title)', 'validate'),
  'add a primary key': {
    base: 'CREATE TABLE t (id integer, a text)',
    change: 'ALTER TABLE t ADD PRIMARY KEY (id)',
    phases: 'validate',
  },
  'add a foreign key': post('ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users', 'validate'),
  'add a check': post('ALTER TABLE posts ADD CHECK (likes >= 0)', 'validate'),
  'add a foreign key on a new column': post(
    'ALTER TABLE posts ADD COLUMN editor integer REFERENCES users',
    'expand validate',
  ),
  'change a check': {
    base: `${posts} ALTER TABLE posts ADD CONSTRAINT few CHECK (likes < 1000000)`,
    change: 'ALTER TABLE posts DROP CONSTRAINT few, ADD CONSTRAINT few CHECK (likes < 2000000)',
    phases: 'validate',
  },
  'change a foreign key': {
    base: `${posts} ALTER TABLE posts ADD CONSTRAINT writer FOREIGN KEY (author) REFERENCES users`,
    change:
      'ALTER TABLE posts DROP CONSTRAINT writer, ADD CONSTRAINT writer FOREIGN KEY (author) REFERENCES users ON DELETE CASCADE',
    phases: 'validate',
  },
  'drop a table': {
    base: `${posts} ALTER TABLE posts ADD FOREIGN KEY (author) REFERENCES users`,
    change: 'DROP TABLE posts',
    phases: 'contract',
  },
  'create tables that refer to each other': post(
    `CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
     ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b; CREATE INDEX a_b ON a (b)`,
    'expand',
  ),
  'change the arguments of a function': {
    base: "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'",
    change:
      "DROP FUNCTION f; CREATE FUNCTION f(a integer, b integer) RETURNS integer LANGUAGE sql AS 'SELECT a + b'",
    phases: 'expand contract',
  },
  'add columns to a view': {
    base: `${posts} CREATE VIEW titles AS SELECT id FROM posts`,
    change: 'CREATE OR REPLACE VIEW titles AS SELECT id, title FROM posts',
    phases: 'expand',
  },
  // The seed's example, drawn as two edits: one value for all rows needs neither a fill nor four steps.
  "the seed's status column": {
    base: seedPosts,
    change: seedChange,
    phases: 'expand',
  },
  "the seed's status column, filled otherwise for deleted posts": {
    base: seedPosts,
    change: seedChange,
    decide: { 'posts.status': "CASE WHEN deleted_at IS NULL THEN 'published' ELSE 'deleted' END" },
    phases: 'expand backfill validate',
  },
  'change a unique constraint': {
    base: `${posts} ALTER TABLE posts ADD CONSTRAINT once UNIQUE (title)`,
    change: 'ALTER TABLE posts DROP CONSTRAINT once, ADD CONSTRAINT once UNIQUE (title, author)',
    phases: 'validate',
  },
  'drop a unique constraint': {
    base: `${posts} ALTER TABLE posts ADD CONSTRAINT once UNIQUE (title)`,
    change: 'ALTER TABLE posts DROP CONSTRAINT once',
    phases: 'contract',
  },
  'drop a check and a foreign key': {
    base: `${posts} ALTER TABLE posts ADD CONSTRAINT few CHECK (likes < 9), ADD CONSTRAINT writer FOREIGN KEY (author) REFERENCES users`,
    change: 'ALTER TABLE posts DROP CONSTRAINT few, DROP CONSTRAINT writer',
    phases: 'expand',
  },
  'add a label to an enum': {
    base: moods,
    change: `ALTER TYPE mood ADD VALUE 'fine' AFTER 'sad'`,
    phases: 'expand',
  },
  'remove a label from an enum and reorder the others': {
    base: moods,
    change: `ALTER TYPE mood RENAME TO gone; CREATE TYPE mood AS ENUM ('ok', 'sad');
      ALTER TABLE t ALTER m DROP DEFAULT; ALTER TABLE t ALTER m TYPE mood USING m::text::mood, ALTER m SET DEFAULT 'ok'; DROP TYPE gone`,
    decide: { mood: `'sad'` },
    phases: 'expand backfill validate contract',
  },
  'turn an enum into text': {
    base: `CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'ok')`,
    change: `ALTER TABLE t ALTER m DROP DEFAULT, ALTER m TYPE text, ALTER m SET DEFAULT 'ok'; DROP TYPE mood`,
    phases: 'expand backfill validate contract',
  },
  'add an identity to a column': {
    base: 'CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL)',
    change: 'ALTER TABLE t ALTER n ADD GENERATED BY DEFAULT AS IDENTITY',
    phases: 'validate',
  },
  'add a computed column that is not stored': post(
    'ALTER TABLE posts ADD COLUMN shout text GENERATED ALWAYS AS (upper(title)) VIRTUAL',
    'expand',
  ),
  'add a trigger': {
    base: `${posts} CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    change: 'CREATE TRIGGER touch BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch()',
    phases: 'expand',
  },
  'take a column from a view': {
    base: `${posts} CREATE VIEW titles AS SELECT id, title, body FROM posts`,
    change: 'DROP VIEW titles; CREATE VIEW titles AS SELECT id, title FROM posts',
    phases: 'contract',
  },
  'switch on row-level security': {
    base: posts,
    change: 'CREATE POLICY own ON posts USING (author = 1); ALTER TABLE posts ENABLE ROW LEVEL SECURITY',
    phases: 'expand contract',
  },
  'rename a table and add a column to it': post(
    'ALTER TABLE posts RENAME TO articles; ALTER TABLE articles ADD COLUMN note text',
    'expand contract',
  ),
  'rename a column and rest new constraints on it': post(
    `ALTER TABLE posts RENAME author TO writer; ALTER TABLE posts ADD CHECK (writer > 0), ADD FOREIGN KEY (writer) REFERENCES users;
     CREATE INDEX posts_writer ON posts (writer)`,
    'expand backfill validate contract',
  ),
  'create an index on a partitioned table': partitioned(
    'CREATE INDEX events_author ON events (author)',
    'expand',
  ),
  'change an index of a partitioned table': partitioned(
    'DROP INDEX events_kind; CREATE INDEX events_kind ON events (kind, author)',
    'validate contract',
  ),
  'add a unique constraint to a partitioned table': partitioned(
    'ALTER TABLE events ADD UNIQUE (author, at, kind)',
    'validate',
  ),
  'add a primary key to a partitioned table': partitioned(
    'ALTER TABLE events ADD PRIMARY KEY (id, at, kind)',
    'validate',
  ),
  'add a foreign key to a partitioned table': partitioned(
    'ALTER TABLE events ADD FOREIGN KEY (author) REFERENCES users',
    'validate',
  ),
  'add a partition': partitioned(
    "CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
    'expand',
  ),
  'attach a table without keys to a partitioned table': {
    base: `${byMonth} CREATE TABLE old_events (id integer NOT NULL, at date NOT NULL, kind text, author integer);
      CREATE VIEW seen AS SELECT id, kind FROM old_events`,
    change: `ALTER TABLE old_events ADD CONSTRAINT positive CHECK (id > 0);
      ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)`,
    phases: 'validate',
  },
  'attach a table with the same keys and indexes': {
    base: `${byMonth} CREATE TABLE events_2026 (LIKE events INCLUDING ALL); ALTER TABLE events_2026 ADD FOREIGN KEY (author) REFERENCES users;
      CREATE INDEX own ON events_2026 (author); GRANT SELECT ON events_2026 TO PUBLIC; CREATE VIEW written AS SELECT author FROM events_2026`,
    change:
      "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    phases: 'validate',
  },
  'attach a table to one that is divided by values': {
    base: `CREATE TABLE jobs (id integer NOT NULL, state varchar(20) NOT NULL, UNIQUE (state, id)) PARTITION BY LIST (state);
      CREATE TABLE jobs_done (id integer NOT NULL, state varchar(20) NOT NULL);`,
    change: "ALTER TABLE jobs ATTACH PARTITION jobs_done FOR VALUES IN ('done', 'failed')",
    phases: 'validate',
  },
  'detach a partition': {
    base: `${byMonth} CREATE INDEX own ON events_2025 (author); ALTER TABLE events_2025 ADD CONSTRAINT few CHECK (id < 1000);
      GRANT SELECT ON events_2025 TO PUBLIC`,
    change: 'ALTER TABLE events DETACH PARTITION events_2025',
    phases: 'contract',
  },
  'change a materialized view': {
    base: `${posts} CREATE MATERIALIZED VIEW top AS SELECT id, title FROM posts WHERE likes > 10;
      CREATE UNIQUE INDEX top_id ON top (id); COMMENT ON MATERIALIZED VIEW top IS 'liked'; GRANT SELECT ON top TO PUBLIC`,
    change: `DROP MATERIALIZED VIEW top; CREATE MATERIALIZED VIEW top AS SELECT id, title, likes FROM posts WHERE likes > 5;
      CREATE UNIQUE INDEX top_id ON top (id); CREATE INDEX top_likes ON top (likes); COMMENT ON MATERIALIZED VIEW top IS 'liked'; GRANT SELECT ON top TO PUBLIC`,
    phases: 'validate contract',
  },
}
