import { expect, test } from 'vitest'
import { formatOrigin, parseOrigin } from '../../../src/release/values/version-description.ts'

const digest = 'a'.repeat(64)
const commit = 'b'.repeat(40)

test.each([undefined, commit, `${commit}+`])('an origin is read back: commit %s', (from) => {
  const text = formatOrigin({ digest, commit: from })
  expect(parseOrigin(text)).toEqual({ digest, commit: from })
  expect(text.length).toBeLessThanOrEqual(130)
})

test('an origin names its service, where that fits', () => {
  const origin = { digest, commit: `${commit}+`, service: 'my_shop-2' }
  expect(parseOrigin(formatOrigin(origin))).toEqual(origin)
  const long = formatOrigin({ ...origin, service: 's'.repeat(200) })
  expect(parseOrigin(long)).toEqual({ digest, commit: `${commit}+` })
  expect(formatOrigin({ ...origin, service: 's'.repeat(100) }).length).toBeLessThanOrEqual(256)
})

test.each([
  '',
  'built by hand',
  'lambdactl sha256:abc',
  `lambdactl sha256:${digest} commit`,
  `lambdactl sha256:${digest} commit main`,
  `lambdactl sha256:${digest} service my shop`,
  `lambdactl sha256:${digest.toUpperCase()}`,
  ` lambdactl sha256:${digest}`,
])('%j is no origin', (description) => {
  expect(parseOrigin(description)).toBeUndefined()
})
