import { statementsOf } from './policy/document.ts'
import type { MayAssume } from './policy/principal.ts'
import { isTrusted } from './policy/trust.ts'
import type { IamContext } from './records.ts'

/**
 * Tells who may assume a role. As long as nobody has made a role in the sandbox, every role may be assumed by everybody,
 * so that a first deploy needs no IAM. From the first role on, only roles that are there, and only by whom they trust.
 */
export function mayAssumeIn({ roles }: IamContext): MayAssume {
  return (arn, principal) => {
    if (roles.size === 0) return true
    const role = [...roles.values()].find((each) => each.arn === arn)
    return role !== undefined && isTrusted(statementsOf(role.trust), principal)
  }
}
