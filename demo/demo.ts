/**
 * The main job without an AWS account: every act is the CLI itself, over HTTP, against the embedded sandbox. Exits
 * non-zero when the bad version is not rolled back.
 */
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { account } from './account.ts'
import { putErrorAlarm } from './alarm.ts'
import { ended, type Finished, run, start } from './cli.ts'
import { badHandler, goodHandler } from './handlers.ts'
import { sendTraffic } from './traffic.ts'

const functionName = 'shop-hello-sandbox'
const alias = 'live'
const region = 'eu-west-1'
const canarySteps = ['--steps', '10,50', '--every', '3s', '--bake', '3s']

const folder = await mkdtemp(join(tmpdir(), 'lambdactl-demo-'))
const env: NodeJS.ProcessEnv = {
  ...process.env,
  AWS_REGION: region,
}
// Ctrl-C is for the command that runs: the sandbox outlives it, so that a canary can still roll back.
let interrupted = false
process.on('SIGINT', () => {
  interrupted = true
})
const sandbox = start(['sandbox', 'start', '--port', '0', '--json'], folder, env, true)
const closed = ended(sandbox)
try {
  await play(await ready())
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

interface Ready {
  url: string
  accessKey: string
}

async function play({ url, accessKey }: Ready): Promise<void> {
  const keys = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: accessKey }
  // The file of the service has the sandbox's usual address.
  Object.assign(env, keys, { AWS_ENDPOINT_URL: url, LAMBDACTL_ENDPOINT_URL: url })
  Object.assign(process.env, env)
  const service = join(folder, 'shop')
  const handler = join(service, 'functions', 'hello', 'index.ts')
  const cli = (...args: string[]) => run([...args, '--env', 'sandbox'], service, env)

  title('A new service, deployed: version 1')
  expectExit(await run(['init', 'shop'], folder, env), 0)
  expectExit(await cli('deploy'), 0)

  title('Real events through the alias, and an alarm on their errors')
  const client = new LambdaClient({ endpoint: url, region })
  const traffic = sendTraffic(client, functionName, alias)
  try {
    const alarm = await putErrorAlarm(url, region, functionName, alias)
    console.log(`alarm ${alarm}: 2 errors within 10 s`)

    title('A good version, by canary: 10%, 50%, 100%')
    await writeFile(handler, goodHandler)
    expectExit(await cli('canary', 'hello', ...canarySteps, '--alarm', alarm), 0)

    title('A bad version: it throws for a third of its events')
    await writeFile(handler, badHandler)
    expectExit(await cli('canary', 'hello', ...canarySteps, '--alarm', alarm), 7)

    title("The candidate's error lines")
    const choice = ['--version', '3', '--level', 'error', '--lines', '5', '--fields', 'time,version,msg']
    const logs = await cli('logs', 'hello', '--no-follow', ...choice)
    if (!logs.stdout.includes('no price for order'))
      throw new Error("the candidate's errors are not in its log")

    title('One more step back, by hand')
    expectExit(await cli('rollback', 'hello', '--again', '--reason', 'the demo goes back to version 1'), 0)
    expectExit(await cli('status', 'hello'), 0)
    await traffic.stop()
    console.log(account(traffic.seen))
  } finally {
    await traffic.stop()
    client.destroy()
  }
}

function title(text: string): void {
  console.log(`\n━━ ${text}`)
}

function expectExit({ exitCode }: Finished, expected: number): void {
  if (interrupted) throw new Error('interrupted')
  if (exitCode !== expected) throw new Error(`the last command exited ${exitCode}, expected ${expected}`)
}
