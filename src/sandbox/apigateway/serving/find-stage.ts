import { ownEntry } from '../../own-entry.ts'
import { type ApiRecord, defaultStage, type Served, type Stage } from '../apis/records.ts'

/** The stage of a request, the routes that it serves, and the path without the stage's name. */
export interface FoundStage {
  stage: Stage
  served: Served
  /** Still percent-encoded, beginning with a slash. */
  path: string
}

/** A path that begins with the name of a stage is for that stage; any other one is for `$default`. */
export function findStage(api: ApiRecord, path: string): FoundStage | undefined {
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(path) ?? []
  const named = first === defaultStage ? undefined : ownEntry(api.stages, first)
  const stage = named ?? ownEntry(api.stages, defaultStage)
  const served = stage && ownEntry(api.deployments, stage.deployment ?? '')
  return stage && served && { stage, served, path: named ? rest || '/' : path }
}
