import { beforeEach, describe, expect, test } from 'vitest'
import type { FunctionAttachments } from '../../../src/function/attachments/attachments.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { before } from '../calls.ts'
import { canary, deployed, type Service, service } from '../service.ts'
import { failureOf, target, type World, world } from '../world.ts'

const noCors = {
  origins: [],
  methods: [],
  headers: [],
  exposeHeaders: [],
  maxAgeSeconds: 0,
  credentials: false,
}
const url = { auth: 'iam', invokeMode: 'buffered', cors: noCors } as const
const async = { retries: 0, maximumAgeSeconds: 60, onSuccess: '', onFailure: 'queue' }
const group = '/aws/lambda/shop-checkout-prod'
const all: FunctionAttachments = {
  async,
  url: { ...url, auth: 'none' },
  tags: { team: 'shop' },
  reservedConcurrency: 5,
  retention: { logGroup: group, days: 30 },
}

let made: World
beforeEach(() => {
  made = world()
})

function release(of: Service, attachments: FunctionAttachments, dryRun = false) {
  return releaseFunction(made.run, target, { ...of.fn, attachments }, { ...canary, dryRun })
}

/** The settings that were told, as `field: from → to`. */
function told(): string[] {
  return made.events.flatMap((event) =>
    event.event === 'setting' ? [`${event.state} ${event.field}: ${event.from} → ${event.to}`] : [],
  )
}

describe('a first release', () => {
  test("applies the function's own before the alias is made, and the alias's after", async () => {
    await using of = await service()
    const result = await release(of, all)
    expect(result.outcome).toBe('released')
    expect(made.changes()).toEqual([
      'functions.create',
      'functions.publish',
      'logGroups.create',
      'logGroups.keep',
      'attachments.tag',
      'concurrency.reserve',
      'aliases.create',
      'attachments.setAsyncInvocation',
      'attachments.createUrl',
      'attachments.makePublic',
    ])
    expect(told()).toEqual([
      'applied logs.retention: no log group → 30d',
      'applied tags: none → team=shop',
      'applied reservedConcurrency: none → 5',
      "applied async: Lambda's defaults → retries 0, maximum age 1m, on failure queue",
      'applied url: none → auth none, buffered',
    ])
  })
})

describe('where nothing else differs', () => {
  test('a setting alone is applied, nothing is published, and the result says so', async () => {
    await using of = await service()
    await deployed(made, of)
    const retention = { logGroup: group, days: 7 }
    made.logGroups.set(group, 30)
    expect(await release(of, { retention })).toMatchObject({ outcome: 'configured', version: '1' })
    expect(made.changes()).toEqual(['logGroups.keep'])
    expect(told()).toEqual(['applied logs.retention: 30d → 7d'])
    expect(await release(of, { retention })).toMatchObject({ outcome: 'unchanged' })
  })

  test('a dry run tells what it would apply, and applies nothing', async () => {
    await using of = await service()
    await deployed(made, of)
    expect(await release(of, { tags: { team: 'shop' } }, true)).toMatchObject({ outcome: 'planned' })
    expect(made.changes()).toEqual([])
    expect(told()).toEqual(['planned tags: none → team=shop'])
  })

  test('only the groups that the file has are read', async () => {
    await using of = await service()
    await deployed(made, of)
    await release(of, { tags: {} })
    expect(made.calls.made.map(({ name }) => name)).toEqual([
      'aliases.get',
      'functions.get',
      'attachments.tags',
    ])
  })
})

test('tags that the file has not are removed, others are set', async () => {
  await using of = await service()
  await deployed(made, of)
  made.attachments.state.tags = { team: 'old', gone: 'x', kept: 'y' }
  await release(of, { tags: { team: 'shop', kept: 'y' } })
  expect(made.attachments.state.tags).toEqual({ team: 'shop', kept: 'y' })
})

test('reserved concurrency of 0 stops a function in an incident: no deploy takes that back', async () => {
  await using of = await service()
  await deployed(made, of)
  made.concurrency.reserved = 0
  expect(await release(of, { reservedConcurrency: 50 })).toMatchObject({ outcome: 'unchanged' })
  expect(made.concurrency.reserved).toBe(0)
  expect(made.events).toContainEqual(
    expect.objectContaining({
      event: 'warning',
      text: expect.stringContaining('lambdactl concurrency reserve checkout --env prod 50') as string,
    }),
  )
})

test('null removes: the reservation, the URL with its permission, the retention', async () => {
  await using of = await service()
  await deployed(made, of)
  made.concurrency.reserved = 5
  made.logGroups.set(group, 30)
  Object.assign(made.attachments.state, {
    url: { ...url, auth: 'none' },
    grants: { complete: true, ours: true },
  })
  await release(of, { reservedConcurrency: null, url: null, retention: { logGroup: group, days: null } })
  expect(made.concurrency.reserved).toBeUndefined()
  expect(made.attachments.state).toMatchObject({ url: undefined, grants: { ours: false } })
  expect(made.logGroups.get(group)).toBeNull()
})

test("a URL that asks for signatures again loses lambdactl's own permission, and nobody else's", async () => {
  await using of = await service()
  await deployed(made, of)
  made.attachments.state.url = url
  made.attachments.state.grants = { complete: true, ours: false }
  expect(await release(of, { url })).toMatchObject({ outcome: 'unchanged' })
  made.attachments.state.grants = { complete: true, ours: true }
  await release(of, { url })
  expect(made.changes()).toEqual(['attachments.makePrivate'])
})

test('the order and the case of what CORS lists are no difference', async () => {
  await using of = await service()
  await deployed(made, of)
  const cors = { ...noCors, headers: ['content-type', 'x-api-key'], methods: ['GET', 'POST'] }
  made.attachments.state.url = { ...url, cors }
  const wanted = {
    ...url,
    cors: { ...cors, headers: ['X-Api-Key', 'Content-Type'], methods: ['POST', 'GET'] },
  }
  expect(await release(of, { url: wanted })).toMatchObject({ outcome: 'unchanged' })
  expect(await release(of, { url: { ...url, cors: { ...cors, maxAgeSeconds: 5 } } })).toMatchObject({
    outcome: 'configured',
  })
})

describe('with a release', () => {
  test('they are applied before the first shift, which is fenced by the revision that the alias has then', async () => {
    await using of = await service()
    await deployed(made, of)
    await of.write('def handler(event, context):\n    return 2\n')
    made.calls.faults.push(
      before('attachments.setAsyncInvocation', 1, () => {
        const { version = '', description = '' } = made.aliases.state.get(target.lambdaName) ?? {}
        made.aliases.byHand(target.lambdaName, { version, description })
      }),
    )
    expect(await release(of, { async })).toMatchObject({ outcome: 'released', version: '2' })
    const changes = made.changes()
    expect(changes.indexOf('attachments.setAsyncInvocation')).toBeLessThan(changes.indexOf('aliases.update'))
  })

  test('an alias that was moved meanwhile is left to whoever moved it', async () => {
    await using of = await service()
    await deployed(made, of)
    await of.write('def handler(event, context):\n    return 2\n')
    made.calls.faults.push(
      before('attachments.setAsyncInvocation', 1, () => {
        made.aliases.byHand(target.lambdaName, { version: '9' })
      }),
    )
    expect(await failureOf(release(of, { async }))).toMatchObject({ code: 'CONFLICT' })
    expect(made.aliases.state.get(target.lambdaName)?.version).toBe('9')
  })

  test('a candidate that fails its preflight leaves them as they are', async () => {
    await using of = await service()
    await deployed(made, of)
    await of.write('def handler(event, context):\n    return 2\n')
    made.alarms = { errors: [[0, 'ALARM']] }
    expect(await failureOf(release(of, { tags: { team: 'shop' } }))).toMatchObject({
      code: 'PREFLIGHT_FAILED',
    })
    expect(made.attachments.state.tags).toEqual({})
  })
})
