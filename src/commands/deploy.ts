import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { targetOf } from '../cli/environment-command.ts'
import { breakglassFlags, environmentFlags, followFlags } from '../cli/flags.ts'
import { functionsToRelease } from '../cli/functions-to-release.ts'
import { ReleaseCommand } from '../cli/release-command.ts'
import { deploy } from '../workflows/deploy.ts'

export default class Deploy extends ReleaseCommand {
  static override summary = 'Package, publish and switch functions to their new version.'
  static override description =
    'Publishes an immutable version, tries it at 0%, switches the alias to it and watches the alarms while it bakes; a firing alarm rolls it back. Where nothing changed, nothing is published.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env sandbox',
    '<%= config.bin %> <%= command.id %> checkout --env prod --dry-run',
  ]
  static override args = {
    function: Args.string({
      description: 'functions of lambdactl.yaml; all when none is named',
      multiple: true,
    }),
  }
  static override flags = {
    ...environmentFlags,
    ...breakglassFlags,
    'on-interrupt': followFlags['on-interrupt'],
    'dry-run': Flags.boolean({ description: 'show the plan, change nothing' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Deploy)
    const located = await this.locate(flags, args.function ?? [])
    const functions = functionsToRelease(located)
    const options = {
      needsAlarm: located.environment.protected,
      breakglass: flags.breakglass,
      dryRun: flags['dry-run'],
    }
    await this.release(located.environment, flags, async function* (run) {
      const deployments = (await functions(run)).map((fn) => ({
        target: targetOf(located.environment, fn),
        fn,
      }))
      yield* deploy(run, deployments, options)
    })
  }
}
