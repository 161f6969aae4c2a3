import type { FunctionState } from '../../ports/functions.ts'

/** The change of a function whose variables can't be read, if nothing else of it differs. */
export const unseenWords =
  'nothing that lambdactl can read differs, so it may be the environment variables, which it cannot read'

/** @param time ISO 8601 in Lambda's form: of $LATEST, or of a version that was published from it */
export function wasUpdatedSince({ lastModified }: FunctionState, time: string): boolean {
  return Date.parse(lastModified) > Date.parse(time)
}
