export type Strategy = 'all-at-once' | 'canary' | 'linear' | 'rollback'

/**
 * `done` and `rolled-back` releases have ended, all others are in progress: `shifting` through a step,
 * `awaiting-approval` after one, `approved` after that, `baking` at 100%, or `paused` at any place.
 */
export type Phase =
  | 'shifting'
  | 'awaiting-approval'
  | 'approved'
  | 'baking'
  | 'paused'
  | 'done'
  | 'rolled-back'

/** The release record in the alias's Description; with it any machine can explain or end a release. */
export interface ReleaseRecord {
  id: string
  strategy: Strategy
  phase: Phase
  /** The present step, from 1; 0 before the first and for releases without steps. */
  step: number
  /** The number of steps that the plan has. */
  steps: number
  candidate: string
  /** The versions that held 100%, the last one first: the way back. The candidate is added when the release is done. */
  held: readonly string[]
  /** The start of the phase or step, milliseconds since the epoch. */
  since: number
  reason?: string
}

/** Lambda's limit for the Description of an alias, in characters. */
const longest = 256
/** The number of versions in `held`, so that the record always fits. */
const deepest = 5

const phases: readonly string[] = [
  'shifting',
  'awaiting-approval',
  'approved',
  'baking',
  'paused',
  'done',
  'rolled-back',
] satisfies Phase[]
const strategies: readonly string[] = ['all-at-once', 'canary', 'linear', 'rollback'] satisfies Strategy[]

/** True while a process may be working on the release. */
export function inProgress(record: ReleaseRecord | undefined): boolean {
  return record !== undefined && record.phase !== 'done' && record.phase !== 'rolled-back'
}

/** True for a release that only a person moves on. */
export function waitsForPerson({ phase }: ReleaseRecord): boolean {
  return phase === 'paused' || phase === 'awaiting-approval'
}

/**
 * Tells whether a record says that a release was rolled back: by itself or a person, or by a rollback of its candidate.
 */
export function wasRolledBack(
  { id, candidate }: Pick<ReleaseRecord, 'id' | 'candidate'>,
  record: ReleaseRecord,
): boolean {
  if (record.phase !== 'rolled-back') return false
  return record.id === id || (record.strategy === 'rollback' && record.candidate === candidate)
}

/** The way back after a version holds 100%: that version first, then the older ones. */
export function heldAfter(version: string, held: readonly string[]): string[] {
  const below = held.includes(version) ? held.slice(held.indexOf(version) + 1) : held
  return [version, ...below].slice(0, deepest)
}

/**
 * The record as a Description of at most 256 characters; a longer reason is cut. For example `lambdactl canary k3f9q2 |
 * shifting 1/2 | candidate 4 | held 3 2 | since 2026-11-21T10:00:00.000Z | reason`.
 */
export function formatRecord(record: ReleaseRecord): string {
  const facts = [
    `lambdactl ${record.strategy} ${record.id}`,
    `${record.phase} ${record.step}/${record.steps}`,
    `candidate ${record.candidate}`,
    `held ${record.held.slice(0, deepest).join(' ') || 'none'}`,
    `since ${new Date(record.since).toISOString()}`,
  ].join(' | ')
  if (!record.reason) return facts
  const reason = printable(record.reason)
  const room = longest - facts.length - 3
  return `${facts} | ${reason.length > room ? `${cut(reason, room - 1)}…` : reason}`
}

const shape =
  /^lambdactl (?<strategy>[a-z-]+) (?<id>[a-z0-9]+) \| (?<phase>[a-z-]+) (?<step>\d+)\/(?<steps>\d+) \| candidate (?<candidate>\d+|\$LATEST) \| held (?<held>none|(?:\d+|\$LATEST)(?: (?:\d+|\$LATEST))*) \| since (?<since>[\d-]{10}T[\d:.]{12}Z)(?: \| (?<reason>.*))?$/

/** Reads a Description; undefined when it is not a release record. */
export function parseRecord(description: string): ReleaseRecord | undefined {
  const fields = shape.exec(description)?.groups
  if (!fields) return undefined
  const since = Date.parse(fields['since'] ?? '')
  if (Number.isNaN(since) || !isStrategy(fields['strategy']) || !isPhase(fields['phase'])) return undefined
  // Only a rollback or its undo can have `$LATEST` here.
  const isUnpublished = [fields['candidate'], ...(fields['held'] ?? '').split(' ')].includes('$LATEST')
  if (isUnpublished && fields['strategy'] !== 'rollback') return undefined
  return {
    id: fields['id'] ?? '',
    strategy: fields['strategy'],
    phase: fields['phase'],
    step: Number(fields['step']),
    steps: Number(fields['steps']),
    candidate: fields['candidate'] ?? '',
    held: fields['held'] === 'none' ? [] : (fields['held'] ?? '').split(' '),
    since,
    ...(fields['reason'] ? { reason: fields['reason'] } : {}),
  }
}

/** Tells whether a text is a phase of this version of lambdactl. */
export function isPhase(text: string | undefined): text is Phase {
  return phases.includes(text ?? '')
}

function isStrategy(text: string | undefined): text is Strategy {
  return strategies.includes(text ?? '')
}

/** One line without control characters, so that the pattern can read it back. */
function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
}

/** The first `length` UTF-16 units, without half of a character: AWS would return another text. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}
