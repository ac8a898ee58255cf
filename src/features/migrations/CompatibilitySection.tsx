import type { PhaseCompatibility } from '../../state/database.ts'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './migrations.module.css'

type Shape = PhaseCompatibility['broken'][number]['shape']

const shapes: readonly Shape[] = ['old', 'new']

/** What code that was written for either schema can do once a phase is done. */
export function CompatibilitySection({ phases }: { readonly phases: readonly PhaseCompatibility[] }) {
  const early = phases.flatMap(({ broken }) => broken.filter(({ allowed }) => !allowed))
  return (
    <section aria-label="Running code">
      <h3 className={styles.locks}>
        Running code<small>after each phase, as tried</small>
      </h3>
      <table className={styles.codes}>
        <thead>
          <tr>
            <th scope="col">After</th>
            <th scope="col">Old code</th>
            <th scope="col">New code</th>
          </tr>
        </thead>
        <tbody>
          {phases.map((phase) => (
            <tr key={phase.phase}>
              <th scope="row">{phase.phase}</th>
              {shapes.map((shape) => (
                <td key={shape}>
                  <Outcome phase={phase} shape={shape} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {early.map(({ shape, query, table, problem }) => (
        <div key={`${shape} ${query} ${table}`} className={styles.failed}>
          <h4>
            Too early: {query} of {shape} code on {table}
            <small>{problem.code}</small>
          </h4>
          <code>{problem.message}</code>
        </div>
      ))}
    </section>
  )
}

/** What breaks before its gate is a fault; what breaks after it was said before. */
function Outcome({ phase, shape }: { readonly phase: PhaseCompatibility; readonly shape: Shape }) {
  const broken = phase.broken.filter((query) => query.shape === shape)
  if (broken.length === 0) {
    return (
      <>
        <Icon name="circle-check" size={13} className={styles.valid} />
        works
      </>
    )
  }
  const isFault = broken.some(({ allowed }) => !allowed)
  const queries = [...new Set(broken.map(({ query }) => query))].join(', ')
  const tables = [...new Set(broken.map(({ table }) => table))].join(', ')
  return (
    <span
      className={classNames(isFault && styles.bad)}
      title={broken.map(({ problem }) => problem.message).join('\n')}
    >
      <Icon
        name={isFault ? 'circle-x' : 'circle-pause'}
        size={13}
        className={isFault ? styles.bad : styles.arrow}
      />
      {isFault ? 'breaks' : shape === 'old' ? 'no longer' : 'not yet'}: {queries} of {tables}
    </span>
  )
}
