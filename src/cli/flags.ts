import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../errors/error.ts'
import { parseDuration } from '../release/duration.ts'
import { requireSteps } from '../release/plan.ts'

/** The flags of every command that reads `lambdactl.yaml`. */
export const configFlags = {
  config: Flags.string({
    description: 'the configuration file; otherwise lambdactl.yaml here or in a folder above',
    helpValue: 'FILE',
  }),
}

/** The flags of every command that works on an environment; a flag beats the environment's variables and the file. */
export const environmentFlags = {
  ...configFlags,
  env: Flags.string({
    char: 'e',
    required: true,
    env: 'LAMBDACTL_ENV',
    description: 'an environment of lambdactl.yaml',
    helpValue: 'ENV',
  }),
  region: Flags.string({ description: 'the AWS Region', helpValue: 'REGION' }),
  'endpoint-url': Flags.string({
    description: 'an endpoint other than AWS, such as the sandbox',
    helpValue: 'URL',
  }),
  profile: Flags.string({ description: "a profile of AWS's shared configuration", helpValue: 'NAME' }),
}

/** A flag that takes a duration such as `90s`, `5m` or `1h30m`, and gives milliseconds. */
export const durationFlag = Flags.custom<number>({
  helpValue: 'DURATION',
  async parse(text) {
    const ms = parseDuration(text)
    if (ms !== undefined) return ms
    throw new LambdactlError(
      'USAGE',
      `A duration looks like 90s, 5m or 1h30m, and ${JSON.stringify(text)} does not.`,
    )
  },
})

/** A flag that takes rising percentages such as `10,50`. */
export const stepsFlag = Flags.custom<readonly number[]>({
  helpValue: '10,50',
  async parse(text) {
    if (/^\d+(\.\d+)?(,\d+(\.\d+)?)*$/.test(text)) return requireSteps(text.split(',').map(Number))
    throw new LambdactlError(
      'USAGE',
      `The steps ${JSON.stringify(text)} make no canary: expected percentages with commas between.`,
      { next: ['Give rising percentages below 100, such as --steps 10,50; 100% comes after the last.'] },
    )
  },
})

/** The flags of commands that follow a release. */
export const followFlags = {
  detach: Flags.boolean({ description: 'do what is due now and leave; exit 8, and the command to go on' }),
  'on-interrupt': Flags.option({
    description: 'what Ctrl-C, or a runner that is cancelled, does',
    options: ['roll-back', 'pause'] as const,
    default: 'roll-back',
  })(),
}
