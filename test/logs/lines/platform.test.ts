import { describe, expect, test } from 'vitest'
import { id, json, read, time } from './reading.ts'

describe("a line of Lambda's own", () => {
  const report = `REPORT RequestId: ${id}\tDuration: 3.05 ms\tBilled Duration: 63 ms\tMemory Size: 320 MB\tMax Memory Used: 52 MB\tInit Duration: 59.12 ms\t\n`
  const figures = { durationMs: 3.05, billedMs: 63, memoryMb: 320, maxMemoryMb: 52, initMs: 59.12 }

  test.each<[kind: string, message: string, expected: object]>([
    ['START', `START RequestId: ${id} Version: 7\n`, { requestId: id, platform: { kind: 'start' } }],
    ['END', `END RequestId: ${id}\n`, { requestId: id, platform: { kind: 'end' } }],
    ['REPORT', report, { requestId: id, platform: { kind: 'report', report: figures } }],
    [
      'REPORT with X-Ray',
      `${report}XRAY TraceId: 1-5e1b\tSegmentId: 0a\tSampled: true\n`,
      { platform: { kind: 'report', report: { ...figures, traceId: '1-5e1b' } } },
    ],
    [
      'REPORT of a timeout',
      report.replace('\t\n', '\tStatus: timeout\n'),
      { platform: { report: { ...figures, fault: 'timeout' } } },
    ],
    [
      'REPORT of one without memory',
      report.replace('\t\n', '\tStatus: error\tError Type: Runtime.OutOfMemory\n'),
      { platform: { report: { fault: 'out-of-memory' } } },
    ],
    [
      'a timeout',
      `${time} ${id} Task timed out after 3.00 seconds\n\n`,
      {
        requestId: id,
        level: 'error',
        text: 'Task timed out after 3.00 seconds',
        platform: { kind: 'fault', fault: 'timeout' },
      },
    ],
    [
      'an exit',
      `RequestId: ${id} Error: Runtime exited with error: exit status 1\nRuntime.ExitError\n`,
      { requestId: id, level: 'error', platform: { kind: 'fault', fault: 'exit' } },
    ],
    [
      'an init',
      'INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn\n',
      { requestId: undefined, platform: { kind: 'init-start' } },
    ],
    [
      'an init that failed',
      'INIT_REPORT Init Duration: 10011.22 ms\tPhase: init\tStatus: timeout\n',
      { level: 'error', platform: { kind: 'fault', fault: 'init-failed' } },
    ],
    [
      'an extension',
      'EXTENSION\tName: x\tState: Ready\tEvents: [INVOKE]\n',
      { platform: { kind: 'other', type: 'EXTENSION' } },
    ],
    [
      'a start in JSON',
      json({
        time,
        type: 'platform.start',
        record: { requestId: id, version: '7', tracing: { value: 'Root=1-5e1b;Parent=0;Sampled=1' } },
      }),
      { requestId: id, platform: { kind: 'start', traceId: '1-5e1b' } },
    ],
    [
      'a report in JSON',
      json({
        time,
        type: 'platform.report',
        record: {
          requestId: id,
          metrics: {
            durationMs: 3.05,
            billedDurationMs: 63,
            memorySizeMB: 320,
            maxMemoryUsedMB: 52,
            initDurationMs: 59.12,
          },
          status: 'success',
        },
      }),
      { requestId: id, platform: { kind: 'report', report: figures } },
    ],
    [
      'a timeout in JSON',
      json({ time, type: 'platform.report', record: { requestId: id, status: 'timeout', metrics: {} } }),
      { platform: { report: { fault: 'timeout' } } },
    ],
    [
      'an init that failed in JSON',
      json({
        time,
        type: 'platform.initReport',
        record: { status: 'error', errorType: 'Runtime.ExitError' },
      }),
      { platform: { kind: 'fault', fault: 'init-failed' } },
    ],
  ])('%s', (_, message, expected) => {
    expect(read(message)).toMatchObject(expected)
  })

  test('an error that the handler threw is no fault of Lambda', () => {
    const failed = json({
      time,
      type: 'platform.report',
      record: { requestId: id, status: 'error', errorType: 'TypeError', metrics: {} },
    })
    expect(read(failed).platform).not.toHaveProperty('report.fault')
  })
})
