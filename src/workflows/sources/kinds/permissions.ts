import type { PermissionTrigger, TriggerPlace } from '../../../function/triggers/wanted.ts'
import { grantDifference, grantRemoval, planGrant } from '../../../operation/triggers/wanted/plan-grants.ts'
import type { WantedGrant } from '../../../operation/triggers/wanted/statements.ts'
import type { Findings, TriggerContext, TriggerWork } from '../context.ts'
import { ownOf, revoke, setGrant } from '../grants.ts'

/** Compares triggers that are a permission only. */
export async function comparePermissions(
  context: TriggerContext,
  triggers: readonly PermissionTrigger[],
): Promise<Findings> {
  const works: TriggerWork[] = []
  for (const trigger of triggers) {
    const wanted = grantOf(context.place, trigger)
    const plan = planGrant(trigger, wanted, ownOf(context, 'permission', trigger.name))
    const difference = grantDifference(trigger.name, wanted, plan)
    if (difference)
      works.push({ differences: [difference], removes: false, apply: () => setGrant(context, plan) })
  }
  const names = new Set(triggers.map(({ name }) => name))
  const gone = context.grants.filter(({ kind, trigger }) => kind === 'permission' && !names.has(trigger))
  for (const one of gone) {
    const apply = () => revoke(context, [one])
    works.push({ differences: [grantRemoval(one)], removes: true, apply })
  }
  return { works, problems: [] }
}

/** A service is let in for one account only, so that nobody else's resource can use it. */
function grantOf(
  place: TriggerPlace,
  { principal, sourceArn, sourceAccount }: PermissionTrigger,
): WantedGrant {
  const isService = principal.includes('.amazonaws.com')
  const ofArn = sourceArn?.split(':')[4]
  const account = sourceAccount ?? (isService ? ofArn || place.account : undefined)
  return {
    principal,
    ...(sourceArn !== undefined && { sourceArn }),
    ...(account !== undefined && { sourceAccount: account }),
  }
}
