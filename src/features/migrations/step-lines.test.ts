import { expect, test } from 'vitest'
import { linesOfStep } from './step-lines.ts'

const source = [
  'module.exports = {',
  '  async up(queryInterface, Sequelize) {',
  '    await queryInterface.sequelize.transaction(async (transaction) => {',
  '      // Add column contacts.a',
  '      await queryInterface.addColumn(',
  "        'contacts',",
  '      );',
  '',
  '      // Create index idx_with_a_very_long_name_that_does_not_fit',
  '      // on contacts',
  "      await queryInterface.addIndex('contacts');",
  '    });',
  '  },',
].join('\n')

test('a step reaches from its comment to the end of its statements', () => {
  expect(linesOfStep(source, 'Add column contacts.a')).toEqual({ from: 4, to: 7 })
})

test('a title that was wrapped is found by its first line', () => {
  const title = 'Create index idx_with_a_very_long_name_that_does_not_fit on contacts'
  expect(linesOfStep(source, title)).toEqual({ from: 9, to: 11 })
})

test('a step of another file is not found', () => {
  expect(linesOfStep(source, 'Add column')).toBeNull()
  expect(linesOfStep(source, 'Drop table x')).toBeNull()
})
