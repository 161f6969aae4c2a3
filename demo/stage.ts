import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ended, type Finished, run, start } from './cli.ts'

/** The place of a story: a new service beside a sandbox. */
export interface Stage {
  /** The address of the sandbox. */
  url: string
  region: string
  /** The folder of the service, once `init shop` has made it. */
  service: string
  /** Runs a command in the folder above the service. @throws Error for another exit code */
  readonly above: (exitCode: number, ...args: string[]) => Promise<Finished>
  /** Runs a command for the service in its environment `sandbox`. @throws Error for another exit code */
  readonly cli: (exitCode: number, ...args: string[]) => Promise<Finished>
}

/** A sequence of commands against a sandbox. */
export interface Story {
  /** More flags of `sandbox start`. */
  sandboxFlags: readonly string[]
  readonly play: (stage: Stage) => Promise<void>
}

/** The sandbox's first line. */
interface Ready {
  url: string
  accessKey: string
}

const region = 'eu-west-1'

/** Starts a sandbox, plays a story, and ends the sandbox. Sets the process's exit code if the story fails. */
export async function play({ sandboxFlags, play: tell }: Story): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-demo-'))
  // Ctrl-C is for the command that runs: the sandbox outlives it, so that a canary can still roll back.
  let interrupted = false
  process.on('SIGINT', () => {
    interrupted = true
  })
  process.env['AWS_REGION'] = region
  const flags = ['sandbox', 'start', '--port', '0', '--json', ...sandboxFlags]
  const sandbox = start(flags, folder, process.env, true)
  const closed = ended(sandbox)
  process.once('SIGTERM', () => {
    sandbox.kill('SIGTERM')
    process.exit(143)
  })
  try {
    const { url, accessKey } = await ready()
    const keys = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: accessKey }
    // The file of the service has the sandbox's usual address.
    Object.assign(process.env, keys, { AWS_ENDPOINT_URL: url, LAMBDACTL_ENDPOINT_URL: url })
    const service = join(folder, 'shop')
    const expecting =
      (place: string, ...more: string[]) =>
      async (expected: number, ...args: string[]) => {
        const finished = await run([...args, ...more], place, process.env)
        if (interrupted) throw new Error('interrupted')
        if (finished.exitCode === expected) return finished
        throw new Error(`${args[0]} exited ${finished.exitCode}, expected ${expected}`)
      }
    const commands = { above: expecting(folder), cli: expecting(service, '--env', 'sandbox') }
    await tell({ url, region, service, ...commands })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    console.error(interrupted ? '\nThe demo was interrupted.' : `\nThe demo failed: ${why}`)
    process.exitCode = interrupted ? 130 : 1
  } finally {
    sandbox.kill('SIGTERM')
    await closed
    await rm(folder, { recursive: true, force: true })
  }

  /** The sandbox says where it is once it listens. */
  async function ready(): Promise<Ready> {
    if (!sandbox.stdout) throw new Error('the sandbox has no output')
    const [line] = (await Promise.race([
      once(createInterface(sandbox.stdout), 'line'),
      closed.then((code) => Promise.reject(new Error(`the sandbox ended with exit code ${code}`))),
    ])) as [string]
    return JSON.parse(line) as Ready
  }
}

/** Prints the title of an act. */
export function title(text: string): void {
  console.log(`\n━━ ${text}`)
}
