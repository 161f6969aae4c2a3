import { afterEach, beforeEach, expect, test } from 'vitest'
import { packagingTools } from '../../../src/workflows/code/packaging-tools.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { awsError, failing } from '../calls.ts'
import { canary, type Service, service } from '../service.ts'
import { failureOf, target, type World, world } from '../world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

const arn = 'arn:aws:lambda:eu-west-1:123456789012:layer:pad:3'
const release = () => releaseFunction(made.run, target, { ...shop.fn, layers: [arn] }, canary)

test('a package that its layers leave no room for is refused before anything is uploaded', async () => {
  made.functions.layers[arn] = 262_144_000
  const failure = await failureOf(release())
  expect(failure).toMatchObject({ code: 'PACKAGE_INVALID' })
  expect(failure.message).toBe(
    'The package is too large unzipped: expected at most 250 MiB, got 250.1 MiB. Largest: layer pad:3 (250 MiB), app.py (0.1 MiB).',
  )
  expect(made.changes()).toEqual([])
})

test('one that fits goes on', async () => {
  made.functions.layers[arn] = 200_000_000
  expect(await release()).toMatchObject({ outcome: 'released' })
})

test('a layer that may not be looked at does not count, and that is said', async () => {
  const error = awsError('NOT_PERMITTED', 'Could not read the layer')
  made.calls.faults.push(failing('functions.layerBytes', 1, { error }))
  expect(await release()).toMatchObject({ outcome: 'released' })
  expect(made.events).toContainEqual(
    expect.objectContaining({
      event: 'warning',
      text: "the size of the layer pad:3 is unknown and doesn't count: Could not read the layer",
    }),
  )
})

test('packaging reads layers by AWS where a run has it, and else none', async () => {
  const { aws: _, ...offline } = made.run
  expect(packagingTools(offline, 'checkout').readLayer).toBeUndefined()
  expect(await packagingTools(made.run, 'checkout').readLayer?.(arn)).toHaveLength(0)
  expect(made.calls.made.map(({ name }) => name)).toEqual(['functions.layerZip'])
})
