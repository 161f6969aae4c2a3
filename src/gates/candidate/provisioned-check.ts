import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'

/** Announces how a release treats provisioned concurrency; empty for a function that has none. */
export function provisionedChecks({ provisioned, stable = '' }: Plan, alias: string): Check[] {
  if (!provisioned) return []
  const title = 'provisioned concurrency'
  const warmed = `the new version gets ${environments(provisioned.amount)} before any traffic`
  if (!provisioned.stable) return [{ title, outcome: 'pass', detail: warmed }]
  const { amount, why } = provisioned.stable
  return [{ title, outcome: 'warn', detail: `${warmed}; then ${onStable[why](stable, amount, alias)}` }]
}

const onStable = {
  alias: (stable: string, amount: number, alias: string) =>
    `${alias} hands its ${amount} over to version ${stable}, since Lambda refuses weights on an alias with provisioned concurrency; the alias has to give it up first, so version ${stable} runs on demand until it is ready there, usually for two to four minutes`,
  pending: (stable: string, amount: number) =>
    `the release waits until Lambda has prepared the ${amount} of version ${stable}`,
  'cut-off': (stable: string, amount: number, alias: string) =>
    `version ${stable} gets ${amount} too: an interrupted release left them on a newer version, and version ${stable} and ${alias} have none`,
}

function environments(amount: number): string {
  return `${amount} provisioned environment${amount === 1 ? '' : 's'}`
}

/** The provisioned concurrency of a function whose settings another tool sets. */
export interface OthersConcurrency {
  alias: string
  /** The function's name in lambdactl.yaml. */
  function: string
  /** The version that the alias serves. */
  version: string
  /** The other tool, as in `Terraform`. */
  owner: string
  /** Environments of the alias itself, and of its version; undefined for none. */
  ofAlias: number | undefined
  ofVersion: number | undefined
}

/**
 * Checks provisioned concurrency that another tool sets, and that a release leaves alone. On the alias it refuses a
 * release: Lambda allows no weights beside it, and keeps all traffic in its old place until it has moved.
 */
export function othersProvisionedChecks(others: OthersConcurrency): Check[] {
  const { alias, function: name, version, owner, ofAlias, ofVersion } = others
  const title = 'provisioned concurrency'
  if (ofAlias !== undefined) {
    const detail = `${alias} itself has ${environments(ofAlias)}, set by ${owner}. Lambda then refuses weights, and lambdactl leaves these environments alone`
    const next = [
      `Remove them from the alias in ${owner}, and write functions.${name}.provisionedConcurrency: ${ofAlias} into lambdactl's file: each new version gets its environments before its traffic.`,
    ]
    return [{ title, outcome: 'fail', detail, next }]
  }
  if (ofVersion === undefined) return []
  const detail = `version ${version} has ${environments(ofVersion)}, set by ${owner}; lambdactl gives the new version none, so it starts on demand until ${owner} provides for it`
  return [{ title, outcome: 'warn', detail }]
}

/** An alias that Application Auto Scaling scales, in a release that gives each version a fixed number. */
interface ReleasedWhileScaled {
  alias: string
  min: number
  max: number
  /** The environments that the new version gets. */
  amount: number
  /** The command that has the alias scaled again. */
  again: string
}

/** Announces that nothing scales the environments from the release on: Lambda allows an alias none beside a version's. */
export function scaledCheck({ alias, min, max, amount, again }: ReleasedWhileScaled): Check {
  const detail = `Application Auto Scaling keeps ${min} to ${max} environments on ${alias}; from this release on they belong to versions, the new one has a fixed ${amount}, and nothing scales them. After the release, to have ${alias} scaled again: ${again}`
  return { title: 'autoscaling', outcome: 'warn', detail }
}
