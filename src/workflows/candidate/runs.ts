import type { FunctionState } from '../../ports/functions.ts'
import type { CandidateCode } from './candidate-code.ts'

/** Whether a version has this very code. */
export function runs(state: FunctionState, { sha256, image }: CandidateCode): boolean {
  return state.codeSha256 === sha256 || (image !== undefined && state.image === image)
}
