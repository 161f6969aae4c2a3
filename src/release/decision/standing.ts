import { sentence } from '../../errors/sentence.ts'
import { hasInjectedWeight } from '../values/injected-weight.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { type Phase, type ReleaseRecord, waitsForPerson } from '../values/record.ts'

/**
 * The state of an alias: the phase of its release record, `unrecorded` if it has no record, or `moved` if the alias is
 * not where its record says.
 */
export interface Standing {
  phase: Phase | 'unrecorded' | 'moved'
  /** One sentence for a person. */
  summary: string
  /** The next steps, one sentence each; absent if nothing needs doing. */
  next?: readonly string[]
}

/** Commands to copy, for the advice. */
export interface Commands {
  approve: string
  deploy: string
  errors: string
  resume: string
  rollback: string
}

/**
 * Explains the state from the alias and its record alone, so that a release whose process died is explained too.
 *
 * @param commands that are advised
 */
export function standing(alias: AliasState, record: ReleaseRecord | undefined, commands: Commands): Standing {
  const found = explained(alias, record, commands)
  const { summary, next = [] } = found
  if (![summary, ...next].join(' ').includes(latest)) return found
  const plain = (text: string) => text.replaceAll(`version ${latest}`, latest)
  const onVersion = `put ${alias.name} on a version: ${commands.deploy}`
  const ways = [
    ...next.map(plain),
    ...(alias.version === latest ? [`${next.length === 0 ? 'To' : 'Or to'} ${onVersion}`] : []),
  ]
  return { ...found, summary: plain(summary), ...(ways.length > 0 && { next: ways }) }
}

/** $LATEST is no version: it changes under an alias, and nobody can go back to its earlier content. */
const latest = '$LATEST'

function explained(
  alias: AliasState,
  record: ReleaseRecord | undefined,
  { approve, errors, resume, rollback }: Commands,
): Standing {
  if (hasInjectedWeight(alias)) return injected(alias, record, rollback)
  if (!record) return unrecorded(alias, rollback)
  if (movedSince(alias, record)) return moved(alias, record, rollback)
  if (record.strategy === 'rollback') return putByHand(alias, record, { rollback, errors })
  const because = record.reason ? `: ${record.reason}` : ''
  const since = new Date(record.since).toISOString()
  const putBack = `Or put version ${record.held[0] ?? alias.version} back: ${rollback}`
  switch (record.phase) {
    case 'done':
      return {
        phase: 'done',
        summary: `${record.strategy} ${record.id} put version ${alias.version} at 100%, ${sentence(`${since}${because}`)}`,
      }
    case 'rolled-back':
      return {
        phase: 'rolled-back',
        summary: `${record.strategy} ${record.id} of version ${record.candidate} was rolled back to version ${alias.version}, ${sentence(`${since}${because}`)}`,
        next: [
          `See the candidate's failures: ${errors} --version ${record.candidate} --since ${hourBefore(record.since)}`,
        ],
      }
    case 'shifting':
    case 'awaiting-approval':
    case 'approved':
    case 'baking':
    case 'paused':
      return {
        phase: record.phase,
        summary: `${record.strategy} ${record.id} of version ${record.candidate} is ${record.phase.replace('-', ' ')} ${placeOf(alias, record)}, since ${sentence(`${since}${because}`)}`,
        next: waitsForPerson(record)
          ? [`Let it go on: ${approve}`, putBack]
          : [`If no process carries it on, do so: ${resume}`, putBack],
      }
  }
}

/** `2026-11-27T02:40Z`: when the failures that ended a release began, at the latest. */
function hourBefore(time: number): string {
  return `${new Date(time - 3_600_000).toISOString().slice(0, 16)}Z`
}

/** A rollback has no steps, and no process carries on a weight that it restored. */
function putByHand(
  alias: AliasState,
  record: ReleaseRecord,
  { rollback, errors }: Pick<Commands, 'rollback' | 'errors'>,
): Standing {
  const { id, candidate, phase } = record
  const { version } = alias
  const when = `${new Date(record.since).toISOString()}${record.reason ? `: ${record.reason}` : ''}`
  if (phase === 'rolled-back') {
    const summary = `rollback ${id} took ${alias.name} from version ${candidate} back to version ${version}, ${sentence(when)}`
    if (candidate === latest) return { phase, summary }
    const failures = `${errors} --version ${candidate} --since ${hourBefore(record.since)}`
    return { phase, summary, next: [`See the failures of version ${candidate}: ${failures}`] }
  }
  if (!waitsForPerson(record))
    return { phase, summary: `rollback ${id} put version ${version} at 100%, ${sentence(when)}` }
  return {
    phase,
    summary: `rollback ${id} put ${alias.name} on version ${version}${share(alias)}, which no gate watches and no process carries on, ${sentence(when)}`,
    next: [
      `To remove the weight: ${rollback}`,
      `Or to give version ${candidate} all traffic: ${rollback} --to ${candidate}`,
    ],
  }
}

function moved(alias: AliasState, { id, strategy, phase, held }: ReleaseRecord, rollback: string): Standing {
  const where = `on version ${alias.version}${share(alias)}`
  const left = `release ${id} (${strategy}, ${phase})`
  return {
    phase: 'moved',
    summary: `${alias.name} is ${where}, which is not where ${left} put it: something else moved it.`,
    ...(held[0] === undefined ? {} : { next: [`To put version ${held[0]} back: ${rollback}`] }),
  }
}

/** This weight is Lambda's own and belongs to no release. */
function injected(alias: AliasState, record: ReleaseRecord | undefined, rollback: string): Standing {
  const { name, version, weight } = alias
  return {
    phase: record ? 'moved' : 'unrecorded',
    summary: `${name} is on version ${version}, but a weight of 100% sends all its traffic to version ${weight?.version}. Lambda sets this weight while it prepares ${name}'s provisioned concurrency on version ${version}, and leaves it there if that fails.`,
    next: [
      `The next release waits for Lambda, or clears the weight. To put all traffic on version ${weight?.version} now: ${rollback} --to ${weight?.version}`,
    ],
  }
}

function unrecorded(alias: AliasState, rollback: string): Standing {
  const summary = `${alias.name} is on version ${alias.version}${share(alias)}; no release of lambdactl is on record.`
  if (!alias.weight) return { phase: 'unrecorded', summary }
  return {
    phase: 'unrecorded',
    summary,
    next: [`To clear the weight and leave version ${alias.version}: ${rollback}`],
  }
}

/** No step runs once the candidate has 100%. */
function placeOf(alias: AliasState, { step, steps }: ReleaseRecord): string {
  return alias.weight ? `at step ${step} of ${steps}${share(alias)}` : 'at 100%'
}

function share({ weight }: AliasState): string {
  return weight ? `, with ${weight.percent}% on version ${weight.version}` : ''
}
