import { expect, test } from 'vitest'
import { formatOrigin, parseOrigin } from '../../src/release/version-description.ts'

const digest = 'a'.repeat(64)
const commit = 'b'.repeat(40)

test.each([undefined, commit, `${commit}+`])('an origin is read back: commit %s', (from) => {
  const text = formatOrigin({ digest, commit: from })
  expect(parseOrigin(text)).toEqual({ digest, commit: from })
  expect(text.length).toBeLessThanOrEqual(130)
})

test.each([
  '',
  'built by hand',
  'lambdactl sha256:abc',
  `lambdactl sha256:${digest} commit`,
  `lambdactl sha256:${digest} commit main`,
  `lambdactl sha256:${digest.toUpperCase()}`,
  ` lambdactl sha256:${digest}`,
])('%j is no origin', (description) => {
  expect(parseOrigin(description)).toBeUndefined()
})
