import { exportFormats } from '../core/export/formats.ts'
import { targetVersions } from '../core/migration/target-version.ts'
import { migrationFormats } from '../core/sequelize/flavours.ts'

/** What a person typed, checked. */
export interface Invocation {
  readonly command: CommandName
  readonly inputs: readonly string[]
  /** By name without dashes; a flag without a value is `true`. */
  readonly options: Readonly<Record<string, string | true>>
  /** Values of options that may be given several times. */
  readonly lists: Readonly<Record<string, readonly string[]>>
}

export type CommandName = keyof typeof usage

interface Usage {
  readonly line: string
  readonly summary: string
  readonly inputs: readonly string[]
  readonly options: Readonly<Record<string, OptionUsage>>
}

interface OptionUsage {
  /** Absent: a flag. */
  readonly value?: string
  readonly choices?: readonly string[]
  /** It may be given several times. */
  readonly repeats?: boolean
  readonly text: string
}

const output = (text: string): OptionUsage => ({ value: 'path', text })

/** How a migration is planned. */
const planOptions = {
  'zero-downtime': { text: 'plan phases between which old and new code both work' },
  target: {
    value: 'version',
    choices: targetVersions.map(String),
    text: 'the oldest PostgreSQL that it must run on (default 18)',
  },
  backfill: {
    value: 'column=expression',
    repeats: true,
    text: 'what rows get that lack a value, for example posts.slug=lower(title)',
  },
  simple: {
    value: 'object',
    repeats: true,
    text: 'change this object at once although it stops others: posts.slug, posts.posts_slug_key',
  },
} as const satisfies Readonly<Record<string, OptionUsage>>

/** How the migrations of a folder are run. */
const folderOptions = {
  base: { value: 'file', text: 'SQL that runs before the first migration' },
  'skip-failing': { text: 'go on after a file that fails, with what it left behind' },
  'time-limit': { value: 'seconds', text: 'for one file (default 40)' },
  env: { value: 'NAME=value', repeats: true, text: 'a variable of process.env, such as NODE_ENV=test' },
} as const satisfies Readonly<Record<string, OptionUsage>>

/** Every command with its inputs and options; help is printed from it. */
export const usage = {
  import: {
    line: 'relata import <file or postgres://…> [-o <file.relata.json>] [--report text|json]',
    summary: 'Runs a schema on PostgreSQL, or reads a database in use, and says what became of every object.',
    inputs: ['file'],
    options: {
      output: output('write the project there instead of to standard output'),
      report: { value: 'form', choices: ['text', 'json'], text: 'form of the report on standard error' },
    },
  },
  open: {
    line: 'relata open <folder> [--base <file.sql>] [--skip-failing] [--models] [--undo] [--format ddl|json|project] [-o <file>]',
    summary: 'Runs the migrations of a Sequelize project from nothing and prints the schema that they build.',
    inputs: ['folder'],
    options: {
      ...folderOptions,
      service: {
        value: 'name',
        repeats: true,
        text: 'only this service of the folder; several run in the order in which they are named',
      },
      undo: { text: 'undo all of it afterwards, and print what is left' },
      models: { text: 'compare the models with the schema too; exit code 1 where they differ' },
      format: {
        value: 'form',
        choices: ['ddl', 'json', 'project'],
        text: 'form of the schema (default ddl, its statements)',
      },
      output: output('write there instead of to standard output'),
    },
  },
  migrate: {
    line: 'relata migrate <folder> --to <schema> [--name <words>] [--into <service>] [--service <name>] [--base <file.sql>] [--models | --edit-models] [--seeds | --edit-seeds] [--dry-run | --check]',
    summary:
      'Writes the next migration of a Sequelize project, in the style of its others, so that they build the schema.',
    inputs: ['folder'],
    options: {
      to: {
        value: 'file or address',
        text: 'what the folder is to build: a project, SQL, a database (default its own .relata.json; with --seeds, what it builds)',
      },
      name: { value: 'words', text: 'what the migration does, for its file name' },
      'dry-run': { text: 'print the files instead of writing them' },
      models: { text: 'write its models too: new ones, and those that Relata wrote and nobody changed' },
      'edit-models': {
        text: 'the same, and edit your own model files where the place is sure; shows the changes',
      },
      seeds: {
        text: 'write its seeds too: made-up rows for new tables, and those that Relata wrote; where nothing is to migrate, for all tables that no seed fills',
      },
      'edit-seeds': {
        text: 'the same, and edit your own seed files where the place is sure; shows the changes',
      },
      check: { text: 'write nothing, and end with 1 where the folder builds another schema' },
      ...folderOptions,
      into: {
        value: 'service',
        text: 'which of several services gets it, by its name or its folder (default the last); those behind it then run with it in place',
      },
      service: {
        value: 'name',
        repeats: true,
        text: 'only this service of the folder; several run in the order in which they are named',
      },
      ...planOptions,
    },
  },
  ddl: {
    line: 'relata ddl <file> [-o <file.sql>]',
    summary: 'Prints the whole schema as statements in an order that runs.',
    inputs: ['file'],
    options: { output: output('write there instead of to standard output') },
  },
  diff: {
    line: 'relata diff <from> <to> [--zero-downtime] [--target 13…18] [--format <form>] [-o <folder>]',
    summary:
      'Plans the migration from one schema to another, and back; either may be a database: postgres://…',
    inputs: ['from', 'to'],
    options: {
      ...planOptions,
      format: {
        value: 'form',
        choices: ['sql', 'json', ...migrationFormats],
        text: 'form of the migration (default sql)',
      },
      output: output('write the files into this folder'),
      title: { value: 'words', text: 'what the migration does, for its file name' },
    },
  },
  lint: {
    line: 'relata lint <file> [--one-transaction] [--after-deploy] [--json]',
    summary: 'Says what a migration in SQL would do to a database in use, and what to do instead.',
    inputs: ['file'],
    options: {
      'one-transaction': { text: 'the file runs as one transaction' },
      'after-deploy': { text: 'code that does without what it drops is deployed already' },
      json: { text: 'print the result as JSON' },
    },
  },
  models: {
    line: 'relata models <file> [--style class|define|typescript] [-o <folder>]',
    summary: 'Writes the tables as Sequelize models with their associations.',
    inputs: ['file'],
    options: {
      style: {
        value: 'form',
        choices: ['class', 'define', 'typescript'],
        text: 'form of the models (default class, in JavaScript)',
      },
      output: output('write the files into this folder'),
    },
  },
  export: {
    line: `relata export <file or postgres://…> --format ${exportFormats.map(({ id }) => id).join('|')} [-o <file>]`,
    summary: 'Writes the schema in another format and says what that cannot hold.',
    inputs: ['file'],
    options: {
      format: {
        value: 'form',
        choices: exportFormats.map(({ id }) => id),
        text: 'what to write (default dbml)',
      },
      rows: { value: 'number', text: 'of inserts: rows made up per table (default 5)' },
      report: { value: 'form', choices: ['text', 'json'], text: 'form of the losses on standard error' },
      output: output('write there instead of to standard output'),
    },
  },
  prove: {
    line: 'relata prove <from> <to> [--zero-downtime] [--target 13…18] [--server <address>] [--rows <file.sql>] [--json]',
    summary: 'Runs the migration up, down and up again, as SQL and with Sequelize, and compares catalogues.',
    inputs: ['from', 'to'],
    options: {
      ...planOptions,
      server: {
        value: 'address',
        text: 'prove on throwaway databases of this server: postgres://user:password@host/database',
      },
      rows: { value: 'file', text: 'INSERT statements for the old schema instead of generated rows' },
      fill: { value: 'number', text: 'rows per table while locks are measured (default 3000)' },
      json: { text: 'print the result as JSON' },
    },
  },
} as const satisfies Readonly<Record<string, Usage>>

/** Wrong arguments: the message is for the person, `command` says whose help to show. */
export class UsageError extends Error {
  readonly command: CommandName | null

  constructor(message: string, command: CommandName | null = null) {
    super(message)
    this.command = command
  }
}

const aliases: Readonly<Record<string, string>> = { o: 'output', h: 'help' }

/** Reads the arguments after the program's name. Throws UsageError. */
export function parseArguments(args: readonly string[]): Invocation | { readonly help: CommandName | null } {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    return { help: isCommand(rest[0]) ? rest[0] : null }
  }
  if (!isCommand(name)) {
    throw new UsageError(`There is no command ${name}. Commands: ${Object.keys(usage).join(', ')}.`)
  }
  if (rest.includes('--help') || rest.includes('-h')) return { help: name }
  const command: Usage = usage[name]
  const inputs: string[] = []
  const options: Record<string, string | true> = {}
  const lists: Record<string, string[]> = {}
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? ''
    if (word === '-' || !word.startsWith('-')) {
      inputs.push(word)
      continue
    }
    const [dashed = '', inlineValue] = splitOnce(word, '=')
    const typed = dashed.replace(/^--?/, '')
    const option = aliases[typed] ?? typed
    const known = Object.hasOwn(command.options, option) ? command.options[option] : undefined
    if (!known) throw new UsageError(`relata ${name} has no option ${dashed}.`, name)
    if (!known.value) {
      if (inlineValue !== undefined) throw new UsageError(`${dashed} takes no value.`, name)
      options[option] = true
      continue
    }
    const value = inlineValue ?? rest[++index]
    if (value === undefined) throw new UsageError(`${dashed} needs a ${known.value}.`, name)
    if (known.choices && !known.choices.includes(value)) {
      throw new UsageError(`${dashed} is one of ${known.choices.join(', ')}, not ${value}.`, name)
    }
    if (known.repeats) lists[option] = [...(lists[option] ?? []), value]
    else options[option] = value
  }
  if (inputs.length !== command.inputs.length) {
    const wanted = command.inputs.map((input) => `<${input}>`).join(' and ')
    throw new UsageError(`relata ${name} takes ${wanted}; ${inputs.length} given.`, name)
  }
  return { command: name, inputs, options, lists }
}

/** The value of an option that takes one. */
export function textOption(invocation: Invocation, name: string): string | null {
  const value = invocation.options[name]
  return typeof value === 'string' ? value : null
}

/** The values of an option that may be given several times. */
export function listOption(invocation: Invocation, name: string): readonly string[] {
  return invocation.lists[name] ?? []
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(usage, name)
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}

/** Help for one command, or for the program. */
export function helpText(name: CommandName | null): string {
  if (name === null) {
    return [
      'relata: PostgreSQL schemas and migrations that have already run.',
      '',
      ...Object.values(usage).flatMap(({ line, summary }) => [`  ${line}`, `      ${summary}`]),
      '',
      'A schema is a .sql file, a .relata.json project, or - for an empty one.',
      'relata help <command> says more.',
      '',
      'Exit codes: 0 done (prove: proven) · 2 refused',
      '            1 refused in part (prove: not proven; open: a file failed, or with --models, models differ; migrate: not',
      '              proven, or with --check another schema)',
      '            64 wrong arguments · 66 a file cannot be read · 73 or written · 69 the server cannot be used',
      '            70 a bug in Relata',
      '',
    ].join('\n')
  }
  const { line, summary, options }: Usage = usage[name]
  const rows = Object.entries(options).map(([option, { value, choices, text }]) => {
    const flag = option === 'output' ? '-o, --output' : `--${option}`
    return `  ${`${flag}${value ? ` <${choices?.join('|') ?? value}>` : ''}`.padEnd(36)} ${text}`
  })
  return [line, '', summary, '', ...rows, ''].join('\n')
}
