import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ArtifactSettings } from '../../../src/config/function/artifacts.ts'
import type { ResolvedFunction } from '../../../src/config/types.ts'
import { codeToUpload } from '../../../src/workflows/code/code-to-upload.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { canary, type Service, service } from '../service.ts'
import { target, type World, world } from '../world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
  made.alarms = { errors: [[0, 'OK']] }
})
afterEach(() => shop[Symbol.asyncDispose]())

const bucket: ArtifactSettings = {
  bucket: 'packages',
  keyPrefix: 'lambda/shop/checkout/',
  kmsKey: 'alias/packages',
  owner: '123456789012',
  always: true,
}
const release = (change: Partial<ResolvedFunction>) =>
  releaseFunction(made.run, target, { ...shop.fn, ...change }, canary)
const eventsOf = (event: string) => made.events.filter((one) => one.event === event)

test('what Lambda takes in a request does not go through the bucket, unless the configuration says so', async () => {
  await release({ artifacts: { ...bucket, always: false } })
  expect(made.changes()).not.toContain('artifacts.keep')
  expect(await release({ artifacts: bucket, memoryMb: 1024 })).toMatchObject({ outcome: 'released' })
  expect(made.changes()).not.toContain('artifacts.keep')
  await shop.write('def handler(event, context):\n    return 2\n')
  expect(await release({ artifacts: bucket })).toMatchObject({ outcome: 'released' })
  expect(made.artifacts.places).toHaveLength(1)
})

test('an object is named by its content, in the place that is configured', async () => {
  await release({ artifacts: bucket })
  const [[place, content] = ['', Buffer.from('')]] = [...made.artifacts.objects]
  const digest = createHash('sha256').update(content).digest('hex')
  expect(place).toBe(`packages/lambda/shop/checkout/${digest}.zip`)
  expect(made.artifacts.places).toMatchObject([{ kmsKey: 'alias/packages', owner: '123456789012' }])
  expect(eventsOf('uploaded')).toMatchObject([
    { bucket: 'packages', bytes: content.length, total: content.length },
  ])
})

test('an upload of more than a second tells how far it is; a shorter one does not', async () => {
  await release({ artifacts: bucket })
  expect(eventsOf('uploading')).toEqual([])
  await shop.write('def handler(event, context):\n    return 3\n')
  made.artifacts.uploadMs = 6000
  await release({ artifacts: bucket })
  const total = [...made.artifacts.objects.values()].at(-1)?.length ?? 0
  expect(eventsOf('uploading')).toHaveLength(4)
  expect(eventsOf('uploading')[0]).toMatchObject({
    function: 'checkout',
    bytes: Math.round(total / 4),
    total,
  })
})

test('so does what goes to Lambda itself, also that all of it is sent', async () => {
  const zip = Buffer.alloc(1000)
  const code = await codeToUpload(made.run, target, { zip }, undefined).upload()
  if (!('zip' in code)) throw new Error('It goes to Lambda itself.')
  for (const bytes of [0, 400, 500, 1000]) {
    code.onSent?.(bytes)
    await made.clock.sleep(600)
  }
  expect(eventsOf('uploading')).toEqual([
    { function: 'checkout', event: 'uploading', bytes: 500, total: 1000 },
    { function: 'checkout', event: 'uploading', bytes: 1000, total: 1000 },
  ])
  expect(eventsOf('stage')).toEqual([{ function: 'checkout', event: 'stage', stage: 'updating' }])
})
