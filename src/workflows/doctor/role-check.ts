import { isCode } from '../../errors/error.ts'
import { roleDiagnosis, unreadRole } from '../../gates/doctor/checks/role.ts'
import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import type { Examined } from './examined.ts'
import { waysOf } from './ways.ts'

/** Checks the policies of the function's role; those of a role of several functions are read once. */
export async function roleCheck(examined: Examined): Promise<Diagnosis> {
  const { role } = examined.latest.settings
  try {
    return roleDiagnosis({ role, policies: await examined.policiesOf(role) }, waysOf(examined))
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED'))
      return unreadRole(
        `it needs iam:ListRolePolicies, GetRolePolicy, ListAttachedRolePolicies, GetPolicy and GetPolicyVersion for ${role}`,
      )
    if (isCode(error, 'NOT_FOUND')) return unreadRole(`IAM has no role ${role}`)
    throw error
  }
}
