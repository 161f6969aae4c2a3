import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The memory of a process, in MB; 0 once it has ended. */
export interface Memory {
  /** The highest resident memory so far; without /proc the present one. */
  peak: number
  /** The highest so far without mapped files, such as the interpreter's own; undefined without /proc. */
  ownPeak: number | undefined
}

export async function memoryOf(pid: number): Promise<Memory> {
  return process.platform === 'linux' ? memoryFromProc(pid) : residentFromPs(pid)
}

/** Linux alone tells it without another process. */
export function memoryFromProc(pid: number): Memory {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const [peak, files] = [field(status, 'VmHWM'), field(status, 'RssFile')]
    return { peak: Math.ceil(peak), ownPeak: peak - files }
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
    return { peak: Math.ceil(Number(stdout) / 1024), ownPeak: undefined }
  } catch (error) {
    return goneMeansNone(error)
  }
}

/** ENOENT and ESRCH come from /proc, code 1 from ps. */
function goneMeansNone(error: unknown): Memory {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ESRCH' || code === 1) return { peak: 0, ownPeak: 0 }
  throw error
}
