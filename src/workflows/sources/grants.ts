import type { GrantPlan } from '../../operation/triggers/wanted/plan-grants.ts'
import type { OwnGrant } from '../../operation/triggers/wanted/statements.ts'
import { settle } from '../run/settle.ts'
import type { TriggerContext } from './context.ts'

/** The permissions that lambdactl made for a trigger. */
export function ownOf({ grants }: TriggerContext, kind: string, trigger: string): OwnGrant[] {
  return grants.filter((grant) => grant.kind === kind && grant.trigger === trigger)
}

/** Adds the new permission, then removes the earlier ones, so that the source may always invoke the alias. */
export async function setGrant(context: TriggerContext, plan: GrantPlan): Promise<void> {
  await addGrant(context, plan)
  await revoke(context, plan.stale)
}

/** Adds the permission of a plan. Another process may do the same at once. */
export async function addGrant({ run, target }: TriggerContext, { add }: GrantPlan): Promise<void> {
  if (!add) return
  const { triggers } = run.aws
  const { lambdaName, alias } = target
  await settle<unknown>(
    () => triggers.grant(lambdaName, alias, add),
    async () =>
      (await triggers.grants(lambdaName, alias)).find(({ statement }) => statement === add.statement),
  )
}

export async function revoke({ run, target }: TriggerContext, stale: readonly OwnGrant[]): Promise<void> {
  for (const { statement } of stale) await run.aws.triggers.revoke(target.lambdaName, target.alias, statement)
}
