import { LambdactlError } from '../errors/error.ts'
import { BaseCommand } from './base-command.ts'
import { errorReport } from './exit/error-report.ts'
import { type Interrupt, leaveAtOnce, listenForInterrupt } from './interrupt/interrupt.ts'

/** The time in which an interrupted command has to end, milliseconds. */
const longestEndMs = 3000

/** A command whose work Ctrl-C ends: at once if it is waiting, and within seconds in any case. */
export abstract class InterruptibleCommand<Event extends object = never> extends BaseCommand<Event> {
  private interrupt: Interrupt | undefined

  /** Tells a person what an interrupt left, if the work ended by itself. */
  protected interruptedText = 'Interrupted after the work was done.'

  /** Handles Ctrl-C until the command has ended; work that does not end by it is abandoned. */
  protected heedInterrupts(): AbortSignal {
    const leave = () => {
      this.catch(ended('Interrupted: lambdactl did not wait for the work under way.')).catch(leaveAtOnce)
    }
    this.interrupt ??= listenForInterrupt(() => void setTimeout(leave, longestEndMs).unref())
    return this.interrupt.signal
  }

  /** Exits as interrupted even if the work was finished; its result has been shown by then. */
  protected override async finally(failure: Error | undefined): Promise<void> {
    if (this.interrupt?.signal.aborted && !failure) {
      this.tellError(errorReport(ended(this.interruptedText), this.namedConfig))
      this.exitAs('INTERRUPTED')
    }
    this.interrupt?.[Symbol.dispose]()
    await super.finally(failure)
  }
}

function ended(text: string): LambdactlError {
  return new LambdactlError('INTERRUPTED', text, {
    next: [(config) => `See its state: ${config.status}`],
  })
}
