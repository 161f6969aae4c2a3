import * as Flags from '@oclif/core/flags'
import { targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { yesFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { releaseFlags } from '../../cli/flags/for-shell.ts'
import {
  alarmFlags,
  alarmsOf,
  breakglassFlags,
  buildFlags,
  configChangeFlags,
  followFlags,
  goPastFlags,
  goPastOf,
  packageFlags,
  promotionFlags,
  requireDryRun,
} from '../../cli/flags/release.ts'
import { durationFlag, linearFlag, stepsFlag } from '../../cli/flags/values.ts'
import { functionsToRelease } from '../../cli/functions-to-release.ts'
import { ReleaseCommand } from '../../cli/release-command.ts'
import type { ReleaseSettings } from '../../config/release/release.ts'
import type { ResolvedFunction } from '../../config/types.ts'
import { releaseFunction } from '../../workflows/release-function.ts'
import type { ReleaseOptions } from '../../workflows/run/release-options.ts'
import type { Run } from '../../workflows/run/run.ts'

export default class Canary extends ReleaseCommand {
  static override summary = 'Release a function step by step, under its gates.'
  static override description =
    "Publishes a version and gives it a rising share of the traffic. Rolls it back as soon as an alarm fires, or a comparison shows that it is worse than the version before. A step whose gates can't decide is extended once, then the release pauses. On a terminal Ctrl-C asks whether to pause, roll back, detach or go on, and nothing moves on before the answer. Ctrl-C again rolls back, and once more leaves at once."
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout -e prod --steps 5,25 --every 10m --alarm errors',
    '<%= config.bin %> <%= command.id %> checkout -e prod --steps "5 for 2m, 50 for 1h approval"',
    '<%= config.bin %> <%= command.id %> checkout --env prod --breakglass "the fix for incident 42"',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    steps: stepsFlag({
      description:
        'percentages of the new version before 100, each optionally with "for DURATION", "invocations COUNT" and "approval"; wins over the file',
      exclusive: ['linear'],
    }),
    linear: linearFlag({ description: 'equal steps of this percentage; wins over the file' }),
    every: durationFlag({ description: 'the time that a step holds by default; wins over the file' }),
    bake: durationFlag({ description: 'the time that the gates watch 100%; wins over the file' }),
    ...packageFlags,
    ...buildFlags,
    ...alarmFlags,
    ...breakglassFlags,
    ...goPastFlags,
    ...configChangeFlags,
    ...promotionFlags,
    ...followFlags,
    'dry-run': Flags.boolean({ description: 'show the plan, change nothing' }),
    ...yesFlag,
  }

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Canary)
    requireDryRun(flags)
    const located = await this.locateOne(flags, args.function)
    const functions = functionsToRelease(located, flags)
    const optionsFor = (fn: ResolvedFunction): ReleaseOptions => ({
      ...stepsOf(flags, fn.release),
      everyMs: flags.every ?? fn.release.everyMs,
      bakeMs: flags.bake ?? fn.release.bakeMs,
      alarms: alarmsOf(flags) ?? fn.release.alarms,
      needsAlarm: true,
      breakglass: flags.breakglass,
      goPast: goPastOf(flags),
      refusesConfigChange: flags['refuse-config-change'],
      isProtected: located.environment.protected,
      dryRun: flags['dry-run'],
      watch: !flags.detach,
    })
    const target = { ...targetOf(located.environment, located.fn), releaseFlags: releaseFlags(raw) }
    const { 'from-env': other } = flags
    const promotions = async (run: Run) =>
      other === undefined ? undefined : this.promotionsFrom(other, located, run)
    await this.release(located, flags, `release ${args.function}`, async function* (run) {
      const promotionOf = await promotions(run)
      for (const fn of await functions(run)) {
        const promotion = promotionOf && { promotion: promotionOf(fn) }
        yield await releaseFunction(run, target, fn, { ...optionsFor(fn), ...promotion })
      }
    })
  }
}

/** The flags' steps, or else the file's. */
function stepsOf(
  { steps, linear }: Record<'steps' | 'linear', ReleaseSettings['steps'] | undefined>,
  file: ReleaseSettings,
): Pick<ReleaseSettings, 'strategy' | 'steps'> {
  if (linear) return { strategy: 'linear', steps: linear }
  return steps ? { strategy: 'canary', steps } : file
}
