import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import type { Weight } from '../../release/values/observed.ts'

/** A flag that takes a published version, or `$LATEST`. */
export const versionFlag = Flags.custom({
  helpValue: 'N',
  async parse(text) {
    if (/^[1-9]\d*$/.test(text) || text === '$LATEST') return text
    const what = `Expected a version as a number or $LATEST, got ${JSON.stringify(text)}.`
    const next = ["Quote $LATEST, so that the shell does not replace it: '$LATEST'"]
    throw new LambdactlError('USAGE', what, { next })
  },
})

/** A flag that takes a second version and its share of the traffic, such as `42=10` for 10%. */
export const weightFlag = Flags.custom<Weight>({
  helpValue: 'N=PERCENT',
  async parse(text) {
    const { version = '', share } =
      /^(?<version>[1-9]\d*)=(?<share>\d+(?:\.\d{1,4})?)$/.exec(text)?.groups ?? {}
    const percent = Number(share)
    if (percent > 0 && percent < 100) return { version, percent }
    const what = `Expected a weight as a version and a percentage above 0 and below 100, as in 42=10, got ${JSON.stringify(text)}.`
    throw new LambdactlError('USAGE', what)
  },
})
