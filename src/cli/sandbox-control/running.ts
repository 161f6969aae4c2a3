import { isSameProcess, startTimeOf } from '../../processes/start-time.ts'
import type { SandboxStatus } from '../../sandbox/own/status.ts'
import type { RunningSandbox } from '../../ui/results/sandbox-status.ts'
import { systemClock } from '../run/clock.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'

/** Asks a sandbox for its status. */
export async function askRunning(key: FoundKey): Promise<RunningSandbox> {
  const { port, pid, since, state, log } = key
  const status = await ask(key)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid,
    ...(since === undefined ? {} : { since }),
    ...(state === undefined ? {} : { state }),
    ...(log === undefined ? {} : { log }),
    answers: status !== undefined,
    ...(status ? { ...status, pid } : {}),
  }
}

/** Tells whether a file's process is certainly its sandbox, so that it may be ended: it started when the file says. */
export function isProven({ pid, started }: FoundKey): boolean {
  return started !== undefined && startTimeOf(pid) === started
}

async function ask({ port, accessKey }: FoundKey): Promise<SandboxStatus | undefined> {
  const { askStatus } = await import('../../sandbox/own/status.ts')
  return await askStatus(port, accessKey)
}

const lookAgainMs = 50

/** Waits until a sandbox's process has ended. @returns false if it has not ended in that time, milliseconds */
export async function hasEnded({ pid, started }: FoundKey, patienceMs: number): Promise<boolean> {
  const until = systemClock.elapsed() + patienceMs
  while (isSameProcess(pid, started)) {
    if (systemClock.elapsed() >= until) return false
    await systemClock.pause(lookAgainMs)
  }
  return true
}
