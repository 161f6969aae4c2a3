import { expect, test } from 'vitest'
import { serviceNameOf } from '../../../src/config/adopt/service-name.ts'

test.each([
  ['shop', 'shop'],
  ['My Shop!', 'My-Shop'],
  ['_café (2)', 'cafe-2'],
  ['2024', '2024'],
  ['', 'service'],
])('the folder %j is the service %s', (folder, service) => {
  expect(serviceNameOf(folder)).toBe(service)
})

test.each([
  ['日本', '東京'],
  [`${'long-'.repeat(20)}a`, `${'long-'.repeat(20)}b`],
])('%j and %j are two services, whose functions have short names', (one, other) => {
  const names = [serviceNameOf(one), serviceNameOf(other)]
  expect(new Set(names).size).toBe(2)
  for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,31}$/)
})
