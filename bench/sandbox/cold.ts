import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { InvokeCommand, type LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { type Runtime, runtimes, settled } from './functions.ts'

/** Milliseconds of each start: of the sandbox, and of the bare program right before it. */
export interface Starts {
  sandbox: number[]
  bare: number[]
}

/**
 * Starts a function that is named as its runtime. Another value of a variable ends the environments of a function, so its next invocation is
 * a cold start.
 */
export async function coldStarts(client: LambdaClient, runtime: Runtime, rounds: number): Promise<Starts> {
  const starts: Starts = { sandbox: [], bare: [] }
  for (let round = 0; round < rounds; round += 1) {
    starts.bare.push(await bareStart(runtime))
    const Environment = { Variables: { ROUND: String(round) } }
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: runtime, Environment }))
    await settled(client, runtime)
    starts.sandbox.push(await firstInvocation(client, runtime))
  }
  return starts
}

async function firstInvocation(client: LambdaClient, FunctionName: string): Promise<number> {
  const start = performance.now()
  const { FunctionError } = await client.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') }))
  if (FunctionError !== undefined) throw new Error(`${FunctionName} failed: ${FunctionError}`)
  return performance.now() - start
}

/** From the start of the program to its first answer. */
async function bareStart(runtime: Runtime): Promise<number> {
  const { child: file, program } = runtimes[runtime]
  const start = performance.now()
  const child = spawn(program, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  child.stdin.write('{}\n')
  await once(createInterface(child.stdout), 'line')
  const time = performance.now() - start
  child.stdin.end()
  await ended
  return time
}
