import { malformed } from './document.ts'

const iamPaths = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]

/** @throws ServiceError 400 for a resource that is no ARN in IAM's eyes */
export function checkResource(resource: string): void {
  if (resource === '*') return
  const [, partition, ...rest] = resource.split(':')
  if (partition === undefined) throw malformed(`Resource ${resource} must be in ARN format or "*".`)
  if (!/^(?:aws(?:-[a-z-]+)?|\*)$/.test(partition)) {
    throw malformed(`Partition "${partition}" is not valid for resource "${completed(partition, rest)}".`)
  }
  const [service = '', region = '', , ...path] = rest
  if (rest.length === 0 || /[*?]/.test(service)) {
    throw malformed('Resource vendor must be fully qualified and cannot contain regexes.')
  }
  if (service === 's3' && region !== '' && region !== '*') {
    throw malformed(`Resource ${resource} can not contain region information.`)
  }
  if (service === 'iam') checkIam(resource, region, path.join(':'))
}

/** Fills a short ARN up with stars. */
function completed(partition: string, rest: readonly string[]): string {
  const stars = Array.from({ length: Math.max(0, 4 - rest.length) }, () => '*')
  return ['arn', partition, ...rest, ...stars].join(':')
}

function checkIam(resource: string, region: string, path: string): void {
  if (region !== '' && region !== '*') {
    throw malformed(`IAM resource ${resource} cannot contain region information.`)
  }
  if (path === '' || /^[*?]/.test(path) || path === 'root' || iamPaths.some((each) => path.startsWith(each)))
    return
  throw malformed(`IAM resource path must either be "*", root, or start with ${iamPaths.join(', ')}.`)
}

/** @throws ServiceError 400 for an action that names no service, or more than one colon */
export function checkAction(action: string): void {
  if (action === '*') return
  const [vendor = '', name, ...more] = action.split(':')
  if (name === undefined) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  }
  if (more.length > 0) throw malformed('Actions/Condition can contain only one colon.')
  if (!/^[\w*?.-]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`)
}
