import type { Drift } from '../../core/sequelize/models/drift.ts'
import {
  decideAfterFailure,
  type FolderModels,
  type FolderRun,
  type MigrationFailure,
  type Replay,
  type ReplayedMigration,
  showRun,
  startFromModel,
} from '../../state/folder-store.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './folder.module.css'
import {
  baseLosses,
  changeCount,
  leftBehind,
  madeElsewhere,
  missingModel,
  modelsSentence,
  replaySentence,
  runSaid,
} from './replay-words.ts'

type Outcome = ReplayedMigration['outcome']

const looks: Readonly<Record<Outcome, { readonly icon: string; readonly word: string }>> = {
  ran: { icon: 'circle-check', word: 'Ran' },
  failed: { icon: 'circle-x', word: 'Failed' },
  'left-out': { icon: 'minus', word: 'Left out' },
  'noted-before': { icon: 'minus', word: 'Done before' },
  'not-reached': { icon: 'minus', word: 'Not reached' },
}

interface FolderReportProps {
  readonly runs: readonly FolderRun[]
  /** Which of them is looked at. */
  readonly shown: number
}

/** What became of each run, and of each migration of the one that is looked at. */
export function FolderReport({ runs, shown }: FolderReportProps) {
  const result = runs[shown]?.result
  return (
    <div className={styles.stack}>
      {runs.length > 1 && <Runs runs={runs} shown={shown} />}
      {result &&
        ('failure' in result ? (
          <p className={styles.notice} role="status">
            The run broke off: {result.failure}
          </p>
        ) : (
          <RunReport {...result} others={runs.filter((_, at) => at !== shown)} />
        ))}
    </div>
  )
}

/** Every service that ran on a database of its own, to be looked at. */
function Runs({ runs, shown }: FolderReportProps) {
  return (
    <ul className={styles.runs} aria-label="Services">
      {runs.map(({ name, opened, result }, at) => {
        const said = runSaid(result)
        const look = said.failed ? looks.failed : looks.ran
        return (
          <li key={opened.choices.services.join()}>
            <button type="button" aria-current={at === shown} onClick={() => showRun(at)}>
              <Icon name={look.icon} size={13} className={said.failed ? styles.failed : styles.ran} />
              <strong>{name}</strong>
              <small>{said.text}</small>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

interface RunReportProps {
  readonly replay: Replay
  readonly models: FolderModels
  /** Of services on other databases. */
  readonly others: readonly FolderRun[]
}

/** What became of each migration; for one that failed why, where, and the ways on. */
function RunReport({ replay, models, others }: RunReportProps) {
  const { migrations, missingExtensions, problems } = replay
  return (
    <>
      <p className={styles.hint} role="status">
        {replaySentence(replay)}
      </p>
      <ModelsReport {...models} />
      {baseLosses(replay).map((text) => (
        <p key={text} className={styles.notice}>
          {text}
        </p>
      ))}
      {missingExtensions.map(({ name, path }) => (
        <p key={`${name} ${path}`} className={styles.notice}>
          {path} asks for the extension {name}, which the PostgreSQL of this page lacks: it was passed over.
        </p>
      ))}
      {problems.map(({ message, hint }) => (
        <p key={message} className={styles.notice}>
          {message} {hint}
        </p>
      ))}
      <ul className={styles.migrations} aria-label="Migrations">
        {migrations.map((migration) => {
          const { path, outcome, failure } = migration
          const look = looks[outcome]
          return (
            <li key={path}>
              <div className={styles.line}>
                <Icon name={look.icon} size={13} className={styles[outcome]} />
                <span>{look.word}</span>
                <span title={path}>{path}</span>
                <small>{outcome === 'ran' || outcome === 'failed' ? changeCount(migration) : ''}</small>
              </div>
              {outcome === 'failed' && <Leftovers migration={migration} />}
              {failure && (
                <Failure
                  path={path}
                  failure={failure}
                  missing={missingModel(failure, models.drift)}
                  elsewhere={madeElsewhere(failure, others)}
                />
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** How far the models say what the migrations build; every difference is among the problems of the project. */
function ModelsReport({ reading, drift }: FolderModels) {
  const sentence = modelsSentence(reading, drift)
  if (sentence === null) return null
  return (
    <>
      <p className={styles.hint}>{sentence}</p>
      {reading.problems.map(({ problem, place }) => (
        <p key={`${place?.path} ${problem.message}`} className={styles.notice}>
          {place && `${place.path}, line ${place.line}: `}
          {problem.message}
        </p>
      ))}
    </>
  )
}

const faults: Readonly<Record<MigrationFailure['fault'], string>> = {
  migration: 'It would fail on a server too.',
  relata: 'On a server it may well work: Relata does not do what it asks for.',
  unknown: '',
}

/** What a migration left behind that failed halfway. */
function Leftovers({ migration }: { readonly migration: ReplayedMigration }) {
  const left = leftBehind(migration)
  return left === null ? null : <p className={styles.leftover}>{left}</p>
}

interface FailureProps {
  readonly path: string
  readonly failure: MigrationFailure
  /** The model of the table that was missing. */
  readonly missing: Drift | null
  /** Who else makes it. */
  readonly elsewhere: string | null
}

function Failure({ path, failure, missing, elsewhere }: FailureProps) {
  const { problem, place, fault } = failure
  return (
    <div className={styles.failure}>
      <p>
        {problem.message} <small>{problem.code}</small>
        {place && (
          <small>
            {' '}
            {place.path}, line {place.line}
          </small>
        )}
      </p>
      {problem.detail !== undefined && <p>{problem.detail}</p>}
      {problem.hint !== undefined && <p>{problem.hint}</p>}
      {problem.sql !== undefined && <CodeBlock text={problem.sql} />}
      {faults[fault] !== '' && <p className={styles.hint}>{faults[fault]}</p>}
      {elsewhere !== null && <p className={styles.hint}>{elsewhere}</p>}
      <div className={styles.row}>
        <Button size="small" onClick={() => void decideAfterFailure('goOnAfter', path)}>
          Go on after it
        </Button>
        <Button size="small" onClick={() => void decideAfterFailure('without', path)}>
          Leave it out
        </Button>
        {missing && (
          <Button size="small" onClick={() => void startFromModel(missing)}>
            Make the table of {missing.model} first
          </Button>
        )}
      </div>
    </div>
  )
}
