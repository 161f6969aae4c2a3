import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import { linearSteps, parseSteps, type WrittenStep } from '../../release/plan/steps.ts'
import { formatDuration, parseDuration } from '../../release/values/duration.ts'
import { mask } from '../output/mask.ts'

/** A flag that takes a duration such as `90s`, `5m` or `1h30m`, and gives milliseconds; default: of at least 0. */
export const durationFlag = Flags.custom<number, { leastMs?: number }>({
  helpValue: 'DURATION',
  async parse(text, _, { leastMs = 0 }) {
    const ms = parseDuration(text)
    if (ms !== undefined && ms >= leastMs) return ms
    const least = leastMs > 0 ? ` of at least ${formatDuration(leastMs)}` : ''
    throw new LambdactlError(
      'USAGE',
      `Expected a duration such as 90s, 5m or 1h30m${least}, got ${JSON.stringify(text)}.`,
    )
  },
})

/** A flag that takes an age in days, such as `30d`, or a duration, and gives milliseconds. */
export const ageFlag = Flags.custom<number>({
  helpValue: 'AGE',
  async parse(text) {
    const days = /^\d{1,5}d$/.test(text) ? Number.parseInt(text, 10) * 24 * 3_600_000 : undefined
    const ms = days ?? parseDuration(text)
    if (ms !== undefined) return ms
    throw new LambdactlError(
      'USAGE',
      `Expected an age such as 30d, 12h or 1h30m, got ${JSON.stringify(text)}.`,
    )
  },
})

/** A flag that takes steps such as `10,50` or `5 for 2m, 50 for 1h approval`. */
export const stepsFlag = Flags.custom<WrittenStep[]>({
  helpValue: '10,50',
  parse: async (text) => parseSteps(text),
})

/** A flag that takes the percentage of a linear release, and gives its steps. */
export const linearFlag = Flags.custom<WrittenStep[]>({
  helpValue: '10',
  async parse(text) {
    const percent = Number(text)
    if (percent >= 1 && percent <= 50) return linearSteps(percent)
    throw new LambdactlError(
      'USAGE',
      `Expected a percentage from 1 to 50 for a linear release, got ${JSON.stringify(text)}.`,
      { next: ['For 20, 40, 60, 80 and 100%: --linear 20.'] },
    )
  },
})

/** A flag that needs a text that is not empty. */
export const sayingFlag = Flags.custom<string, { what: string }>({
  parse: async (text, _, { what }) => saying(text, what),
})

/**
 * The text itself.
 *
 * @param what was expected, as in `a reason for --breakglass`
 * @throws LambdactlError USAGE for a text of blanks alone
 */
export function saying(text: string, what: string): string {
  if (text.trim() !== '') return text
  throw new LambdactlError('USAGE', `Expected ${what}, got ${JSON.stringify(text)}.`)
}

/** A flag whose text goes on record, where everybody reads it: secrets are masked. */
export const recordedFlag = Flags.custom({
  helpValue: 'TEXT',
  parse: async (text) => mask(text),
})
