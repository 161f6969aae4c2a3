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
