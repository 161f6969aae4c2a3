import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import type { PastFlag } from '../../release/plan/went-past.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import { mask } from '../output/mask.ts'
import { saying, sayingFlag } from './values.ts'

/** The flags that select a release's alarms. */
export const alarmFlags = {
  alarm: sayingFlag({
    what: "an alarm's name or ARN for --alarm",
    description: 'a CloudWatch alarm that gates the release; wins over the file',
    multiple: true,
    helpValue: 'NAME|ARN',
  }),
  'alarm-prefix': sayingFlag({
    what: "the beginning of alarms' names for --alarm-prefix",
    description: 'a prefix: all CloudWatch alarms with such names gate the release; wins over the file',
    multiple: true,
    helpValue: 'PREFIX',
  }),
}

/** The alarms that `alarmFlags` select; undefined for none. */
export function alarmsOf(flags: {
  alarm: readonly string[] | undefined
  'alarm-prefix': readonly string[] | undefined
}): AlarmSelector[] | undefined {
  const prefixes = flags['alarm-prefix']?.map((prefix) => ({ prefix }))
  return flags.alarm || prefixes ? [...(flags.alarm ?? []), ...(prefixes ?? [])] : undefined
}

/** The flags of commands that package. */
export const packageFlags = {
  load: Flags.boolean({
    description: 'load Node and Python handlers, to check that they start; --no-load does not',
    default: true,
    allowNo: true,
  }),
}

/** The flag that decides whether code of the project runs, for commands that release nothing. */
export const buildFlags = {
  build: Flags.boolean({
    description:
      "run the file's build commands, install Python packages and load handlers; --no-build runs no code of the project, and names the code that it can't compare",
    default: true,
    allowNo: true,
  }),
}

/** @throws LambdactlError USAGE for a release with `--no-build` */
export function requireDryRun(flags: { build: boolean; 'dry-run': boolean }): void {
  if (flags.build || flags['dry-run']) return
  throw new LambdactlError('USAGE', 'Only a built package can be released, so --no-build needs --dry-run.', {
    next: ['Add --dry-run, or leave --no-build out.'],
  })
}

/** The flag that goes past gates which fail before anything is uploaded. */
export const breakglassFlags = {
  breakglass: Flags.string({
    parse: async (text) => mask(saying(text, 'a reason for --breakglass, which goes on record')),
    description: 'go past gates that fail before the release, for a reason that goes on record',
    helpValue: 'REASON',
  }),
}

/** The flags that go past checks of the function itself, on record; see `PastFlag`. */
export const goPastFlags = {
  'take-over': Flags.boolean({
    description:
      "release over somebody else's function, another service's, or one in another language, on record",
  }),
  'overwrite-drift': Flags.boolean({
    description: 'overwrite changes by hand in a protected environment, on record',
  }),
  'release-again': Flags.boolean({
    description: 'release content in a protected environment that was rolled back there, on record',
  }),
}

/** The flag that releases a version of another environment. */
export const promotionFlags = {
  'from-env': sayingFlag({
    what: 'an environment for --from-env',
    description:
      'release the code of the very version that this other environment serves: nothing is built, and its settings stay there',
    helpValue: 'ENV',
  }),
}

/** The flag for functions of another tool. */
export const configChangeFlags = {
  'refuse-config-change': Flags.boolean({
    description:
      'with manages: code, refuse a release that would also ship settings which the other tool changed',
  }),
}

/** The given flags among `goPastFlags`. */
export function goPastOf(flags: Record<PastFlag, boolean>): PastFlag[] {
  const all: PastFlag[] = ['take-over', 'overwrite-drift', 'release-again']
  return all.filter((flag) => flags[flag])
}

/** The flag for the events of a stream. */
export const eventFlags = {
  events: Flags.option({
    description:
      'with --json, the `observed` events to print: changes of the verdict and one a minute (changes), or each (all)',
    options: ['changes', 'all'] as const,
    default: 'changes' as const,
  })(),
}

/** The flags of commands that follow a release. */
export const followFlags = {
  ...eventFlags,
  detach: Flags.boolean({ description: 'do what is due now and leave with exit 8 and the command to go on' }),
  'on-interrupt': Flags.option({
    description:
      'the effect of Ctrl-C, or of a cancelled runner; default: Ctrl-C on a terminal asks, anything else rolls back',
    options: ['roll-back', 'pause'] as const,
  })(),
}
