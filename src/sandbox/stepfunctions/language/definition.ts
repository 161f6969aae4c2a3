/** The parts of a state that the sandbox looks at; the library reads all others. */
export interface State {
  Type?: string
  Resource?: string
  QueryLanguage?: string
  Seconds?: number
  Timestamp?: string
  TimeoutSeconds?: number
  TimeoutSecondsPath?: string
  Retry?: Retrier[]
  Branches?: Definition[]
  Iterator?: Definition
  ItemProcessor?: Definition
  ItemReader?: object
}

interface Retrier {
  IntervalSeconds?: number
  MaxDelaySeconds?: number
}

/** A state machine in the Amazon States Language, or the inner one of a Map or a Parallel state. */
export interface Definition {
  StartAt?: string
  QueryLanguage?: string
  TimeoutSeconds?: number
  States: Record<string, State>
}

/** All states of a definition by their names, those of inner ones too: a name is unique. */
export function allStates({ States }: Definition): [name: string, state: State][] {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...innerOf(state).flatMap(allStates),
  ])
}

function innerOf({ Branches = [], Iterator, ItemProcessor }: State): Definition[] {
  return [...Branches, ...(Iterator ? [Iterator] : []), ...(ItemProcessor ? [ItemProcessor] : [])]
}
