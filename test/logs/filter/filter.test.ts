import { boolean, check, constantFrom, jsonValue, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterPattern } from '../../../src/logs/filter/filter-pattern.ts'
import { matches } from '../../../src/logs/filter/matches.ts'
import { parseFilter } from '../../../src/logs/filter/parse-filter.ts'
import { lineReader } from '../../../src/logs/lines/read-line.ts'
import { filterPattern as cloudWatchPattern } from '../../../src/sandbox/logs/patterns/filter-pattern.ts'
import { event, id, json, time } from '../lines/reading.ts'

const line = (message: string) => lineReader(() => 'shop')(event(message))

const computed = line(
  json({
    level: 'WARN',
    requestId: id,
    message: 'total computed',
    total: 6,
    user: { id: 'a1' },
    paid: false,
    'a.b': 1,
    note: null,
  }),
)

describe('a line of JSON meets', () => {
  test.each([
    ['total=6', true],
    ['total = "6"', true],
    ['total==6', true],
    ['total!=6', false],
    ['total>5 and total<7', true],
    ['total>=6.5', false],
    ['level>=warn', true],
    ['level>=error', false],
    ['level=WARNING', true],
    ['level>info and not level>warn', true],
    ['user.id=a1', true],
    ["user.id='a1'", true],
    ['user.name=a1', false],
    ['user.name!=a1', true],
    ['a.b=1', true],
    ['paid=false', true],
    ['note=null', true],
    ['note', true],
    ['missing', false],
    ['not missing', true],
    ['missing>1', false],
    ['msg~"^total"', true],
    ['msg!~computed', false],
    ['msg="total computed"', true],
    ['total=1 or total=6', true],
    ['total=1 or total=6 and paid=true', false],
    ['(total=1 or total=6) AND (paid=false)', true],
    ['version=7', true],
    ['function=shop', true],
    [`requestId=${id}`, true],
  ])('%s: %s', (text, expected) => {
    expect(matches(parseFilter(text), computed)).toBe(expected)
  })
})

test.each([
  ['level>=warn', `${time}\t${id}\tERROR\tno`, true],
  ['msg~no', 'all is well', false],
  ['total>1', `${time}\t${id}\tINFO\t${json({ message: 'x', total: 6 })}`, true],
])('%s on text %j: %s', (text, message, expected) => {
  expect(matches(parseFilter(text), line(message))).toBe(expected)
})

describe('a mistake is shown where it is', () => {
  test.each([
    ['', 'expected a condition, got the end', 0],
    ['level>>warn', 'expected a value, got ">warn"', 6],
    ['level>=', 'expected a value, got the end', 7],
    ['total>1 total<3', 'expected "and", "or" or the end, got "total<3"', 8],
    ['level>=wrn', 'expected a level such as warn, got "wrn"', 7],
    ['(total>1', 'expected ")", got the end', 8],
    ['total>1)', 'expected "and", "or" or the end, got ")"', 7],
    ['msg~"("', 'expected a regular expression, got', 4],
    ['msg="open', 'expected a field, a value or an operator, got', 4],
    ['and total', 'expected', 4],
    ['('.repeat(300), 'expected no more than 200 conditions inside each other', 200],
  ])('%s', (text, message, at) => {
    const failure = (() => {
      try {
        parseFilter(text)
        return new Error('it was read')
      } catch (error) {
        return error as Error
      }
    })()
    expect(failure).toMatchObject({ code: 'USAGE' })
    expect(failure.message).toContain(message)
    expect(failure.message.endsWith(`\n  ${' '.repeat(at)}^`)).toBe(true)
  })
})

describe('what CloudWatch is asked to find', () => {
  test.each([
    [{ contained: ['gateway'] }, '%gateway%'],
    [{ contained: ['payment gateway: no'] }, '%gateway:%'],
    [{ contained: [], filter: parseFilter('orderId="A-4711" and total>3') }, '%A-4711%'],
    [{ contained: ['no'], filter: parseFilter('level>=warn') }, undefined],
    [{ contained: [], filter: parseFilter('user=ada or user=grace') }, undefined],
    [{ contained: [], filter: parseFilter('user!=grace') }, undefined],
    [{ contained: ['naïveté'] }, '%vet%'],
    [{ contained: ['ä: 1'] }, undefined],
  ])('%j: %s', (conditions, expected) => {
    expect(filterPattern(conditions)).toBe(expected)
  })

  test('is in every line that meets the conditions', () => {
    const word = string({ unit: 'grapheme', maxLength: 12 })
    const object = record({ message: word, user: word, note: jsonValue() })
    const prefix = constantFrom('', `${time}\t${id}\tINFO\t`)
    const asked = check(
      property(object, prefix, boolean(), (said, before, byMessage) => {
        const message = before + json(said)
        const filter = {
          kind: 'compare',
          field: byMessage ? 'msg' : 'user',
          operator: '=',
          value: byMessage ? said.message : said.user,
        } as const
        const pattern = filterPattern({ contained: [], filter })
        const isMet = matches(filter, line(message))
        return pattern === undefined || !isMet || cloudWatchPattern(pattern)(message)
      }),
      { seed: 7, numRuns: 2000 },
    )
    expect(asked.counterexample).toBeNull()
  })
})
