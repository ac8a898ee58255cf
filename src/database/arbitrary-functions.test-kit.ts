import type { FunctionObject } from '../core/kinds/function/function.kind.ts'
import type { SchemaSpec } from './arbitrary-spec.test-kit.ts'

/** A function in SQL, and one for triggers. `free` makes a name unique. */
export function buildFunctions(
  spec: NonNullable<SchemaSpec['func']>,
  free: (name: string) => string,
): readonly FunctionObject[] {
  const made: FunctionObject = {
    id: 'function',
    kind: 'function',
    parent: 'public',
    comment: null,
    name: free(spec.name),
    procedure: false,
    arguments: spec.extra ? 'x integer, y integer DEFAULT 2' : 'x integer',
    identityArguments: null,
    returns: 'integer',
    language: 'sql',
    body: 'SELECT x + 1',
    standardBody: false,
    volatility: spec.volatility,
    strict: spec.extra,
    securityDefiner: false,
    leakproof: false,
    parallel: 'safe',
    cost: null,
    rows: null,
    settings: [],
  }
  const forTrigger: FunctionObject = {
    ...made,
    id: 'trigger function',
    name: free(`${spec.name.slice(0, 50)}_trigger`),
    arguments: '',
    returns: 'trigger',
    language: 'plpgsql',
    body: '\nBEGIN\n  RETURN NEW;\nEND;\n',
    strict: false,
    volatility: 'volatile',
  }
  return [made, forTrigger]
}
