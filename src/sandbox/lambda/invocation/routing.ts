import type { AliasRoutingConfiguration } from '@aws-sdk/client-lambda'
import type { Alias } from '../records/records.ts'
import { invalidParameter, untypedInvalidParameter } from '../requests/errors.ts'

type Route = Pick<Alias, 'version' | 'additional'>

/** The version for one invocation of an alias. `draw` is uniform in [0, 1). */
export function pickVersion({ version, additional }: Route, draw: number): string {
  return additional && draw < additional.weight ? additional.version : version
}

/**
 * Reads a request's routing configuration; an empty map means no additional version.
 *
 * @throws ServiceError 400
 */
export function readRouting(routing: AliasRoutingConfiguration): Alias['additional'] {
  const weights = routing.AdditionalVersionWeights ?? {}
  const [first, second] = Object.entries(weights)
  if (second) throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1')
  return first && { version: first[0], weight: first[1] }
}

/** Checks that two versions may share an alias. @throws ServiceError 400 */
export function checkRoute({ version, additional }: Route): void {
  if (!additional) return
  if (version === '$LATEST') {
    throw untypedInvalidParameter('$LATEST is not supported for an alias pointing to more than 1 version')
  }
  if (version === additional.version) {
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    )
  }
}
