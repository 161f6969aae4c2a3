import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { interpreterOf } from '../../../../src/sandbox/execution/runtime/interpreters.ts'

/** Puts programs before those of the PATH, each of which prints this. */
async function withPrograms(programs: Record<string, string>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdactl-test-'))
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`)
    await chmod(join(folder, name), 0o755)
  }
  vi.stubEnv('PATH', `${folder}${delimiter}/usr/bin${delimiter}/bin`)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
}

const said = () => vi.spyOn(console, 'error').mockReturnValue(undefined)

test('a function runs on its own version where there is one, or else on the nearest, and that is said', async () => {
  await withPrograms({
    'python3.14': 'exit 127',
    'python3.15': 'echo /far/python3 3.15.0',
    'python3.9': 'echo /near/python3 3.9.2',
    python3: 'echo /usual/python3 3.2.0',
    node: 'echo /some/node 30.1.0',
  })
  const spy = said()
  expect(await interpreterOf('python3.9')).toEqual({ file: '/near/python3', version: '3.9.2' })
  expect(await interpreterOf('nodejs30.x')).toEqual({ file: '/some/node', version: '30.1.0' })
  expect(spy).not.toHaveBeenCalled()
  expect(await interpreterOf('python3.14')).toEqual({ file: '/far/python3', version: '3.15.0' })
  expect(spy).toHaveBeenLastCalledWith(
    'No Python 3.14 was found here, so functions of python3.14 run on Python 3.15.0.',
  )
  const own = Number(process.versions.node.split('.')[0])
  expect(await interpreterOf(`nodejs${own}.x`)).toEqual({
    file: process.execPath,
    version: process.versions.node,
  })
})
