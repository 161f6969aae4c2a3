import type {
  CreateDeploymentRequest,
  DeleteDeploymentRequest,
  Deployment as DeploymentOutput,
  GetDeploymentRequest,
  GetDeploymentsRequest,
} from '@aws-sdk/client-apigatewayv2'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { omit } from '../apis/omit.ts'
import type { Deployment } from '../apis/records.ts'
import { badRequest, requireApi, requireIn } from '../apis/store.ts'
import type { ApiContext } from './context.ts'
import { deployed } from './deploy.ts'
import { listed } from './lists.ts'

export function deploymentOperations({ store, clock }: ApiContext): Operations {
  return {
    CreateDeployment: accepting<CreateDeploymentRequest>(
      ['ApiId', 'Description', 'StageName'],
      (input, call) => {
        const present = requireApi(store, call, input.ApiId)
        if (Object.keys(present.routes).length === 0) {
          throw badRequest('At least one route is required before deploying the Api.')
        }
        const stage =
          input.StageName === undefined ? undefined : requireIn(present.stages, 'Stage', input.StageName)
        const { Description: description } = input
        const { api, deployment } = deployed(present, { now: clock(), isAutomatic: false, description })
        const moved = stage && { ...stage, deployment: deployment.id, modified: clock() }
        store.set(api.id, moved ? { ...api, stages: { ...api.stages, [moved.name]: moved } } : api)
        return shown(deployment)
      },
    ),
    GetDeployment: accepting<GetDeploymentRequest>(['ApiId', 'DeploymentId'], (input, call) => {
      const { deployments } = requireApi(store, call, input.ApiId)
      return shown(requireIn(deployments, 'Deployment', input.DeploymentId))
    }),
    GetDeployments: accepting<GetDeploymentsRequest>(['ApiId', 'MaxResults', 'NextToken'], (input, call) => {
      const all = Object.values(requireApi(store, call, input.ApiId).deployments)
      const page = listed(all, ({ id }) => id, input)
      return { ...page, Items: page.Items.map(shown) }
    }),
    DeleteDeployment: accepting<DeleteDeploymentRequest>(['ApiId', 'DeploymentId'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const { id } = requireIn(api.deployments, 'Deployment', input.DeploymentId)
      if (Object.values(api.stages).some(({ deployment }) => deployment === id)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted')
      }
      store.set(api.id, { ...api, deployments: omit(api.deployments, id) })
      return {}
    }),
  }
}

function shown({ id, description, created, isAutomatic }: Deployment): DeploymentOutput {
  return {
    AutoDeployed: isAutomatic,
    CreatedDate: new Date(created),
    DeploymentId: id,
    DeploymentStatus: 'DEPLOYED',
    Description: description,
  }
}
