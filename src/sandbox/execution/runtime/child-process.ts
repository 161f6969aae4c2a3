import { spawn } from 'node:child_process'
import { killGroup } from '../../../processes/group.ts'
import { killStragglers, noteNamespaces, track } from '../../../processes/stragglers.ts'
import type { Program } from '../../../processes/wall.ts'
import type { Exit } from '../model/failure.ts'

/** A process that leads a group of its own. */
export interface Child {
  /** Undefined where it could not be started; `exited` then tells why. */
  pid: number | undefined
  exited: Promise<Exit>
  /** To be called while it runs: what leaves its group is found the more surely. */
  note(): void
  /** Kills the whole group and what has left it, and waits for the leader's end. */
  kill(): Promise<void>
}

export interface ChildOptions {
  /** It is in a variable of the program, and nowhere else. */
  mark: string
  /** Takes both stdout and stderr. */
  output: number
}

export function startChild({ file, args, directory, variables }: Program, options: ChildOptions): Child {
  const child = spawn(file, args, {
    cwd: directory,
    env: variables,
    stdio: ['ignore', options.output, options.output],
    detached: true,
  })
  const { pid } = child
  const group = pid === undefined ? undefined : track(pid, options.mark)
  let running = group !== undefined
  const note = () => {
    if (group && running) noteNamespaces(group)
  }
  const killOnce = () => {
    if (!group || !running) return
    running = false
    killGroup(group.leader, 'SIGKILL')
    killStragglers([group])
    group[Symbol.dispose]()
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      // The leader is gone; what it started may not be.
      killOnce()
      resolve({ code, signal })
    })
    child.once('error', (error) => resolve({ code: null, signal: null, error }))
  })
  return {
    pid,
    exited,
    note,
    async kill() {
      note()
      killOnce()
      await exited
    },
  }
}
