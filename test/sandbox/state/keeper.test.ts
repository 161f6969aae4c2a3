import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepState } from '../../../src/sandbox/state/keeper.ts'
import type { Persistent } from '../../../src/sandbox/state/persistent.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'keeper-'))
})
afterEach(() => rm(directory, { recursive: true }))

interface Part extends Persistent {
  value: { names: string[] }
}

function createPart(key: string, ...names: string[]): Part {
  return {
    key,
    value: { names },
    snapshot() {
      return this.value
    },
    restore(state) {
      this.value = state as Part['value']
    },
  }
}

describe('what was kept', () => {
  test('is there again after a restart', async () => {
    const before = createPart('part', 'a')
    const keeper = await keepState(directory, [before])
    before.value.names.push('b')
    await keeper.close()
    const after = createPart('part')
    const next = await keepState(directory, [after])
    expect(after.value).toEqual({ names: ['a', 'b'] })
    await next.close()
  })

  test('is saved while the sandbox runs', async () => {
    const part = createPart('part')
    const keeper = await keepState(directory, [part])
    part.value.names.push('late')
    await vi.waitFor(
      async () => expect(await readFile(path.join(directory, 'part.json'), 'utf8')).toContain('late'),
      { timeout: 5000 },
    )
    await keeper.close()
  })

  test('is one file for each part that changed, and no other', async () => {
    const [changed, same] = [createPart('changed'), createPart('same')]
    const keeper = await keepState(directory, [changed, same])
    changed.value.names.push('a')
    await keeper.close()
    expect(await readdir(directory)).toEqual(['changed.json'])
  })
})

describe('a file that cannot be read', () => {
  test.each([
    ['is cut off', '{"lambdactlSandbox":1,"part":"part","sta'],
    ['is somebody else’s', '{"name":"my-package"}'],
    ['is another part’s', '{"lambdactlSandbox":1,"part":"other","state":{"names":[]}}'],
    ['is in another format', '{"lambdactlSandbox":99,"part":"part","state":{"names":[]}}'],
    ['is not an object', 'null'],
  ])('because it %s is named, and left as it is', async (_, text) => {
    const file = path.join(directory, 'part.json')
    await writeFile(file, text)
    await expect(keepState(directory, [createPart('part')])).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(file) as string,
      next: [expect.stringContaining('Move that file away') as string],
    })
    expect(await readFile(file, 'utf8')).toBe(text)
  })

  test('because its part does not take the state is named too', async () => {
    const first = createPart('part', 'a')
    const keeper = await keepState(directory, [first])
    first.value.names.push('b')
    await keeper.close()
    const second = createPart('part')
    second.restore = () => {
      throw new TypeError('names is not iterable')
    }
    await expect(keepState(directory, [second])).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})
