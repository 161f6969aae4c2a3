import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'

/** A flag that takes an access key. Like AWS's, it goes into a header between slashes and commas. */
export const accessKeyFlag = Flags.custom({
  helpValue: 'NAME',
  async parse(text) {
    if (/^[\w-]{1,128}$/.test(text)) return text
    throw new LambdactlError(
      'USAGE',
      'Expected an access key of 1 to 128 letters, digits, - and _, got one with other characters.',
      { next: ['Choose another --access-key, or leave it out for a random one.'] },
    )
  },
})
