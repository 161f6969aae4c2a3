import { expect, test } from 'vitest'
import { checkInput } from '../../../src/sandbox/constraints/check-input.ts'
import constraints from '../../../src/sandbox/constraints/models/lambda.json' with { type: 'json' }
import { ServiceError } from '../../../src/sandbox/protocol/service-error.ts'

const refusal = (message: string) => new ServiceError('ValidationException', 400, message)
const check = (operation: string, input: object) => checkInput(constraints, operation, input, refusal)

const role = 'arn:aws:iam::000000000000:role/app'
const creation = { FunctionName: 'shop', Role: role, Code: {} }
const mapping = { FunctionName: 'shop' }
const layers =
  'Member must satisfy constraint: [Member must have length less than or equal to 140, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+, Member must not be null]'

test.each([
  [
    'PublishLayerVersion',
    { LayerName: 'l', Content: {}, CompatibleArchitectures: ['x86'], Description: 'd'.repeat(257) },
    [
      `Value '${'d'.repeat(257)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 256`,
      "Value '[x86]' at 'compatibleArchitectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    ],
  ],
  [
    'CreateFunction',
    { FunctionName: 'shop', Code: {}, Timeout: 901, MemorySize: 1 },
    [
      "Value null at 'role' failed to satisfy constraint: Member must not be null",
      "Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
      "Value '1' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
  ],
  [
    'CreateFunction',
    { ...creation, Layers: ['l'] },
    [`Value '[l]' at 'layers' failed to satisfy constraint: ${layers}`],
  ],
  [
    'CreateFunction',
    { ...creation, FileSystemConfigs: [{ Arn: 'x', LocalMountPath: '/tmp' }] },
    [
      expect.stringMatching(/^Value 'x' at 'fileSystemConfigs.1.member.arn' failed/) as string,
      "Value '/tmp' at 'fileSystemConfigs.1.member.localMountPath' failed to satisfy constraint: Member must satisfy regular expression pattern: /mnt/[a-zA-Z0-9-_.]+",
    ],
  ],
  [
    'CreateEventSourceMapping',
    { ...mapping, StartingPosition: '0', BatchSize: 0 },
    [
      "Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1",
      "Value '0' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
    ],
  ],
  [
    'UpdateAlias',
    { FunctionName: 'shop', Name: '2024', RoutingConfig: { AdditionalVersionWeights: { $LATEST: 2 } } },
    [
      "Value '2024' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
      "Value '{$LATEST=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
      "Value '{$LATEST=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    ],
  ],
  [
    'UntagResource',
    { Resource: `arn:aws:lambda:eu-west-1:000000000000:function:f` },
    ["Value null at 'tagKeys' failed to satisfy constraint: Member must not be null"],
  ],
])('%s names every constraint that is violated', (operation, input, violations) => {
  const error = thrownBy(() => check(operation, input))
  expect(error).toMatchObject({ code: 'ValidationException', status: 400 })
  const [count = '', ...rest] = error.message.split(' detected: ')
  expect(count).toBe(
    violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`,
  )
  expect(rest.join('').split('; ')).toEqual(violations)
})

test.each([
  ['CreateFunction', { ...creation, Handler: '', KMSKeyArn: '', Environment: { Variables: { AB: '' } } }],
  ['GetAccountSettings', {}],
])('%s without a violation passes', (operation, input) => {
  expect(() => check(operation, input)).not.toThrow()
})

function thrownBy(work: () => void): Error {
  try {
    work()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
