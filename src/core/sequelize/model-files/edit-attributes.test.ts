import { expect, test } from 'vitest'
import type { JsValue } from '../call.ts'
import { usualCode } from '../code-style.ts'
import { addAssociation, removeAssociation } from './edit-associations.ts'
import { addAttribute, changeAttribute, removeAttribute } from './edit-attributes.ts'
import type { EditedText } from './edited-text.ts'

const style = { ...usualCode, library: 'DataTypes' } as const
const file = (text: string): EditedText => ({ text, byHand: [] })
const text: JsValue = { code: 'DataTypes.TEXT' }

const add = (
  source: string,
  behind: string | null = null,
  definition: { [name: string]: JsValue } = { type: text },
) => addAttribute(file(source), 'User', { name: 'nick', definition }, behind, style)

test.each([
  [
    'on one line',
    "db.define('User', { id: DataTypes.UUID })",
    "db.define('User', { id: DataTypes.UUID, nick: DataTypes.TEXT })",
  ],
  [
    'with a comma behind the last',
    "db.define('User', {\n  id: S.UUID,\n})",
    "db.define('User', {\n  id: S.UUID,\n  nick: S.TEXT,\n})",
  ],
  [
    'without one',
    "db.define('User', {\n\tid: S.UUID // key\n})",
    "db.define('User', {\n\tid: S.UUID, // key\n\tnick: S.TEXT\n})",
  ],
  ['into nothing', "db.define('User', {})", "db.define('User', {\n  nick: { type: DataTypes.TEXT },\n})"],
  [
    'into a constant',
    "const fields = {\n  id: T.UUID,\n}\nUser.init(fields, { sequelize, modelName: 'User' })",
    "const fields = {\n  id: T.UUID,\n  nick: T.TEXT,\n}\nUser.init(fields, { sequelize, modelName: 'User' })",
  ],
  [
    'of a class that says super',
    'class User extends Model {\n  static init(s) {\n    return super.init({\n      id: T.UUID,\n    }, { sequelize: s })\n  }\n}',
    'class User extends Model {\n  static init(s) {\n    return super.init({\n      id: T.UUID,\n      nick: T.TEXT,\n    }, { sequelize: s })\n  }\n}',
  ],
  [
    'past texts, patterns and templates with brackets',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the file
    "db.define('User', { id: { type: T.UUID, validate: { is: /[{]\"/, a: `}${'{'}`, b: '\\'}' } } })",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the file
    "db.define('User', { id: { type: T.UUID, validate: { is: /[{]\"/, a: `}${'{'}`, b: '\\'}' } }, nick: { type: T.TEXT } })",
  ],
])('an attribute is added %s', (_, before, after) => {
  expect(add(before)).toEqual({ text: after, byHand: [] })
})

test('an attribute stands behind the one of the column before it', () => {
  expect(add("db.define('User', {\n  a: T.UUID,\n  b: T.UUID,\n})", 'a').text).toBe(
    "db.define('User', {\n  a: T.UUID,\n  nick: T.TEXT,\n  b: T.UUID,\n})",
  )
})

test.each([
  ['two models of the name', "a.define('User', {}); b.define('User', {})"],
  ['attributes that a function makes', "db.define('User', fields())"],
  ['a text that does not end', "db.define('User', { a: 'x })"],
  ['brackets that do not match', "db.define('User', { a: [ })"],
])('%s: the place is not sure, so a person adds it', (_, source) => {
  expect(add(source)).toEqual({
    text: source,
    byHand: [{ what: 'Add the attribute nick to User.', code: 'nick: { type: DataTypes.TEXT },' }],
  })
})

const definition = `db.define('User', {
  id: T.UUID,
  name: { type: T.STRING, allowNull: false },
  // What others call them.
  nick: T.STRING(30), // short
  age: {
    type: T.INTEGER,
    get() { return 1 },
  },
})
`

test('an attribute is removed with its line', () => {
  expect(removeAttribute(file(definition), 'User', 'nick').text).toBe(
    definition.replace('  nick: T.STRING(30), // short\n', ''),
  )
  expect(removeAttribute(file("db.define('User', { a: 1, b: 2 })"), 'User', 'b').text).toBe(
    "db.define('User', { a: 1 })",
  )
  expect(removeAttribute(file("db.define('User', { a: 1, b: 2 })"), 'User', 'a').text).toBe(
    "db.define('User', { b: 2 })",
  )
})

const change = (name: string, set: { [property: string]: JsValue }, ...unset: readonly string[]) =>
  changeAttribute(file(definition), 'User', { name, set, unset }, style)

test.each([
  ['nick', { type: text }, [], 'nick: T.STRING(30)', 'nick: T.TEXT'],
  ['nick', { allowNull: false }, [], 'nick: T.STRING(30)', 'nick: { type: T.STRING(30), allowNull: false }'],
  ['name', { type: text }, [], 'type: T.STRING, allowNull', 'type: T.TEXT, allowNull'],
  ['name', {}, ['allowNull'], 'T.STRING, allowNull: false }', 'T.STRING }'],
  [
    'age',
    { defaultValue: 3 },
    [],
    '    get() { return 1 },\n',
    '    get() { return 1 },\n    defaultValue: 3,\n',
  ],
] as const)('%s is changed by %j without %j', (name, set, unset, before, after) => {
  expect(change(name, set, ...unset)).toEqual({ text: definition.replace(before, after), byHand: [] })
})

test('links are said where the model says them', () => {
  const set = { references: { model: 'teams', key: 'id' }, onDelete: 'CASCADE' }
  expect(change('nick', set).text).toBe(definition)
})

test('a name for a constraint is not put in place of true', () => {
  const source = "db.define('User', { mail: { type: T.TEXT, unique: true } })"
  const named = changeAttribute(
    file(source),
    'User',
    { name: 'mail', set: { unique: 'users_mail_key' }, unset: [] },
    style,
  )
  expect(named.text).toBe(source)
})

const join = { type: 'belongsTo', target: 'Team', as: 'team', foreignKey: 'teamId' } as const

test.each([
  [
    'User.associate = (models) => {\n  User.hasMany(models.Post)\n}',
    "User.associate = (models) => {\n  User.hasMany(models.Post)\n  User.belongsTo(models.Team, { as: 'team', foreignKey: 'teamId' });\n}",
  ],
  [
    'class User {\n  static associate(db) {\n    // here\n  }\n}',
    "class User {\n  static associate(db) {\n    // here\n    User.belongsTo(db.Team, { as: 'team', foreignKey: 'teamId' });\n  }\n}",
  ],
  [
    'User.associate = function (m) {}',
    "User.associate = function (m) {\n  User.belongsTo(m.Team, { as: 'team', foreignKey: 'teamId' });\n}",
  ],
])('a join is added to %j', (before, after) => {
  expect(addAssociation(file(before), 'User', join, {}, style)).toEqual({ text: after, byHand: [] })
  expect(removeAssociation(file(after), 'User', join).byHand).toEqual([])
})

test.each([
  ['what it joins is taken apart', 'User.associate = ({ Team }) => {\n}'],
  ['nothing joins it', 'const User = 1'],
  ['others stand on the same line', 'User.associate = (m) => { User.hasMany(m.Post) }'],
])('where %s, a person adds the join', (_, source) => {
  const { text: same, byHand } = addAssociation(file(source), 'User', join, {}, style)
  expect(same).toBe(source)
  expect(byHand).toHaveLength(1)
})

test('a join is removed as a whole statement alone', () => {
  const whole =
    "f(() => {\n  A.hasOne(m.B)\n  User.belongsTo(m.Team, {\n    foreignKey: { name: 'teamId' },\n  })\n})"
  expect(removeAssociation(file(whole), 'User', join).text).toBe('f(() => {\n  A.hasOne(m.B)\n})')
  const part = "const team = User.belongsTo(m.Team, { foreignKey: 'teamId' })"
  expect(removeAssociation(file(part), 'User', join).byHand).toHaveLength(1)
})
