/** A route of an HTTP API with its integration. */
export interface ApiRoute {
  readonly id: string
  /** As in `GET /items`, or `$default`. */
  readonly key: string
  /** The integration that it leads to; undefined if it leads to none. */
  readonly integration?: ApiIntegration
}

interface ApiIntegration {
  readonly id: string
  /** The ARN that it invokes. */
  readonly invokes: string
  readonly description: string
}

/** HTTP APIs of API Gateway. */
export interface Apis {
  /** @param name an id or a name @returns the ids of those that fit, an id alone if it is one */
  find(name: string): Promise<readonly string[]>
  routes(api: string): Promise<readonly ApiRoute[]>
  /** Makes an integration and a route that leads to it. @param route the present one, which is led there instead */
  connect(
    api: string,
    route: { key: string; id?: string | undefined },
    integration: Omit<ApiIntegration, 'id'>,
  ): Promise<void>
  /** Brings an integration to these settings. */
  change(api: string, integration: ApiIntegration): Promise<void>
  /** Deletes a route and its integration; what is gone counts as deleted. */
  disconnect(api: string, route: ApiRoute): Promise<void>
}
