import { type Answer, refusal } from './answer.ts'

/** As much of Lambda as a tail asks for: each function is there, and logs to the group of its name. */
export function lambda(url: string): Answer {
  const [, name] = /^\/2015-03-31\/functions\/([^/?]+)$/.exec(url) ?? []
  if (name === undefined) return { ...refusal('ResourceNotFoundException', `nothing at ${url}`), status: 404 }
  const Configuration = {
    FunctionName: name,
    FunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/bench',
    Handler: 'index.handler',
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    CodeSha256: 'bench',
    CodeSize: 1,
    Timeout: 3,
    MemorySize: 128,
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    RevisionId: '00000000-0000-4000-8000-000000000000',
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
  }
  return { status: 200, body: JSON.stringify({ Configuration, Code: { RepositoryType: 'S3' } }) }
}
