import * as Flags from '@oclif/core/flags'

/** The flag of commands that change something. */
export const dryRunFlag = {
  'dry-run': Flags.boolean({ description: 'show what would change, and change nothing' }),
}
