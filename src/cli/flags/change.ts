import * as Flags from '@oclif/core/flags'

/** The flag of commands that change something. */
export const dryRunFlag = {
  'dry-run': Flags.boolean({ description: 'show what would change, and change nothing', default: false }),
}

/** The flag of commands that ask before they destroy something. */
export const yesFlag = {
  yes: Flags.boolean({ description: 'do it without a question, as in a CI job' }),
}
