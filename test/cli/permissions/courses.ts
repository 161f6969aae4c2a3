import { UpdateAliasCommand } from '@aws-sdk/client-lambda'
import type { Running } from '../cli.ts'
import type { Guarded } from './guarded.ts'
import type { Shop } from './shop.ts'

export const on = 'hello -e test'
export const detached = `${on} --detach`
/** A release that goes on without its process. */
export const left = { exit: 8 }

/** Ends a command that follows something. */
export const interrupt =
  (pattern: RegExp) =>
  async (running: Running): Promise<void> => {
    await running.says(pattern)
    running.child.kill('SIGINT')
  }

/** Kills a command once it has sent both parts of a package, before it completes the upload. */
export function killInUpload(guarded: Guarded): (running: Running) => Promise<void> {
  return async ({ child }) => {
    guarded.faults.add({ kind: 'error', target: 's3:CompleteMultipartUpload', times: 1 })
    await guarded.calls('UploadPart', 2)
    child.kill('SIGKILL')
  }
}

/** Makes the record of a release older, as if nobody had carried it on for a long time. */
export async function makeStale({ sandbox }: Guarded, it: Shop): Promise<void> {
  const { description } = await sandbox.alias(it.lambdaName)
  const Description = description.replace(/since [^ ]+/, 'since 2026-01-01T00:00:00.000Z')
  await sandbox.lambda.send(
    new UpdateAliasCommand({ FunctionName: it.lambdaName, Name: 'live', Description }),
  )
}
