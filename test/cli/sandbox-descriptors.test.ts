import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { nodeHandler } from '../sandbox/end-to-end/running-sandbox.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { expectExit, program, watched } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const waiting = { maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.05 }

/** A sandbox whose system gives it few file descriptors. */
async function startSandbox() {
  const home = await temporaryFolder()
  const args = ['sandbox', 'start', '--port', '0', '--json', '--access-key', 'test']
  const limited = ['-c', 'ulimit -n 150; exec "$@"', 'sh', process.execPath, program, ...args]
  const running = watched(spawn('sh', limited, { cwd: home, env: variables(home) }))
  const [ready] = await running.says(/^.*\n/)
  return { running, url: (JSON.parse(ready) as { url: string }).url }
}

/** Opens connections that send nothing. */
async function flood(url: string): Promise<Socket[]> {
  const port = Number(new URL(url).port)
  const sockets = Array.from({ length: 400 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
  return sockets
}

test.runIf(process.platform === 'linux')(
  'a sandbox without file descriptors left outlives that, and serves again when it has some',
  async () => {
    const { running, url } = await startSandbox()
    const client = new LambdaClient({ ...clientSettings(url), maxAttempts: 1 })
    onTestFinished(() => client.destroy())
    const FunctionName = 'slow'
    await client.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/app',
        Timeout: 60,
        Code: { ZipFile: zipOf(nodeHandler('new Promise((go) => setTimeout(go, event.ms, "well"))')) },
      }),
    )
    await waitUntilFunctionActiveV2({ ...waiting, client }, { FunctionName })
    const invoke = async (ms: number) => {
      const { Payload } = await client.send(
        new InvokeCommand({ FunctionName, Payload: JSON.stringify({ ms }) }),
      )
      return Payload?.transformToString()
    }
    expect(await invoke(1)).toBe('"well"')
    const slow = invoke(700)
    const sockets = await flood(url)
    expect(await slow).toBe('"well"')
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => invoke(1).catch(String), { timeout: 20_000 }).toBe('"well"')
    running.child.kill('SIGINT')
    expectExit(await running.ended, 0)
  },
)
