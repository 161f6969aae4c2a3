import * as Flags from '@oclif/core/flags'

/** The flag of commands whose result has a page in AWS's console. */
export const webFlag = {
  web: Flags.boolean({
    description: "print the address of AWS's console in place of the result, and open it on a terminal",
    exclusive: ['json'],
  }),
}

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
