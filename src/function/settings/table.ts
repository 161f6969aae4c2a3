import type { Setting } from './row.ts'
import type { FunctionSettings } from './settings.ts'
import { durableWords, fileSystemWords, providerWords, vpcWords } from './words.ts'
import { durableField, literal, literals, providerField, vpcField } from './written.ts'

const orNull = (text: string) => text || null
const managed = 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig'

/**
 * Each setting that a version keeps, by its member in FunctionSettings, in the order in which changes are shown.
 * Changes, drift, `init --from`, the file's names and the docs get their facts about a setting from its row.
 */
export const settingTable = {
  runtime: { default: '', fields: { runtime: { aws: 'Runtime' } } },
  handler: {
    default: '',
    leftOut: ({ runtime = '' }) => (runtime.startsWith('provided') ? 'bootstrap' : ''),
    leftOutWords: '`bootstrap` for provided runtimes',
    fields: { handler: { aws: 'Handler' } },
  },
  memoryMb: { default: 128, fields: { memory: { aws: 'MemorySize', unit: 'MB' } } },
  timeoutSeconds: {
    default: 3,
    leftOut: () => 10,
    fields: { timeout: { aws: 'Timeout', unit: 's', written: (seconds) => `${seconds}s` } },
  },
  role: { default: '', fields: { role: { aws: 'Role' } } },
  architecture: {
    default: 'x86_64',
    withCode: true,
    fields: { architecture: { aws: 'Architectures' } },
  },
  layers: { default: [], leftOut: 'kept', fields: { layers: { aws: 'Layers' } } },
  logFormat: {
    default: 'text',
    leftOut: ({ capacityProvider }) => (capacityProvider ? 'json' : 'text'),
    leftOutWords: '`text`; on managed instances `json`',
    fields: { logFormat: { path: 'logs.format', aws: 'LoggingConfig.LogFormat' } },
  },
  tracing: { default: 'pass-through', fields: { tracing: { aws: 'TracingConfig.Mode' } } },
  ephemeralStorageMb: {
    default: 512,
    fields: { ephemeralStorage: { aws: 'EphemeralStorage.Size', unit: 'MB' } },
  },
  snapStart: {
    default: false,
    fields: { snapStart: { aws: 'SnapStart.ApplyOn', told: (on) => (on ? 'on' : 'off') } },
  },
  logLevels: {
    default: { application: 'info', system: 'info' },
    fields: {
      'logs.level': {
        aws: 'LoggingConfig.ApplicationLogLevel',
        told: ({ application }) => application,
        written: ({ application }) => application,
      },
      'logs.systemLevel': {
        aws: 'LoggingConfig.SystemLogLevel',
        told: ({ system }) => system,
        written: ({ system }) => system,
      },
    },
  },
  logGroup: {
    default: '',
    fields: {
      'logs.group': {
        aws: 'LoggingConfig.LogGroup',
        written: (group, lambdaName) => group || `/aws/lambda/${lambdaName}`,
      },
    },
  },
  vpc: {
    default: { subnets: [], securityGroups: [], ipv6: false },
    leftOut: 'kept',
    fields: {
      vpc: {
        aws: {
          subnets: 'VpcConfig.SubnetIds',
          securityGroups: 'VpcConfig.SecurityGroupIds',
          ipv6: 'VpcConfig.Ipv6AllowedForDualStack',
        },
        told: vpcWords,
        written: vpcField,
      },
    },
  },
  deadLetter: {
    default: '',
    leftOut: 'kept',
    fields: { deadLetter: { aws: 'DeadLetterConfig.TargetArn', written: orNull } },
  },
  fileSystems: {
    default: [],
    leftOut: 'kept',
    fields: {
      fileSystems: {
        aws: 'FileSystemConfigs',
        told: (systems) => systems.map(fileSystemWords),
        note: 'of EFS or S3 Files',
      },
    },
  },
  kmsKey: {
    default: '',
    leftOut: 'kept',
    fields: { kmsKey: { aws: 'KMSKeyArn', written: orNull, note: 'for the environment variables' } },
  },
  sourceKmsKey: {
    default: '',
    leftOut: 'kept',
    withCode: true,
    fields: {
      sourceKmsKey: {
        aws: ['SourceKMSKeyArn', 'Code.SourceKMSKeyArn'],
        written: orNull,
        note: 'for the package',
      },
    },
  },
  image: {
    default: { command: [], entryPoint: [], workingDirectory: '' },
    leftOut: 'kept',
    leftOutWords: 'as the image says',
    fields: {
      'image.command': {
        aws: 'ImageConfig.Command',
        told: ({ command }) => command,
        written: ({ command }) => command,
      },
      'image.entryPoint': {
        aws: 'ImageConfig.EntryPoint',
        told: ({ entryPoint }) => entryPoint,
        written: ({ entryPoint }) => entryPoint,
      },
      'image.workingDirectory': {
        aws: 'ImageConfig.WorkingDirectory',
        told: ({ workingDirectory }) => workingDirectory,
        written: ({ workingDirectory }) => workingDirectory,
      },
    },
  },
  durable: {
    default: null,
    leftOut: 'kept',
    leftOutWords: 'as it is; at first 14 days and AWS’s key',
    sinceCreation: {
      with: 'a durable function',
      why: 'A function is durable from its creation on, or never.',
    },
    fields: {
      durable: {
        aws: {
          timeout: 'DurableConfig.ExecutionTimeout',
          retention: 'DurableConfig.RetentionPeriodInDays',
          kmsKey: 'DurableConfig.KMSKeyArn',
        },
        told: durableWords,
        written: durableField,
      },
    },
  },
  capacityProvider: {
    default: null,
    leftOut: 'kept',
    leftOutWords: 'as it is; at first AWS’s figures',
    sinceCreation: {
      with: 'one on managed instances',
      why: 'A function runs on managed instances from its creation on, or never.',
    },
    fields: {
      capacityProvider: {
        aws: {
          arn: `${managed}.CapacityProviderArn`,
          concurrency: `${managed}.PerExecutionEnvironmentMaxConcurrency`,
          memoryPerCpu: `${managed}.ExecutionEnvironmentMemoryGiBPerVCpu`,
        },
        told: providerWords,
        written: providerField,
      },
    },
  },
  tenancy: {
    default: 'none',
    leftOut: 'kept',
    sinceCreation: {
      with: 'one with environments of their own for tenants',
      why: 'A function has them from its creation on, or never.',
    },
    fields: {
      tenancy: {
        aws: 'TenancyConfig.TenantIsolationMode',
        told: (tenancy) => (tenancy === 'none' ? '' : tenancy),
      },
    },
  },
  environment: {
    default: {},
    leftOutWords: 'none',
    fields: { environment: { aws: 'Environment.Variables', told: 'names', written: literals } },
  },
  description: {
    default: '',
    fields: { description: { aws: 'Description', ofLatest: true, written: literal } },
  },
} satisfies { [Key in keyof FunctionSettings]-?: Setting<Exclude<FunctionSettings[Key], undefined>> }

type Table = typeof settingTable

/** A setting's name in changes: its field in the file, except that `logFormat` stands for `logs.format`. */
export type SettingName = { [Key in keyof Table]: keyof Table[Key]['fields'] }[keyof Table]
