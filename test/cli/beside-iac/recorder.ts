import { expect, onTestFinished } from 'vitest'
import { operationOf } from '../operation.ts'
import { startProxy } from '../proxy.ts'
import type { TestSandbox } from '../sandbox.ts'

/** Calls that only the tool that makes a function may make; those without a name are by method and path. */
const itsTools = new RegExp(
  `^(${[
    'CreateFunction',
    'UpdateFunctionConfiguration',
    'PutFunctionConcurrency',
    '(Put|Delete)ProvisionedConcurrencyConfig',
    'TagResource',
    'UntagResource',
    'PutMetricAlarm',
    'PutRetentionPolicy',
    // Policies, URLs, tags, asynchronous invocations, runtime updates, code signing, event source mappings, deletions.
    '(POST|PUT|DELETE|PATCH) /.*',
  ].join('|')})$`,
)

/** All calls of a CLI go past it. */
export interface Recorder {
  url: string
  operations: Set<string>
}

/** Starts a recorder. The test fails at its end if a call was made that belongs to another tool. */
export async function startRecorder(sandbox: TestSandbox): Promise<Recorder> {
  const every = new Set<string>()
  const operations = new Set<string>()
  const { url } = await startProxy(sandbox.url, (_, message) => {
    const operation = operationOf(message)
    every.add(operation)
    operations.add(operation)
    return 'passes'
  })
  onTestFinished(() => expect([...every].filter((each) => itsTools.test(each))).toEqual([]))
  return { url, operations }
}
