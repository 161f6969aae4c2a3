import type { Cors, RouteSettings } from '@aws-sdk/client-apigatewayv2'

/** An HTTP API with all that belongs to it. All of it is JSON. */
export interface ApiRecord {
  id: string
  region: string
  name: string
  description?: string | undefined
  version?: string | undefined
  cors?: Cors | undefined
  isEndpointDisabled: boolean
  /** Milliseconds since the epoch. */
  created: number
  tags: Readonly<Record<string, string>>
  /** Each by id. */
  integrations: Readonly<Record<string, Integration>>
  routes: Readonly<Record<string, Route>>
  deployments: Readonly<Record<string, Deployment>>
  /** By name. */
  stages: Readonly<Record<string, Stage>>
}

/** The Lambda function behind routes. */
export interface Integration {
  id: string
  /** The ARN of a function or alias, or API Gateway's path to it. */
  uri: string
  description?: string | undefined
  timeoutMs: number
  /** Made by a quick create. */
  isManaged?: true
}

export interface Route {
  id: string
  /** As in `GET /items/{id}`. */
  key: string
  authorization: 'NONE' | 'AWS_IAM'
  operationName?: string | undefined
  /** As in `integrations/a1b2c3d`. */
  target?: string | undefined
  isManaged?: true
}

/** The routes and integrations as they were at a moment. */
export interface Served {
  routes: Readonly<Record<string, Route>>
  integrations: Readonly<Record<string, Integration>>
}

export interface Deployment extends Served {
  id: string
  description?: string | undefined
  created: number
  isAutomatic: boolean
}

export interface Stage {
  name: string
  description?: string | undefined
  isAutoDeployed: boolean
  deployment?: string | undefined
  variables: Readonly<Record<string, string>>
  settings: RouteSettings
  /** By route key. */
  routeSettings: Readonly<Record<string, RouteSettings>>
  created: number
  modified: number
  tags: Readonly<Record<string, string>>
  isManaged?: true
}

/** The stage without a name in paths. */
export const defaultStage = '$default'
