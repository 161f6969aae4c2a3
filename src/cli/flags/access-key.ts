import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'

/** A flag that takes an access key. Like AWS's, it goes into a header between slashes and commas. */
export const accessKeyFlag = Flags.custom({
  helpValue: 'NAME',
  async parse(text) {
    if (/^[\w-]{1,128}$/.test(text)) return text
    throw new LambdactlError(
      'USAGE',
      'An access key has 1 to 128 letters, digits, - and _, and the one given has something else.',
      { next: ['Choose another --access-key, or leave it out for a random one.'] },
    )
  },
})
