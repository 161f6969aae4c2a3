import { expect, test } from 'vitest'
import type { ResolvedFunction } from '../../../src/config/types.ts'
import { asFound } from '../../../src/workflows/release-only/as-found.ts'
import { readyFunction } from '../fake-functions.ts'
import { service } from '../service.ts'
import { failureOf, target, world } from '../world.ts'

const image = { command: [], entryPoint: [], workingDirectory: '' }
const uri = `000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}`

async function found(fields: Partial<ResolvedFunction>, isImage: boolean) {
  await using shop = await service()
  const made = world()
  const state = readyFunction(target.lambdaName)
  const settings = isImage ? { ...state.settings, image } : state.settings
  made.functions.state.set(target.lambdaName, { ...state, settings, ...(isImage && { image: uri }) })
  return await asFound(made.run, target, { ...shop.fn, manages: 'code', ...fields })
}

test('a source for an image, and an image for a zip, are refused before anything is packaged', async () => {
  expect(await failureOf(found({}, true))).toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('runs an image') as string,
  })
  expect(await failureOf(found({ image: { uri, ...image } }, false))).toMatchObject({
    message: expect.stringContaining('runs a zip') as string,
  })
  expect((await found({ isCodeAsFound: true }, true)).fn.image).toMatchObject({ uri })
  expect((await found({ image: { uri, ...image } }, true)).fn.image).toMatchObject({ uri })
})
