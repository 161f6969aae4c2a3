import type { HistoryEvent } from '@aws-sdk/client-sfn'
import type { KeptEvent } from '../records.ts'

/** An event of the library that runs the language; its members depend on the type. */
export interface RunEvent {
  type: string
  state?: { name: string; type: string; input: unknown; output?: unknown }
}

/**
 * The event of a history for one of a run; undefined for one that the sandbox's histories leave out.
 *
 * @param timestamp milliseconds since the epoch
 */
export function stateEvent(event: RunEvent, id: number, timestamp: number): KeptEvent | undefined {
  const { type, state } = event
  if (!state) return undefined
  const common = { id, previousEventId: id - 1, timestamp }
  const { name } = state
  if (type === 'StateEntered') {
    const stateEnteredEventDetails = { name, input: JSON.stringify(state.input) }
    return { ...common, type: `${state.type}StateEntered` as HistoryEvent['type'], stateEnteredEventDetails }
  }
  if (type === 'StateExited') {
    const stateExitedEventDetails = { name, output: JSON.stringify(state.output ?? null) }
    return { ...common, type: `${state.type}StateExited` as HistoryEvent['type'], stateExitedEventDetails }
  }
  return undefined
}
