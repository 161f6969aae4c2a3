import { expect, onTestFinished, test } from 'vitest'
import { autoScalingService } from '../../../src/sandbox/autoscaling/service.ts'
import { cloudWatchService } from '../../../src/sandbox/cloudwatch/service.ts'
import { type Constraints, checkInput } from '../../../src/sandbox/constraints/check-input.ts'
import autoscaling from '../../../src/sandbox/constraints/models/application-autoscaling.json' with {
  type: 'json',
}
import cloudwatch from '../../../src/sandbox/constraints/models/cloudwatch.json' with { type: 'json' }
import events from '../../../src/sandbox/constraints/models/events.json' with { type: 'json' }
import iam from '../../../src/sandbox/constraints/models/iam.json' with { type: 'json' }
import kinesis from '../../../src/sandbox/constraints/models/kinesis.json' with { type: 'json' }
import logs from '../../../src/sandbox/constraints/models/logs.json' with { type: 'json' }
import secretsmanager from '../../../src/sandbox/constraints/models/secretsmanager.json' with { type: 'json' }
import ssm from '../../../src/sandbox/constraints/models/ssm.json' with { type: 'json' }
import stepfunctions from '../../../src/sandbox/constraints/models/stepfunctions.json' with { type: 'json' }
import { eventsService } from '../../../src/sandbox/events/service.ts'
import { iamService } from '../../../src/sandbox/iam/service.ts'
import { kinesisService } from '../../../src/sandbox/kinesis/service.ts'
import { logsService } from '../../../src/sandbox/logs/service.ts'
import type { Service } from '../../../src/sandbox/protocol/service.ts'
import { secretsManagerService } from '../../../src/sandbox/secretsmanager/service.ts'
import { ssmService } from '../../../src/sandbox/ssm/service.ts'
import { statesService } from '../../../src/sandbox/stepfunctions/service.ts'

const clock = () => 0
const models: Record<string, Constraints> = {
  autoscaling,
  cloudwatch,
  events,
  iam,
  kinesis,
  logs,
  secretsmanager,
  ssm,
  stepfunctions,
}
const alarm = { AlarmName: 'errors', EvaluationPeriods: 1 }
const filter = { filterName: 'f', filterPattern: '', logGroupName: 'g', destinationArn: 'arn' }

test.each<[string, string, object, string]>([
  [
    'ssm',
    'GetParameters',
    { Names: Array<string>(11).fill('a') },
    `1 validation error detected: Value '[${Array<string>(11).fill('a').join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`,
  ],
  [
    'ssm',
    'PutParameter',
    { Name: 'p', Value: 'v', Type: 'str', Tier: 'Best' },
    "2 validation errors detected: Value 'str' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]; Value 'Best' at 'tier' failed to satisfy constraint: Member must satisfy enum value set: [Standard, Advanced, Intelligent-Tiering]",
  ],
  [
    'ssm',
    'DescribeParameters',
    { ParameterFilters: [{ Key: 'key', Option: 'over 10 chars' }] },
    "2 validation errors detected: Value 'key' at 'parameterFilters.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType; Value 'over 10 chars' at 'parameterFilters.1.member.option' failed to satisfy constraint: Member must have length less than or equal to 10",
  ],
  [
    'ssm',
    'AddTagsToResource',
    { ResourceType: 'Parameter', ResourceId: 'p', Tags: [{ Key: 'é', Value: '*' }] },
    String.raw`1 validation error detected: Value '*' at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`,
  ],
  [
    'secretsmanager',
    'ListSecrets',
    { Filters: [{ Key: 'invalid', Values: ['foo'] }] },
    "1 validation error detected: Value 'invalid' at 'filters.1.member.key' failed to satisfy constraint: Member must satisfy enum value set: [all, name, tag-key, description, tag-value]",
  ],
  [
    'cloudwatch',
    'SetAlarmState',
    { AlarmName: 'a', StateReason: 'b', StateValue: 'INVALID' },
    "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
  ],
  [
    'cloudwatch',
    'PutMetricAlarm',
    { ...alarm, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 0, Period: 0 },
    "2 validation errors detected: Value '0' at 'period' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '0' at 'evaluationPeriods' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    'logs',
    'PutSubscriptionFilter',
    { ...filter, filterName: 'a:b', distribution: 'Even' },
    "2 validation errors detected: Value 'a:b' at 'filterName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*; Value 'Even' at 'distribution' failed to satisfy constraint: Member must satisfy enum value set: [Random, ByLogStream]",
  ],
  [
    'logs',
    'StartQuery',
    { logGroupName: 'g', startTime: 0, endTime: 1 },
    "1 validation error detected: Value null at 'queryString' failed to satisfy constraint: Member must not be null",
  ],
  [
    'events',
    'PutRule',
    { Name: 'a b', State: 'ON' },
    "2 validation errors detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]",
  ],
  [
    'stepfunctions',
    'CreateStateMachine',
    { name: 'flow', definition: '{}', type: 'FAST' },
    "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
  ],
  [
    'iam',
    'CreateRole',
    { RoleName: 'r', AssumeRolePolicyDocument: '{}', MaxSessionDuration: 43_201 },
    "1 validation error detected: Value '43201' at 'maxSessionDuration' failed to satisfy constraint: Member must have value less than or equal to 43200",
  ],
])('%s %s says which constraints of its model are violated', (service, operation, input, message) => {
  const model = models[service] as Constraints
  expect(() => checkInput(model, operation, input, Error)).toThrow(new Error(message))
})

test.each<[string, () => { service: Service; close?(): unknown }, readonly string[]]>([
  [
    'cloudwatch',
    () => cloudWatchService({ clock }),
    // These have words of their own.
    ['PutMetricData', 'GetMetricData', 'GetMetricStatistics', 'ListMetrics'],
  ],
  ['autoscaling', () => autoScalingService({ clock }), []],
  ['events', () => eventsService({ clock, delivery: { deliver: async () => undefined } }), []],
  ['iam', () => iamService(clock), []],
  ['kinesis', () => kinesisService({ clock }), []],
  ['logs', () => logsService({ clock }), []],
  ['secretsmanager', () => secretsManagerService(clock), []],
  ['ssm', () => ssmService(clock), []],
  [
    'stepfunctions',
    () => statesService({ clock, realMs: Number, lambda: () => ({}), mayAssume: () => true }),
    [],
  ],
])(
  '%s has the constraints of the operations that the sandbox has: scripts/constraints.ts',
  (name, make, own) => {
    const made = make()
    onTestFinished(async () => void (await made.close?.()))
    const { operations: loaded, deferred } = made.service
    const all = [...Object.keys(loaded), ...(deferred?.operationNames ?? [])]
    const operations = all.filter((operation) => !own.includes(operation))
    expect(Object.keys(models[name]?.inputs ?? {}).toSorted()).toEqual(operations.toSorted())
  },
)
