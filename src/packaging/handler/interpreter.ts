import { fileURLToPath } from 'node:url'
import type { LoadingSource, Tools } from '../model/types.ts'

/** A program on this machine that can load handlers of a runtime. */
export interface Interpreter {
  /** The program and its arguments before the loader's. */
  readonly args: readonly string[]
  /** As in `Node 24` or `Python 3.13`. */
  readonly name: string
  /** Whether the version is the function's, so that a failure to load here means a failure on Lambda. */
  readonly isSameVersion: boolean
}

const loader = (name: string) => fileURLToPath(import.meta.resolve(`#loaders/${name}`))
const lookMs = 10_000

/** The interpreter for a function; undefined if this machine has none, or the runtime has no loader. */
export async function findInterpreter(
  tools: Tools,
  { runtime, environment = {} }: Pick<LoadingSource, 'runtime' | 'environment'>,
): Promise<Interpreter | undefined> {
  if (runtime.startsWith('nodejs')) return ownNode(runtime, environment['NODE_OPTIONS'] ?? '')
  return runtime.startsWith('python') ? findPython(tools, runtime.replace('python', '')) : undefined
}

function ownNode(runtime: string, options: string): Interpreter {
  const major = process.versions.node.split('.')[0]
  return {
    args: [process.execPath, ...switchedOff(runtime, options), loader('node.mjs')],
    name: `Node ${major}`,
    isSameVersion: runtime === `nodejs${major}.x`,
  }
}

/**
 * Returns options that switch off features which Lambda switches off or its version lacks, except those that
 * `NODE_OPTIONS` names.
 */
function switchedOff(runtime: string, options: string): string[] {
  const version = Number(/^nodejs(\d+)/.exec(runtime)?.[1])
  const features = [
    ...(version <= 22 ? ['experimental-require-module'] : []),
    ...(version === 22 || version <= 18 ? ['experimental-detect-module'] : []),
  ]
  return features
    .filter((name) => process.allowedNodeEnvironmentFlags.has(`--${name}`) && !options.includes(`--${name}`))
    .map((name) => `--no-${name}`)
}

/** Prefers the Python of the runtime's version, then any. -I and -S hide this machine's own packages. */
async function findPython({ runCommand, signal }: Tools, wanted: string): Promise<Interpreter | undefined> {
  const script = 'import sys; print("\\n%d.%d %s" % (*sys.version_info[:2], sys.executable))'
  for (const program of [`python${wanted}`, 'python3']) {
    const command = { args: [program, '-c', script], directory: process.cwd(), environment: {} }
    const { ending, output } = await runCommand({ ...command, timeoutMs: lookMs, signal })
    const [, version, executable] = /^(3\.\d+) (.+)$/m.exec(output) ?? []
    if (ending.how === 'exited' && ending.code === 0 && version && executable) {
      const args = [executable, '-I', '-S', '-B', loader('python.py')]
      return { args, name: `Python ${version}`, isSameVersion: version === wanted }
    }
  }
  return undefined
}
