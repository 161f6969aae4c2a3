import { expect, test } from 'vitest'
import { annotationsOf } from '../../../src/cli/pipelines/github/annotations.ts'

const file = { name: 'lambdactl.yaml', placeOf: (name = 'only') => `lambdactl.yaml:7:3 functions.${name}` }
const unread = { ...file, placeOf: () => undefined }
const here = { GITHUB_WORKSPACE: process.cwd() }
const next = ['Correct it.']

test('each problem of a configuration is an error of its line', () => {
  const message =
    'lambdactl.yaml:3:5 functions.a.memory: expected a number\nlambdactl.yaml:9:1 functions.b.timeout: expected a time'
  expect(annotationsOf({ code: 'CONFIG_INVALID', message, next }, unread, here)).toEqual([
    '::error title=lambdactl,file=lambdactl.yaml,line=3,col=5::functions.a.memory: expected a number',
    '::error title=lambdactl,file=lambdactl.yaml,line=9,col=1::functions.b.timeout: expected a time',
  ])
})

test('a failure of a function is an error of its line, with the next steps', () => {
  const fired = { code: 'ROLLED_BACK', message: 'Alarm errors is in ALARM.', next, function: 'a' }
  const failures = [fired, { ...fired, function: 'b', message: 'Rolled back.' }]
  const whole = { code: 'ROLLED_BACK', message: '2 of 3 functions failed.', next: [], failures }
  expect(annotationsOf(whole, file, here)).toEqual([
    '::error title=lambdactl,file=lambdactl.yaml,line=7::Alarm errors is in ALARM.%0A→ Correct it.',
    '::error title=lambdactl,file=lambdactl.yaml,line=7::Rolled back.%0A→ Correct it.',
  ])
})

test('an error that names no function is one of the only function of the command', () => {
  expect(annotationsOf({ code: 'ROLLED_BACK', message: 'Rolled back.', next: [] }, file, here)).toEqual([
    '::error title=lambdactl,file=lambdactl.yaml,line=7::Rolled back.',
  ])
})

test('an error of no function has no line, and a pause is a warning', () => {
  expect(annotationsOf({ code: 'USAGE', message: 'There is no flag --x.', next: [] }, unread, here)).toEqual([
    '::error title=lambdactl::There is no flag --x.',
  ])
  expect(annotationsOf({ code: 'PAUSED', message: 'It waits.', next: [] }, unread, here)).toEqual([
    '::warning title=lambdactl::It waits.',
  ])
})

test('the path is that in the repository, and a file outside has none', () => {
  const named = { name: '/repo/services/a,b:c%/lambdactl.yaml', placeOf: () => undefined }
  const message = `${named.name}:3:5 service: expected a name`
  const error = { code: 'CONFIG_INVALID', message, next }
  expect(annotationsOf(error, named, { GITHUB_WORKSPACE: '/repo' })).toEqual([
    '::error title=lambdactl,file=services/a%2Cb%3Ac%25/lambdactl.yaml,line=3,col=5::service: expected a name',
  ])
  expect(annotationsOf(error, named, { GITHUB_WORKSPACE: '/other' })).toEqual([
    '::error title=lambdactl::service: expected a name',
  ])
})

test('no message ends the command or begins another one', () => {
  const message = 'a%0A\n::set-output name=x::y\r::stop-commands::token\n##[group]\u001b[2J'
  const [line = '', ...more] = annotationsOf({ code: 'BUG', message, next: [] }, unread, here)
  expect(more).toEqual([])
  expect(line).toBe(
    '::error title=lambdactl::a%250A%0A::set-output name=x::y::stop-commands::token%0A##[group]',
  )
})

test('GitHub shows ten errors of a step, so no more are written', () => {
  const message = Array.from({ length: 30 }, (_, index) => `lambdactl.yaml:${index + 1}:1 x: wrong`).join(
    '\n',
  )
  expect(annotationsOf({ code: 'CONFIG_INVALID', message, next }, file, here)).toHaveLength(10)
})
