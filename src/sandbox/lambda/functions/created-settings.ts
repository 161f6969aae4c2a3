import type {
  CapacityProviderConfig,
  CreateFunctionRequest,
  DurableConfig,
  FunctionConfiguration,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda'
import { invalidParameter } from '../requests/errors.ts'
import { numberWithin, oneOf, required } from '../requests/validation.ts'

type Settings = CreateFunctionRequest | UpdateFunctionConfigurationRequest

/** How long the history of a durable execution is kept where nothing is said, days. */
const usualRetention = 14
/** The defaults of managed instances. */
const usualInstances = { PerExecutionEnvironmentMaxConcurrency: 16, ExecutionEnvironmentMemoryGiBPerVCpu: 2 }

/** Checks what a function has from its creation on. @throws ServiceError 400 */
export function checkCreatedSettings(settings: Settings): void {
  const { DurableConfig: durable, CapacityProviderConfig: provider } = settings
  numberWithin(durable?.ExecutionTimeout, 'durableConfig.executionTimeout', 1, 31_622_400)
  numberWithin(durable?.RetentionPeriodInDays, 'durableConfig.retentionPeriodInDays', 1, 90)
  if (!provider) return
  const at = 'capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig'
  const instances = required(provider.LambdaManagedInstancesCapacityProviderConfig, at)
  required(instances.CapacityProviderArn, `${at}.capacityProviderArn`)
  const { PerExecutionEnvironmentMaxConcurrency: most, ExecutionEnvironmentMemoryGiBPerVCpu: memory } =
    instances
  numberWithin(most, `${at}.perExecutionEnvironmentMaxConcurrency`, 1, 1600)
  numberWithin(memory, `${at}.executionEnvironmentMemoryGiBPerVCpu`, 2, 8)
}

/** Returns the settings that a creation gives a function for good. @throws ServiceError 400 */
export function createdSettings(
  input: CreateFunctionRequest,
): Pick<FunctionConfiguration, 'DurableConfig' | 'CapacityProviderConfig' | 'TenancyConfig'> {
  const { DurableConfig: durable, CapacityProviderConfig: provider, TenancyConfig: tenancy } = input
  if (durable && durable.ExecutionTimeout === undefined) {
    throw invalidParameter(
      'You cannot create a function with a durable configuration without an executionTimeout',
    )
  }
  oneOf(tenancy?.TenantIsolationMode, 'tenancyConfig.tenantIsolationMode', ['PER_TENANT'])
  return {
    ...(durable && { DurableConfig: { RetentionPeriodInDays: usualRetention, ...durable } }),
    ...(provider && { CapacityProviderConfig: withUsual(provider) }),
    ...(tenancy && { TenancyConfig: tenancy }),
  }
}

/** Returns these settings after an update. @throws ServiceError 400 where the function was created without */
export function updatedCreatedSettings(
  current: FunctionConfiguration,
  { DurableConfig: durable, CapacityProviderConfig: provider }: UpdateFunctionConfigurationRequest,
): Pick<FunctionConfiguration, 'DurableConfig' | 'CapacityProviderConfig'> {
  if (durable && !current.DurableConfig) {
    // The rule is the guide's; Lambda's own words for it are not known.
    throw invalidParameter('Durable execution can only be enabled when a function is created.')
  }
  if (provider && !current.CapacityProviderConfig) {
    throw invalidParameter("CapacityProviderConfig isn't supported for Lambda Default functions.")
  }
  return {
    ...(durable && { DurableConfig: durableAfter(current.DurableConfig, durable) }),
    ...(provider && { CapacityProviderConfig: withUsual(provider) }),
  }
}

/** An empty key is AWS's own. */
function durableAfter(current: DurableConfig = {}, change: DurableConfig): DurableConfig {
  const after = { ...current, ...change }
  if (after.KMSKeyArn === '') delete after.KMSKeyArn
  return after
}

/** Fills in the defaults: a value that an update leaves out is not kept from before. */
function withUsual({ LambdaManagedInstancesCapacityProviderConfig: given }: CapacityProviderConfig) {
  const instances = { ...usualInstances, CapacityProviderArn: undefined, ...given }
  return { LambdaManagedInstancesCapacityProviderConfig: instances }
}
