import { LambdactlError } from '../../errors/error.ts'

/** The commands that call AWS with the permissions of their caller, as a person types them. */
export const verbs = [
  'deploy',
  'canary',
  'canary status',
  'canary report',
  'canary wait',
  'canary resume',
  'canary pause',
  'canary approve',
  'canary promote',
  'canary abort',
  'rollback',
  'status',
  'metrics',
  'history',
  'diff',
  'doctor',
  'logs',
  'logs requests',
  'logs errors',
  'logs query',
  'invoke',
  'cost',
  'cold-starts',
  'concurrency show',
  'concurrency reserve',
  'concurrency provision',
  'concurrency autoscale',
  'concurrency recommend',
  'concurrency stop',
  'concurrency start',
  'alarms list',
  'alarms ensure',
  'alarms test',
  'versions list',
  'versions show',
  'versions diff',
  'versions prune',
  'triggers list',
  'triggers point',
  'triggers pause',
  'triggers resume',
  'list',
  'open',
  'destroy',
  'init',
] as const

export type Verb = (typeof verbs)[number]

/** Another name of a command: `logs tail` is what `logs` does. */
const sameAs: Readonly<Record<string, Verb>> = { 'logs tail': 'logs' }

/** The commands of a release: those that make it, carry it on, end it and look at it. A report reads the function's log too. */
export const releaseVerbs: readonly Verb[] = verbs.filter(
  (verb) =>
    (verb.startsWith('canary') && verb !== 'canary report') ||
    ['deploy', 'rollback', 'status', 'history', 'diff'].includes(verb),
)

/**
 * The commands that are meant by names. A word such as `canary` means all commands that begin with it.
 *
 * @throws LambdactlError USAGE for a name that is no command, or a command that needs no permission
 */
export function chosenVerbs(names: readonly string[]): readonly Verb[] {
  return [...new Set(names.flatMap(verbsBy))]
}

function verbsBy(name: string): readonly Verb[] {
  const same = sameAs[name]
  if (same) return [same]
  const found = verbs.filter((verb) => verb === name || verb.startsWith(`${name} `))
  if (found.length > 0) return found
  throw new LambdactlError('USAGE', `Expected commands that call AWS, got ${JSON.stringify(name)}.`, {
    next: [
      `The commands are ${verbs.join(', ')}.`,
      'Separate them by commas: --for deploy,"canary approve".',
    ],
  })
}
