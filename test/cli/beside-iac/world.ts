import {
  GetFunctionCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda'
import { ForeignFunction } from '../adopted.ts'
import type { Place } from '../cli.ts'
import type { TestSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'
import { startRecorder } from './recorder.ts'

/** Settings that no lambdactl.yaml names. */
const settings = {
  MemorySize: 512,
  Timeout: 60,
  Description: 'takes money',
  Environment: { Variables: { TABLE: 'orders', LEVEL: 'debug' } },
  TracingConfig: { Mode: 'Active' as const },
  EphemeralStorage: { Size: 2048 },
  Tags: { team: 'payments', ManagedBy: 'terraform' },
}

export interface World {
  place: Place
  made: ForeignFunction
  operations: Set<string>
  write: (files: Readonly<Record<string, string>>) => Promise<void>
}

/** A function that another tool made, and a file that releases its code; all calls go past a recorder. */
export async function besideWorld(
  sandbox: TestSandbox,
  name: string,
  fields = 'source: checkout',
): Promise<World> {
  const made = await new ForeignFunction(sandbox, name).create(
    [{ name: 'index.mjs', content: answering('placeholder') }],
    settings,
  )
  const { url, operations } = await startRecorder(sandbox)
  const folder = await temporaryFolder()
  const write = (files: Readonly<Record<string, string>>) => writeFiles(folder, files)
  await write({
    'lambdactl.yaml': `service: shop
functions:
  checkout: {name: ${name}, ${fields}, release: {steps: [50], every: 1s}}
environments:
  prod: {region: eu-west-1, manages: code}
`,
    'checkout/index.mjs': answering('one'),
  })
  const place = sandbox.place({ folder }, { AWS_ENDPOINT_URL: url })
  return { place, made, operations, write }
}

/** All that another tool set, in $LATEST. */
export async function configurationOf({ lambda }: TestSandbox, { name }: ForeignFunction) {
  const of = { FunctionName: name }
  const { Configuration, Tags, Concurrency } = await lambda.send(new GetFunctionCommand(of))
  const { FunctionEventInvokeConfigs } = await lambda.send(new ListFunctionEventInvokeConfigsCommand(of))
  const { FunctionUrlConfigs } = await lambda.send(new ListFunctionUrlConfigsCommand(of))
  const { CodeSha256: _, CodeSize: __, LastModified: ___, RevisionId: ____, ...others } = Configuration ?? {}
  return { ...others, Tags, Concurrency, FunctionEventInvokeConfigs, FunctionUrlConfigs }
}
