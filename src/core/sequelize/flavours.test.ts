import { expect, test } from 'vitest'
import { inFlavour } from './flavours.ts'

const file = {
  fileName: '20260115120000-add-a.js',
  source: `'use strict';

// Proved.

/** @type {import('sequelize-cli').Migration} */
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('t', 'a', { type: Sequelize.TEXT });
  },

  async down(queryInterface, Sequelize) {
    await queryInterface.removeColumn('t', 'a');
  },
};
`,
}

const body = "    await queryInterface.addColumn('t', 'a', { type: Sequelize.TEXT });"

test('TypeScript types what sequelize-cli hands over', () => {
  const { fileName, source } = inFlavour(file, 'typescript')
  expect(fileName).toBe('20260115120000-add-a.ts')
  expect(source).toContain(
    `export default {\n  async up(queryInterface: Queries, Sequelize: Library): Promise<void> {\n${body}`,
  )
  expect(source).toMatch(/^import type \{ DataTypes, QueryInterface \} from 'sequelize';/)
})

test('an ES module for Umzug 3 takes its context', () => {
  const { fileName, source } = inFlavour(file, 'umzug')
  expect(fileName).toBe('20260115120000-add-a.mjs')
  expect(source).toMatch(/^import Sequelize from 'sequelize';\n\n\/\/ Proved\./)
  expect(source).toContain(`  async up(queryInterface) {\n${body}`)
  expect(source).toContain('export const down = ({ context }) => migration.down(context);')
})

test('CommonJS differs in its name alone', () => {
  expect(inFlavour(file, 'cjs')).toEqual({ ...file, fileName: '20260115120000-add-a.cjs' })
  expect(inFlavour(file, 'js')).toBe(file)
})

test('a text that was not rendered is a bug', () => {
  expect(() => inFlavour({ ...file, source: 'exports.up = null' }, 'umzug')).toThrow(
    'Not a rendered migration',
  )
})
