import type { Field } from './facts.ts'
import type { ResourceKind } from './resources.ts'
import type { Verb } from './verbs.ts'

/** Actions of one service that commands need on one kind of resource. */
export interface Row {
  /** The prefix of the service in a policy. */
  service: string
  /** IAM's names, which are not always those of the operations. */
  actions: readonly string[]
  on: ResourceKind
  verbs: readonly Verb[]
  /** Only for a function with one of these fields in the file. */
  fields?: readonly Field[]
  /** Only for a function that lambdactl manages whole, or for one with `manages: code`. */
  manages?: 'function' | 'code'
}

export const releasing: readonly Verb[] = ['deploy', 'canary']
export const carrying: readonly Verb[] = ['canary resume', 'canary promote', 'canary abort']
export const logReading: readonly Verb[] = ['logs', 'logs requests', 'logs errors', 'canary report']
/** The commands that read from the last release on: --since deploy. */
export const sinceRelease: readonly Verb[] = [...logReading, 'logs query', 'metrics', 'cold-starts']
export const journalReading: readonly Verb[] = [
  ...releasing,
  'canary status',
  'canary wait',
  'canary resume',
  'canary approve',
  'canary promote',
  'rollback',
  'status',
  'history',
  'diff',
  'doctor',
  'invoke',
  'concurrency show',
  'concurrency stop',
  'concurrency start',
  'triggers pause',
  'triggers resume',
  'versions list',
  'versions show',
  'versions prune',
  ...sinceRelease,
]
export const journalWriting: readonly Verb[] = [
  ...releasing,
  ...carrying,
  'canary pause',
  'canary approve',
  'rollback',
]
export const settingsReading: readonly Verb[] = [...releasing, 'diff']
