import { LambdactlError } from '../../errors/error.ts'
import type { Place } from '../../ui/results/place.ts'
import { type ConsolePage, functionAddress } from '../../ui/text/console/console-address.ts'
import { commandFor, deployFirst, type Run, type Target } from '../../workflows/run/run.ts'

/**
 * The address of a function's page in AWS's console. Only what the address needs is read: the alias for the function's
 * page, and the log group for the logs.
 *
 * @throws LambdactlError USAGE for a place without a console, NOT_FOUND for logs of a function that is not there
 */
export async function pageAddress(
  run: Run,
  place: Partial<Place>,
  target: Target,
  page: ConsolePage,
): Promise<string> {
  const { lambdaName } = target
  const region = regionWithConsole(place, target, page)
  const alias = page === 'function' ? await run.aws.aliases.get(lambdaName, target.alias) : undefined
  const logGroup = page === 'logs' ? await logGroupOf(run, target) : undefined
  return functionAddress({ region, lambdaName, alias: alias?.name, logGroup }, page)
}

async function logGroupOf({ aws }: Run, target: Target): Promise<string> {
  const found = await aws.functions.get(target.lambdaName)
  if (found) return found.logGroup
  throw notDeployed(target)
}

/** The error for a function that is not in Lambda. */
export function notDeployed(target: Target): LambdactlError {
  return new LambdactlError('NOT_FOUND', `There is no function ${target.lambdaName} here.`, {
    next: [deployFirst(target)],
  })
}

/** The commands that show the same as a page; the function's own status for all others. */
const commandOfPage: Partial<Record<ConsolePage, string>> = {
  code: 'versions list',
  alarms: 'alarms list',
  metrics: 'metrics',
  versions: 'versions list',
  triggers: 'triggers list',
  concurrency: 'concurrency show',
  releases: 'history',
  traces: 'logs requests',
}

function regionWithConsole({ region, endpoint }: Partial<Place>, target: Target, page: ConsolePage): string {
  if (region !== undefined && endpoint === undefined) return region
  const where = endpoint === undefined ? 'a place without a Region' : endpoint
  throw new LambdactlError('USAGE', `There is no console of ${where}: only AWS itself has one.`, {
    next: [
      `See the same here: ${commandFor(target, commandOfPage[page] ?? 'status')}`,
      `Read its logs here: ${commandFor(target, 'logs')}`,
    ],
  })
}
