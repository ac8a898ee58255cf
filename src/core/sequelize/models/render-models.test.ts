import { expect, test } from 'vitest'
import type { Column } from '../../kinds/column/column.kind.ts'
import type { ForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectBase } from '../../model/object.ts'
import { pgType } from '../../model/pg-type.ts'
import { renderModels } from './render-models.ts'

const object = (kind: string, id: string, parent: string | null, more: object = {}): ObjectBase => ({
  id,
  kind,
  parent,
  name: id.split('.').at(-1) ?? id,
  comment: null,
  ...more,
})

const column = (id: string, type: string, more: Partial<Column> = {}): ObjectBase =>
  object('column', id, id.split('.')[0] ?? null, {
    ordinal: 1,
    type: pgType(type),
    notNull: false,
    default: null,
    identity: null,
    generated: null,
    collation: null,
    using: null,
    ...more,
  })

const link = (from: string, to: string, more: Partial<ForeignKey> = {}): ObjectBase =>
  object('foreign key', `${from}_fkey`, from.split('.')[0] ?? null, {
    columns: [from],
    referencedTable: to,
    referencedColumns: [`${to}.id`],
    onUpdate: 'no action',
    onDelete: 'no action',
    onDeleteColumns: [],
    match: 'simple',
    deferral: 'not deferrable',
    notValid: false,
    ...more,
  })

const key = (table: string, ...columns: readonly string[]): ObjectBase =>
  object('primary key', `${table}_pkey`, table, {
    columns: columns.map((name) => `${table}.${name}`),
    include: [],
    deferral: 'not deferrable',
  })

const messages: SchemaDocument = {
  objects: new Map(
    [
      object('schema', 'public', null),
      object('table', 'users', 'public'),
      column('users.id', 'uuid', { notNull: true }),
      key('users', 'id'),
      object('table', 'dates', 'public'),
      column('dates.sender_id', 'uuid', { notNull: true }),
      column('dates.receiver_id', 'uuid'),
      column('dates.update', 'text'),
      column('dates.created_at', 'timestamptz', { notNull: true, default: 'now()' }),
      link('dates.sender_id', 'users', { onDelete: 'cascade' }),
      link('dates.receiver_id', 'users'),
    ].map((each) => [each.id, each]),
  ),
  diagram: new Map(),
}

const file = (style: 'class' | 'define' | 'typescript', name: string) =>
  renderModels(messages, style).find(({ fileName }) => fileName === name)?.source

test('a model reads like one written by hand', () => {
  expect(file('define', 'date-model.js')).toBe(`'use strict';

/** @type {(sequelize: import('sequelize').Sequelize, DataTypes: typeof import('sequelize').DataTypes) => any} */
module.exports = (sequelize, DataTypes) => {
  const DateModel = sequelize.define(
    'DateModel',
    {
      senderId: {
        type: DataTypes.UUID,
        allowNull: false,
        references: { model: 'users', key: 'id' },
        onDelete: 'CASCADE',
      },
      receiverId: { type: DataTypes.UUID, references: { model: 'users', key: 'id' } },
      updateColumn: { type: DataTypes.TEXT, field: 'update' },
      createdAt: {
        type: DataTypes.DATE,
        allowNull: false,
        defaultValue: sequelize.literal('now()'),
      },
    },
    { tableName: 'dates', underscored: true, timestamps: true, updatedAt: false },
  );
  // Sequelize would add a key that the table does not have.
  DateModel.removeAttribute('id');

  DateModel.associate = (models) => {
    DateModel.belongsTo(models.User, { as: 'sender', foreignKey: 'senderId' });
    DateModel.belongsTo(models.User, { as: 'receiver', foreignKey: 'receiverId' });
  };

  return DateModel;
};
`)
})

test('links to one table from several columns are told apart by their roles', () => {
  expect(file('class', 'user.js')).toContain(`    static associate(models) {
      User.hasMany(models.DateModel, { as: 'senderDateModels', foreignKey: 'senderId' });
      User.hasMany(models.DateModel, { as: 'receiverDateModels', foreignKey: 'receiverId' });
    }`)
})

test('classes declare what may be left out', () => {
  const source = file('typescript', 'date-model.ts') ?? ''
  expect(source).toContain('  declare senderId: string;\n  declare receiverId: string | null;')
  expect(source).toContain('  declare createdAt: CreationOptional<Date>;')
  expect(source).toContain('  declare getSender: BelongsToGetAssociationMixin<User>;')
  expect(source).toContain("import { User } from './user.js';")
})
