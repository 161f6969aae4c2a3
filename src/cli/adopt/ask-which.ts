import { createInterface } from 'node:readline/promises'
import { numbersIn } from './chosen-functions.ts'

/**
 * Asks a person which functions of a list to take; Enter takes all. It asks again after an answer that it can't read.
 *
 * @param names for a person
 * @param signal ends the question
 * @returns positions from 0
 */
export async function askWhich(names: readonly string[], signal: AbortSignal): Promise<number[]> {
  const width = String(names.length).length
  const list = names.map((name, at) => `  ${String(at + 1).padStart(width)}  ${name}\n`)
  process.stderr.write(list.join(''))
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    for (;;) {
      const typed = await asking.question('Which ones, as in 1 3-5? Enter takes all: ', { signal })
      const numbers = numbersIn(typed, names.length)
      if (numbers) return numbers
      process.stderr.write(`Expected numbers from 1 to ${names.length}.\n`)
    }
  } finally {
    asking.close()
  }
}
