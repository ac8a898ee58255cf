import { expect, test } from 'vitest'
import { grantKind } from '../kinds/grant/grant.kind.ts'
import { type Policy, policyKind } from '../kinds/policy/policy.kind.ts'
import { blankRole, type Role } from '../kinds/role/role.kind.ts'
import { publicSchema } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { SchemaDocument } from '../model/document.ts'
import { applyPatch } from '../model/patch.ts'
import { removeObjects } from './remove-objects.ts'
import { renameObject } from './rename.ts'

const reader: Role = { ...blankRole, id: 'reader', name: 'reader' }
const clerk: Role = { ...blankRole, id: 'clerk', name: 'clerk', memberOf: ['reader WITH ADMIN OPTION'] }
const policy: Policy = { ...policyKind.sample, parent: 't', roles: ['clerk', 'reader'] }
const document: SchemaDocument = {
  objects: new Map(
    [
      publicSchema('public'),
      { ...blankTable, id: 't', parent: 'public', name: 't' },
      reader,
      clerk,
      policy,
      { ...grantKind.sample, parent: 't', name: 'reader' },
    ].map((object) => [object.id, object]),
  ),
  diagram: new Map(),
}

test('what names a role follows its new name', () => {
  const { objects } = applyPatch(document, renameObject(document, { object: 'reader', name: 'viewer' }))
  expect(objects.get('policy')).toMatchObject({ roles: ['clerk', 'viewer'] })
  expect(objects.get('grant')).toMatchObject({ name: 'viewer' })
  expect(objects.get('clerk')).toMatchObject({ memberOf: ['viewer WITH ADMIN OPTION'] })
})

test('a removed role leaves policies of others and takes its grants along', () => {
  const { objects } = applyPatch(document, removeObjects(document, ['reader']))
  expect(objects.get('policy')).toMatchObject({ roles: ['clerk'] })
  expect(objects.has('grant')).toBe(false)
  expect(objects.get('clerk')).toMatchObject({ memberOf: [] })
  const none = applyPatch(document, removeObjects(document, ['reader', 'clerk']))
  expect(none.objects.has('policy')).toBe(false)
})
