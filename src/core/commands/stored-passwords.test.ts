import { expect, test } from 'vitest'
import { makeRaw } from '../kinds/raw/raw.kind.ts'
import { blankDocument, type SchemaDocument } from '../model/document.ts'
import { applyPatch, patchBetween } from '../model/patch.ts'
import { initialSettings } from '../project/migration-settings.ts'
import {
  passwordProblems,
  pastWithoutPasswords,
  takePasswordsOut,
  withSecretsOf,
} from './stored-passwords.ts'

function carrying(objectType: string, ...statements: readonly string[]): SchemaDocument {
  const own = { parent: null, objectType, dropSql: null, ordinal: 1, uses: [] }
  const raws = statements.map((sql, at) => makeRaw({ ...own, id: `${at}`, name: `mapping ${at}`, sql }))
  return { ...blankDocument, objects: new Map(raws.map((raw) => [raw.id, raw])) }
}
const sqlOf = ({ objects }: SchemaDocument) =>
  [...objects.values()].map((raw) => ('sql' in raw ? raw.sql : ''))
const mapping = (list: string) => `CREATE USER MAPPING FOR me SERVER away${list}`

test.each([
  [" OPTIONS (user 'a', password 'b')", " OPTIONS (user 'a')", 'password'],
  [` OPTIONS ("password" 'it''s, user ''x''')`, '', 'password'],
  [
    " OPTIONS (password E'a\\\\b', sslpassword 'c', password_required 'false')",
    " OPTIONS (password_required 'false')",
    'password and sslpassword',
  ],
  [
    " OPTIONS (aws_secret_access_key 'k', user 'password ''p''')",
    " OPTIONS (user 'password ''p''')",
    'aws_secret_access_key',
  ],
])('of the options%s only the secret ones are told and taken out', (written, left, names) => {
  const document = carrying('user mapping', mapping(written))
  const [problem] = passwordProblems(document)
  expect(problem).toMatchObject({ code: 'stored-password', severity: 'warning', object: '0', field: 'sql' })
  expect(problem?.message).toContain(`The ${names} of this user mapping stands in the project`)
  expect(problem?.hint).toContain('ALTER USER MAPPING FOR me SERVER away OPTIONS (ADD ')
  const clean = applyPatch(document, takePasswordsOut(document))
  expect(sqlOf(clean)).toEqual([mapping(left)])
  expect(passwordProblems(clean)).toEqual([])
})

test('what has no secret is left alone', () => {
  const plain = [
    mapping(''),
    mapping(" OPTIONS (user 'password')"),
    mapping(" OPTIONS (password_required 'f')"),
  ]
  const document = carrying('user mapping', ...plain)
  expect(passwordProblems(document)).toEqual([])
  expect(sqlOf(applyPatch(document, takePasswordsOut(document)))).toEqual(plain)
  const policy = carrying('policy', mapping(" OPTIONS (password 'b')"))
  expect(passwordProblems(policy)).toEqual([])
})

test('the past loses it too, and what a folder builds is compared without it', () => {
  const secret = carrying('user mapping', mapping(" OPTIONS (password 'hush')"))
  const patch = patchBetween(blankDocument, secret)
  const files = [{ fileName: '1.js', source: '' }]
  const exported = { title: 'a', files, exportedAt: '', proven: true, shipped: false }
  const history = [{ ...exported, made: { patch, settings: initialSettings } }, exported]
  const replayed = [{ path: '1.js', outcome: 'ran' as const, patch }]
  const past = pastWithoutPasswords({ baseline: secret, replayed, history, reopened: history })
  const values = [past.baseline, past.replayed, past.history, past.reopened].map((part) =>
    JSON.stringify(part, (_, value) => (value instanceof Map ? [...value.values()] : value)),
  )
  for (const value of values) expect(value).toContain('CREATE USER MAPPING FOR me SERVER away"')
  expect(values.join()).not.toContain('hush')
  expect(sqlOf(withSecretsOf(past.baseline, secret))).toEqual([mapping('')])
  expect(sqlOf(withSecretsOf(secret, secret))).toEqual(sqlOf(secret))
  expect(sqlOf(withSecretsOf(blankDocument, secret))).toEqual(sqlOf(secret))
})
