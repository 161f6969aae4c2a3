import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** An HTTP handler: a price for each sku, text for none. */
const shop = `export const handler = async ({ sku }) => {
  const price = { tea: 5, milk: 7 }[sku]
  if (price === undefined) return { statusCode: 404, body: 'no\\u001b[2J such\\n::error::sku' }
  return { statusCode: 200, body: JSON.stringify({ sku, price, at: Date.now() }) }
}
`

function writeSmoke(service: Service, smoke: string): Promise<void> {
  return service.writeEnvironment(`functions: {hello: {release: {smoke: ${smoke}}}}`)
}

async function pricedShop() {
  const service = await makeService()
  await service.writeHandler(shop)
  return { service, place: sandbox().place(service) }
}

test('a candidate that answers every smoke event as expected is released, each told by its name', async () => {
  const { service, place } = await pricedShop()
  await service.write({ 'events/milk.json': '{"sku": "milk"}' })
  await writeSmoke(
    service,
    `[{event: {sku: tea}, name: tea, expect: {status: 200, payload: {body: {price: 5}}}},
      {event: events/milk.json, expect: {payload: {body: {sku: milk, price: 7}}}}, {event: {}, expect: {status: 404}}]`,
  )
  const { stderr } = await runTo(0, ['deploy', '-e', 'test'], place)
  const told = [...stderr.matchAll(/preflight ok {4}(smoke .*?): .* at 0%, in \d+ ms/g)]
  expect(told.map(([, title]) => title)).toEqual(['smoke tea', 'smoke milk.json', 'smoke 3'])
})

test('an answer that is not the expected one stops the release with what was expected and got: exit 6', async () => {
  const { service, place } = await pricedShop()
  await writeSmoke(
    service,
    '[{event: {sku: milk}, expect: {payload: {body: {price: 5}}}}, {event: {}, name: none, expect: {status: 200}}, {event: 1}]',
  )
  const { stderr } = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(stderr).toMatch(/preflight FAIL {2}smoke 1$/m)
  expect(stderr).toMatch(/preflight FAIL {2}smoke none$/m)
  expect(stderr).toContain('preflight ok    smoke 3: ')
  expect(stderr).toMatch(
    /Error: Version 1 got no traffic, .*smoke 1: body\.price: expected 5, got 7; the candidate answered: \{.*smoke none: statusCode: expected 200, got 404;/,
  )
  expect(stderr).not.toContain('\u001b')
  expect(stderr).not.toMatch(/^::error::/m)
  await expect(sandbox().alias(service.lambdaName)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('a candidate of a function that is stopped is not proven, and the error says how to start it: exit 6', async () => {
  const { service, place } = await pricedShop()
  await runTo(0, ['deploy', '-e', 'test'], place)
  await runTo(0, ['concurrency', 'reserve', 'hello', '0', '-e', 'test'], place)
  await service.writeHandler(`${shop}// two\n`)
  const { stderr } = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(stderr).toMatch(
    /smoke: the candidate could not be tried: Could not invoke .*:2: it is stopped by hand \(its reserved concurrency is 0\)\./,
  )
  expect(stderr).toMatch(/→ To start it again .*: lambdactl concurrency reserve \w+ --env test none/)
  await sandbox().expectAlias(service.lambdaName, '1')
})
