import { LambdactlError } from '../../errors/error.ts'
import { type DestroyRefusal, destroyRefusal } from '../../operation/destroy/refusal.ts'
import { awsCommand, commandFor, type Run, type Target } from '../run/run.ts'
import { type Beside, findBeside, type ToDestroy } from './leftovers.ts'
import { type OwnTrigger, ownTriggers } from './triggers.ts'

/** A function with all that goes with it. */
interface FoundFunction extends ToDestroy {
  /** `missing`: there is no such function. */
  state: 'found' | 'missing'
  alias: string | undefined
  /** The number of its published versions. */
  versions: number
  /** The address of the alias's URL. */
  hasUrl: boolean
  /** Concurrent executions; undefined if nothing is reserved. */
  reserved: number | undefined
  /** The triggers that lambdactl made, if the file has `triggers`; they go before the function does. */
  ownTriggers: readonly OwnTrigger[]
  /** All other event source mappings; they stay, and invoke nothing any more. `takeAway` is the command, ready for a shell. */
  mappings: readonly { uuid: string; source: string; takeAway: string }[]
  /** The function's own log group; undefined if it is not there. */
  logGroup: string | undefined
}

/** A function with all that goes with it, and the things beside it. */
export type DestroyPlan = FoundFunction & Beside

/**
 * Finds out what goes with a function, and what stays. Changes nothing.
 *
 * @throws LambdactlError as `findFunction`
 */
export async function planDestroy(run: Run, asked: ToDestroy): Promise<DestroyPlan> {
  const found = await findFunction(run, asked)
  return { ...found, ...(await findBeside(run, asked)) }
}

/**
 * Finds out what goes with a function. Changes nothing.
 *
 * @throws LambdactlError USAGE for a function that lambdactl did not make, or shares; CONFLICT for one with a release in
 * flight
 */
export async function findFunction(run: Run, asked: ToDestroy): Promise<FoundFunction> {
  const { aws } = run
  const { target, service } = asked
  const { lambdaName } = target
  const [latest, logGroup] = await Promise.all([aws.functions.get(lambdaName), ownLogGroup(run, lambdaName)])
  if (!latest) return { ...nothing, ...asked, state: 'missing', logGroup }
  const [aliases, versions] = await Promise.all([
    aws.aliases.list(lambdaName),
    aws.functions.versions(lambdaName),
  ])
  const descriptions = versions.map(({ description }) => description)
  const refusal = destroyRefusal({ alias: target.alias, tags: latest.tags, aliases, service, descriptions })
  if (refusal) throw refused(target, refusal)
  const alias = aliases.find(({ name }) => name === target.alias)?.name
  const [url, triggers, own] = await Promise.all([
    alias === undefined ? undefined : aws.attachments.url(lambdaName, alias),
    aws.triggers.list(lambdaName, target.alias),
    alias === undefined || !asked.triggers ? [] : ownTriggers(run, target),
  ])
  const going = new Set(own.map(({ mapping }) => mapping))
  return {
    ...asked,
    state: 'found',
    alias,
    versions: versions.length,
    hasUrl: url !== undefined,
    reserved: latest.reserved,
    ownTriggers: own,
    mappings: triggers.flatMap(({ kind, uuid, description }) =>
      kind === 'mapping' && uuid !== undefined && !going.has(uuid)
        ? [{ uuid, source: description, takeAway: deleteMapping(target, uuid) }]
        : [],
    ),
    logGroup,
  }
}

const nothing = {
  alias: undefined,
  versions: 0,
  hasUrl: false,
  reserved: undefined,
  ownTriggers: [],
  mappings: [],
}

function deleteMapping(target: Target, uuid: string): string {
  return awsCommand(target, 'lambda delete-event-source-mapping', ['--uuid', uuid])
}

/** A group of another name may be shared, so it is no part of the function. */
async function ownLogGroup({ aws }: Run, lambdaName: string): Promise<string | undefined> {
  const group = `/aws/lambda/${lambdaName}`
  return (await aws.logGroups.retention(group)) === undefined ? undefined : group
}

function refused(target: Target, refusal: DestroyRefusal): LambdactlError {
  const { lambdaName } = target
  switch (refusal.kind) {
    case 'owned':
      return new LambdactlError('USAGE', `${lambdaName} belongs to ${refusal.owner}, by its tags.`, {
        next: [`Take it away there: lambdactl did not make it.`],
      })
    case 'foreign':
      return new LambdactlError(
        'USAGE',
        `Nothing shows that lambdactl made ${lambdaName}: it has no release record, and none of its versions is lambdactl's.`,
        {
          next: [
            `If it is yours: ${awsCommand(target, 'lambda delete-function', ['--function-name', lambdaName])}`,
          ],
        },
      )
    case 'other-service':
      return new LambdactlError(
        'USAGE',
        `${lambdaName} belongs to the service ${refusal.service}: lambdactl released its newest version from there.`,
        {
          next: [`Take it away with the lambdactl.yaml of ${refusal.service}, or correct name: in this one.`],
        },
      )
    case 'other-aliases':
      return new LambdactlError(
        'USAGE',
        `${lambdaName} has aliases of others, which would go with it: ${refusal.aliases.join(', ')}.`,
        {
          next: refusal.aliases.map((alias) => {
            const words = ['--function-name', lambdaName, '--name', alias]
            return `If nobody needs ${alias}: ${awsCommand(target, 'lambda delete-alias', words)}`
          }),
        },
      )
    default:
      return new LambdactlError('CONFLICT', `Release ${refusal.release} of ${lambdaName} is in flight.`, {
        next: [`End it first: ${commandFor(target, 'canary abort')}`],
      })
  }
}
