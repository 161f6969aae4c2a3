import type { Call, Caller } from '../protocol/service.ts'

/** The signer of a request: the owner of a temporary key, or the sandbox's own user. */
export function callerIn({ account, caller }: Call): Caller {
  return caller ?? { arn: `arn:aws:iam::${account}:user/sandbox`, userId: 'AIDASANDBOX' }
}
