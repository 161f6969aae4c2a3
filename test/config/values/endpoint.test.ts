import { expect, test } from 'vitest'
import { endpointProblem, isLoopback } from '../../../src/config/values/endpoint.ts'

test.each([
  'http://127.0.0.1:4510',
  'http://127.0.0.1',
  'http://127.8.9.10:80/path',
  'http://localhost:4566',
  'HTTP://LOCALHOST:4566/',
  'https://[::1]:4510',
])('%s is on this machine', (endpoint) => {
  expect(endpointProblem(endpoint)).toBeUndefined()
  expect(isLoopback(endpoint)).toBe(true)
})

test.each([
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://example.com/127.0.0.1',
  'http://example.com#localhost',
  'http://example.com?http://localhost',
  'http://0.0.0.0:4510',
  'http://2130706433',
  'http://0x7f000001',
  'http://0x7f.1',
  'http://127.1',
  'http://0177.0.0.1',
  'http://127.0.0.01',
  'http://[::ffff:127.0.0.1]',
  'http://[::]',
  'http://localhost.',
  'http://ｌocalhost',
  'http://169.254.169.254',
  'http://example.com\\@127.0.0.1',
  'http:127.0.0.1',
  'http:/localhost',
  'http://127.0.0.1@example.com',
  'http://localhost:4510@example.com',
  'not an address',
])('%s is not taken for this machine', (endpoint) => {
  expect(isLoopback(endpoint)).toBe(false)
})

test.each([
  'http://127.0.0.1@example.com',
  'https://user:password@example.com',
  'sandbox',
  'ftp://127.0.0.1',
  'http:127.0.0.1',
])('%s is refused as an endpoint', (endpoint) => {
  expect(endpointProblem(endpoint)).toMatch(/address/)
})
