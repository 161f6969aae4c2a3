import { expect, test } from 'vitest'
import { functionDiagnosis } from '../../../src/gates/doctor/function.ts'
import { managesDiagnosis, ownerDiagnosis } from '../../../src/gates/doctor/ownership.ts'
import { regionDiagnosis } from '../../../src/gates/doctor/place.ts'
import { setupDiagnosis } from '../../../src/gates/doctor/setups.ts'
import { versionsDiagnosis } from '../../../src/gates/doctor/versions.ts'

const declared = {
  manages: 'function',
  ownedFields: ['memory'],
  codeLines: [],
  configName: 'lambdactl.yaml',
} as const
const stack = { tool: 'CDK', stack: 'shop-prod', tag: 'aws:cloudformation:stack-name' } as const
const ready = { status: 'ready', statusReason: undefined, runtime: 'nodejs24.x' } as const

test('a function of another tool that the file claims is a warning, with the fields to remove', () => {
  expect(managesDiagnosis(stack, declared)).toMatchObject({
    outcome: 'warn',
    detail: 'lambdactl.yaml manages the whole function, which the CDK stack shop-prod makes',
    next: [expect.stringMatching(/: memory$/)],
  })
  expect(managesDiagnosis(stack, { ...declared, manages: 'code' }).outcome).toBe('pass')
  expect(managesDiagnosis(undefined, declared).outcome).toBe('pass')
})

test('a function of another tool without a tag leads to the lines for its tool', () => {
  expect(ownerDiagnosis(undefined, { ...declared, manages: 'code' })).toMatchObject({
    outcome: 'note',
    next: [expect.stringContaining('docs/beside-iac.md')],
  })
  expect(ownerDiagnosis(undefined, declared)).toMatchObject({ outcome: 'pass' })
})

test.each([
  [ready, 'function', 'pass', undefined],
  [{ ...ready, status: 'failed', statusReason: 'no subnet' }, 'code', 'fail', 'UPDATE_FAILED'],
  [{ ...ready, status: 'changing' }, 'code', 'note', undefined],
  [{ ...ready, hiddenVariables: 'no kms:Decrypt' }, 'code', 'warn', undefined],
  [undefined, 'function', 'note', undefined],
  [undefined, 'code', 'fail', 'NOT_FOUND'],
] as const)('the function %j with manages: %s is a %s', (found, manages, outcome, code) => {
  const diagnosis = functionDiagnosis('shop-checkout-prod', found, { manages })
  expect([diagnosis.outcome, diagnosis.code]).toEqual([outcome, code])
})

test('versions of others count from the first one of lambdactl on', () => {
  const theirs = (version: string) => ({ version, isOurs: false })
  const ours = (version: string) => ({ version, isOurs: true })
  expect(versionsDiagnosis([theirs('2'), theirs('1')]).outcome).toBe('pass')
  expect(versionsDiagnosis([ours('3'), theirs('2'), theirs('1')]).outcome).toBe('pass')
  const mixed = versionsDiagnosis([theirs('9'), ours('8'), theirs('7'), ours('6'), theirs('5')])
  expect(mixed).toMatchObject({ outcome: 'warn', detail: 'something else published versions 9, 7' })
})

test('a Region that only the shell names is a warning', () => {
  const place = { environment: 'prod', region: 'eu-west-1' }
  expect(regionDiagnosis(place, 'lambdactl.yaml').outcome).toBe('pass')
  const fromShell = regionDiagnosis({ ...place, from: 'AWS_REGION' }, 'lambdactl.yaml')
  expect(fromShell).toMatchObject({ outcome: 'warn', detail: 'eu-west-1 comes from AWS_REGION' })
  expect(fromShell.mends?.[0]?.text).toBe('environments:\n  prod:\n    region: eu-west-1')
})

test('a stack is asked for its versions and aliases at the place of the release', () => {
  const awsCli = { program: 'AWS_PROFILE=shop aws', flags: ['--region', 'eu-west-1'] }
  const names = {
    name: 'pay-now',
    functionName: 'pay',
    alias: 'live',
    logicalId: 'PayNow0123ABCD',
    isImage: false,
    awsCli,
  }
  const { mends = [], why } = setupDiagnosis(stack, names)
  expect(mends[0]?.text).toMatch(
    /^AWS_PROFILE=shop aws cloudformation list-stack-resources --stack-name shop-prod .* --region eu-west-1$/,
  )
  expect(mends[1]?.text).toContain("'PayNowLive'")
  expect(why).toContain('`cdk deploy --revert-drift`')
})
