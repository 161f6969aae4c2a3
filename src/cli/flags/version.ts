import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import type { Weight } from '../../release/values/observed.ts'

/** A flag that takes a published version, or `$LATEST`. */
export const versionFlag = Flags.custom({
  helpValue: 'N',
  async parse(text) {
    if (/^[1-9]\d*$/.test(text) || text === '$LATEST') return text
    const what = `A version is a number or $LATEST, and ${JSON.stringify(text)} is neither.`
    const next = ["For $LATEST, keep the shell from filling it in: --to '$LATEST'"]
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
    const what = `A weight is a version and a percentage above 0 and below 100, as in 42=10, and ${JSON.stringify(text)} is none.`
    throw new LambdactlError('USAGE', what)
  },
})
