import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { isIn, realPath } from './hidden-places.ts'
import {
  divided,
  findTools,
  findWall,
  hiddenFrom,
  layersOf,
  outside,
  ownUser,
  type Program,
  type WallTools,
} from './wall.ts'

/** An older one is not used: the places to hide may have been replaced since it was built. Milliseconds. */
const longestAge = 5 * 60_000

/**
 * A wall that is built ahead, with a shell behind it that waits for its program: building one takes longer than to start
 * most programs.
 */
export interface SpareWall {
  /** Builds the wall in the background, if none is waiting and programs can be started behind a wall here. */
  renew(): void
  /**
   * Starts a program as the leader of a process group behind the waiting wall; its output is appended to a file.
   *
   * @returns undefined if no wall waits, or it hides other places than the program's own would
   */
  start(program: Program, output: string): ChildProcess | undefined
  /** Ends the waiting shell, and builds no other one. */
  close(): void
}

interface Waiting {
  child: ChildProcessByStdio<Writable, null, null>
  hidden: readonly string[]
  /** By a monotonic clock, milliseconds. */
  since: number
}

export function createSpareWall(): SpareWall {
  let waiting: Waiting | undefined
  let isClosed = false
  const drop = () => {
    waiting?.child.stdin.end()
    waiting = undefined
  }
  const build = async () => {
    const wall = await findWall()
    const tools = findTools()
    if (!wall || !tools || isClosed || waiting) return
    const shell = { file: tools.sh, args: [], directory: '/', variables: {} }
    const hidden = hiddenFrom(shell)
    if (!hidden) return
    const built: Waiting = { child: spawnWaiting(tools, hidden), hidden, since: performance.now() }
    waiting = built
    built.child.once('exit', () => {
      if (waiting === built) waiting = undefined
    })
  }
  return {
    renew: () => void build(),
    start(program, output) {
      const tools = findTools()
      if (!tools || !waiting) return undefined
      if (!serves(waiting.hidden, program) || performance.now() - waiting.since > longestAge) {
        drop()
        return undefined
      }
      const { child } = waiting
      waiting = undefined
      child.ref()
      child.stdin.end(commandsOf(program, tools, output))
      return child
    },
    close() {
      isClosed = true
      drop()
    },
  }
}

/**
 * Tells whether the same places are hidden from a program, and were when its overlays are mounted. A place below an overlay
 * would be seen again, since an overlay has no mounts. An overlay of a hidden folder would have nothing to show.
 */
function serves(hidden: readonly string[], program: Program): boolean {
  if (hiddenFrom(program)?.join('\0') !== hidden.join('\0')) return false
  return !program.overlays?.some(({ folder, place, beneath = place }) => {
    const shown = [folder, beneath].map((path) => realPath(path) ?? path)
    return hidden.some((each) => isIn(place, each) || shown.some((path) => isIn(each, path)))
  })
}

/** The shell ends by itself when the other end of its input closes, also after a kill -9 of this process. */
function spawnWaiting(tools: WallTools, hidden: readonly string[]): Waiting['child'] {
  const child = spawn(
    tools.unshare,
    [...outside(tools, { overlays: [], hidden, directory: '/' }), tools.sh],
    {
      cwd: '/',
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    },
  )
  // A shell that has ended already is told by its exit.
  child.stdin.on('error', () => undefined)
  child.on('error', () => undefined)
  child.unref()
  return child
}

/**
 * The commands by which the waiting shell becomes the program. All users can read a command line, so the shell exports
 * the variables: a function's may be secret.
 */
export function commandsOf(program: Program, { mount, unshare, env }: WallTools, output: string): string {
  const { file, args, directory, variables, overlays = [] } = program
  const mounts = overlays.map((overlay) => {
    return [mount, '-t', 'overlay', '-o', `ro,lowerdir=${layersOf(overlay)}`, 'none', overlay.place]
  })
  const before = [...mounts, ['cd', directory]].map((words) => `${line(words)} || exit 126\n`)
  const { before: exported, set } = divided(variables, true)
  const exports = Object.entries(exported).map((pair) => `export ${line([pair.join('=')])}\n`)
  const becomes = line([unshare, ...ownUser(), '--', env, ...set, file, ...args])
  return `${before.join('')}${exports.join('')}exec ${becomes} </dev/null >>${quoted(output)} 2>&1\n`
}

function line(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** A shell reads all but this quote as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
