import type { Line } from '../../logs/model/line.ts'

/** Lambda's own lines are not shown, except those that tell how it ended a request: a request's end tells the others. */
export function isShown({ platform }: Line): boolean {
  return platform === undefined || platform.kind === 'fault'
}
