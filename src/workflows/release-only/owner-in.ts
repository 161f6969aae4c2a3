import type { FunctionState } from '../../ports/functions.ts'
import { ownerOf } from '../../release/values/owner.ts'
import type { Target } from '../run/run.ts'

/** Names the infrastructure tool that makes a function, by its tags or, without these, by lambdactl.yaml. */
export function ownerIn({ codeOnly }: Target, latest: FunctionState | undefined): { owner?: string } {
  const owner = ownerOf(latest?.tags) ?? (codeOnly && 'another tool')
  return owner === undefined ? {} : { owner }
}
