import { partitionOf } from '../../function/values/partition.ts'
import type { Call, Caller } from '../protocol/service.ts'

/** The signer of a request: the owner of a temporary key, or the sandbox's own user. */
export function callerIn({ account, region, caller }: Call): Caller {
  return caller ?? { arn: `arn:${partitionOf(region)}:iam::${account}:user/sandbox`, userId: 'AIDASANDBOX' }
}
