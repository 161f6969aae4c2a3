import { LambdactlError } from '../../errors/error.ts'
import type { Mapping } from '../../function/attachments/callers.ts'
import { listTriggersOf } from '../../operation/triggers/listed.ts'
import type { PausedMapping as Named } from '../../operation/triggers/pause.ts'
import { type PlainGrant, type PointPlan, planPoint } from '../../operation/triggers/plan-point.ts'
import { targetPlace } from '../../operation/triggers/source-target.ts'
import { grantWords, mappingWords } from '../../operation/triggers/source-words.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { keepOperation } from '../history/keep-operation.ts'
import { requireOwnTriggers } from '../release-only/require-own.ts'
import { awsCommand, commandFor, type Run, type Target } from '../run/run.ts'
import { undoSteps, withUndo } from '../run/with-undo.ts'
import { awaitSettled, changeEach, notAll } from './change-mapping.ts'
import { requireThere } from './list.ts'
import { readCallers } from './read-callers.ts'
import { textsFor } from './ways.ts'

/** An event source mapping that was pointed at the alias. */
interface PointedMapping extends Named {
  /** Null for the function itself. */
  from: string | null
}

/** The result of pointing triggers at the alias. */
export interface PointResult {
  function: string
  lambdaName: string
  alias: string
  /** The mappings that were moved, or would be. */
  mappings: PointedMapping[]
  /** Mappings that were on the alias already. */
  there: Named[]
  /** The permissions that the alias got too, or would get; the old ones stay. */
  permissions: { statement: string; source: string; from: string | null }[]
  /** The parts that a person has to do, one sentence each. */
  next: string[]
  /** The commands that undo all of it, ready for a shell. */
  undo: string[]
  /** True if nothing was changed. */
  dryRun: boolean
}

export interface PointOptions {
  /** Ids of event source mappings, or all triggers past the alias. */
  wanted: 'all' | readonly string[]
  /** Changes nothing. */
  dryRun: boolean
}

/**
 * Moves event source mappings to the alias and waits until Lambda has done it. With all, it also lets the services that
 * may invoke the function invoke the alias, and says where each of them names its target.
 *
 * @throws LambdactlError NOT_FOUND without the function, the alias or a named mapping; USAGE for a function of another
 * tool; UPDATE_FAILED if some could not be moved
 */
export async function pointTriggers(run: Run, target: Target, options: PointOptions): Promise<PointResult> {
  const { lambdaName, alias } = target
  const latest = await requireThere(run, target)
  const callers = await readCallers(run, target, { allVersions: false })
  const past = listTriggersOf(callers, alias).filter(({ way }) => way === 'past')
  await requireOwnTriggers(run, target, textsFor(run, target, past, latest))
  if (!callers.aliases.includes(alias)) throw noAlias(target)
  const plan = planPoint(callers, alias, options.wanted)
  if (plan.unknown.length > 0) throw unknownMappings(target, plan.unknown)
  const gone = new Set(options.dryRun ? [] : (await carryOut(run, target, plan)).map(({ uuid }) => uuid))
  const moved = plan.move.filter(({ uuid }) => !gone.has(uuid))
  const urls = options.wanted === 'all' ? callers.urls : []
  const byHand = listTriggersOf({ mappings: [], grants: plan.byHand, urls }, alias)
  return {
    function: target.function,
    lambdaName,
    alias,
    mappings: moved.map((mapping) => ({ ...named(mapping), from: mapping.qualifier ?? null })),
    there: plan.there.map(named),
    permissions: plan.add.map((grant) => ({
      statement: grant.statement,
      source: grantWords(grant),
      from: grant.qualifier ?? null,
    })),
    next: [
      ...plan.move.filter(({ uuid }) => gone.has(uuid)).map(goneWords),
      ...plan.twins.map((twin) => twinWords(target, twin)),
      ...plan.add.map((grant) => targetWords(latest, alias, grant)),
      ...textsFor(
        run,
        target,
        byHand.filter(({ way }) => way === 'past'),
        latest,
      ),
    ],
    undo: undoCommands(target, { add: plan.add, move: moved }),
    dryRun: options.dryRun,
  }
}

/**
 * Makes the changes. The permissions come first: a source may have been given the alias as its target already.
 *
 * @returns the mappings that somebody has deleted meanwhile
 */
async function carryOut(run: Run, target: Target, { add, move }: PointPlan): Promise<Named[]> {
  await grantEach(run, target, add)
  const change = (uuid: string) => run.aws.triggers.point(target.lambdaName, uuid, target.alias)
  const changed = await changeEach(run, target, move.map(named), change)
  const [mappings, permissions] = [changed.made.length, add.length]
  if (mappings + permissions > 0) await keepOperation(run, target, { kind: 'pointed', mappings, permissions })
  await awaitSettled(run, target, changed.made)
  if (changed.failed.length === 0) return changed.gone
  const ids = new Set(changed.made.map(({ uuid }) => uuid))
  throw notAll('pointed at the alias', changed, [
    'Correct the problem that the message names, then run the command again: it does what is left.',
    ...undoSteps(undoCommands(target, { add, move: move.filter(({ uuid }) => ids.has(uuid)) })),
  ])
}

/** Adds permissions; the error of one undoes those before it. */
async function grantEach(run: Run, target: Target, add: readonly PlainGrant[]): Promise<void> {
  const made: PlainGrant[] = []
  try {
    for (const grant of add) {
      await run.aws.triggers.grant(target.lambdaName, target.alias, grant)
      made.push(grant)
    }
  } catch (error) {
    throw withUndo(error, undoCommands(target, { add: made, move: [] }))
  }
}

function goneWords(mapping: Mapping): string {
  return `${mappingWords(mapping)} (${mapping.uuid}) does not exist any more: somebody has deleted it`
}

function named(mapping: Mapping): Named {
  return { uuid: mapping.uuid, source: mappingWords(mapping) }
}

function undoCommands(target: Target, { move, add }: Pick<PointPlan, 'move' | 'add'>): string[] {
  const { lambdaName, alias } = target
  const back = move.map(({ uuid, qualifier }) =>
    awsCommand(target, 'lambda update-event-source-mapping', [
      '--uuid',
      uuid,
      '--function-name',
      qualifier === undefined ? lambdaName : `${lambdaName}:${qualifier}`,
    ]),
  )
  const away = add.map(({ statement }) =>
    awsCommand(target, 'lambda remove-permission', [
      '--function-name',
      lambdaName,
      '--qualifier',
      alias,
      '--statement-id',
      statement,
    ]),
  )
  return [...back, ...away]
}

/** The new permission lets the source in by the alias; only its owner can tell it to come that way. */
function targetWords({ arn }: FunctionState, alias: string, grant: PlainGrant): string {
  const { principal, statement, qualifier } = grant
  const of = qualifier === undefined ? 'the function' : `version ${qualifier}`
  return `For ${grantWords(grant)}: name ${arn}:${alias} ${targetPlace(principal)}, then remove statement ${statement} of ${of}`
}

/** Nobody is told to delete the only mapping that is on. */
function twinWords(target: Target, { mapping, other }: PointPlan['twins'][number]): string {
  const { alias } = target
  const remove = ({ uuid }: Mapping) =>
    awsCommand(target, 'lambda delete-event-source-mapping', ['--uuid', uuid])
  const source = mappingWords(mapping)
  if (other.state === 'Disabled' || other.state === 'Disabling')
    return `${source} has ${other.uuid} on ${alias} already, which is disabled, so ${mapping.uuid} stays: if nobody needs ${other.uuid}, ${remove(other)}, then run the command again`
  return `${source} invokes ${alias} by ${other.uuid} already, so ${mapping.uuid} stays: if it has no other purpose, ${remove(mapping)}`
}

function noAlias(target: Target): LambdactlError {
  const { lambdaName, alias } = target
  return new LambdactlError(
    'NOT_FOUND',
    `${lambdaName} has no alias ${alias} to which triggers could point.`,
    {
      next: [`To make it: ${commandFor(target, 'deploy')}`],
    },
  )
}

function unknownMappings(target: Target, ids: readonly string[]): LambdactlError {
  const what = `${target.lambdaName} has no event source mapping ${ids.join(', ')}; nothing was changed.`
  return new LambdactlError('NOT_FOUND', what, {
    next: [`To see them: ${commandFor(target, 'triggers list', '--json')}`],
  })
}
