import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda'
import { ZipArchive } from 'archiver'

/** The handlers, and the bare programs that call them. */
export const bare = join(import.meta.dirname, 'bare')

export const runtimes = {
  node: {
    runtime: 'nodejs24.x',
    program: process.execPath,
    child: join(bare, 'child.mjs'),
    file: 'index.mjs',
  },
  python: { runtime: 'python3.13', program: 'python3', child: join(bare, 'child.py'), file: 'index.py' },
} as const

export type Runtime = keyof typeof runtimes

export async function isThere(runtime: Runtime): Promise<boolean> {
  return promisify(execFile)(runtimes[runtime].program, ['--version']).then(
    () => true,
    () => false,
  )
}

/** Makes a function that answers its event. */
export async function make(client: LambdaClient, name: string, of: Runtime): Promise<void> {
  const { file, runtime } = runtimes[of]
  const archive = new ZipArchive()
  archive.file(join(bare, file), { name: file })
  const [zip] = await Promise.all([buffer(archive), archive.finalize()])
  await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: runtime,
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/bench',
      Timeout: 30,
      Code: { ZipFile: zip },
    }),
  )
  await settled(client, name)
}

/** Waits until a function is active and not being updated. */
export async function settled(client: LambdaClient, FunctionName: string): Promise<void> {
  for (;;) {
    const { State, LastUpdateStatus } = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    )
    if (State === 'Active' && LastUpdateStatus !== 'InProgress') return
    await sleep(20)
  }
}
