import { expect, test } from 'vitest'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { findAlarms } from '../../../src/workflows/preflight/alarms/find-alarms.ts'
import { proveCandidate } from '../../../src/workflows/preflight/prove-candidate.ts'
import { proveGates } from '../../../src/workflows/preflight/prove-gates.ts'
import { awsError, before, failing } from '../calls.ts'
import { aliasOf, canaryWorld, plan } from '../canary.ts'
import { failureOf, target, type World } from '../world.ts'

async function gates(made: World, changed: Partial<Plan> = {}, needsAlarm = true) {
  const proved = { ...plan, ...changed }
  const selection = await findAlarms(made.run, proved.alarms)
  return proveGates({ run: made.run, target, plan: proved }, aliasOf(made), { needsAlarm, selection })
}

function candidate(made: World, ...payloads: unknown[]) {
  const smoke = payloads.map((payload, index) => ({ name: String(index + 1), payload, expect: undefined }))
  return proveCandidate({ run: made.run, target, plan }, smoke)
}

function checks(made: World) {
  return made.events.map((event) =>
    event.event === 'checked' ? `${event.check.outcome} ${event.check.title}` : event.event,
  )
}

test('what is proved is told, title by title', async () => {
  const made = canaryWorld()
  await gates(made)
  await candidate(made, { order: 1 })
  expect(checks(made)).toEqual(['pass triggers', 'pass alarm errors', 'pass smoke 1'])
  expect(made.functions.invoked).toEqual([
    { name: 'shop-checkout-prod', qualifier: '4', payload: '{"order":1}' },
  ])
  expect(made.changes()).toEqual(['functions.invoke'])
})

test('a canary without a gate fails, and says the three ways on', async () => {
  const made = canaryWorld()
  expect(await failureOf(gates(made, { alarms: [] }))).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message:
      'Nothing was published and no traffic moved, since preflight failed: alarms: no alarm gates this release, so the release would prove nothing.',
    next: [
      'Alias live is still on version 3: correct the failure, then release again.',
      'Make an alarm: aws cloudwatch put-metric-alarm --alarm-name shop-checkout-prod-live-errors --namespace AWS/Lambda --metric-name Errors --dimensions Name=FunctionName,Value=shop-checkout-prod Name=Resource,Value=shop-checkout-prod:live --statistic Sum --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching',
      'Then release under it, or with alarms: [shop-checkout-prod-live-errors] in functions.checkout.release of lambdactl.yaml: lambdactl canary checkout --env prod --alarm shop-checkout-prod-live-errors',
      'Or compare the two versions of a canary, with compare: true in functions.checkout.release of lambdactl.yaml: lambdactl canary checkout --env prod',
      `If the release can't wait, override the gate, on record: lambdactl canary checkout --env prod --breakglass "why"`,
    ],
  })
})

test('where none is needed, a release without alarms is warned of', async () => {
  const made = canaryWorld()
  await gates(made, { strategy: 'all-at-once', steps: [], alarms: [] }, false)
  expect(checks(made)).toEqual(['pass triggers', 'warn alarms'])
})

test('a failing smoke event fails, and without one nothing is invoked', async () => {
  const made = canaryWorld()
  await candidate(made)
  expect(checks(made)).toEqual(['warn smoke'])
  expect(made.functions.invoked).toEqual([])
  made.functions.answer = {
    payload: '{"errorMessage":"no"}',
    version: '4',
    functionError: 'Unhandled',
    logTail: '',
  }
  expect(await failureOf(candidate(made, null))).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message: expect.stringContaining(
      'smoke 1: the candidate failed its smoke event: {"errorMessage":"no"}',
    ) as string,
  })
})

test('each smoke event is a check of its own, also after one that could not be asked', async () => {
  const made = canaryWorld()
  const error = awsError('AWS_UNAVAILABLE', 'Could not invoke it: Rate Exceeded (TooManyRequestsException)')
  made.calls.faults.push(failing('functions.invoke', 2, { error }))
  expect(await failureOf(candidate(made, 'one', 'two', 'three'))).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message:
      'Version 4 got no traffic, since preflight failed: smoke 2: the candidate could not be tried: Could not invoke it: Rate Exceeded (TooManyRequestsException).',
  })
  expect(checks(made)).toEqual(['pass smoke 1', 'fail smoke 2', 'pass smoke 3'])
  expect(made.functions.invoked.map(({ payload }) => payload)).toEqual(['"one"', '"three"'])
})

test('what nobody foresaw while an event is tried is a bug, and no failed check', async () => {
  const made = canaryWorld()
  made.calls.faults.push(failing('functions.invoke', 1, { error: new TypeError('x is undefined') }))
  expect(await failureOf(candidate(made, 'one'))).toMatchObject({ code: 'BUG' })
})

test('an interrupt keeps the next smoke event from being sent', async () => {
  const made = canaryWorld()
  made.calls.faults.push(before('functions.invoke', 1, made.interrupt))
  expect(await failureOf(candidate(made, 'one', 'two'))).toMatchObject({ code: 'INTERRUPTED' })
  expect(made.functions.invoked).toHaveLength(1)
})

test('all that fails is named together', async () => {
  const made = canaryWorld()
  made.alarms = { errors: [[0, 'ALARM']] }
  made.triggers = [{ description: 'queue orders', kind: 'mapping', qualifier: undefined }]
  expect(await failureOf(gates(made, { alarms: ['errors', 'slow'] }))).toMatchObject({
    message:
      'Nothing was published and no traffic moved, since preflight failed: triggers: 1 of 1 bypass live: queue orders invokes $LATEST; ' +
      'alarm errors: it already fires: it is ALARM; ' +
      'alarm slow: CloudWatch has no alarm with that name in this account and Region.',
  })
})

test("somebody else's Description is named before it is replaced", async () => {
  const made = canaryWorld()
  made.aliases.byHand(target.lambdaName, { description: 'ask "Ada"' })
  await gates(made)
  expect(made.events[0]).toEqual({
    function: 'checkout',
    event: 'checked',
    check: {
      title: 'alias live',
      outcome: 'warn',
      detail: 'the release record replaces its Description, which the journal keeps: "ask \\"Ada\\""',
    },
  })
})

test('a first version has no gates to prove', async () => {
  const made = canaryWorld()
  made.aliases.state.clear()
  await gates(made, { stable: undefined, alarms: [] })
  expect(made.events).toEqual([])
})

test('an alarm that began to fire since its proof keeps the candidate from traffic', async () => {
  const made = canaryWorld()
  await gates(made)
  made.alarms = { errors: [[0, 'ALARM']] }
  expect(await failureOf(candidate(made))).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message:
      'Version 4 got no traffic, since preflight failed: alarms: alarm errors is in ALARM (it is ALARM).',
  })
})
