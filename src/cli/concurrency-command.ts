import { concurrencyText } from '../ui/results/concurrency.ts'
import type { ConcurrencyStatus } from '../workflows/concurrency.ts'
import type { Run, Target } from '../workflows/run/run.ts'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from './environment-command.ts'

/** A command that reads or sets one function's concurrency, and shows the result. */
export abstract class ConcurrencyCommand extends EnvironmentCommand {
  protected async onFunction(
    flags: EnvironmentFlags,
    name: string,
    work: (run: Run, target: Target) => Promise<ConcurrencyStatus>,
  ): Promise<ConcurrencyStatus> {
    const { environment, fn } = await this.locateOne(flags, name)
    const run = await this.quickRun(environment, flags)
    const status = await work(run, targetOf(environment, fn))
    this.show(concurrencyText(status, this.width))
    return status
  }
}
