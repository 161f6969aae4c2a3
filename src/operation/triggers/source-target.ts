/** The place where each service names the function that it invokes, by the first words of its principal. */
const targets: Readonly<Record<string, string>> = {
  s3: "in the bucket's notification",
  sns: 'as the endpoint of its subscription',
  events: "as the rule's target",
  apigateway: 'in its integration',
  'cognito-idp': "in the user pool's triggers",
  logs: 'as the destination of its subscription filter',
}

/** The place where a source names the function, as in `in the bucket's notification`. */
export function targetPlace(principal: string): string {
  return targets[principal.split('.')[0] ?? ''] ?? 'as its target'
}
