import { expect, test } from 'vitest'
import { archiveAdvice, sourceFormatOf } from './source-format.ts'

test.each([
  ['', 'CREATE TABLE a (b int)', 'sql'],
  ['', '-- Table: a {\n/*\nTable: b {\n*/\ncreate table a ()', 'sql'],
  ['', '', 'sql'],
  ['model.sql', 'model A {', 'sql'],
  ['', '// of ours\nTable a.b [note: "x"] {\n  id int\n}', 'dbml'],
  ['', 'enum "two words" {\n  a\n}', 'dbml'],
  ['', 'Ref: a.b > c.d', 'dbml'],
  ['x.dbml', '', 'dbml'],
  ['', '\ndatasource db {\n  provider = "postgresql"\n}', 'prisma'],
  ['', '/// People\nmodel User {\n  id Int @id\n}', 'prisma'],
  ['schema.prisma', 'Table a {', 'prisma'],
  ['', '{"relata" : "abc", "version" : "18"', 'catalogue'],
  ['answer.json', ' catalogue \n-----\n {"relata" : "abc", ', 'catalogue'],
  ['', '"catalogue"\n"{""relata"" : ""abc""', 'catalogue'],
  ['', 'INSERT INTO a VALUES (\'{"relata" : "abc"}\');', 'sql'],
  ['a.dump', 'PGDMP\x01\x0e', 'archive'],
  ['a.tar', 'toc.dat\0\0\0', 'archive'],
  ['a.sql.gz', '\x1f\ufffd\b', 'archive'],
])('%j with %j is %s', (name, text, format) => {
  expect(sourceFormatOf({ name, text })).toBe(format)
})

test('an archive says with which command it is read', () => {
  expect(archiveAdvice({ name: 'a.dump', text: 'PGDMP' })).toContain(
    "pg_restore --schema-only --file=schema.sql 'a.dump'",
  )
  expect(archiveAdvice({ name: 'a.sql.gz', text: '\x1f\ufffd' })).toContain("gunzip --keep 'a.sql.gz'")
})
