import { expect, test } from 'vitest'
import { allKinds } from '../core/kinds/registry.ts'
import { isIconName } from '../ui/icons.ts'

test('every kind has an icon that is in the bundle', () => {
  expect(
    allKinds()
      .filter((kind) => !isIconName(kind.icon))
      .map((kind) => `${kind.name}: ${kind.icon}`),
  ).toEqual([])
})
