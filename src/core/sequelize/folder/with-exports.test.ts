import { expect, test } from 'vitest'
import { findServices } from './find-services.ts'
import { type ExportedFiles, withExports } from './with-exports.ts'
import { withNext } from './with-next.ts'

const files = new Map(
  ['a/migrations/01-a.js', 'a/migrations/04-d.js', 'b/migrations/01-b.js'].map((path) => [
    path,
    'exports.up',
  ]),
)
const services = findServices(files)
const exported = (title: string, service: string | null, ...paths: readonly string[]): ExportedFiles => ({
  title,
  ...(service === null ? {} : { service }),
  files: paths.map((path) => {
    const [folder = '', fileName] = path.split('/')
    return fileName === undefined ? { fileName: folder, source: path } : { fileName, folder, source: path }
  }),
})
const into = 'a/migrations'

test('what was only downloaded runs where it was written for, later phases behind their export', () => {
  const history = [
    exported('b', into, '02-b.js', 'contract/02-c.js'),
    exported('c', into, '03-c.js'),
    exported('d', null, '04-d.js', 'contract/05-d.js'),
  ]
  const whole = withExports({ files, services }, history)
  const order = ['01-a.js', '02-b.js', 'contract/02-c.js', '03-c.js', '04-d.js', 'contract/05-d.js']
  expect(whole.services[0]?.migrations).toEqual(order.map((name) => `${into}/${name}`))
  expect(whole.services[1]).toBe(services[1])
  expect(whole).toMatchObject({ unplaced: [], downloaded: [`${into}/02-b.js`, `${into}/03-c.js`] })
  expect(whole.files.get(`${into}/contract/02-c.js`)).toBe('contract/02-c.js')
  const next = withNext(whole, into, [{ fileName: '06-e.js', source: '' }])
  expect(next.services[0]?.migrations.at(-1)).toBe(`${into}/06-e.js`)
})

test('what is in the folder stays as it is there, and what belongs nowhere in it is told', () => {
  const present = withExports({ files, services }, [exported('a', 'elsewhere', '01-a.js')])
  expect(present).toEqual({ files, services, downloaded: [], unplaced: [] })
  const history = [exported('gone', 'c/migrations', '02.js'), exported('as SQL', null, '2026-x/up.sql')]
  expect(withExports({ files, services }, history)).toMatchObject({ services, unplaced: ['gone', 'as SQL'] })
})
