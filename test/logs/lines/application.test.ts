import { describe, expect, test } from 'vitest'
import { id, json, read, time } from './reading.ts'

describe('a line of the application', () => {
  test.each<[format: string, message: string, expected: object]>([
    ['plain words', 'order shipped\n', { text: 'order shipped', level: undefined, requestId: undefined }],
    [
      "Node's console",
      `${time}\t${id}\tINFO\ttotal computed\n`,
      { text: 'total computed', level: 'info', requestId: id },
    ],
    [
      "Node's console before a request",
      `${time}\tundefined\tWARN\tslow start`,
      { text: 'slow start', level: 'warn', requestId: undefined },
    ],
    [
      'a logger behind the console',
      `${time}\t${id}\tINFO\t${json({ level: 'warn', message: 'low stock', sku: 'a1' })}`,
      { text: 'low stock', level: 'warn', requestId: id, fields: { sku: 'a1' } },
    ],
    [
      "Python's logging",
      `[WARNING]\t${time}\t${id}\tlow stock\n`,
      { text: 'low stock', level: 'warn', requestId: id },
    ],
    [
      "Java's layout for Lambda",
      `2026-11-27 03:40:55 ${id} ERROR Checkout - no stock`,
      { text: 'Checkout - no stock', level: 'error', requestId: id },
    ],
    ['.NET', `${time}\t${id}\tfail\tno stock`, { text: 'no stock', level: 'error', requestId: id }],
    ['a level in front', 'WARN: low stock', { text: 'low stock', level: 'warn' }],
    ['a word that is no level', 'ORDER shipped', { text: 'ORDER shipped', level: undefined }],
    [
      "Lambda's JSON format",
      json({ timestamp: time, level: 'WARN', requestId: id, message: 'total computed', total: 6 }),
      { text: 'total computed', level: 'warn', requestId: id, fields: { total: 6 } },
    ],
    [
      'Powertools',
      json({
        level: 'INFO',
        message: 'paid',
        service: 'shop',
        timestamp: time,
        function_request_id: id,
        cold_start: true,
        xray_trace_id: '1-a',
        orderId: 7,
      }),
      { text: 'paid', level: 'info', requestId: id, fields: { service: 'shop', orderId: 7 } },
    ],
    [
      'pino',
      json({ level: 40, time: 1, pid: 8, hostname: 'h', msg: 'low stock', sku: 'a1' }),
      { text: 'low stock', level: 'warn', fields: { sku: 'a1' } },
    ],
    [
      'winston',
      json({ level: 'error', message: 'no stock', timestamp: time }),
      { text: 'no stock', level: 'error', fields: {} },
    ],
    [
      'structlog',
      json({ event: 'low stock', level: 'warning', timestamp: time, sku: 'a1' }),
      { text: 'low stock', level: 'warn', fields: { sku: 'a1' } },
    ],
    [
      'logback',
      json({
        '@timestamp': time,
        '@version': '1',
        message: 'paid',
        logger_name: 'shop.Pay',
        thread_name: 'main',
        level: 'INFO',
        level_value: 20000,
      }),
      { text: 'paid', level: 'info', fields: { logger_name: 'shop.Pay' } },
    ],
    [
      'a line that merely starts with a brace',
      '{not json',
      { text: '{not json', level: undefined, fields: {} },
    ],
    ['JSON without words', json({ total: 6 }), { text: '', fields: { total: 6 } }],
    ['an empty line', '', { text: '', level: undefined }],
    [
      'several arguments of the console',
      json({ timestamp: time, level: 'INFO', requestId: id, message: ['got', { a: 1 }] }),
      { text: 'got {"a":1}', fields: {} },
    ],
  ])('%s', (_, message, expected) => {
    expect(read(message)).toMatchObject(expected)
  })
})

describe('an error', () => {
  const stack = [
    'TypeError: payment gateway said no',
    '    at charge (file:///var/task/pay.mjs:3:9)',
    '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1173:29)',
  ]
  const said = { text: 'TypeError: payment gateway said no', level: 'error', stack: stack.slice(1) }

  test.each<[format: string, message: string, expected: object]>([
    [
      "of Node's handler",
      `${time}\t${id}\tERROR\tInvoke Error \t${json({ errorType: 'TypeError', errorMessage: 'payment gateway said no', stack })}`,
      said,
    ],
    [
      "of Node's handler in JSON",
      json({
        timestamp: time,
        level: 'ERROR',
        requestId: id,
        message: { errorType: 'TypeError', errorMessage: 'payment gateway said no', stackTrace: stack },
      }),
      { ...said, requestId: id, fields: {} },
    ],
    ['of the console', `${time}\t${id}\tERROR\t${stack.join('\n')}`, said],
    [
      'of pino',
      json({
        level: 50,
        time: 1,
        msg: 'payment failed',
        err: { type: 'TypeError', message: 'payment gateway said no', stack: stack.join('\n') },
      }),
      {
        text: 'payment failed: TypeError: payment gateway said no',
        level: 'error',
        stack: stack.slice(1),
        fields: {},
      },
    ],
    [
      'of Powertools',
      json({
        level: 'ERROR',
        message: 'payment failed',
        error: { name: 'TypeError', message: 'payment gateway said no', stack: stack.join('\n') },
      }),
      { text: 'payment failed: TypeError: payment gateway said no', level: 'error', stack: stack.slice(1) },
    ],
    [
      "of Python's runtime",
      "[ERROR] KeyError: 'sku'\nTraceback (most recent call last):\n\u00a0\u00a0File \"/var/task/app.py\", line 7, in handler\n\u00a0\u00a0\u00a0\u00a0return event['sku']",
      {
        text: "KeyError: 'sku'",
        level: 'error',
        stack: [
          'Traceback (most recent call last):',
          '\u00a0\u00a0File "/var/task/app.py", line 7, in handler',
          "\u00a0\u00a0\u00a0\u00a0return event['sku']",
        ],
      },
    ],
    [
      'of structlog',
      json({
        event: 'failed',
        level: 'error',
        exception:
          'Traceback (most recent call last):\n  File "/var/task/app.py", line 7, in handler\nKeyError: \'sku\'',
      }),
      { text: "failed: KeyError: 'sku'", level: 'error' },
    ],
    [
      "of Lambda's JSON format in Python",
      json({
        timestamp: time,
        level: 'ERROR',
        requestId: id,
        errorType: 'KeyError',
        errorMessage: "'sku'",
        stackTrace: ['  File "/var/task/app.py", line 7, in handler\n    return event[\'sku\']\n'],
      }),
      { text: "KeyError: 'sku'", level: 'error', fields: {} },
    ],
  ])('%s', (_, message, expected) => {
    expect(read(message)).toMatchObject(expected)
  })
})

const nested = (levels: number) => `${'{"in":'.repeat(levels)}1${'}'.repeat(levels)}`

test.each([
  ['as a line', ''],
  ["behind Node's console", `${time}\t${id}\tINFO\t`],
])('JSON that is nested too deep to be written again is a text, %s', (_, prefix) => {
  const deep = nested(20_000)
  expect(read(prefix + deep)).toMatchObject({ text: deep, fields: {} })
  expect(read(prefix + nested(100)).fields).toEqual(JSON.parse(nested(100)))
})
