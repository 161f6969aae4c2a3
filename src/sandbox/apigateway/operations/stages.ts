import type {
  CreateStageRequest,
  DeleteStageRequest,
  GetStageRequest,
  GetStagesRequest,
  Stage as StageOutput,
  UpdateStageRequest,
} from '@aws-sdk/client-apigatewayv2'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { omit } from '../apis/omit.ts'
import { type ApiRecord, defaultStage, type Stage } from '../apis/records.ts'
import { badRequest, conflict, requireApi, requireIn } from '../apis/store.ts'
import type { ApiContext } from './context.ts'
import { autoDeployed } from './deploy.ts'
import { listed } from './lists.ts'

const members = [
  'ApiId',
  'StageName',
  'AutoDeploy',
  'DeploymentId',
  'Description',
  'StageVariables',
  'DefaultRouteSettings',
  'RouteSettings',
] as const

export function stageOperations({ store, clock }: ApiContext): Operations {
  const keep = (api: ApiRecord, stage: Stage): StageOutput => {
    const changed = { ...api, stages: { ...api.stages, [stage.name]: stage } }
    const kept = stage.isAutoDeployed ? autoDeployed(changed, clock()) : changed
    store.set(api.id, kept)
    return shown(kept.stages[stage.name] ?? stage)
  }
  return {
    CreateStage: accepting<CreateStageRequest>([...members, 'Tags'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const name = input.StageName ?? ''
      if (name !== defaultStage && !/^[\w-]{1,128}$/.test(name)) {
        throw badRequest('Stage name only allows a-zA-Z0-9-_ and a maximum length of 128, or $default')
      }
      if (Object.hasOwn(api.stages, name)) throw conflict('Stage already exists')
      return keep(api, stageOf(api, newStage(name, clock()), { ...input, now: clock() }, input.Tags))
    }),
    UpdateStage: accepting<UpdateStageRequest>([...members], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const present = requireIn(api.stages, 'Stage', input.StageName)
      return keep(api, stageOf(api, present, { ...input, now: clock() }))
    }),
    GetStage: accepting<GetStageRequest>(['ApiId', 'StageName'], (input, call) =>
      shown(requireIn(requireApi(store, call, input.ApiId).stages, 'Stage', input.StageName)),
    ),
    GetStages: accepting<GetStagesRequest>(['ApiId', 'MaxResults', 'NextToken'], (input, call) => {
      const all = Object.values(requireApi(store, call, input.ApiId).stages)
      const page = listed(all, ({ name }) => name, input)
      return { ...page, Items: page.Items.map(shown) }
    }),
    DeleteStage: accepting<DeleteStageRequest>(['ApiId', 'StageName'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const { name } = requireIn(api.stages, 'Stage', input.StageName)
      store.set(api.id, { ...api, stages: omit(api.stages, name) })
      return {}
    }),
  }
}

export function newStage(name: string, now: number): Stage {
  return {
    name,
    isAutoDeployed: false,
    variables: {},
    settings: {},
    routeSettings: {},
    created: now,
    modified: now,
    tags: {},
  }
}

type Given = Partial<Pick<CreateStageRequest, (typeof members)[number]>> & { now: number }

/** A stage with the given changes. @throws ServiceError 404 for a deployment that is not there */
function stageOf(api: ApiRecord, present: Stage, input: Given, tags = present.tags): Stage {
  const { DeploymentId: deployment = present.deployment } = input
  if (deployment !== undefined) requireIn(api.deployments, 'Deployment', deployment)
  return {
    ...present,
    isAutoDeployed: input.AutoDeploy ?? present.isAutoDeployed,
    deployment,
    description: input.Description ?? present.description,
    variables: input.StageVariables ?? present.variables,
    settings: input.DefaultRouteSettings ?? present.settings,
    routeSettings: input.RouteSettings ?? present.routeSettings,
    modified: input.now,
    tags,
  }
}

function shown(stage: Stage): StageOutput {
  return {
    AutoDeploy: stage.isAutoDeployed,
    CreatedDate: new Date(stage.created),
    DefaultRouteSettings: { DetailedMetricsEnabled: false, ...stage.settings },
    DeploymentId: stage.deployment,
    Description: stage.description,
    LastUpdatedDate: new Date(stage.modified),
    RouteSettings: { ...stage.routeSettings },
    StageName: stage.name,
    StageVariables: { ...stage.variables },
    Tags: { ...stage.tags },
    ...(stage.isManaged && { ApiGatewayManaged: true }),
  }
}
