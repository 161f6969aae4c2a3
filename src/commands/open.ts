import * as Args from '@oclif/core/args'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { oneFunction } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { isSomebodyThere } from '../cli/interrupt/foreground.ts'
import { openAddress } from '../cli/run/open-address.ts'
import { LambdactlError } from '../errors/error.ts'
import { consolePages, functionAddress } from '../ui/text/console/console-address.ts'
import { commandFor, deployFirst, type Target } from '../workflows/run/run.ts'

/** A page of AWS's console. */
interface OpenedPage {
  function: string
  lambdaName: string
  address: string
  /** Whether a browser was started. */
  opened: boolean
}

export default class Open extends EnvironmentCommand {
  static override summary = "Open a function's page in AWS's console, or print its address."
  static override description =
    'Prints the address, and opens it in a browser if a person is at the terminal. The browser needs a session of the same account.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout logs --env prod',
  ]
  static override args = {
    ...oneFunction,
    page: Args.string({
      description: 'the page: the function at its alias, or its code, logs, alarms or traces',
      options: [...consolePages],
      default: 'function',
    }),
  }
  static override flags = environmentFlags

  async run(): Promise<OpenedPage> {
    const { args, flags } = await this.parse(Open)
    const { environment, fn } = await this.locateOne(flags, args.function)
    const run = await this.quickRun(environment, flags)
    const target = targetOf(environment, fn)
    const region = this.requireConsole(target)
    const { lambdaName } = target
    const found = await run.aws.functions.get(lambdaName)
    if (!found) throw notDeployed(target)
    const alias = await run.aws.aliases.get(lambdaName, target.alias)
    const page = consolePages.find((each) => each === args.page) ?? 'function'
    const address = functionAddress(
      { region, lambdaName, alias: alias?.name, logGroup: found.logGroup },
      page,
    )
    this.showAsIs(address)
    const opened =
      !this.jsonEnabled() && process.stdout.isTTY && isSomebodyThere() && (await openAddress(address))
    return { function: target.function, lambdaName, address, opened }
  }

  /** @throws LambdactlError USAGE for a place without a console: its Region otherwise */
  private requireConsole(target: Target): string {
    const { region, endpoint } = this.place ?? {}
    if (region !== undefined && endpoint === undefined) return region
    const where = endpoint === undefined ? 'a place without a Region' : endpoint
    throw new LambdactlError('USAGE', `There is no console of ${where}: only AWS itself has one.`, {
      next: [
        `See the function here: ${commandFor(target, 'status')}`,
        `Read its logs here: ${commandFor(target, 'logs')}`,
      ],
    })
  }
}

function notDeployed(target: Target): LambdactlError {
  return new LambdactlError('NOT_FOUND', `There is no function ${target.lambdaName} here.`, {
    next: [deployFirst(target)],
  })
}
