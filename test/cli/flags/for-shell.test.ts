import { expect, test } from 'vitest'
import { placeFlags, releaseFlags, wholePlaceFlags } from '../../../src/cli/flags/for-shell.ts'

test('the flags of the place are repeated where they were given', () => {
  const given = {
    config: 'my file.yaml',
    region: undefined,
    'endpoint-url': 'http://127.0.0.1:4510',
    profile: "it's",
  }
  expect(placeFlags(given)).toEqual([
    '--config',
    "'my file.yaml'",
    '--endpoint-url',
    'http://127.0.0.1:4510',
    '--profile',
    "'it'\\''s'",
  ])
  expect(placeFlags({})).toEqual([])
})

test("a release's other flags are repeated, without its words, place and form of output", () => {
  const flag = (name: string, input: string) => ({ type: 'flag', flag: name, input })
  const tokens = [
    { type: 'arg', input: 'checkout' },
    flag('env', 'prod'),
    flag('region', 'eu-west-1'),
    flag('json', '--json'),
    flag('verbose', '--verbose'),
    flag('steps', '5 for 2m, 50 approval'),
    flag('alarm', 'errors'),
    flag('alarm', 'latency'),
    flag('load', '--no-load'),
    flag('detach', '--detach'),
  ]
  expect(releaseFlags(tokens).join(' ')).toBe(
    "--steps '5 for 2m, 50 approval' --alarm errors --alarm latency --no-load --detach",
  )
})

test("the file's own place is named for a folder without it, less what flags say", () => {
  const file = { region: 'eu-west-1', endpoint: 'http://127.0.0.1:4510', profile: undefined }
  expect(wholePlaceFlags({ region: 'us-east-1', config: 'a.yaml' }, file).join(' ')).toBe(
    '--region us-east-1 --endpoint-url http://127.0.0.1:4510',
  )
})
