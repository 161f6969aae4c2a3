import * as Args from '@oclif/core/args'
import { notDeployed, pageAddress } from '../cli/console/page-address.ts'
import { EnvironmentCommand, targetOf } from '../cli/environment-command.ts'
import { oneFunction } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { consolePages } from '../ui/text/console/console-address.ts'

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
      description: 'the page: the function at its alias, or another page of it',
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
    const page = consolePages.find((each) => each === args.page) ?? 'function'
    const address = await pageAddress(run, this.place ?? {}, target, page)
    if (!(await run.aws.functions.get(target.lambdaName))) throw notDeployed(target)
    this.showAsIs(address)
    const opened = await this.openForPerson(address)
    return { function: target.function, lambdaName: target.lambdaName, address, opened }
  }
}
