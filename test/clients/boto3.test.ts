import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useSandbox } from '../cli/sandbox.ts'
import { folder } from '../packaging/folder.ts'
import { clientVariables, runClient, whyMissing } from './programs.ts'

const isMissing = whyMissing('boto3', ['python3', '-c', 'import boto3'])
const sandbox = useSandbox()

test.skipIf(isMissing !== undefined)(
  'boto3 takes a function through its life, with waiters, pages and its own error classes',
  async () => {
    await using place = await folder()
    // -B: Python leaves nothing beside the scripts.
    const told = await runClient('python3', ['-B', join(import.meta.dirname, 'python/life.py')], {
      cwd: place.path,
      env: clientVariables(sandbox().url),
    })
    expect(told).toMatch(/^ok is_gone_after_delete$/m)
  },
  180_000,
)
