import * as Flags from '@oclif/core/flags'

/** The flag of commands about one running sandbox. */
export const sandboxPortFlag = {
  port: Flags.integer({
    description: 'the port of the sandbox, if several run',
    min: 1,
    max: 65_535,
    helpValue: 'PORT',
  }),
}
