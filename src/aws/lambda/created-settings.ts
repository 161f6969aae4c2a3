import type { CapacityProviderConfig, DurableConfig, FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { CapacityProvider, Durable, FunctionSettings } from '../../function/settings/settings.ts'

/** Absent values are not sent. */
export function toDurableConfig({ timeoutSeconds, retentionDays, kmsKey }: Durable): DurableConfig {
  return {
    ExecutionTimeout: timeoutSeconds,
    ...(retentionDays !== undefined && { RetentionPeriodInDays: retentionDays }),
    ...(kmsKey !== undefined && { KMSKeyArn: kmsKey }),
  }
}

/** Absent values are not sent. */
export function toCapacityProviderConfig({
  arn,
  concurrency,
  memoryGibPerCpu,
}: CapacityProvider): CapacityProviderConfig {
  return {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: arn,
      ...(concurrency !== undefined && { PerExecutionEnvironmentMaxConcurrency: concurrency }),
      ...(memoryGibPerCpu !== undefined && { ExecutionEnvironmentMemoryGiBPerVCpu: memoryGibPerCpu }),
    },
  }
}

type CreatedSettings = Required<Pick<FunctionSettings, 'durable' | 'capacityProvider' | 'tenancy'>>

/** Reads the settings that a function has since its creation from an answer of GetFunction. */
export function toCreatedSettings(configuration: FunctionConfiguration): CreatedSettings {
  return {
    durable: toDurable(configuration.DurableConfig),
    capacityProvider: toCapacityProvider(configuration.CapacityProviderConfig),
    tenancy: configuration.TenancyConfig?.TenantIsolationMode === 'PER_TENANT' ? 'per-tenant' : 'none',
  }
}

function toDurable({ ExecutionTimeout, RetentionPeriodInDays, KMSKeyArn }: DurableConfig = {}) {
  if (ExecutionTimeout === undefined) return null
  return {
    timeoutSeconds: ExecutionTimeout,
    ...(RetentionPeriodInDays !== undefined && { retentionDays: RetentionPeriodInDays }),
    kmsKey: KMSKeyArn ?? '',
  }
}

function toCapacityProvider(config: CapacityProviderConfig | undefined) {
  const {
    CapacityProviderArn,
    PerExecutionEnvironmentMaxConcurrency: concurrency,
    ExecutionEnvironmentMemoryGiBPerVCpu: memoryGibPerCpu,
  } = config?.LambdaManagedInstancesCapacityProviderConfig ?? {}
  if (CapacityProviderArn === undefined) return null
  return {
    arn: CapacityProviderArn,
    ...(concurrency !== undefined && { concurrency }),
    ...(memoryGibPerCpu !== undefined && { memoryGibPerCpu }),
  }
}
