import type { FunctionState } from '../../ports/functions.ts'
import type { CandidateCode } from '../code/candidate-code.ts'

/** Tells whether a version has this code. */
export function runs(state: FunctionState, { sha256, image }: CandidateCode): boolean {
  return state.codeSha256 === sha256 || (image !== undefined && state.image === image)
}
