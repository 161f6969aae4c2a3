import * as Flags from '@oclif/core/flags'
import { targetOf } from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { yesFlag } from '../cli/flags/change.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { releaseFlags } from '../cli/flags/for-shell.ts'
import {
  breakglassFlags,
  buildFlags,
  configChangeFlags,
  eventFlags,
  followFlags,
  goPastFlags,
  goPastOf,
  packageFlags,
  promotionFlags,
  requireDryRun,
} from '../cli/flags/release.ts'
import { functionsToRelease } from '../cli/functions-to-release.ts'
import { ReleaseCommand } from '../cli/release-command.ts'
import { deploy } from '../workflows/deploy.ts'
import type { Run } from '../workflows/run/run.ts'

export default class Deploy extends ReleaseCommand {
  static override summary = 'Package, publish and switch functions to their new version.'
  static override description =
    'Publishes an immutable version, tries it at 0%, switches the alias to it and watches the alarms while it bakes; a firing alarm rolls it back. If nothing changed, nothing is published. Several functions go side by side: nothing in AWS changes before all are packaged and their gates are proved, and all are published and tried before the first is switched. A function that is rolled back does not stop the others. If functions end differently, the exit code is the first of 9, 1, 7, 8, 130, 5, 6, 3, 4, 2, 75 that occurs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env sandbox',
    '<%= config.bin %> <%= command.id %> checkout --env prod --dry-run',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    ...packageFlags,
    ...buildFlags,
    ...breakglassFlags,
    ...goPastFlags,
    ...configChangeFlags,
    ...promotionFlags,
    ...eventFlags,
    'on-interrupt': followFlags['on-interrupt'],
    'keep-going': Flags.boolean({
      description:
        "go on with the other functions if one could not be packaged or published, or failed its preflight; exits with that failure's code",
    }),
    'dry-run': Flags.boolean({ description: 'show the plan, change nothing' }),
    ...yesFlag,
  }

  async run(): Promise<void> {
    const { args, flags, raw } = await this.parse(Deploy)
    requireDryRun(flags)
    const located = await this.locate(flags, args.function ?? [])
    const functions = functionsToRelease(located, flags)
    const options = {
      needsAlarm: located.environment.protected,
      breakglass: flags.breakglass,
      goPast: goPastOf(flags),
      refusesConfigChange: flags['refuse-config-change'],
      isProtected: located.environment.protected,
      dryRun: flags['dry-run'],
      keepGoing: flags['keep-going'],
    }
    const { 'from-env': other } = flags
    const promotions = async (run: Run) =>
      other === undefined ? undefined : this.promotionsFrom(other, located, run)
    await this.release(
      located,
      flags,
      `deploy ${located.functions.map(({ name }) => name).join(', ')}`,
      async function* (run) {
        const promotionOf = await promotions(run)
        const deployments = (await functions(run)).map((fn) => ({
          target: { ...targetOf(located.environment, fn), releaseFlags: releaseFlags(raw) },
          fn,
          ...(promotionOf && { promotion: promotionOf(fn) }),
        }))
        yield* deploy(run, deployments, options)
      },
    )
  }
}
