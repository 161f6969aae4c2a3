import { expect, test } from 'vitest'
import { credentialsDiagnosis } from '../../../src/gates/doctor/machine/credentials.ts'
import { nodeDiagnosis } from '../../../src/gates/doctor/machine/node.ts'

const now = Date.parse('2026-11-28T03:00:00Z')
const minutes = (count: number) => count * 60_000

test.each([
  ['22.12.9', 'fail', 'lambdactl needs 22.13 or newer'],
  ['9.99.0', 'fail', 'this is Node 9.99.0'],
  ['22.13.0', 'pass', 'until 2027-04-30'],
  ['24.11.1', 'pass', 'until 2028-04-30'],
  ['25.9.0', 'warn', 'no security fix since 2026-06-01'],
  ['31.0.0', 'note', 'not checked'],
])('Node %s is a %s', (version, outcome, words) => {
  const found = nodeDiagnosis({ version, accepted: '>=22.13' }, now)
  expect(found.outcome).toBe(outcome)
  expect(found.detail).toContain(words)
})

const found = { account: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/ci/1' }
const temporary = { ...found, isTemporary: true, isRenewed: false }

test.each([
  ['keys of a user', { ...found, isTemporary: false, isRenewed: false }, 0, 'pass', '/ci/1 in the account'],
  ['a renewed session', { ...temporary, isRenewed: true, until: now }, minutes(600), 'pass', 'then renewed'],
  ['a session without an end', temporary, 0, 'note', 'AWS_CREDENTIAL_EXPIRATION does not tell'],
  ['less than an hour', { ...temporary, until: now + minutes(59) }, 0, 'warn', 'they end in 59 min'],
  [
    'an hour',
    { ...temporary, until: now + minutes(60) },
    minutes(30),
    'pass',
    'until 2026-11-28T04:00:00.000Z',
  ],
  [
    'less than the release',
    { ...temporary, until: now + minutes(90) },
    minutes(91),
    'warn',
    'up to 1 h 31 min',
  ],
  ['an end that has passed', { ...temporary, until: now - 1 }, 0, 'warn', 'they end already'],
] as const)('credentials: %s', (_, credentials, longestMs, outcome, words) => {
  const diagnosis = credentialsDiagnosis(credentials, longestMs, now)
  expect(diagnosis.outcome).toBe(outcome)
  expect(diagnosis.detail).toContain(words)
})
