import { LambdactlError } from '../errors/error.ts'
import type { FunctionAttachments } from '../function/attachments/attachments.ts'
import { saidSettings } from '../function/settings/fields.ts'
import { leftOut } from '../function/settings/rows.ts'
import { type ArtifactSettings, resolveArtifacts } from './function/artifacts.ts'
import { attachmentsOf } from './function/attachments.ts'
import { resolveVariables } from './function/environment-variables.ts'
import { createdSettings } from './function/fixed-at-creation.ts'
import { resolveImage } from './function/image.ts'
import { logSettings, retentionSettings } from './function/logs.ts'
import { resolveSource, type SourceSettings } from './function/source.ts'
import { triggersOf } from './function/triggers/triggers.ts'
import { versionedSettings } from './function/versioned.ts'
import { resolveRelease } from './release/release.ts'
import type { FunctionFields } from './schema/function.ts'
import type { Config } from './service/config.ts'
import { environmentFields } from './service/find.ts'
import { locateFunction } from './service/locate.ts'
import { type PlacedFunction, placedFunction } from './service/placed-function.ts'
import { writtenRole } from './service/role.ts'
import type { ResolvedFunction, Said, VersionedSettings } from './types.ts'
import type { Sources } from './values/interpolate.ts'
import type { Position } from './values/position.ts'

/** Lambda's limit for a function that does not run on managed instances, MB. */
const mostMemoryMb = 10_240

/**
 * One function of an environment; errors of other functions don't matter.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function, CONFIG_INVALID for a variable that isn't
 * set, a missing role or an unreadable smoke event
 */
export function resolveFunction(
  config: Config,
  environment: string,
  name: string,
  sources: Sources = { variables: process.env },
): ResolvedFunction {
  const { variables } = sources
  const located = locateFunction(config, environment, name, variables)
  const placed = placedFunction(config, environment, name, sources)
  // Package and release use no values from AWS, so they are the same for every command.
  const local = placedFunction(config, environment, name, { variables })
  const { fields, at } = placed
  const { image, logs = {}, release = {} } = fields
  const versioned = resolveVersioned(fields, located.lambdaName, at)
  const isCode = fields.manages === 'code'
  const layers = fields.layers?.map((layer, index) => at.fill(layer, 'layers', index))
  const source = resolveSource(fields, local.at)
  return {
    ...located,
    service: config.service,
    manages: fields.manages ?? 'function',
    ...(isCode && { said: saidOf(fields, source, layers) }),
    ...(isCode && !fields.source && !image && { isCodeAsFound: true }),
    adopted: fields.adopted,
    ...source,
    configPath: config.file.path,
    ...(image !== undefined && { image: resolveImage(image, at.below('image')) }),
    role: isCode ? '' : resolveRole(config, environment, placed),
    memoryMb: resolveMemory(fields, at),
    timeoutSeconds: fields.timeout === undefined ? leftOut('timeoutSeconds') : fields.timeout / 1000,
    environment: resolveVariables(fields.environment ?? {}, at.below('environment')),
    architecture: fields.architecture ?? leftOut('architecture'),
    logFormat: logs.format ?? leftOut('logFormat', versioned),
    layers,
    provisionedConcurrency: fields.provisionedConcurrency,
    description: at.fill(fields.description ?? '', 'description'),
    ...whereAny('versioned', versioned),
    ...whereAny('attachments', resolveAttachments(fields, located.lambdaName, at)),
    triggers: triggersOf(fields.triggers, local.at.below('triggers')),
    artifacts: artifactsOf(config, environment, local, name),
    release: resolveRelease(release, local.at.below('release'), located.ensuredAlarms),
  }
}

function saidOf(
  { runtime, handler, architecture, bundle }: FunctionFields,
  source: SourceSettings,
  layers: Said['layers'],
): Said {
  return {
    runtime,
    handler: handler === undefined ? undefined : source.handler,
    architecture,
    layers,
    bundle: bundle === undefined ? undefined : source.bundle,
  }
}

function resolveMemory(
  { memory = leftOut('memoryMb'), capacityProvider }: FunctionFields,
  at: Position,
): number {
  if (memory <= mostMemoryMb || capacityProvider) return memory
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place('memory')}: expected ${mostMemoryMb} at most without a capacityProvider, got ${memory}.`,
  )
}

function resolveVersioned(fields: FunctionFields, lambdaName: string, at: Position): VersionedSettings {
  return saidSettings({
    ...versionedSettings(fields, at),
    ...logSettings(fields.logs ?? {}, lambdaName, at.below('logs')),
    ...createdSettings(fields, at),
  })
}

function resolveAttachments(fields: FunctionFields, lambdaName: string, at: Position): FunctionAttachments {
  const retention = retentionSettings(fields.logs ?? {}, lambdaName, at.below('logs'))
  return { ...attachmentsOf(fields, at), ...(retention && { retention }) }
}

/** The environment's setting, or else the file's; undefined if there is none. */
function artifactsOf(
  config: Config,
  environment: string,
  { file }: PlacedFunction,
  name: string,
): ArtifactSettings | undefined {
  const { artifacts: own, account } = environmentFields(config, environment)
  const artifacts = own ?? config.artifacts
  if (artifacts === undefined) return undefined
  const at =
    own === undefined ? file.below('artifacts') : file.below('environments', environment, 'artifacts')
  return { ...resolveArtifacts(artifacts, `${config.service}/${name}/`, at), owner: account }
}

function resolveRole(config: Config, environment: string, placed: PlacedFunction): string {
  const { role: written, at } = writtenRole(config, environment, placed)
  const role = written && at.fill(written)
  if (role && /^arn:aws[a-z-]*:iam::\d{12}:role\/./.test(role)) return role
  const expected = "expected the execution role's ARN, as in arn:aws:iam::123456789012:role/name"
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place()}: ${expected}, got ${role ? JSON.stringify(role) : 'nothing'}.`,
    {
      next: role
        ? []
        : [
            `Give the function a role:, or all functions of ${environment} one with environments.${environment}.role.`,
          ],
    },
  )
}

/** A member that is present only if it has content. */
function whereAny<Name extends string, Fields extends object>(
  name: Name,
  fields: Fields,
): { [N in Name]?: Fields } {
  return Object.keys(fields).length === 0 ? {} : ({ [name]: fields } as { [N in Name]: Fields })
}
