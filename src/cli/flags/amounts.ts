import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'

const sizes: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, B: 1e9 }

/** A flag that takes a count such as `3M`, `2.5k` or `1200`. */
export const countFlag = Flags.custom<number>({
  helpValue: 'N',
  async parse(text) {
    const [, digits, size = ''] = /^(\d+(?:\.\d+)?)([kMB]?)$/.exec(text) ?? []
    const count = Number(digits) * (sizes[size] ?? 1)
    if (digits !== undefined && Number.isSafeInteger(Math.round(count))) return Math.round(count)
    throw new LambdactlError(
      'USAGE',
      `Expected a count such as 3M, 2.5k or 1200, got ${JSON.stringify(text)}.`,
    )
  },
})
