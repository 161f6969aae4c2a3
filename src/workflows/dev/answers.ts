import { asLambdactlError } from '../../errors/error.ts'
import { unified } from '../../packaging/patch/unified.ts'
import type { InvocationResult } from '../../ports/functions.ts'
import type { Run } from '../run/run.ts'
import { type Coalesced, coalesced } from './coalesced.ts'
import type { DevEvent } from './event.ts'

/** One function, and the way to invoke it. */
export interface Invocation {
  function: string
  invoke: () => Promise<InvocationResult>
  /** The file of its payload, whose changes count too; absolute. */
  file?: string | undefined
}

/** Invokes a function each time that something is noted, and tells its answer and the differences from the one before. */
export function answers(
  run: Run,
  { function: name, invoke }: Invocation,
  tell: (event: DevEvent) => void,
): Coalesced {
  let before: string | undefined
  const ask = async () => {
    const began = run.clock.elapsed()
    const { payload, version, functionError } = await invoke()
    const ms = run.clock.elapsed() - began
    const text = inLines(payload)
    const isSame = text === before
    const change = before === undefined || isSame ? undefined : await unified('answer', before, text)
    before = text
    tell({ event: 'answered', function: name, version, ms, payload, functionError, isSame, change })
  }
  return coalesced(run, async () => {
    try {
      await ask()
    } catch (error) {
      if (!run.signal.aborted) tell({ event: 'unanswered', function: name, error: asLambdactlError(error) })
    }
  })
}

/** An answer in JSON as many lines, so that differences are small. */
function inLines(payload: string): string {
  try {
    return `${JSON.stringify(JSON.parse(payload), null, 2)}\n`
  } catch {
    return `${payload}\n`
  }
}
