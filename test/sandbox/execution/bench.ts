import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { createExecutor, type ExecutorDependencies } from '../../../src/sandbox/execution/create-executor.ts'
import type { ExecutionTarget, Executor, Invocation } from '../../../src/sandbox/execution/model/executor.ts'
import type { Datum } from '../../../src/sandbox/telemetry.ts'

/** An executor with arrays for sinks and a folder for code. */
export interface Bench {
  executor: Executor
  data: Datum[]
  logged: { group: string; stream: string; message: string }[]
  messages(): string[]
  /** Writes a package and describes a function of it: Node.js, index.handler and 3 s unless said. */
  target(files: Record<string, string>, configuration?: FunctionConfiguration): Promise<ExecutionTarget>
  /** Invokes with a JSON event; the payload comes back parsed. */
  invoke(target: ExecutionTarget, event?: unknown, call?: Partial<Invocation>): Promise<Answer>
  [Symbol.asyncDispose](): Promise<void>
}

interface Answer {
  payload: unknown
  functionError: string | undefined
  logTail: string
}

export async function openBench(dependencies: Partial<ExecutorDependencies> = {}): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-test-'))
  const data: Bench['data'] = []
  const logged: Bench['logged'] = []
  const executor = createExecutor({
    metrics: { record: (_region, more) => data.push(...more) },
    logs: {
      write(_region, group, stream, lines) {
        for (const { message } of lines) logged.push({ group, stream, message })
      },
    },
    ...dependencies,
  })
  let requests = 0
  let packages = 0
  return {
    executor,
    data,
    logged,
    messages: () => logged.map(({ message }) => message.replace(/\n$/, '')),
    async target(files, configuration = {}) {
      packages += 1
      const codeDirectory = join(folder, String(packages))
      await writePackage(codeDirectory, files)
      return { codeDirectory, configuration: { ...defaults, ...configuration } }
    },
    async invoke(target, event = {}, call = {}) {
      requests += 1
      const { payload, functionError, logTail } = await executor.invoke(target, {
        requestId: `request-${requests}`,
        payload: Buffer.from(JSON.stringify(event)),
        invokedArn: target.configuration.FunctionArn ?? '',
        qualifier: undefined,
        ...call,
      })
      return { payload: JSON.parse(Buffer.from(payload).toString()), functionError, logTail }
    },
    async [Symbol.asyncDispose]() {
      await executor.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** The ARN of every bench's function. */
export const checkout = 'arn:aws:lambda:eu-west-1:123456789012:function:checkout'

const defaults: FunctionConfiguration = {
  FunctionName: 'checkout',
  FunctionArn: checkout,
  Version: '$LATEST',
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Timeout: 3,
  MemorySize: 256,
}

async function writePackage(directory: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(directory, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    if (name === 'bootstrap' || text.startsWith('#!')) await chmod(path, 0o755)
  }
}
