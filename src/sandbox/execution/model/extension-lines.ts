import type { FunctionFacts } from './function-facts.ts'
import { pick, platform } from './log-lines.ts'

/** An extension, as the log tells it. */
export interface ExtensionState {
  readonly name: string
  state: 'Started' | 'Registered' | 'Ready' | 'Running' | 'InitError' | 'ExitError' | 'LaunchError' | 'Exited'
  /** The events that it has registered for. */
  events: readonly string[]
  errorType?: string | undefined
}

/** The lines at the end of the INIT phase, one for each extension. */
export function extensionLines(
  facts: FunctionFacts,
  states: readonly ExtensionState[],
  now: number,
): string[] {
  return states.flatMap(({ name, state, events, errorType }) =>
    pick(facts, 'INFO', {
      text:
        `EXTENSION\tName: ${name}\tState: ${state}\tEvents: [${events.join(', ')}]` +
        (errorType === undefined ? '' : `\tError Type: ${errorType}`),
      json: platform(now, 'extension', {
        name,
        state,
        events,
        ...(errorType !== undefined && { errorType }),
      }),
    }),
  )
}
