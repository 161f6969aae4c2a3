/** One build of a folder, and all who package what it made. */
interface Turn {
  readonly built: Promise<void>
  readonly users: Promise<unknown>[]
  /** Whether another build may have changed the folder since. */
  isOver: boolean
}

/** The builds of one folder in one run of lambdactl: the last one that is going to run, and all by what they are. */
interface Turns {
  last: Turn | undefined
  readonly byBuild: Map<string, Turn>
}

const begun = new WeakMap<AbortSignal, Map<string, Turns>>()

/** A build of a run of lambdactl. */
export interface Build {
  /** The run. */
  readonly signal: AbortSignal
  readonly folder: string
  /** Names the build among those of the folder. */
  readonly name: string
}

/**
 * Builds, and uses what was built. The same build runs once in a run of lambdactl. Another one of the same folder, which may
 * take away what the first has made, waits until that is used.
 *
 * @throws what the build or the use throws; a build that failed has failed for all who wait for it
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

/** Waits until nobody uses what was built; more may come in the meantime. */
async function end(turn: Turn): Promise<void> {
  for (let seen = -1; seen < turn.users.length; ) {
    seen = turn.users.length
    // The failure of another function's build is told where that was asked for.
    await Promise.allSettled(turn.users)
  }
  turn.isOver = true
}
