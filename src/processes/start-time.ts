import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, in whatever words the system has for it: with the number it tells the process from a later one that has
 * taken that number.
 *
 * @returns undefined for one that has ended, also where nobody has collected it yet, and where the system doesn't tell
 */
export function startTimeOf(pid: number): string | undefined {
  return process.platform === 'linux' ? ofProc(pid) : ofPs(pid)
}

/** Whether a process runs, and is the one that started at that time; where the time is not known, any of that number is. */
export function isSameProcess(pid: number, started: string | undefined): boolean {
  if (!isRunning(pid)) return false
  const now = startTimeOf(pid)
  return now === undefined ? process.platform !== 'linux' : started === undefined || now === started
}

/** A process of this user: of another one's, which has taken the number, signals are refused. */
function isRunning(pid: number): boolean {
  try {
    // Numbers below are those of groups.
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Clock ticks since the machine started. */
function ofProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name before it, in brackets, may hold anything.
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
