import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The memory of a process, in MB; 0 once it has ended. */
export interface Memory {
  /** The highest resident memory so far; without /proc the present one. */
  peak: number
  /** Its private memory; undefined without /proc. A fork shares it with its parent until one of them writes. */
  anonymous: number | undefined
  /** Shared memory, and mapped files of file systems that are in memory; undefined without /proc. */
  shared: number | undefined
}

const none: Memory = { peak: 0, anonymous: 0, shared: 0 }

export async function memoryOf(pid: number): Promise<Memory> {
  return process.platform === 'linux' ? memoryFromProc(pid) : residentFromPs(pid)
}

/** Linux alone tells it without another process. */
export function memoryFromProc(pid: number): Memory {
  const status = read(pid, 'status')
  // VmHWM counts the files that were mapped then, too, and Linux does not tell how much of it they were.
  return {
    peak: Math.ceil(field(status, 'VmHWM')),
    anonymous: field(status, 'RssAnon'),
    shared: field(status, 'RssShmem'),
  }
}

/**
 * The memory that a process takes of its function's, in MB: all private and shared memory, and nothing of mapped files.
 * Memory of several processes is divided among them. Linux takes some milliseconds for this.
 */
export function shareOf(pid: number): number {
  const shared = [...read(pid, 'smaps').matchAll(sharedMappings)].map(([, kilobytes]) => Number(kilobytes))
  return field(read(pid, 'smaps_rollup'), 'Pss_Anon') + shared.reduce((sum, each) => sum + each, 0) / 1024
}

/** The mappings of shared memory; a file below another folder is on a disk in Lambda, and counts for nothing. */
const sharedMappings =
  /^\S+ \S+ \S+ \S+ \d+ +(?:\/dev\/zero|\/dev\/shm\/|\/memfd:|\/SYSV|\[anon_shmem).*\n(?:\w+: .*\n)*?Pss: +(\d+) kB/gm

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024
}

/** Empty for a process that has ended, and if the system refuses the look. */
function read(pid: number, file: 'status' | 'smaps' | 'smaps_rollup'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch (error) {
    if (tellsNothing(error)) return ''
    throw error
  }
}

async function residentFromPs(pid: number): Promise<Memory> {
  try {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
    return { peak: Math.ceil(Number(stdout) / 1024), anonymous: undefined, shared: undefined }
  } catch (error) {
    if (tellsNothing(error)) return none
    throw error
  }
}

/** ENOENT and ESRCH come from /proc, code 1 from ps; without a file descriptor left, a look tells nothing. */
const silent = new Set<unknown>(['ENOENT', 'ESRCH', 1, 'EMFILE', 'ENFILE'])

function tellsNothing(error: unknown): boolean {
  return silent.has(error instanceof Error && 'code' in error ? error.code : undefined)
}
