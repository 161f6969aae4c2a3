import { fileURLToPath } from 'node:url'
import type { Tools } from './types.ts'

/** A program of this machine that loads handlers of a runtime. */
export interface Interpreter {
  /** The program and its arguments, up to the loader. */
  readonly args: readonly string[]
  /** As in `Node 24` or `Python 3.13`. */
  readonly name: string
  /** Whether a handler that it can't load is one that Lambda can't either, as far as the version goes. */
  readonly isSameVersion: boolean
}

const loader = (name: string) => fileURLToPath(import.meta.resolve(`#loaders/${name}`))
const lookMs = 10_000

/** The interpreter for a runtime; undefined where this machine has none, or the runtime has no loader. */
export async function findInterpreter(tools: Tools, runtime: string): Promise<Interpreter | undefined> {
  if (runtime.startsWith('nodejs')) return ownNode(runtime)
  return runtime.startsWith('python') ? findPython(tools, runtime.replace('python', '')) : undefined
}

function ownNode(runtime: string): Interpreter {
  const major = process.versions.node.split('.')[0]
  return {
    args: [process.execPath, loader('node.mjs')],
    name: `Node ${major}`,
    isSameVersion: runtime === `nodejs${major}.x`,
  }
}

/** That of the runtime's version, else any. -I and -S leave this machine's own packages out. */
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
