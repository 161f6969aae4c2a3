/** One build of a folder, and all functions that package its output. */
interface Turn {
  readonly built: Promise<void>
  readonly users: Promise<unknown>[]
  /** Whether another build may have changed the folder since. */
  isOver: boolean
}

/** The builds of one folder in one run of lambdactl: the last one in the queue, and all by name. */
interface Turns {
  last: Turn | undefined
  readonly byBuild: Map<string, Turn>
}

const begun = new WeakMap<AbortSignal, Map<string, Turns>>()

/** A build in a run of lambdactl. */
export interface Build {
  /** The run. */
  readonly signal: AbortSignal
  readonly folder: string
  /** Names the build among the folder's builds. */
  readonly name: string
}

/**
 * Builds, then uses the output. The same build runs once in a run of lambdactl. A different build of the same folder,
 * which may remove the first one's output, waits until that output is used.
 *
 * @throws the error of the build or the use; a failed build fails for all functions that wait for it
 */
export function inTurn<Made>(
  { signal, folder, name }: Build,
  build: () => Promise<void>,
  use: () => Promise<Made>,
): Promise<Made> {
  const turns = turnsOf(signal, folder)
  const known = turns.byBuild.get(name)
  const turn = known && !known.isOver ? known : queued(turns, known ? () => known.built : build)
  turns.byBuild.set(name, turn)
  const made = turn.built.then(use)
  turn.users.push(made)
  return made
}

function turnsOf(signal: AbortSignal, folder: string): Turns {
  const folders = begun.get(signal) ?? new Map<string, Turns>()
  begun.set(signal, folders)
  const turns = folders.get(folder) ?? { last: undefined, byBuild: new Map<string, Turn>() }
  folders.set(folder, turns)
  return turns
}

function queued(turns: Turns, build: () => Promise<void>): Turn {
  const before = turns.last
  const turn = { built: before ? end(before).then(build) : build(), users: [], isOver: false }
  turns.last = turn
  return turn
}

/** Waits until nobody uses the output; more users may come meanwhile. */
async function end(turn: Turn): Promise<void> {
  for (let seen = -1; seen < turn.users.length; ) {
    seen = turn.users.length
    // The failure of another function's build is reported for that function.
    await Promise.allSettled(turn.users)
  }
  turn.isOver = true
}
