import { ownId, triggerIn } from '../../../function/triggers/marks.ts'
import { type ApiTrigger, aliasArn } from '../../../function/triggers/wanted.ts'
import type { ApiRoute } from '../../../ports/sources/apis.ts'
import { awsCommand } from '../../run/run.ts'
import type { TriggerContext, TriggerProblem } from '../context.ts'
import type { GrantedKind, Looked } from '../granted.ts'
import { sourceMissing } from '../words.ts'

/** Routes of HTTP APIs: the description of their integrations tells which are lambdactl's. */
export const apiKind: GrantedKind<ApiTrigger> = {
  kinds: ['api'],
  look,
  async takeAway({ run, place, triggers }, { grant, trigger }) {
    const api = grant.sourceArn?.split(':')[5]?.split('/')[0]
    if (api === undefined || (await run.aws.apis.find(api)).length === 0) return
    const names = new Set(triggers.map(({ name }) => name))
    for (const route of await run.aws.apis.routes(api)) {
      const owner = ownerOf({ place }, route)
      // A route that has another trigger now has its mark too.
      if (owner === trigger && !(names.has(trigger) && isWanted(triggers, trigger, route)))
        await run.aws.apis.disconnect(api, route)
    }
  },
}

function isWanted(triggers: TriggerContext['triggers'], name: string, { key }: ApiRoute): boolean {
  return triggers.some((one) => one.name === name && one.kind === 'api' && one.route === key)
}

async function look(context: TriggerContext, trigger: ApiTrigger): Promise<Looked | TriggerProblem> {
  const { run, target, place } = context
  const { apis } = run.aws
  const { name, source, route: key } = trigger
  const [api, ...others] = await apis.find(source)
  if (api === undefined) {
    const make = awsCommand(target, 'apigatewayv2 create-api', ['--name', source, '--protocol-type', 'HTTP'])
    return sourceMissing(name, `HTTP API ${source}`, make)
  }
  if (others.length > 0) {
    const detail = `${others.length + 1} HTTP APIs have the name ${source}: ${[api, ...others].join(', ')}`
    return { trigger: name, detail, next: [`Name one of them by its id: triggers.${name}.api`] }
  }
  const present = (await apis.routes(api)).find((route) => route.key === key)
  const owner = present && ownerOf(context, present)
  if (present?.integration && owner === undefined) return foreign(context, trigger, api, present)
  const wanted = { invokes: aliasArn(place), description: ownId(place, name) }
  const now = present?.integration
  const isSame = now?.invokes === wanted.invokes && now.description === wanted.description
  const to = `API ${source}, ${key}`
  return {
    grant: { principal: 'apigateway.amazonaws.com', sourceArn: grantedArn(context, api, key) },
    now: now && (owner === name ? to : `${to} as ${owner}`),
    isSame,
    to,
    set: () =>
      now ? apis.change(api, { id: now.id, ...wanted }) : apis.connect(api, { key, id: present?.id }, wanted),
  }
}

function ownerOf({ place }: Pick<TriggerContext, 'place'>, { integration }: ApiRoute): string | undefined {
  return integration && triggerIn(place, integration.description)
}

/** Every stage and method: API Gateway names a route by its path with its variables. */
function grantedArn({ place }: TriggerContext, api: string, key: string): string {
  const { partition, region, account } = place
  const path = key === '$default' ? '' : (key.split(' ')[1] ?? '')
  return `arn:${partition}:execute-api:${region}:${account}:${api}/*/*${path}`
}

function foreign(
  { target }: TriggerContext,
  { name, source }: ApiTrigger,
  api: string,
  route: ApiRoute,
): TriggerProblem {
  const words = ['--api-id', api, '--route-id', route.id]
  return {
    trigger: name,
    detail: `the route ${route.key} of API ${source} leads to something that lambdactl did not make (${route.integration?.invokes})`,
    next: [
      `Remove the route, or take another one: ${awsCommand(target, 'apigatewayv2 delete-route', words)}`,
    ],
  }
}
