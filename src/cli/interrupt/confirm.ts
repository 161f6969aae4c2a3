import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { LambdactlError } from '../../errors/error.ts'
import { safeText } from '../output/safe-text.ts'
import { isSomebodyThere } from './foreground.ts'

/** A change that destroys something, and has to be confirmed. */
export interface ToConfirm {
  /** Completes "Really …?": `delete 12 versions`. */
  what: string
  /** The name that has to be typed; undefined: `y` or `yes` is enough. */
  name: string | undefined
  /** The same command with `--yes`, for a place where nobody can be asked. */
  again: string
  /** Whether a person can be asked; default: whether one is at the terminal. */
  mayAsk?: boolean
  /** Ends the question, as if it was not confirmed. */
  signal?: AbortSignal
}

/**
 * Asks a person to confirm a change.
 *
 * @throws LambdactlError USAGE if nobody can be asked, INTERRUPTED for any other answer, and for Ctrl-C
 */
export async function confirm({
  what,
  name,
  again,
  mayAsk = isSomebodyThere(),
  signal,
}: ToConfirm): Promise<void> {
  if (!mayAsk) {
    throw new LambdactlError('USAGE', `Nobody is here to confirm it, so lambdactl did not ${what}.`, {
      next: [`To do it without a question: ${again}`],
    })
  }
  const how = name === undefined ? '[y/N]' : `Type ${safeText(name)} to go on:`
  const typed = await ask(`Really ${what}? ${how} `, signal)
  const said = typed?.trim() ?? ''
  if (name === undefined ? /^y(?:es)?$/i.test(said) : said === name) return
  throw new LambdactlError('INTERRUPTED', `Not confirmed: lambdactl did not ${what}.`, {
    next: ['Nothing was changed; run the command again to be asked again.'],
  })
}

/** The typed line; undefined for Ctrl-C, and for a terminal that goes away. */
async function ask(prompt: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, prompt })
  const leave = () => terminal.close()
  signal?.addEventListener('abort', leave)
  // Ctrl-C is a key here, and no signal.
  terminal.on('SIGINT', () => {
    process.stderr.write('\n')
    terminal.close()
  })
  try {
    terminal.prompt()
    const ended = once(terminal, 'close').then(() => undefined)
    const typed = await Promise.race([once(terminal, 'line'), ended])
    return typed && String(typed[0])
  } finally {
    signal?.removeEventListener('abort', leave)
    terminal.close()
  }
}
