import type { ProvisionedConcurrency } from '../ports/concurrency.ts'
import { EnvironmentCommand } from './environment-command.ts'

/** A command that reads or sets one function's concurrency. */
export abstract class ConcurrencyCommand extends EnvironmentCommand {
  private told = ''

  /** Tells how many environments are ready, when that changes. */
  protected tellReady({ available, requested, qualifier }: ProvisionedConcurrency): void {
    const what = /^\d+$/.test(qualifier) ? `version ${qualifier}` : qualifier
    const text = `${available} of ${requested} environments of ${what} ready`
    if (text !== this.told) this.tell(text)
    this.told = text
  }
}
