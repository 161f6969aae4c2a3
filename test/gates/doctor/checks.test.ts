import { expect, test } from 'vitest'
import { unreachable } from '../../../src/gates/doctor/checks/alarm-reach.ts'
import { alarmsDiagnosis } from '../../../src/gates/doctor/checks/alarms.ts'
import { batchesDiagnosis, streamsDiagnosis } from '../../../src/gates/doctor/checks/batches.ts'
import { concurrencyDiagnosis } from '../../../src/gates/doctor/checks/concurrency.ts'
import { retentionDiagnosis } from '../../../src/gates/doctor/checks/logs.ts'
import { memoryDiagnosis } from '../../../src/gates/doctor/checks/memory.ts'
import { asyncCallers, retriesDiagnosis } from '../../../src/gates/doctor/checks/retries.ts'
import { runtimeDiagnosis } from '../../../src/gates/doctor/checks/runtime.ts'
import { runtimeEnds, successorOf } from '../../../src/gates/doctor/checks/runtime-ends.ts'
import { timeoutDiagnosis } from '../../../src/gates/doctor/checks/timeout.ts'
import { variablesDiagnosis } from '../../../src/gates/doctor/checks/variables.ts'
import { visibilityDiagnosis } from '../../../src/gates/doctor/checks/visibility.ts'
import type { Ways } from '../../../src/gates/doctor/diagnosis.ts'
import { clockDiagnosis, storageDiagnosis } from '../../../src/gates/doctor/machine.ts'
import type { BatchSettings, Trigger } from '../../../src/release/values/observed.ts'

const ways: Ways = {
  set: (fields) => ({ next: [JSON.stringify(fields)] }),
  command: (...words) => words.join(' '),
  aws: (...words) => words.join(' '),
}

const grant = (principal: string): Trigger => ({
  description: principal,
  kind: 'grant',
  qualifier: 'live',
  principal,
})

const mapping = (source: string, batches: Partial<BatchSettings> = {}): Trigger => ({
  description: source,
  kind: 'mapping',
  uuid: 'one',
  qualifier: 'live',
  batches: { source, reportsFailedItems: true, retries: 3, onFailure: '', ...batches },
})

const queue = 'arn:aws:sqs:eu-west-1:123456789012:orders'
const stream = 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders'

test.each([
  ['API Gateway gives up before', 30, true, [grant('apigateway.amazonaws.com')], 'warn'],
  ['API Gateway waits long enough', 29, true, [grant('apigateway.amazonaws.com')], 'pass'],
  ["Lambda's default was not chosen", 3, false, [], 'warn'],
  ["Lambda's default was chosen", 3, true, [], 'pass'],
] as const)('time-out: %s', (_, timeoutSeconds, isChosen, triggers, outcome) => {
  expect(timeoutDiagnosis({ timeoutSeconds, isChosen, triggers }, ways).outcome).toBe(outcome)
})

test.each([
  ['long enough', 60, 0, 'pass', 'at least 6 time-outs'],
  ['too short', 59, 0, 'warn', 'orders shows a message again after 59 s, and should after 60 s'],
  ['too short for the window of a batch', 60, 5, 'warn', 'should after 65 s'],
  ['of a queue that is gone', 'absent', 0, 'warn', 'orders does not exist'],
  ['unknown', 'unknown', 0, 'note', 'not checked: it needs sqs:GetQueueAttributes on arn:aws:sqs'],
] as const)('the visibility time-out of a queue is %s', (_, hidesSeconds, windowSeconds, outcome, words) => {
  const found = visibilityDiagnosis(10, [{ arn: queue, windowSeconds, hidesSeconds }], ways)
  expect(found.outcome).toBe(outcome)
  expect(found.detail).toContain(words)
})

test('a queue that shows messages too early gets a command with its address', () => {
  const found = { windowSeconds: 0, hidesSeconds: 30 }
  const { mends } = visibilityDiagnosis(10, [{ ...found, arn: queue }], ways)
  expect(mends?.[0]?.text).toBe(
    'sqs set-queue-attributes --queue-url https://sqs.eu-west-1.amazonaws.com/123456789012/orders --attributes VisibilityTimeout=60',
  )
  const chinese = visibilityDiagnosis(10, [{ ...found, arn: 'arn:aws-cn:sqs:cn-north-1:1:orders' }], ways)
  expect(chinese.mends?.[0]?.text).toContain('https://sqs.cn-north-1.amazonaws.com.cn/1/orders')
  expect(visibilityDiagnosis(10, [], ways).outcome).toBe('pass')
})

test('asynchronous callers are the services that do not wait', () => {
  const callers = [
    's3.amazonaws.com',
    'logs.eu-west-1.amazonaws.com',
    'apigateway.amazonaws.com',
    '123456789012',
  ]
  expect(asyncCallers(callers.map((each) => grant(each))).map(({ principal }) => principal)).toEqual(
    callers.slice(0, 2),
  )
})

test('events that fail to the end without a destination are a warning', () => {
  const past = { ...grant('sns.amazonaws.com'), qualifier: undefined }
  const callers = [grant('s3.amazonaws.com'), past]
  const found = { alias: 'live', callers, queue: `${queue}-failed` }
  expect(retriesDiagnosis({ ...found, callers: [], losing: [] }, ways).outcome).toBe('pass')
  expect(retriesDiagnosis({ ...found, losing: [] }, ways).outcome).toBe('pass')
  const lost = retriesDiagnosis({ ...found, losing: callers }, ways)
  expect(lost).toMatchObject({ outcome: 'warn', field: 'onFailure' })
  expect(lost.next?.at(-1)).toContain('put sns.amazonaws.com on it first')
})

test('whole batches and endless retries are warnings, each with the command for its mapping', () => {
  expect(batchesDiagnosis([], ways).outcome).toBe('pass')
  expect(batchesDiagnosis([mapping(queue)], ways).outcome).toBe('pass')
  const whole = batchesDiagnosis([mapping(queue, { reportsFailedItems: false })], ways)
  expect(whole.outcome).toBe('warn')
  expect(whole.mends?.[0]?.text).toContain('--uuid one --function-response-types ReportBatchItemFailures')
  expect(streamsDiagnosis([mapping(queue)], ways).outcome).toBe('pass')
  expect(streamsDiagnosis([mapping(stream)], ways).outcome).toBe('pass')
  const { retries: _, ...endless } = mapping(stream).batches as BatchSettings
  expect(streamsDiagnosis([{ ...mapping(stream), batches: endless }], ways).outcome).toBe('warn')
})

test.each([
  [null, 'warn'],
  [undefined, 'note'],
  [30, 'pass'],
] as const)('a log group that keeps its events %s days is a %s', (days, outcome) => {
  expect(retentionDiagnosis({ group: '/aws/lambda/pay', days, isOurs: true }, ways).outcome).toBe(outcome)
})

test.each([
  ['nodejs18.x', 'warn', 'ended on 2025-09-01'],
  ['nodejs22.x', 'warn', 'ends on 2027-04-30'],
  ['nodejs24.x', 'pass', 'until 2028-04-30'],
  ['cobol74', 'note', 'not checked'],
  ['', 'note', 'not checked'],
])('on 2026-11-28 the runtime %s is a %s', (runtime, outcome, words) => {
  const found = runtimeDiagnosis(runtime, Date.parse('2026-11-28'), ways)
  expect(found.outcome).toBe(outcome)
  expect(found.detail).toContain(words)
})

test('each runtime has a successor with a later end', () => {
  for (const [runtime, end] of Object.entries(runtimeEnds)) {
    const successor = successorOf(runtime) ?? ''
    expect((runtimeEnds[successor] ?? '') >= end, `${runtime} → ${successor}`).toBe(true)
  }
})

test('secrets are told by names and shapes, and no value is printed', () => {
  const { outcome, detail } = variablesDiagnosis(
    {
      API_TOKEN: 'hush-hush',
      TABLE: 'orders',
      DB: 'postgres://app:hush-hush@db/orders',
      DB_PASSWORD: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db',
      KEY_ID: 'AKIAABCDEFGHIJKLMNOP',
    },
    undefined,
  )
  expect(outcome).toBe('warn')
  expect(detail).toContain('API_TOKEN, DB (an address with a password), KEY_ID (an access key of AWS)')
  expect(detail).not.toMatch(/hush|AKIA/)
  expect(variablesDiagnosis({ TABLE: 'orders' }, undefined).outcome).toBe('pass')
  expect(variablesDiagnosis({}, 'no kms:Decrypt').outcome).toBe('note')
})

test.each([
  [undefined, 0, [], 'pass'],
  [0, 0, [], 'warn'],
  [5, 5, [], 'warn'],
  [5, 2, [], 'pass'],
  [5, 0, [mapping(queue, { mostConcurrent: 6 })], 'warn'],
] as const)('%s reserved and %s provisioned', (reserved, provisioned, triggers, outcome) => {
  expect(concurrencyDiagnosis({ reserved, provisioned, triggers }, ways).outcome).toBe(outcome)
})

test.each([
  ['nothing was read', 128, 0, 0, 'note', 'not checked: no request with 128 MB in the last 24 h'],
  ['little is left', 128, 1, 116, 'warn', '116 of 128 MB used at most, by 1 request'],
  ['enough is left', 128, 9, 115, 'pass', '115 of 128 MB'],
  ['most is idle', 1024, 100, 256, 'note', 'CPU goes with it'],
  ['few requests tell nothing about idle memory', 1024, 99, 256, 'pass', 'by 99 requests'],
  ['a small function may be idle', 511, 100, 60, 'pass', '60 of 511 MB'],
] as const)('memory: %s', (_, memoryMb, requests, mostMb, outcome, words) => {
  const found = memoryDiagnosis({ memoryMb, requests, mostMb, span: 'the last 24 h' }, ways)
  expect(found.outcome).toBe(outcome)
  expect(found.detail).toContain(words)
})

test('the memory to set leaves a quarter of it free, within the limit of Lambda', () => {
  const of = (memoryMb: number, mostMb: number) =>
    memoryDiagnosis({ memoryMb, requests: 1, mostMb, span: '24 h' }, ways).next
  expect(of(128, 125)).toEqual(['{"memory":192}'])
  expect(of(10_240, 10_000)).toEqual(['{"memory":10240}'])
})

const alarm = (
  metric: string,
  statistic: string,
  threshold: number,
  dimensions = { FunctionName: 'pay' },
) => ({
  name: 'one',
  arn: '',
  condition: 'OK' as const,
  reason: '',
  since: 0,
  metric: { namespace: 'AWS/Lambda', name: metric, statistic, dimensions },
  limit: { threshold, comparison: 'GreaterThanThreshold' },
})

test('an alarm above the highest value of its metric can never fire', () => {
  expect(unreachable(alarm('Duration', 'p99', 10_000), 10)).toContain('its time-out')
  expect(unreachable(alarm('Duration', 'p99', 9000), 10)).toBeUndefined()
  expect(unreachable(alarm('Errors', 'Average', 1), 10)).toContain('at most 1')
  expect(unreachable(alarm('Errors', 'Sum', 1), 10)).toBeUndefined()
  const { metric, ...rest } = alarm('Errors', 'Sum', 1)
  const alone = { ...rest, metric: { ...metric, dimensions: { Resource: 'pay:live' } } }
  expect(unreachable(alone, 10)).toContain('Resource alone')
})

test('no alarm is a warning, but beside a comparison a note; one that can not fire is named', () => {
  const none = { title: 'alarms', outcome: 'fail', detail: '', fault: { kind: 'none' } } as const
  const found = { compares: false, checks: [none], unreachable: new Map<string, string>() }
  expect(alarmsDiagnosis(found, {})).toMatchObject({ outcome: 'warn', detail: 'no alarm gates its releases' })
  expect(alarmsDiagnosis({ ...found, compares: true }, {}).outcome).toBe('note')
  const checks = [{ title: 'alarm one', outcome: 'pass', detail: 'OK' }] as const
  expect(alarmsDiagnosis({ ...found, checks }, {}).outcome).toBe('pass')
  const fault = { kind: 'firing', alarm: 'one' } as const
  const firing = [{ title: 'alarm one', outcome: 'fail', detail: 'it already fires', fault }] as const
  expect(alarmsDiagnosis({ ...found, checks: firing }, {}).why).toContain('until the alarm is OK again')
  const mute = alarmsDiagnosis({ ...found, checks, unreachable: new Map([['one', 'because']]) }, {})
  expect(mute).toMatchObject({ outcome: 'warn', detail: "one can't fire: because" })
})

test('a wrong clock and a nearly full code storage are warnings', () => {
  expect(clockDiagnosis(4000).outcome).toBe('pass')
  expect(clockDiagnosis(-60_000)).toMatchObject({
    outcome: 'warn',
    detail: "the clock of this machine is 60 s behind AWS's",
  })
  const full = { bytes: 70 * 1024 ** 3, limitBytes: 75 * 1024 ** 3 }
  expect(storageDiagnosis(full, 'lambdactl versions prune')).toMatchObject({
    outcome: 'warn',
    detail: '75.2 of 80.5 GB used (93%)',
  })
  expect(storageDiagnosis({ ...full, bytes: 0 }, '').outcome).toBe('pass')
  expect(storageDiagnosis({ bytes: 0, limitBytes: 0 }, '').outcome).toBe('note')
})
