import { type HandlerRequest, handlerEvent, iamAuthorizer } from '../../http/handler-event.ts'

/** The URL that was called. */
export interface CalledUrl {
  id: string
  region: string
  requestId: string
  /** Milliseconds since the epoch. */
  now: number
  /** The 12 digits of the account and the key that signed the request; undefined for a public URL. */
  signer: { account: string; accessKey: string } | undefined
}

/** The event of a handler behind a function URL. */
export function urlEvent(request: HandlerRequest, { id, region, requestId, now, signer }: CalledUrl): object {
  return handlerEvent(request, {
    id,
    accountId: signer?.account ?? 'anonymous',
    domainName: `${id}.lambda-url.${region}.on.aws`,
    routeKey: '$default',
    stage: '$default',
    requestId,
    now,
    authorizer: signer && iamAuthorizer(signer.account, signer.accessKey, region),
  })
}
