import { expect, test } from 'vitest'
import { nextOfNetwork } from '../../../src/aws/answers/network-errors.ts'
import { loopbackOf } from '../../../src/aws/place/loopback.ts'

test.each([
  ['http://127.0.0.1:4510', '127.0.0.1:4510'],
  ['http://127.8.9.10', '127.8.9.10:80'],
  ['https://[::1]', '[::1]:443'],
  ['http://localhost:4510/', 'localhost:4510'],
  ['http://127.0.0.1.example.org', undefined],
  [undefined, undefined],
])('%s is looked at on this machine: %s', (endpoint, place) => {
  expect(loopbackOf(endpoint)).toBe(place)
})

test.each([
  ['127.0.0.1', 4510, ''],
  ['127.8.9.10', 4999, ' --port 4999'],
  ['::1', 4510, ''],
])('a refusal at %s:%s advises to start the sandbox', (address, port, flags) => {
  expect(nextOfNetwork({ code: 'ECONNREFUSED', address, port })[0]).toMatch(
    new RegExp(`: lambdactl sandbox start --detach${flags}$`),
  )
})
