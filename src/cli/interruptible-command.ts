import { LambdactlError } from '../errors/error.ts'
import { errorText } from '../ui/results/error.ts'
import { BaseCommand } from './base-command.ts'
import { exitCodeOf } from './exit/exit-codes.ts'
import { type Interrupt, leaveAtOnce, listenForInterrupt } from './interrupt/interrupt.ts'

/** How long a command has to end once it was interrupted, milliseconds. */
const longestEndMs = 3000

/** A command whose work Ctrl-C ends: at once where it waits, and within seconds whatever it does. */
export abstract class InterruptibleCommand extends BaseCommand {
  private interrupt: Interrupt | undefined

  /** Heeds Ctrl-C until the command has ended; one that does not end by it is left. */
  protected heedInterrupts(): AbortSignal {
    const leave = () => {
      this.catch(ended('Interrupted: what was under way was not waited for.')).catch(leaveAtOnce)
    }
    this.interrupt ??= listenForInterrupt(() => void setTimeout(leave, longestEndMs).unref())
    return this.interrupt.signal
  }

  /** Exits as interrupted where the work was done all the same; its result has been shown by then. */
  protected override async finally(failure: Error | undefined): Promise<void> {
    if (this.interrupt?.signal.aborted && !failure) {
      this.tell(errorText(ended('Interrupted, when it was done.')))
      process.exitCode = exitCodeOf('INTERRUPTED')
    }
    this.interrupt?.[Symbol.dispose]()
    await super.finally(failure)
  }
}

function ended(text: string): LambdactlError {
  return new LambdactlError('INTERRUPTED', text, { next: ['See how it stands: lambdactl status'] })
}
