import chalk from 'chalk'
import { counted } from '../../../gates/comparison/words.ts'
import type { RequestList } from '../../../workflows/logs/requests/list-requests.ts'
import { tellTimes } from '../../text/time.ts'

/** How many requests Lambda throttled, and when; no line without any. */
export function throttleLines(throttles: RequestList['throttles'] = [], since: number): string[] {
  const [first] = throttles
  const last = throttles.at(-1)
  if (!first || !last) return []
  const tellTime = tellTimes(since)
  const number = throttles.reduce((sum, { count }) => sum + count, 0)
  const when =
    first === last
      ? `at ${tellTime(first.time)}`
      : `first ${tellTime(first.time)}, last ${tellTime(last.time)}`
  const what = chalk.yellow(`${counted(number, 'request')} throttled`)
  return [`  ${what}, by Lambda's metric, of all versions: they have no lines; ${when}`]
}
