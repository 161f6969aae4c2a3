import type { Position } from '../values/position.ts'
import type { Config } from './config.ts'
import { environmentFields } from './find.ts'
import type { PlacedFunction } from './placed-function.ts'

/** The function's role as the file writes it, or else the environment's. */
export function writtenRole(
  config: Config,
  environment: string,
  { fields, at, file }: PlacedFunction,
): { role: string | undefined; at: Position } {
  if (fields.manages === 'code') return { role: undefined, at: at.below('role') }
  const shared = environmentFields(config, environment).role
  return fields.role === undefined && shared
    ? { role: shared, at: file.below('environments', environment, 'role') }
    : { role: fields.role, at: at.below('role') }
}
