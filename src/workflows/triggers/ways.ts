import { triggerWays } from '../../gates/candidate/trigger-ways.ts'
import type { ListedTrigger } from '../../operation/triggers/listed.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Trigger } from '../../release/values/observed.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

interface Found {
  latest: FunctionState
  isAliasThere: boolean
}

/** The commands or texts that put triggers on the alias, one sentence each; none if all are on it. */
export function waysToAlias(
  run: Run,
  target: Target,
  triggers: readonly ListedTrigger[],
  { latest, isAliasThere }: Found,
): string[] {
  const past = triggers.filter(({ way, isAlsoOnAlias }) => way === 'past' && !isAlsoOnAlias)
  if (past.length === 0) return []
  if (!isAliasThere) return [`To make the alias ${target.alias} first: ${commandFor(target, 'deploy')}`]
  const command = commandFor(target, 'triggers point', '--all')
  const isPointed = past.some(({ kind }) => kind !== 'url')
  const own = target.codeOnly || !isPointed ? [] : [`To put them on ${target.alias}: ${command}`]
  const others = past.filter(({ kind }) => target.codeOnly !== undefined || kind !== 'mapping')
  return [...own, ...textsFor(run, target, others, latest)]
}

/** The text for the tool or the person that makes triggers, one sentence for each kind. */
export function textsFor(
  run: Run,
  target: Target,
  triggers: readonly ListedTrigger[],
  { tags }: Pick<FunctionState, 'tags'>,
): string[] {
  const { lambdaName, alias } = target
  const made = { configName: run.config.name, tags, awsCli: target.awsCli?.() }
  return triggerWays(triggers.map(asTrigger), lambdaName, alias, made)
}

function asTrigger({ kind, source, uuid, qualifier }: ListedTrigger): Trigger {
  return {
    description: source,
    kind: kind === 'permission' ? 'grant' : kind,
    ...(uuid !== undefined && { uuid }),
    qualifier: qualifier ?? undefined,
  }
}
