import { operationOf } from '../operation.ts'
import { startProxy } from '../proxy.ts'
import type { TestSandbox } from '../sandbox.ts'

/** All calls of a CLI go past it. */
export interface Recorder {
  url: string
  operations: Set<string>
}

/** Starts a recorder of the operations that a test looks at. Those of another tool fail every test by themselves. */
export async function startRecorder(sandbox: TestSandbox): Promise<Recorder> {
  const operations = new Set<string>()
  const { url } = await startProxy(sandbox.url, (_, message) => {
    operations.add(operationOf(message))
    return 'passes'
  })
  return { url, operations }
}
