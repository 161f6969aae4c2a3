import type { ProvisionedConcurrency } from '../ports/concurrency.ts'
import type { Run, Target } from '../workflows/run/run.ts'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from './environment-command.ts'

/** A command that reads or sets one function's concurrency. */
export abstract class ConcurrencyCommand extends EnvironmentCommand {
  private told = ''

  protected async onFunction<Result>(
    flags: EnvironmentFlags,
    name: string,
    work: (run: Run, target: Target) => Promise<Result>,
  ): Promise<Result> {
    const { environment, fn } = await this.locateOne(flags, name)
    const run = await this.quickRun(environment, flags)
    return work(run, targetOf(environment, fn))
  }

  /** Tells how many environments are ready, when that changes. */
  protected tellReady({ available, requested, qualifier }: ProvisionedConcurrency): void {
    const what = /^\d+$/.test(qualifier) ? `version ${qualifier}` : qualifier
    const text = `${available} of ${requested} environments of ${what} ready`
    if (text !== this.told) this.tell(text)
    this.told = text
  }
}
