import type { Problem } from '../../model/problem.ts'
import type { Service } from './find-services.ts'

/** What a person should know where services run behind the one that gets the next migration. Null: none does. */
export function runsBefore(
  service: Pick<Service, 'name'>,
  services: readonly Pick<Service, 'name'>[],
): Problem | null {
  const later = services.slice(services.indexOf(service) + 1)
  if (later.length === 0) return null
  const names = later.map(({ name }) => name).join(', ')
  return {
    code: 'runs-before-services',
    severity: 'info',
    source: 'Migration',
    message: `From nothing, the migrations of ${service.name} run before those of ${names}: this one must not need what those build.`,
  }
}
