import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import type { FoundFunction } from '../../iac/found-function.ts'
import { type ConnectFlags, choosePlace } from '../place/choose-place.ts'
import type { AskedFunctions } from './asked-functions.ts'

const mostNames = 8

/**
 * The Region that outputs and the ARNs of stacks name. Like the Region of a file, it wins over that of the shell.
 *
 * @returns undefined if they name none
 * @throws LambdactlError USAGE if they name several: an environment has one
 */
export function namedRegion({ outputs, wanted: { stacks } }: AskedFunctions): string | undefined {
  const named = [
    ...outputs.map((each) => ({ region: regionOf(each, stacks), by: each.file })),
    ...stacks.map((stack) => ({ region: regionOfArn(stack), by: stack })),
  ]
  const regions = [...new Set(named.flatMap(({ region }) => region ?? []))].toSorted()
  if (regions.length < 2) return regions[0]
  const files = [...new Set(named.filter(({ region }) => region !== undefined).map(({ by }) => by))]
  throw new LambdactlError(
    'USAGE',
    `Expected functions of one Region, and ${firstNames(files, mostNames)} has some for each of ${regions.join(', ')}.`,
    { next: [`Choose one: ${regions.map((region) => `--region ${region}`).join(', or ')}.`] },
  )
}

/**
 * The Region that a function's output names for it.
 *
 * @param stacks those that a person named: they win over the default one of a project, with its Region
 */
export function regionOf(
  { region, isDefaultStack }: FoundFunction,
  stacks: readonly string[],
): string | undefined {
  return isDefaultStack && stacks.length > 0 ? undefined : region
}

/** Tells whether a flag, a variable of lambdactl or the file says the Region. */
export function isRegionSaid(environment: Parameters<typeof choosePlace>[0], flags: ConnectFlags): boolean {
  const { region } = choosePlace(environment, flags, process.env)
  return region !== undefined && !region.by.startsWith('AWS_')
}

function regionOfArn(stack: string): string | undefined {
  return /^arn:[^:]+:cloudformation:([^:]+):/.exec(stack)?.[1]
}
