import { expect, test } from 'vitest'
import { judge } from './judge.ts'

const stop = ['sandbox', 'stop', '--json']
const says = (document: object, exitCode: number | null = 0) => ({
  exitCode,
  stdout: JSON.stringify(document),
})

test('a document has to be as its schema says, and nothing more', () => {
  judge(stop, says({ schemaVersion: 1, stopped: [] }))
  expect(() => judge(stop, says({ stopped: [] }))).toThrow('schemaVersion')
  expect(() => judge(stop, says({ schemaVersion: 2, stopped: [] }))).toThrow('schemaVersion')
  expect(() => judge(stop, says({ schemaVersion: 1, stopped: {} }))).toThrow('/stopped')
  expect(() => judge(stop, says({ schemaVersion: 1, stopped: [], more: 1 }))).toThrow('more')
  expect(() => judge(stop, says([]))).toThrow('array')
})

test('a failed command has the document of errors', () => {
  const error = { code: 'USAGE', kind: 'user', message: 'No.', next: ['Stop.'], exitCode: 2 }
  judge(stop, says({ schemaVersion: 1, error }, 2))
  expect(() => judge(stop, says({ schemaVersion: 1, error: { ...error, next: 'Stop.' } }, 2))).toThrow('next')
})

test('each line of a stream has to be one of its events; a killed process may leave a part of one', () => {
  const deploy = ['deploy', '-e', 'test', '--json']
  const stage = '{"schemaVersion":1,"event":"stage","stage":"packaging","function":"hello","time":1}\n'
  judge(deploy, { exitCode: null, stdout: `${stage}{"schemaVersion":1,"ev` })
  expect(() => judge(deploy, { exitCode: 0, stdout: stage.replace('"packaging"', '"dancing"') })).toThrow(
    'stage',
  )
  expect(() => judge(deploy, { exitCode: 0, stdout: stage.replace('"stage"', '"dance"') })).toThrow(
    'has nothing',
  )
  expect(() => judge(deploy, { exitCode: 0, stdout: stage.replace('"time":1', '"time":"now"') })).toThrow(
    'time',
  )
})

test('text is not judged, nor a document of which a killed process wrote a part', () => {
  judge(['sandbox', 'stop'], { exitCode: 0, stdout: 'stopped\n' })
  judge(stop, { exitCode: null, stdout: '{"sto' })
  expect(() => judge(stop, { exitCode: 0, stdout: '{"sto' })).toThrow('JSON')
})
