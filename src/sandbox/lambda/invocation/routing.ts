import type { AliasRoutingConfiguration } from '@aws-sdk/client-lambda'
import { validation } from '../../protocol/service-error.ts'
import type { Alias } from '../records/records.ts'
import { invalidParameter, untypedInvalidParameter } from '../requests/errors.ts'

type Route = Pick<Alias, 'version' | 'additional'>

const versionKey = /^[0-9]+$/

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
  for (const [version, weight] of Object.entries(weights)) checkWeight(version, weight, weights)
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

function checkWeight(version: string, weight: number, weights: Record<string, number>): void {
  const field = 'routingConfig.additionalVersionWeights'
  if (!versionKey.test(version) || version.length > 1024) {
    throw validation(
      shown(weights),
      field,
      'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]',
    )
  }
  if (!(weight >= 0 && weight <= 1)) {
    throw validation(
      shown(weights),
      field,
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
    )
  }
}

/** A map in Lambda's notation: `{2=2.0}`. */
function shown(weights: Record<string, number>): string {
  const entries = Object.entries(weights).map(
    ([version, weight]) => `${version}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}`,
  )
  return `'{${entries.join(', ')}}'`
}
