import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The resources that a process used, and its output. */
export interface Usage {
  /** Seconds. */
  wall: number
  /** User and system together, seconds. */
  cpu: number
  /** MiB. */
  peak: number
  stdout: string
}

/** Node can't say what a child used; `getrusage` of a parent that has one child can. */
const script = `
import json, resource, subprocess, sys, time
start = time.monotonic()
out = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True).stdout
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'wall': wall, 'cpu': used.ru_utime + used.ru_stime, 'peak': used.ru_maxrss / 1024,
  'stdout': out.decode(errors='replace')}))`

/** Runs a program to its end, and measures it. */
export async function measured(
  command: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Usage> {
  const { stdout } = await promisify(execFile)('python3', ['-c', script, ...command], options)
  return JSON.parse(stdout) as Usage
}

export async function isInstalled(command: string): Promise<boolean> {
  return promisify(execFile)('sh', ['-c', `command -v "${command}"`]).then(
    () => true,
    () => false,
  )
}
