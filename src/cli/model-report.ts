import type { Drift } from '../core/sequelize/models/drift.ts'
import type { ModelReading } from '../core/sequelize/models/model-facts.ts'
import { count } from './terminal.ts'

/** The models of a folder, and where they differ from the schema. */
export interface ComparedModels {
  readonly reading: ModelReading
  readonly drift: readonly Drift[]
}

/** Information alone does not fail a build: a model need not name every index. */
export function isWithoutDrift({ reading, drift }: ComparedModels): boolean {
  return reading.problems.length === 0 && drift.every(({ severity }) => severity === 'info')
}

/** What could not be read, and each difference with the place of its model. */
export function modelLines({ reading, drift }: ComparedModels): readonly string[] {
  const { models, problems } = reading
  return [
    ...problems.map(
      ({ problem, place }) => `  warning: ${place ? `${place.path}:${place.line}: ` : ''}${problem.message}`,
    ),
    ...drift.flatMap(({ severity, place, message, text, code }) => [
      `  ${severity}: ${place ? `${place.path}:${place.line}: ` : ''}${message} (${code})`,
      ...(text === null
        ? []
        : text
            .split('\n')
            .slice(0, 12)
            .map((line) => `    | ${line}`)),
    ]),
    `${count(models.length, 'model')} read, ${count(drift.length, 'difference')} from the schema.`,
  ]
}

/** For scripts: without the schema's own ids, which mean nothing outside. */
export function modelSummary({ reading, drift }: ComparedModels): object {
  return {
    models: reading.models.map(({ name, place, table }) => ({ name, place, table })),
    modelProblems: reading.problems,
    drift: drift.map(({ code, severity, model, place, message, text }) => ({
      code,
      severity,
      model,
      place,
      message,
      text,
    })),
  }
}
