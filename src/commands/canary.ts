import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { resolved, targetOf } from '../cli/environment-command.ts'
import { durationFlag, environmentFlags, followFlags, stepsFlag } from '../cli/flags.ts'
import { followingOf, ReleaseCommand } from '../cli/release-command.ts'
import { releaseFunction } from '../workflows/release-function.ts'

export default class Canary extends ReleaseCommand {
  static override summary = 'Release a function step by step, under its gates.'
  static override description =
    "Publishes a version, gives it a rising share of the traffic, and rolls it back as soon as an alarm fires, or a comparison with the version before shows it to be worse. A step whose gates can't decide is extended once, then the release pauses."
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --steps 5,25,50 --every 10m --alarm checkout-errors',
  ]
  static override args = {
    function: Args.string({ description: 'a function of lambdactl.yaml', required: true }),
  }
  static override flags = {
    ...environmentFlags,
    steps: stepsFlag({ description: 'percentages on the new version before 100; beats the file' }),
    every: durationFlag({ description: 'how long each step is held; beats the file' }),
    bake: durationFlag({ description: 'how long 100% is watched; beats the file' }),
    alarm: Flags.string({
      description: 'a CloudWatch alarm that gates it; beats the file',
      multiple: true,
      helpValue: 'NAME',
    }),
    ...followFlags,
    'dry-run': Flags.boolean({ description: 'show the plan, change nothing' }),
  }

  protected override readonly showsView = true

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Canary)
    const located = await this.locateOne(flags, args.function)
    const fn = resolved(located, located.fn)
    const options = {
      strategy: 'canary' as const,
      steps: flags.steps ?? fn.release.steps,
      everyMs: flags.every ?? fn.release.everyMs,
      bakeMs: flags.bake ?? fn.release.bakeMs,
      alarms: flags.alarm ?? fn.release.alarms,
      needsAlarm: true,
      dryRun: flags['dry-run'],
      following: followingOf(flags),
    }
    const target = targetOf(located.environment, located.fn)
    await this.release(located.environment, flags, async function* (run) {
      yield await releaseFunction(run, target, fn, options)
    })
  }
}
