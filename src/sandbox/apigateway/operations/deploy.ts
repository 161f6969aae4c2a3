import type { ApiRecord, Deployment, Stage } from '../apis/records.ts'
import { newId } from '../apis/store.ts'

/** An API with one more deployment: its routes and integrations as they are now. */
export function deployed(
  api: ApiRecord,
  { now, isAutomatic, description }: { now: number; isAutomatic: boolean; description?: string | undefined },
): { api: ApiRecord; deployment: Deployment } {
  const { routes, integrations } = api
  const deployment = { id: newId(6), created: now, isAutomatic, description, routes, integrations }
  return {
    deployment,
    api: { ...api, deployments: { ...api.deployments, [deployment.id]: deployment } },
  }
}

/** An API after a change: its stages that deploy by themselves serve it at once. */
export function autoDeployed(changed: ApiRecord, now: number): ApiRecord {
  const stages = Object.values(changed.stages).filter(({ isAutoDeployed }) => isAutoDeployed)
  if (stages.length === 0) return changed
  const { api, deployment } = deployed(changed, { now, isAutomatic: true })
  const moved = stages.map((stage): [string, Stage] => [
    stage.name,
    { ...stage, deployment: deployment.id, modified: now },
  ])
  const next = { ...api, stages: { ...api.stages, ...Object.fromEntries(moved) } }
  return { ...next, deployments: keptDeployments(next) }
}

/** Deployments that nobody asked for go when no stage serves them. */
function keptDeployments({ deployments, stages }: ApiRecord): ApiRecord['deployments'] {
  const served = new Set(Object.values(stages).map(({ deployment }) => deployment))
  const kept = Object.entries(deployments).filter(([id, { isAutomatic }]) => !isAutomatic || served.has(id))
  return Object.fromEntries(kept)
}
