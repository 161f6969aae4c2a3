import type { IncomingHttpHeaders } from 'node:http'

/** Who may call from pages of other origins; function URLs and APIs have the same settings. */
export interface Cors {
  AllowCredentials?: boolean | undefined
  AllowHeaders?: string[] | undefined
  AllowMethods?: string[] | undefined
  AllowOrigins?: string[] | undefined
  ExposeHeaders?: string[] | undefined
  /** Seconds. */
  MaxAge?: number | undefined
}

/** The headers that let a page read the answer; none if the settings do not allow the page's origin. */
export function corsHeaders(cors: Cors | undefined, { origin }: IncomingHttpHeaders): Record<string, string> {
  if (!cors || !allows(cors, origin)) return {}
  const isAny = cors.AllowOrigins?.includes('*') && !cors.AllowCredentials
  return {
    'access-control-allow-origin': isAny ? '*' : (origin ?? ''),
    ...(isAny ? {} : { vary: 'Origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  }
}

/** A browser's question before a request; it is answered without the function. */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

export function preflightHeaders(cors: Cors, headers: IncomingHttpHeaders): Record<string, string> {
  if (!allows(cors, headers.origin)) return {}
  const { AllowMethods: methods = [], AllowHeaders: names = [], MaxAge: age } = cors
  return {
    ...corsHeaders(cors, headers),
    ...(methods.length > 0 && { 'access-control-allow-methods': methods.join(',') }),
    ...(names.length > 0 && { 'access-control-allow-headers': names.join(',') }),
    ...(age !== undefined && { 'access-control-max-age': String(age) }),
  }
}

function allows({ AllowOrigins: origins = [] }: Cors, origin: string | undefined): boolean {
  return origin !== undefined && origins.some((allowed) => allowed === '*' || allowed === origin)
}
