import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Alias, FunctionVersion } from '../records/records.ts'
import { omit } from '../requests/omit.ts'
import { withoutState } from './configuration.ts'

/** A configuration for an answer; its ARN has the caller's qualifier. */
export function configurationAnswer(version: FunctionVersion, qualifier?: string): FunctionConfiguration {
  const { configuration } = version
  if (qualifier === undefined) return configuration
  return { ...configuration, FunctionArn: `${configuration.FunctionArn}:${qualifier}` }
}

/** A published version for an answer: its ARN ends with its number. */
export function versionAnswer(version: FunctionVersion): FunctionConfiguration {
  return configurationAnswer(version, version.configuration.Version)
}

/** An entry of a list: lists contain neither states nor the runtime's version. */
export function listAnswer(version: FunctionVersion, qualifier?: string): FunctionConfiguration {
  return omit(withoutState(configurationAnswer(version, qualifier)), 'RuntimeVersionConfig')
}

/** An alias for an answer; without a routing configuration if it has one version. */
export function aliasAnswer(alias: Alias, functionArn: string): AliasConfiguration {
  const answer: AliasConfiguration = {
    AliasArn: `${functionArn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: alias.revisionId,
  }
  if (alias.additional) {
    const { version, weight } = alias.additional
    answer.RoutingConfig = { AdditionalVersionWeights: { [version]: weight } }
  }
  return answer
}
