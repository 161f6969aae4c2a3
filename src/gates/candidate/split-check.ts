import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import type { AliasState } from '../../release/values/observed.ts'

/** The settings that two versions on one alias must share, by Lambda's guide to weighted aliases; empty: none. */
interface Alike {
  readonly role: string
  readonly deadLetter?: string | undefined
}

/** The two versions of a release. */
export interface Pair {
  readonly stable: Alike
  readonly candidate: Alike
}

/**
 * The reason why Lambda would refuse the first step of a release; empty if it accepts the step, or there is no step.
 */
export function splitChecks(
  { steps }: Pick<Plan, 'steps'>,
  { name, version }: Pick<AliasState, 'name' | 'version'>,
  pair: Pair | undefined,
): Check[] {
  if (steps.length === 0 || !pair) return []
  if (version === '$LATEST') {
    return [refused(`${name} is on $LATEST, and Lambda splits traffic only between published versions`)]
  }
  const differing = (['role', 'deadLetter'] as const).filter(
    (field) => (pair.stable[field] ?? '') !== (pair.candidate[field] ?? ''),
  )
  return differing.map((field) => {
    const [from, to] = [pair.stable[field] || 'none', pair.candidate[field] || 'none']
    return refused(
      `Lambda splits traffic only between versions of the same ${field}: version ${version} has ${from}, the new one ${to}`,
    )
  })
}

/** Breakglass can't go past this check, since Lambda would still refuse. */
function refused(detail: string): Check {
  return { title: 'two versions', outcome: 'fail', detail }
}
