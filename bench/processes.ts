import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = join(import.meta.dirname, '..', 'bin', 'run.js')

/** The programs that a benchmark runs, in one folder; none outlives it. */
export interface Processes {
  /** Runs the built CLI to its end, and expects this exit code. */
  cli(exitCode: number, args: readonly string[], more?: NodeJS.ProcessEnv): Promise<void>
  /** Runs another program to its end, and expects it to succeed. */
  run(command: string, args: readonly string[]): Promise<void>
  /** Starts a sandbox, and says where it is once it listens. */
  sandbox(more?: readonly string[]): Promise<string>
  /** Starts another server whose first line says where it is. */
  server(command: string, args: readonly string[]): Promise<string>
  /** Ends all that still run, and waits for it. */
  end(): Promise<void>
}

/** @param env variables of each of them, read when it starts; of this machine's AWS settings they have none */
export function processes(cwd: string, env: NodeJS.ProcessEnv): Processes {
  const running = new Map<ChildProcess, Promise<number>>()
  const sandboxes = new Set<ChildProcess>()
  const start = (command: string, args: readonly string[], more: NodeJS.ProcessEnv) => {
    const child = spawn(command, args, { cwd, env: { ...ownVariables(), ...env, ...more } })
    const output: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 1))
    }).finally(() => running.delete(child))
    running.set(child, ended)
    return { child, ended, said: () => Buffer.concat(output).toString() }
  }
  const run = async (
    exitCode: number,
    command: string,
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ) => {
    const { child, ended, said } = start(command, args, more)
    child.stdout.resume()
    const code = await ended
    if (code !== exitCode)
      throw new Error(`${args.join(' ')} exited ${code}, expected ${exitCode}:\n${said()}`)
  }
  return {
    cli: (exitCode, args, more) => run(exitCode, process.execPath, [program, ...args], more),
    run: (command, args) => run(0, command, args),
    sandbox(more = []) {
      const args = [program, 'sandbox', 'start', '--port', '0', '--access-key', 'bench', '--json', ...more]
      const started = start(process.execPath, args, {})
      sandboxes.add(started.child)
      return urlOf(started)
    },
    server: (command, args) => urlOf(start(command, args, {})),
    async end() {
      const ends = [...running.values()]
      // A canary would first roll back; a sandbox has a folder to remove.
      for (const child of running.keys()) child.kill(sandboxes.has(child) ? 'SIGTERM' : 'SIGKILL')
      await Promise.allSettled(ends)
    },
  }
}

/** The place that a server says in its first line. */
async function urlOf({
  child,
  ended,
}: {
  child: ChildProcessWithoutNullStreams
  ended: Promise<number>
}): Promise<string> {
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then((code) =>
      Promise.reject(new Error(`${child.spawnargs.join(' ')} ended with exit code ${code}`)),
    ),
  ])) as [string]
  return (JSON.parse(line) as { url: string }).url
}

/** The variables of this process without those of AWS, whose files are not read either. */
export function ownVariables(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))
  return { ...Object.fromEntries(others), AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull }
}
