import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { resolveAlarms } from '../config/release/alarms.ts'
import { type PlacedFunction, placedFunction } from '../config/service/placed-function.ts'
import { asLambdactlError, isCode } from '../errors/error.ts'
import { overviewText } from '../ui/results/status/overview.ts'
import { statusText } from '../ui/results/status/status.ts'
import { type FunctionStatus, serviceStatus } from '../workflows/status.ts'

export default class Status extends EnvironmentCommand {
  static override summary =
    'Show what is wrong with functions: alias, release, alarms, and the traffic of the last minutes.'
  static override description =
    'Explains a release from the alias alone, on any machine, even after its process has died. Says what is wrong, since when, and the next step. Several functions have one line each, the troubled ones first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --json',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    'all-versions': Flags.boolean({
      description: 'show all published versions; default: the newest five and those with traffic',
    }),
  }

  async run(): Promise<FunctionStatus[]> {
    const { args, flags } = await this.parse(Status)
    const { config, environment, functions } = await this.locate(flags, args.function ?? [])
    const run = await this.quickRun(environment, flags)
    const asked = functions.map((each) => ({
      target: targetOf(environment, each),
      alarms: this.alarmsOf(placedFunction(config, environment.name, each.name, { variables: process.env })),
    }))
    const isOverview = functions.length > 1 && !flags['all-versions']
    const statuses = await serviceStatus(run, asked, {
      ...(flags['all-versions'] && { newest: Number.POSITIVE_INFINITY }),
      listsVersions: !isOverview || this.jsonEnabled(),
    })
    if (isOverview) this.show(overviewText(statuses, this.width))
    else for (const status of statuses) this.show(statusText(status, this.width))
    return statuses
  }

  /** A missing variable that only releases need must not hide the rest of the status. */
  private alarmsOf({ fields, at }: PlacedFunction): ReturnType<typeof resolveAlarms> {
    const written = fields.release?.alarms ?? []
    try {
      return resolveAlarms(written, at.below('release', 'alarms'))
    } catch (error) {
      if (!isCode(error, 'CONFIG_INVALID')) throw error
      this.tell(`The alarms are shown as the file names them. ${asLambdactlError(error).message}`)
      return written
    }
  }
}
