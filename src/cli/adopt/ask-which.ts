import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { LambdactlError } from '../../errors/error.ts'
import { safeText } from '../output/safe-text.ts'
import { numbersIn } from './chosen-functions.ts'

/**
 * Asks a person which functions of a list to take; Enter takes all. It asks again after an answer that it can't read.
 *
 * @param names for a person
 * @returns positions from 0
 * @throws LambdactlError INTERRUPTED for Ctrl-C, and for a terminal that goes away
 */
export async function askWhich(names: readonly string[]): Promise<number[]> {
  const width = String(names.length).length
  const list = names.map((name, at) => `  ${String(at + 1).padStart(width)}  ${safeText(name)}\n`)
  process.stderr.write(list.join(''))
  const terminal = createInterface({
    input: process.stdin,
    output: process.stderr,
    prompt: 'Which ones, as in 1 3-5? Enter takes all: ',
  })
  // Ctrl-C is a key here, and no signal.
  terminal.on('SIGINT', () => {
    process.stderr.write('\n')
    terminal.close()
  })
  try {
    const ended = once(terminal, 'close').then(() => undefined)
    for (;;) {
      terminal.prompt()
      const typed = await Promise.race([once(terminal, 'line'), ended])
      if (!typed) throw new LambdactlError('INTERRUPTED', 'Interrupted: nothing was written.')
      const numbers = numbersIn(String(typed[0]), names.length)
      if (numbers) return numbers
      process.stderr.write(`Expected numbers from 1 to ${names.length}.\n`)
    }
  } finally {
    terminal.close()
  }
}
