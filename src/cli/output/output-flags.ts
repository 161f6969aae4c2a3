import * as Flags from '@oclif/core/flags'

/** The flags of every command for the text beside its result. */
export const outputFlags = {
  quiet: Flags.boolean({
    description: 'show the result, warnings and errors alone: no place, no progress',
    helpGroup: 'GLOBAL',
    exclusive: ['verbose'],
  }),
  verbose: Flags.boolean({
    description:
      "show on stderr each AWS call, CloudWatch's own reason for an alarm's state, and the place of a bug",
    helpGroup: 'GLOBAL',
  }),
}
