import type {
  CapacityProviderConfig,
  CreateFunctionRequest,
  DurableConfig,
  FunctionConfiguration,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda'
import { invalidParameter } from '../requests/errors.ts'

/** The default retention of a durable execution's history, days. */
const usualRetention = 14
/** The defaults of managed instances. */
const usualInstances = { PerExecutionEnvironmentMaxConcurrency: 16, ExecutionEnvironmentMemoryGiBPerVCpu: 2 }

/** Returns the settings that a new function gets for good. @throws ServiceError 400 */
export function createdSettings(
  input: CreateFunctionRequest,
): Pick<FunctionConfiguration, 'DurableConfig' | 'CapacityProviderConfig' | 'TenancyConfig'> {
  const { DurableConfig: durable, CapacityProviderConfig: provider, TenancyConfig: tenancy } = input
  if (durable && durable.ExecutionTimeout === undefined) {
    throw invalidParameter(
      'You cannot create a function with a durable configuration without an executionTimeout',
    )
  }
  return {
    ...(durable && { DurableConfig: { RetentionPeriodInDays: usualRetention, ...durable } }),
    ...(provider && { CapacityProviderConfig: withUsual(provider) }),
    ...(tenancy && { TenancyConfig: tenancy }),
  }
}

/** Returns these settings after an update. @throws ServiceError 400 if the function was created without them */
export function updatedCreatedSettings(
  current: FunctionConfiguration,
  { DurableConfig: durable, CapacityProviderConfig: provider }: UpdateFunctionConfigurationRequest,
): Pick<FunctionConfiguration, 'DurableConfig' | 'CapacityProviderConfig'> {
  if (durable && !current.DurableConfig) {
    // The rule comes from Lambda's guide; Lambda's own message for it is unknown.
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

/** An empty key means AWS's own. */
function durableAfter(current: DurableConfig = {}, change: DurableConfig): DurableConfig {
  const after = { ...current, ...change }
  if (after.KMSKeyArn === '') delete after.KMSKeyArn
  return after
}

/** Fills in the defaults: an update does not keep the earlier value of a member that it leaves out. */
function withUsual({ LambdaManagedInstancesCapacityProviderConfig: given }: CapacityProviderConfig) {
  const instances = { ...usualInstances, CapacityProviderArn: undefined, ...given }
  return { LambdaManagedInstancesCapacityProviderConfig: instances }
}
