import * as Args from '@oclif/core/args'
import { LambdactlError } from '../errors/error.ts'
import { concurrencyText } from '../ui/results/concurrency.ts'
import type { ConcurrencyStatus } from '../workflows/concurrency.ts'
import type { Run, Target } from '../workflows/run/run.ts'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from './environment-command.ts'

/** An argument that takes a whole number of concurrent executions, by default from 0 on, or `none`. */
export const amountArg = Args.custom<number | 'none', { least?: number }>({
  async parse(text, _, { least = 0 }) {
    if (text === 'none') return text
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
    if (/^\d+$/.test(text)) {
      throw new LambdactlError('USAGE', `The least amount is ${least}, and ${text} is less.`, {
        next: ['To have none, write none in place of the number.'],
      })
    }
    throw new LambdactlError(
      'USAGE',
      `An amount is a whole number or none, and ${JSON.stringify(text)} is neither.`,
      { next: ['Name the function first, then the amount: hello 10.'] },
    )
  },
})

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
