import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { resolveAlarms } from '../config/release/alarms.ts'
import { type PlacedFunction, placedFunction } from '../config/service/placed-function.ts'
import { asLambdactlError, isCode } from '../errors/error.ts'
import { statusText } from '../ui/results/status.ts'
import { type FunctionStatus, functionStatus } from '../workflows/status.ts'

export default class Status extends EnvironmentCommand {
  static override summary = "Show each function's alias, versions, weights, release and alarms."
  static override description =
    'Explains a release from the alias alone, on any machine, even after its process has died, and shows the next step.'
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
    const statuses: FunctionStatus[] = []
    const most = flags['all-versions'] ? Number.POSITIVE_INFINITY : undefined
    for (const each of functions) {
      const placed = placedFunction(config, environment.name, each.name, { variables: process.env })
      const alarms = this.alarmsOf(placed)
      const status = await functionStatus(run, targetOf(environment, each), alarms, most)
      this.show(statusText(status, this.width))
      statuses.push(status)
    }
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
