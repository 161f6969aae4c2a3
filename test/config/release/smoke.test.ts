import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load.ts'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { failureOf } from '../config-from.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lambdactl-config-'))
  await mkdir(join(directory, 'events'))
})
afterEach(() => rm(directory, { recursive: true }))

/** Resolves a function with this as its `release.smoke`, and with that in the environment prod. */
async function smokeOf(written: string, inProd = '{}') {
  const path = join(directory, 'lambdactl.yaml')
  await writeFile(
    path,
    `service: shop
functions:
  checkout: {source: a, runtime: nodejs24.x, handler: i.h, release: {smoke: ${written}}}
environments: {prod: {role: "arn:aws:iam::123456789012:role/shop", functions: {checkout: {release: ${inProd}}}}}
`,
  )
  const config = await loadConfig(path)
  return () => resolveFunction(config, 'prod', 'checkout', { variables: {} }).release.smoke
}

const nameless = { name: undefined, expect: undefined }

test('a lone event may be written in place, and needs no name', async () => {
  const smoke = await smokeOf('{event: {id: 7, tags: [a]}}')
  expect(smoke()).toEqual([{ ...nameless, payload: { id: 7, tags: ['a'] } }])
  expect((await smokeOf('{event: null}'))()).toEqual([{ ...nameless, payload: null }])
})

test('an event is read from a file beside the configuration, and is called like it', async () => {
  await writeFile(join(directory, 'events/order.json'), '{"id": 8}')
  const smoke = await smokeOf('{event: events/order.json}')
  expect(smoke()).toEqual([{ name: 'order.json', payload: { id: 8 }, expect: undefined }])
})

test('several keep their order; a name comes before a file, and a number is the last resort', async () => {
  await writeFile(join(directory, 'events/order.json'), '{"id": 8}')
  const smoke = await smokeOf(
    '[{event: events/order.json, name: an order}, {event: events/order.json}, {event: 3, expect: {status: 404, payload: null}}]',
  )
  expect(smoke()).toEqual([
    { name: 'an order', payload: { id: 8 }, expect: undefined },
    { name: 'order.json', payload: { id: 8 }, expect: undefined },
    { name: '3', payload: 3, expect: { status: 404, payload: null } },
  ])
})

test('${…} is nothing special in an event or in what is expected', async () => {
  const [event] = (await smokeOf('{event: {a: "${env}"}, expect: {payload: "${env:NOT_SET}"}}'))()
  expect(event).toMatchObject({ payload: { a: '${env}' }, expect: { payload: '${env:NOT_SET}' } })
})

test("an environment's events replace those of the function", async () => {
  expect((await smokeOf('[{event: 1}, {event: 2}]', '{smoke: {event: 9}}'))()).toMatchObject([{ payload: 9 }])
  expect((await smokeOf('{event: 1}', '{smoke: []}'))()).toEqual([])
})

test('a file that is missing, or has no JSON, is named with its place', async () => {
  const missing = await smokeOf('{event: events/none.json}')
  expect(failureOf(missing).message).toMatch(
    /lambdactl.yaml:3:85 functions.checkout.release.smoke.event: expected a file of JSON at .*none.json: there is no such file/,
  )
  await writeFile(join(directory, 'events/none.json'), '{id}')
  expect(failureOf(missing).code).toBe('CONFIG_INVALID')
  const second = await smokeOf('[{event: 1}, {event: gone.json}]')
  expect(failureOf(second).message).toContain('functions.checkout.release.smoke[1].event: expected')
})

test.each([
  ['hello.json', '3:77 smoke: expected a map or a list of maps, got "hello.json".'],
  ['[{event: 1}, {}]', '3:90 smoke[1].event: expected a file of JSON or the event itself, got nothing.'],
  ['[{event: 1, expects: 2}]', '3:89 smoke[0].expects: there is no such field. Did you mean expect?'],
  [
    '{event: 1, expect: {body: 2}}',
    '3:97 smoke.expect.body: there is no such field. Expected one of status, payload.',
  ],
  ['{event: 1, expect: {}}', '3:96 smoke.expect: expected a status or a payload, got a map.'],
  [
    '{event: 1, expect: {status: "200"}}',
    '3:105 smoke.expect.status: expected a status from 100 to 599, got "200".',
  ],
  [
    '{event: 1, expect: {payload: &e [*e]}}',
    '3:109 smoke.expect.payload: expected a JSON value, got a list.',
  ],
  ['{event: 1, name: ""}', '3:94 smoke.name: expected a name on one line, got "".'],
])('%s is refused with its place, what was expected and what is there', async (written, message) => {
  await expect(smokeOf(written)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(
      message.replace(' smoke', ' functions.checkout.release.smoke'),
    ) as string,
  })
})
