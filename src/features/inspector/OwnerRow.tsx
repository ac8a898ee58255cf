import { addRole } from '../../core/commands/add-objects.ts'
import { mayHaveOwner, ownerOf, setOwner } from '../../core/commands/set-owner.ts'
import { isRole } from '../../core/kinds/role/role.kind.ts'
import type { ObjectBase, ObjectId } from '../../core/model/object.ts'
import { applyPatch, squashPatches } from '../../core/model/patch.ts'
import { type Schema, schemaOf } from '../../core/model/schema.ts'
import { dispatch } from '../../state/document-store.ts'
import { newId } from '../../state/new-id.ts'
import { useShownProblems } from '../../state/past.ts'
import { Select } from '../../ui/Select.tsx'
import { FieldRow } from '../../ui/TextField.tsx'
import { ownerFieldId } from './actions.ts'
import { FieldProblems } from './FieldProblems.tsx'
import { openObject } from './open-object.ts'

interface OwnerRowProps {
  readonly objects: readonly ObjectBase[]
  readonly schema: Schema
}

/** Values that are no role's, which all have the prefix. */
const whoMigrates = 'who migrates'
const newRole = 'new'
const prefix = 'role '

/** The role that the objects belong to, and the way to another; nothing for what has no owner of its own. */
export function OwnerRow({ objects, schema }: OwnerRowProps) {
  const all = useShownProblems((found) => found)
  const owned = objects.filter(mayHaveOwner)
  const owners = owned.flatMap((object) => ownerOf(object, schema) ?? [])
  const problems = all.filter(({ object }) => owners.some(({ id }) => id === object))
  const [first] = owned
  if (!first) return null
  const names = new Set([...schema.all(isRole), ...owners].map(({ name }) => name))
  const name = owners[0]?.name
  const isOne = owners.every((owner) => owner.name === name) && [0, owned.length].includes(owners.length)
  const ids = owned.map(({ id }) => id)
  return (
    <>
      <FieldRow label="Owner" htmlFor={ownerFieldId}>
        <Select
          id={ownerFieldId}
          label="Owner"
          value={isOne ? (name === undefined ? whoMigrates : `${prefix}${name}`) : null}
          placeholder="Several"
          options={[
            { value: whoMigrates, label: 'Who runs the migration' },
            ...[...names].sort().map((role) => ({ value: `${prefix}${role}`, label: role })),
            { value: newRole, label: 'New role', icon: 'plus' },
          ]}
          onChange={(chosen) => {
            const role = chosen.startsWith(prefix) ? chosen.slice(prefix.length) : null
            if (chosen === newRole) giveToNew(ids)
            else dispatch('Change owner', (document) => setOwner(document, { objects: ids, role, newId }))
          }}
        />
      </FieldRow>
      {owners.length > 0 && <FieldProblems object={first} problems={problems} schema={schema} />}
    </>
  )
}

/** Makes a role for the objects, and opens it so that it gets its name. */
function giveToNew(objects: readonly ObjectId[]): void {
  const id = newId()
  dispatch('Give to a new role', (document) => {
    const added = addRole(document, { id })
    const next = applyPatch(document, added)
    const role = schemaOf(next).need(id, isRole).name
    return squashPatches(added, setOwner(next, { objects, role, newId }))
  })
  openObject(id)
}
