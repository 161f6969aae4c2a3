import { LambdactlError } from '../errors/error.ts'
import { resolveArtifacts } from './function/artifacts.ts'
import { attachmentsOf } from './function/attachments.ts'
import { resolveVariables } from './function/environment-variables.ts'
import { resolveSource } from './function/source.ts'
import { versionedSettings } from './function/versioned.ts'
import { resolveRelease } from './release/release.ts'
import { environmentFields, locateEnvironment, locateFunction, mergedFunction } from './service/locate.ts'
import type { MergedFunction } from './service/overrides.ts'
import type { Config, ResolvedEnvironment, ResolvedFunction, Variables } from './types.ts'
import { type Fill, interpolate, type Scope, type Sources, scopeOf } from './values/interpolate.ts'

const defaults = { memoryMb: 128, timeoutMs: 10_000 }
/** The most that Lambda gives a function which does not run on managed instances, MB. */
const mostMemoryMb = 10_240

/**
 * An environment with everything that a deploy needs: overrides merged, defaults and `${…}` filled in.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment, CONFIG_INVALID for a variable that isn't set, a
 * missing role or an unreadable smoke event
 */
export function resolveEnvironment(
  config: Config,
  name: string,
  variables: Variables = process.env,
): ResolvedEnvironment {
  const located = locateEnvironment(config, name, variables)
  const functions = located.functions.map((each) => resolveFunction(config, name, each.name, { variables }))
  return { ...located, functions }
}

/**
 * One function of an environment; what is lacking in other functions doesn't matter.
 *
 * @throws LambdactlError as `resolveEnvironment`, and NOT_FOUND for an unknown function
 */
export function resolveFunction(
  config: Config,
  environment: string,
  name: string,
  sources: Sources = { variables: process.env },
): ResolvedFunction {
  const { variables } = sources
  const located = locateFunction(config, environment, name, variables)
  const merged = mergedFunction(config, environment, name)
  const { fields, origin } = merged
  const scope = scopeOf(config, environment, name, sources)
  const fill: Fill = (text, ...field) => interpolate(text, scope, origin(field))
  return {
    ...located,
    service: config.service,
    adopted: fields.adopted,
    ...resolveSource(config, merged, scope),
    role: resolveRole(config, environment, merged, scope),
    memoryMb: resolveMemory(config, merged),
    timeoutSeconds: (fields.timeout ?? defaults.timeoutMs) / 1000,
    environment: resolveVariables(merged, fill, config.place),
    architecture: fields.architecture ?? 'x86_64',
    // Managed instances log as JSON where nothing is said.
    logFormat: fields.logs?.format ?? (fields.capacityProvider ? 'json' : 'text'),
    layers: fields.layers?.map((layer, index) => fill(layer, 'layers', index)),
    provisionedConcurrency: fields.provisionedConcurrency,
    description: fill(fields.description ?? '', 'description'),
    ...whereAny('versioned', versionedSettings(merged, located.lambdaName, fill, config.place)),
    ...whereAny('attachments', attachmentsOf(merged, located.lambdaName, fill, config.place)),
    artifacts: resolveArtifacts(config, environment, scopeOf(config, environment, name, { variables })),
    release: resolveRelease(config, merged, scopeOf(config, environment, name, { variables })),
  }
}

function resolveMemory({ place }: Config, { fields, origin }: MergedFunction): number {
  const { memory = defaults.memoryMb, capacityProvider } = fields
  if (memory <= mostMemoryMb || capacityProvider) return memory
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${place(origin(['memory']))}: expected ${mostMemoryMb} at most without a capacityProvider, got ${memory}.`,
  )
}

/** The function's role, else the environment's. */
function resolveRole(
  config: Config,
  environment: string,
  { fields, origin }: MergedFunction,
  scope: Scope,
): string {
  const shared = environmentFields(config, environment).role
  const written = fields.role ?? shared
  const field = fields.role === undefined && shared ? ['environments', environment, 'role'] : origin(['role'])
  const role = written && interpolate(written, scope, field)
  if (role && /^arn:aws[a-z-]*:iam::\d{12}:role\/./.test(role)) return role
  const expected = "expected the execution role's ARN, as in arn:aws:iam::123456789012:role/name"
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${config.place(field)}: ${expected}, got ${role ? JSON.stringify(role) : 'nothing'}.`,
    {
      next: role
        ? []
        : [
            `Give the function a role:, or all functions of ${environment} one with environments.${environment}.role.`,
          ],
    },
  )
}

/** A member only where it holds anything. */
function whereAny<Name extends string, Fields extends object>(
  name: Name,
  fields: Fields,
): { [N in Name]?: Fields } {
  return Object.keys(fields).length === 0 ? {} : ({ [name]: fields } as { [N in Name]: Fields })
}
