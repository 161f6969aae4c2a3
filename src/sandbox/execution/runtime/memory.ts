import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The memory of a process, in MB; 0 once it has ended. */
export interface Memory {
  /** The highest resident memory so far; without /proc the present one. */
  peak: number
  /** The present one without mapped files, such as the interpreter's own; undefined without /proc. */
  own: number | undefined
}

export async function memoryOf(pid: number): Promise<Memory> {
  return process.platform === 'linux' ? memoryFromProc(pid) : residentFromPs(pid)
}

/** Linux alone tells it without another process. */
export function memoryFromProc(pid: number): Memory {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    // VmHWM counts the files that were mapped then, too, and Linux does not tell how much of it they were.
    const own = field(status, 'RssAnon') + field(status, 'RssShmem')
    return { peak: Math.ceil(field(status, 'VmHWM')), own }
  } catch (error) {
    return goneMeansNone(error)
  }
}

function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
}

async function residentFromPs(pid: number): Promise<Memory> {
  try {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
    return { peak: Math.ceil(Number(stdout) / 1024), own: undefined }
  } catch (error) {
    return goneMeansNone(error)
  }
}

/** ENOENT and ESRCH come from /proc, code 1 from ps. */
function goneMeansNone(error: unknown): Memory {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ESRCH' || code === 1) return { peak: 0, own: 0 }
  throw error
}
