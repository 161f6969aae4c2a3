import { cp, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Outputs of the real tools; README.md beside them says how they were made. */
export const fixtures = join(import.meta.dirname, 'fixtures')

/** A copy of an output that the test may change. @param name as in `cdk.out` */
export async function copyOf(name: string): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lambdactl-iac-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(join(fixtures, name), join(folder, name), { recursive: true })
  return join(folder, name)
}
