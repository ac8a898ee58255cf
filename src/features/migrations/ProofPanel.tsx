import { useStore } from 'zustand'
import type { Difference, Proof, ProofPhase } from '../../state/database.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { useProject } from '../../state/use-stores.ts'
import { classNames } from '../../ui/class-names.ts'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { CompatibilitySection } from './CompatibilitySection.tsx'
import { LockSection } from './LockSection.tsx'
import styles from './migrations.module.css'
import { milliseconds } from './segment-words.ts'

/** The recorded result of running the files up, down and up again, or what it would do. */
export function ProofPanel() {
  const { proof, proving, differences, settings } = useStore(migrationStore)
  return (
    <div className={styles.side}>
      {differences.length > 0 && (
        <>
          <h3 className={styles.bad}>Not exported: a fault of Relata</h3>
          <p className={styles.say}>
            The schema as built from nothing differs from the one that was checked edit by edit. Nothing was
            written.
          </p>
          <Differences differences={differences} />
        </>
      )}
      <h3>
        Proof
        {proof && <small>{ranOn(proof)}</small>}
      </h3>
      {proving ? (
        <Progress label={proving.phase} done={proving.done} total={proving.total} />
      ) : proof ? (
        <Result proof={proof} />
      ) : (
        <p className={styles.say}>
          Not proved yet. A proof runs the files{settings.format === 'sql' ? '' : ' with Sequelize'} on the
          schema before with sample rows: up, down and up again, and compares PostgreSQL's catalogue after
          each.
          {settings.mode === 'zero-downtime' &&
            ' After each phase it tries what old and new code read and write.'}
        </p>
      )}
      {proof?.compatibility && <CompatibilitySection phases={proof.compatibility} />}
      <LockSection />
    </div>
  )
}

function ranOn(proof: Proof): string {
  const tool = proof.sequelize === undefined ? 'as SQL' : `with Sequelize ${proof.sequelize}`
  return `on PostgreSQL ${proof.postgres} ${tool}`
}

function Result({ proof }: { readonly proof: Proof }) {
  const comparing = useStore(migrationStore, (state) => state.comparing !== null)
  const isPart = useProject((state) => state.migration.left.size > 0)
  const end = comparing ? 'the end' : isPart ? 'what is selected' : 'the diagram'
  const [up, down] = [proof.phases[0], proof.phases[1]]
  const { inFolder } = proof
  const all = inFolder ? [...proof.phases, inFolder] : proof.phases
  const failed = all.find((phase) => phase.problem || phase.differences.length > 0)
  return (
    <>
      {proof.stoppedByRows && (
        <p className={classNames(styles.say, styles.loss)}>
          On empty tables only: with sample rows {proof.stoppedByRows.name} stopped.
        </p>
      )}
      <div className={styles.proof}>
        {(['up', 'down', 'up again'] as const).map((name, index) => (
          <PhaseMark key={name} name={name} phase={proof.phases[index]} isFirst={index === 0} />
        ))}
      </div>
      <dl className={styles.facts}>
        {up && <Fact icon="equal" label="Catalog after up" phase={up} equal={`equal to ${end}`} />}
        {down && (
          <Fact
            icon="equal"
            label="Catalog after down"
            phase={down}
            equal={`equal to ${comparing ? 'the start' : 'the baseline'}`}
          />
        )}
        {inFolder && (
          <Fact
            icon="folder-open"
            label="All services from nothing"
            phase={inFolder}
            equal={`in ${milliseconds(inFolder.milliseconds)}, equal to ${end}`}
          />
        )}
        <div>
          <dt>
            <Icon name="table-2" size={13} className={styles.valid} />
            Rows kept
          </dt>
          <dd>
            {proof.stoppedByRows
              ? 'not proved with rows'
              : proof.rowsBefore === 0
                ? 'no rows to lose'
                : `${proof.rowsKept.toLocaleString('en')} of ${proof.rowsBefore.toLocaleString('en')}`}
          </dd>
        </div>
        {proof.lostByDown.length > 0 && (
          <div>
            <dt>
              <Icon name="eraser" size={13} className={styles.loss} />
              Not restored by down
            </dt>
            <dd>{proof.lostByDown.join(', ')}</dd>
          </div>
        )}
      </dl>
      {inFolder && inFolder.downloaded.length > 0 && (
        <p className={styles.say}>
          Only downloaded before, and run as if in the folder: {inFolder.downloaded.join(', ')}.
        </p>
      )}
      {failed && <FailedPhase phase={failed} />}
      {proof.stoppedByRows && (
        <>
          <p className={styles.say}>
            What stopped it with sample rows, and may stop it on a database in use:
          </p>
          <FailedPhase phase={proof.stoppedByRows} />
        </>
      )}
    </>
  )
}

interface PhaseMarkProps {
  readonly name: string
  readonly phase: ProofPhase | undefined
  readonly isFirst: boolean
}

function PhaseMark({ name, phase, isFirst }: PhaseMarkProps) {
  const isGood = phase && !phase.problem && phase.differences.length === 0
  const icon = !phase ? 'circle-pause' : isGood ? 'circle-check' : 'circle-x'
  return (
    <>
      {!isFirst && <Icon name="arrow-right" size={13} className={styles.arrow} />}
      <div className={styles.phase}>
        <Icon
          name={icon}
          size={15}
          className={!phase ? styles.arrow : isGood ? styles.valid : styles.bad}
          label={!phase ? 'Not run' : isGood ? 'Passed' : 'Failed'}
        />
        <div>
          <strong>{name}</strong>
          <small>{phase ? `${Math.round(phase.milliseconds)} ms` : 'not run'}</small>
        </div>
      </div>
    </>
  )
}

interface FactProps {
  readonly icon: string
  readonly label: string
  readonly phase: ProofPhase
  readonly equal: string
}

function Fact({ icon, label, phase, equal }: FactProps) {
  const count = phase.differences.length
  const isGood = count === 0 && !phase.problem
  return (
    <div>
      <dt>
        <Icon name={isGood ? icon : 'circle-x'} size={13} className={isGood ? styles.valid : styles.bad} />
        {label}
      </dt>
      <dd className={classNames(!isGood && styles.bad)}>
        {isGood
          ? equal
          : phase.problem
            ? 'not reached'
            : `${count} ${count === 1 ? 'difference' : 'differences'}`}
      </dd>
    </div>
  )
}

function FailedPhase({ phase }: { readonly phase: ProofPhase }) {
  return (
    <div className={styles.failed}>
      {phase.problem && (
        <>
          <h4>
            {phase.name} stopped<small>{phase.problem.code}</small>
          </h4>
          <code>{phase.problem.message}</code>
          {phase.problem.detail && <code>Detail: {phase.problem.detail}</code>}
          {phase.problem.hint && <code>Hint: {phase.problem.hint}</code>}
          {phase.problem.sql !== undefined && <CodeBlock text={phase.problem.sql} />}
        </>
      )}
      <Differences differences={phase.differences} />
    </div>
  )
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    <ul className={styles.differences}>
      {differences.map((difference) => (
        <li key={`${difference.object} ${difference.field}`}>
          <strong>
            {difference.object}
            {difference.field === undefined ? '' : `, ${difference.field}`}
          </strong>
          <code>expected {difference.expected ?? 'nothing'}</code>
          <code>found {difference.found ?? 'nothing'}</code>
        </li>
      ))}
    </ul>
  )
}
