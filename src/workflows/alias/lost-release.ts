import { LambdactlError } from '../../errors/error.ts'
import { lostStanding } from '../../release/decision/lost-standing.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { ownerOf } from '../../release/values/owner.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import { commandFor, commandsFor, type Run, type Target } from '../run/run.ts'

/**
 * The conflict of a command about a release whose record something else replaced on the alias. It says where the alias
 * is, what lambdactl last proved, and which tool makes the function, if its tags tell.
 */
export async function lostRelease(
  run: Run,
  target: Target,
  { alias, record }: { alias: AliasState; record: ReleaseRecord },
): Promise<LambdactlError> {
  const { summary, next = [] } = lostStanding(alias, record, commandsFor(target))
  const latest = await run.aws.functions.get(target.lambdaName).catch(() => undefined)
  const owner = ownerOf(latest?.tags)
  const maker = owner === undefined ? '' : ` By its tags, ${target.lambdaName} is made by ${owner}.`
  return new LambdactlError('CONFLICT', `The release no longer controls the alias: ${summary}${maker}`, {
    release: record.id,
    next: [
      `See its state: ${commandFor(target, 'status')}`,
      ...next,
      `Begin another release: ${commandFor(target, 'canary')}`,
    ],
  })
}
