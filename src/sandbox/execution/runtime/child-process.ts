import { type ChildProcess, spawn } from 'node:child_process'
import { killGroup } from '../../../processes/group.ts'
import { killStragglers, noteNamespaces, track } from '../../../processes/stragglers.ts'
import type { Program } from '../../../processes/wall.ts'
import type { Exit } from '../model/failure.ts'

/** A process that leads its own process group. */
export interface Child {
  /** Undefined if it could not be started; `exited` then gives the reason. */
  readonly pid: number | undefined
  exited: Promise<Exit>
  /** Call this while it runs: processes that leave its group are then found more surely. */
  note(): void
  /** Kills the whole group and the processes that left it, and waits for the leader's end. */
  kill(): Promise<void>
}

/** A child that starts once something before it is done. If it is killed before that, it never starts. */
export function startAfter(before: Promise<void>, start: () => Child): Child {
  const { promise: exited, resolve } = Promise.withResolvers<Exit>()
  let child: Child | undefined
  let isKilled = false
  const begin = () => {
    if (isKilled) return
    child = start()
    void child.exited.then(resolve)
  }
  before.then(begin, (error: unknown) => resolve({ code: null, signal: null, error: error as Error }))
  return {
    get pid() {
      return child?.pid
    },
    exited,
    note: () => child?.note(),
    async kill() {
      isKilled = true
      if (child) await child.kill()
      else resolve({ code: null, signal: 'SIGKILL' })
    },
  }
}

/** Starts a program that leads its process group. @param output a file descriptor for both stdout and stderr */
export function startProcess({ file, args, directory, variables }: Program, output: number): ChildProcess {
  return spawn(file, args, {
    cwd: directory,
    env: variables,
    stdio: ['ignore', output, output],
    detached: true,
  })
}

/** @param mark only a variable of the program holds it */
export function watchChild(child: ChildProcess, mark: string): Child {
  const { pid } = child
  const group = pid === undefined ? undefined : track(pid, mark)
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
      // The leader has ended, but its child processes may not have.
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
