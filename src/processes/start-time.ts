import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The start time of a process, in the system's own form. Together with the number it identifies the process, even if a
 * later one gets the same number.
 *
 * @returns undefined for an ended process, also before its parent has collected it, and if the system doesn't tell
 */
export function startTimeOf(pid: number): string | undefined {
  return process.platform === 'linux' ? ofProc(pid) : ofPs(pid)
}

/** Tells whether a process runs and started at that time; if the time is unknown, any process of that number counts. */
export function isSameProcess(pid: number, started: string | undefined): boolean {
  if (!isRunning(pid)) return false
  const now = startTimeOf(pid)
  return now === undefined ? process.platform !== 'linux' : started === undefined || now === started
}

/** Tells whether a process of this user runs: the system refuses signals to another user's process. */
function isRunning(pid: number): boolean {
  try {
    // Numbers below 1 mean groups.
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Clock ticks since the machine started. */
function ofProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The process name before it, in brackets, may hold any character.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return /^[ZX]$/.test(fields[0] ?? '') ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function ofPs(pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: 'C' }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env })
  return stdout?.trim() || undefined
}
