import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SourceStatement, splitSql } from '../core/sql/split.ts'
import { loadSqlParser } from './sql-parser.ts'

const parse = await loadSqlParser()

const shown = ({ sql, line, content }: SourceStatement) => [
  line,
  content.type === 'statement' ? content.parsed.type : content.type,
  content.type === 'copy-data' ? content.rows : sql,
]

test('quotes, dollar quotes, comments and escapes hide semicolons', () => {
  const parts = [
    `select 'a;b', 'it''s;', E'x\\';', U&'d;'`,
    'select ";""x"',
    'select $$;$$, $tag$ $$ ; $other$ $tag$',
    'select 1 /* ; /* ; */ ; */ + 2 -- ;\n + 3',
    'select a$b$c;select 2'.split(';')[0],
  ]
  const found = splitSql(parts.join(';\n'), parse)
  expect(found.map(({ sql }) => sql)).toEqual(parts)
  expect(found.map(({ line }) => line)).toEqual([1, 2, 3, 4, 6])
})

test('bodies of routines, rules and CASE stay whole', () => {
  const source = `CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC
  SELECT CASE WHEN a > 1 THEN 1 ELSE 2 END;
  SELECT 2;
END;
CREATE RULE r AS ON INSERT TO t DO ALSO (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2));
BEGIN; COMMIT;`
  expect(splitSql(source, parse).map((part) => shown(part).slice(0, 2))).toEqual([
    [1, 'CreateFunctionStmt'],
    [5, 'RuleStmt'],
    [6, 'TransactionStmt'],
    [6, 'TransactionStmt'],
  ])
})

test('psql commands and COPY data are set apart', () => {
  const source = `\\restrict abc
-- comment
\\connect app
CREATE TABLE t (a text);
COPY public.t (a) FROM stdin;
it's; (
b\\tc
\\.

SELECT 1 \\gexec
COPY t TO stdout;
CREATE TABLE u ();
`
  expect(splitSql(source, parse).map(shown)).toEqual([
    [1, 'meta-command', '\\restrict abc'],
    [3, 'meta-command', '\\connect app'],
    [4, 'CreateStmt', 'CREATE TABLE t (a text)'],
    [5, 'CopyStmt', 'COPY public.t (a) FROM stdin'],
    [6, 'copy-data', 2],
    [10, 'SelectStmt', 'SELECT 1'],
    [10, 'meta-command', '\\gexec'],
    [11, 'CopyStmt', 'COPY t TO stdout'],
    [12, 'CreateStmt', 'CREATE TABLE u ()'],
  ])
})

test('a broken statement does not take its neighbours along', () => {
  const kinds = (source: string) => splitSql(source, parse).map((part) => shown(part).slice(0, 2))
  expect(kinds('create table a (b int;\ncreate table c ();\nselect 1')).toEqual([
    [1, 'broken'],
    [2, 'CreateStmt'],
    [3, 'SelectStmt'],
  ])
  expect(kinds("select 'oops;\ncreate table c ();\nselect 2;")).toEqual([
    [1, 'broken'],
    [2, 'CreateStmt'],
    [3, 'SelectStmt'],
  ])
  expect(kinds('select $$oops;\ncreate table c ()')).toEqual([
    [1, 'broken'],
    [2, 'CreateStmt'],
  ])
  expect(kinds('selec 1;;\n;select 2')).toEqual([
    [1, 'broken'],
    [2, 'SelectStmt'],
  ])
  expect(kinds('-- nothing\n/* here */')).toEqual([])
})

test('a syntax error carries its position in code points', () => {
  const [part] = splitSql(`select '🐘' frm x y z`, parse)
  expect(part?.content).toMatchObject({ type: 'broken', problem: { position: 16 } })
})

test('any statements, joined and split, come back', () => {
  const literal = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))
  const piece = fc.oneof(
    literal.map((text) => `select '${text.replaceAll("'", "''")}'`),
    literal.map((text) => `select E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`),
    literal.map((text) => `select 1 as "x${text.replaceAll('"', '""')}"`),
    literal.map((text) => `select $q$${text.replaceAll('$', '')}$q$`),
    literal.map((text) => `select /*${text.replaceAll('*', '').replaceAll('/', '')}*/ 1`),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      expect(splitSql(pieces.map((sql) => `${sql};\n`).join(''), parse).map(({ sql }) => sql)).toEqual(pieces)
    }),
  )
})

test('rows by the megabyte are not parsed', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => `(${index}, 'it''s (; ${index}')`).join(',\n')
  const source = `INSERT INTO app."Odd name" (a, b) VALUES ${rows};\nCREATE TABLE t ();`
  const [insert, table] = splitSql(source, parse)
  expect(insert?.content).toMatchObject({
    parsed: { type: 'InsertStmt', node: { relation: { schemaname: 'app', relname: 'Odd name' } } },
  })
  expect(insert?.sql).toHaveLength(source.indexOf(';\nCREATE'))
  expect(table?.line).toBe(100_001)
})

test('five megabytes are split within the time of a test, which squared time would not be', () => {
  const one = `CREATE TABLE t (id bigint NOT NULL, name varchar(255) DEFAULT 'x;y', CHECK (id > 0));\n`
  const source = one.repeat(Math.ceil(5e6 / one.length))
  expect(splitSql(source, parse)).toHaveLength(Math.ceil(5e6 / one.length))
})
