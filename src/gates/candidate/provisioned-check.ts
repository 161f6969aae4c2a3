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
    `${alias} hands its own ${amount} over to version ${stable}, since Lambda refuses weights beside them and a version's own while an alias has them: until they are ready there, usually two to four minutes, version ${stable} runs on demand`,
  pending: (stable: string, amount: number) =>
    `the ${amount} of version ${stable}, which Lambda is preparing, are waited for`,
  'cut-off': (stable: string, amount: number, alias: string) =>
    `version ${stable} gets ${amount} too, since it and ${alias} have none and a newer version has: a release that was cut off left it so`,
}

function environments(amount: number): string {
  return `${amount} provisioned environment${amount === 1 ? '' : 's'}`
}
