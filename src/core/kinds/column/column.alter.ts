import type { Schema } from '../../model/schema.ts'
import { allHeirsOf, carriedRule, inheritedFrom, isCarried, onlyClause } from '../inheritance.ts'
import type { AlterRule } from '../kind.ts'
import { ownDefaultsOf } from '../partition-default/partition-default.kind.ts'
import { isPrimaryKeyPart } from '../parts-of-tables.ts'
import { changedOptions, optionHazards } from '../sequence/sequence-options.ts'
import { alterColumn, alterColumnAlone, alterColumnTogether, identityClause } from './column.ddl.ts'
import { defaultAction } from './column.inherited.ts'
import type { Column } from './column.kind.ts'
import { storageActions } from './column.options.ts'
import { identityGoesOn, serialGoesOn, serialOf } from './column.serial.ts'
import { commonStorage, isWhole, typeAction, withHeirs } from './column.type.ts'

export const alterDefault: AlterRule<Column> = {
  verb: (from, to) => `${to.default === null ? 'Drop' : from.default === null ? 'Set' : 'Change'} default of`,
  statements: (from, to, schema) => {
    // An identity or generated column has no default; the rules before this one have seen to that.
    if (from.identity || from.generated) return []
    return [alterColumnAlone(from, schema, defaultAction(to)), ...ownDefaultsOf(from.id, schema)]
  },
}

function isInKey({ id, parent }: Column, schema: Schema): boolean {
  return schema.childrenOf(parent, isPrimaryKeyPart).some(({ columns }) => columns.includes(id))
}

export const alterNotNull: AlterRule<Column> = {
  verb: (_, to) => `${to.notNull ? 'Set' : 'Drop'} NOT NULL of`,
  statements: (from, to, schema) => {
    // Adding an identity has made the column NOT NULL; the other way round it cannot be anything else.
    if (from.identity) return []
    const isGiven = inheritedFrom(from, schema).some(({ notNull }) => notNull)
    if (isGiven) return []
    if (to.notNull) {
      // What an heir needed for itself alone it has from here now.
      const given = allHeirsOf(from, schema).filter(
        (heir) => heir.notNull && !heir.local && !isInKey(heir, schema),
      )
      return [
        ...given.map((heir) => alterColumnAlone(heir, schema, 'DROP NOT NULL')),
        alterColumn(from, schema, 'SET NOT NULL'),
      ]
    }
    const freed = allHeirsOf(from, schema).filter(({ notNull }) => !notNull)
    return [from, ...freed].map((column) => alterColumnAlone(column, schema, 'DROP NOT NULL'))
  },
  hazards: (from, to) =>
    to.notNull && !from.identity
      ? [{ code: 'may-fail', message: `Stops when a row has no ${from.name}.` }]
      : [],
}

export const alterIdentity: AlterRule<Column> = {
  statements: (from, to, schema) => {
    if (!to.identity) {
      // A type that no identity can have took it away already.
      return isWhole(from.type)
        ? [...serialGoesOn(from, to, schema), alterColumn(from, schema, 'DROP IDENTITY')]
        : []
    }
    if (!from.identity) {
      const before: string[] = []
      const isAlone = onlyClause(from.parent, schema) !== ''
      const freed = isAlone && from.default !== null ? [alterColumnAlone(from, schema, 'DROP DEFAULT')] : []
      if (from.default !== null && !isAlone) before.push('DROP DEFAULT')
      if (!from.notNull) before.push('SET NOT NULL')
      const add = alterColumn(from, schema, `ADD ${identityClause(to.identity, to.type.base)}`)
      const going = identityGoesOn(from, schema)
      if (before.length === 0 && freed.length === 0) return [add]
      const ready = before.length === 0 ? [] : [alterColumnTogether(from, schema, before)]
      return [...freed, ...ready, add, ...going]
    }
    const actions = changedOptions(from.identity.options, to.identity.options).map((option) =>
      option === 'RESTART' ? option : `SET ${option}`,
    )
    if (from.identity.generation !== to.identity.generation) {
      actions.unshift(`SET GENERATED ${to.identity.generation.toUpperCase()}`)
    }
    return actions.length === 0 ? [] : [alterColumn(from, schema, actions.join(' '))]
  },
  hazards: (from, to, schema) => {
    if (!to.identity) {
      if (serialOf(to, schema)) return []
      return [{ code: 'loses-data', message: `The last number given to ${from.name} is lost.` }]
    }
    if (from.identity) return optionHazards(from.identity.options, to.identity.options)
    const nulls = { code: 'may-fail', message: `Stops when a row has no ${from.name}.` } as const
    if (serialOf(from, schema)) return [nulls]
    return [
      nulls,
      {
        code: 'may-fail',
        message: `New rows of ${from.name} start at ${to.identity.options.start}: set the sequence past the numbers in use.`,
      },
    ]
  },
}

/** Only a stored expression can be taken off, and none put on, an existing column: the rest makes it anew. */
export const alterGenerated: AlterRule<Column> = {
  statements: (from, to, schema) => {
    if (!from.generated) return 'replace'
    if (!to.generated) {
      if (from.generated.storage === 'virtual') return 'replace'
      return isCarried(from, to, schema) ? [] : [alterColumn(from, schema, 'DROP EXPRESSION')]
    }
    if (from.generated.storage !== to.generated.storage) return 'replace'
    return [alterColumnAlone(from, schema, `SET EXPRESSION AS (${to.generated.expression})`)]
  },
  disturbs: withHeirs,
}

export const alterCollation: AlterRule<Column> = carriedRule({
  // Without COLLATE the type's own collation comes back.
  statements: (from, to, schema) => {
    const kept = storageActions({ ...from, ...commonStorage(from, to) })
    const again = kept.length === 0 ? [] : [alterColumnTogether(from, schema, kept)]
    return [alterColumn(from, schema, typeAction({ ...to, using: null }, schema)), ...again]
  },
  disturbs: withHeirs,
})
