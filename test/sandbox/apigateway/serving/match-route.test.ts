import { expect, test } from 'vitest'
import { matchRoute } from '../../../../src/sandbox/apigateway/serving/match-route.ts'

const routes = (...keys: string[]) => keys.map((key) => ({ id: key, key, authorization: 'NONE' as const }))
/** The routes of API Gateway's own page about priority. */
const pets = routes(
  '$default',
  'ANY /{proxy+}',
  'GET /pets/{proxy+}',
  'GET /pets/dog/{id}',
  'GET /pets/dog/1',
)

test.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
  ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
  ['POST', '/pets/dog/1', 'ANY /{proxy+}', { proxy: 'pets/dog/1' }],
  ['GET', '/', '$default', {}],
  ['GET', '/pets/dog/a%20b%2Fc', 'GET /pets/dog/{id}', { id: 'a b/c' }],
  ['GET', '/pets/dog/__proto__', 'GET /pets/dog/{id}', { id: '__proto__' }],
])('%s %s takes %s', (method, path, key, parameters) => {
  const found = matchRoute(pets, method, path)
  expect([found?.route.key, found?.parameters]).toEqual([key, parameters])
})

test('of one path the method outweighs ANY, and nothing else fits', () => {
  const all = routes('ANY /items', 'GET /items', 'ANY /items/{id}/parts')
  expect(matchRoute(all, 'GET', '/items')?.route.key).toBe('GET /items')
  expect(matchRoute(all, 'PUT', '/items')?.route.key).toBe('ANY /items')
  expect(matchRoute(all, 'GET', '/items//parts')).toBeUndefined()
  expect(matchRoute(all, 'GET', '/items/')).toBeUndefined()
  expect(matchRoute(all, 'GET', '/items/1/parts/2')).toBeUndefined()
})
