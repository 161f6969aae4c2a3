import { LambdactlError } from '../../errors/error.ts'
import { type ListedTrigger, listTriggersOf } from '../../operation/triggers/listed.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import {
  compareFileTriggers,
  type FileTriggers,
  type ReadTriggers,
  waysToFile,
} from '../sources/file-triggers.ts'
import { readCallers } from './read-callers.ts'
import { withFigures } from './read-figures.ts'
import { waysToAlias } from './ways.ts'

/** All that invokes a function. */
export interface TriggerList {
  function: string
  lambdaName: string
  alias: string
  /** False if the alias does not exist yet: then all triggers go past it. */
  isAliasThere: boolean
  /** Those past the alias first. */
  triggers: ListedTrigger[]
  /** The triggers of the file, as far as they differ; absent if the file has none for the function. */
  file?: FileTriggers
  /** The reason why no queue depths and iterator ages were read. */
  figuresUnknown?: string
  /** The number of versions whose policies were not read, and the command that reads all; absent: all were read. */
  more?: { count: number; see: string }
  /** The commands or texts that put triggers on the alias, one sentence each. */
  next: string[]
}

export interface ListOptions {
  /** Reads the policies of all versions, 15 a second. */
  allVersions: boolean
  /** The triggers of the file. */
  triggers?: ReadTriggers
}

/**
 * Lists everything that invokes a function, for each qualifier: event source mappings, permissions and URLs.
 *
 * @throws LambdactlError NOT_FOUND if there is no such function
 */
export async function listTriggers(run: Run, target: Target, options: ListOptions): Promise<TriggerList> {
  const { lambdaName, alias } = target
  const latest = await requireThere(run, target)
  const { aliases, unread, ...callers } = await readCallers(run, target, options)
  const isAliasThere = aliases.includes(alias)
  const place = { lambdaName, arn: latest.arn }
  const [{ triggers, unknown }, file] = await Promise.all([
    withFigures(run, place, listTriggersOf(callers, alias)),
    compareFileTriggers(run, target, options.triggers, isAliasThere),
  ])
  const see = commandFor(target, 'triggers list', '--all-versions')
  return {
    function: target.function,
    lambdaName,
    alias,
    isAliasThere,
    triggers,
    ...(file && { file }),
    ...(unknown !== undefined && { figuresUnknown: unknown }),
    ...(unread > 0 && { more: { count: unread, see } }),
    next: [...waysToAlias(run, target, triggers, { latest, isAliasThere }), ...waysToFile(target, file)],
  }
}

/** @throws LambdactlError NOT_FOUND if there is no such function */
export async function requireThere({ aws }: Run, target: Target): Promise<FunctionState> {
  const latest = await aws.functions.get(target.lambdaName)
  if (latest) return latest
  throw new LambdactlError('NOT_FOUND', `${target.lambdaName} is not in this account and Region.`, {
    next: [`To make it: ${commandFor(target, 'deploy')}`, 'Or check the name, the Region and the account.'],
  })
}
