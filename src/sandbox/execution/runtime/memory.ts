import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The peak resident memory of a process in MB (the present memory if there is no /proc); 0 once it has ended. */
export async function peakMemoryMb(pid: number): Promise<number> {
  const kilobytes = process.platform === 'linux' ? peakFromProc(pid) : await residentFromPs(pid)
  return Math.ceil(kilobytes / 1024)
}

function peakFromProc(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch (error) {
    return goneMeansZero(error)
  }
}

async function residentFromPs(pid: number): Promise<number> {
  try {
    return Number((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout)
  } catch (error) {
    return goneMeansZero(error)
  }
}

/** ENOENT and ESRCH come from /proc, code 1 from ps. */
function goneMeansZero(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ESRCH' || code === 1) return 0
  throw error
}
